// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenstore.h"

#include <map>
#include <utility>

namespace sonar {

/// Tokens that end with the program: for a session without a keychain.
class MemoryTokenStore final : public TokenStore
{
public:
    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override;
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override;
    QCoro::Task<Result<void>> remove(TokenKey key) override;

private:
    std::map<std::pair<QString, QString>, TokenSet> m_sets;
};

} // namespace sonar
