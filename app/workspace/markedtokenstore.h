// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenstore.h"
#include "app/config/preferences.h"

#include <map>
#include <memory>

namespace sonar {

/// Another store whose removals last: the place is marked in the preferences before it is told to
/// remove anything, and when it couldn't save. Tokens of a marked place are removed rather than
/// loaded, at the next start as well. So a keychain that refuses or hangs can bring back neither
/// what was disconnected nor a refresh token that was used (RFC 9700 §4.14).
class MarkedTokenStore final : public TokenStore
{
public:
    /// `store` must outlive every operation, `preferences` this object; what is under way when it
    /// goes ends without marks.
    MarkedTokenStore(TokenStore *store, Preferences *preferences);
    ~MarkedTokenStore() override;
    Q_DISABLE_COPY_MOVE(MarkedTokenStore)

    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override;
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override;
    QCoro::Task<Result<void>> remove(TokenKey key) override;

    /// Removes what a marked place still holds, unless it has been written anew meanwhile.
    QCoro::Task<Result<void>> clearMarked(TokenKey key);
    /// Marks are neither read nor written from now on.
    void detach();

private:
    struct State;
    std::shared_ptr<State> m_state; ///< with the operations under way
};

} // namespace sonar
