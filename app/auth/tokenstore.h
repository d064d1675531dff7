// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/storedtokens.h"
#include "app/auth/tokenset.h"
#include "app/base/result.h"

#include <QCoro/QCoroTask>

#include <memory>
#include <optional>

namespace sonar {

/// Where tokens outlive the program. Errors say what is wrong and what to do; they are of kind
/// Keychain, but for Malformed of load(): a set is there that can't be used any more. What ends
/// without an error has been seen to be so. After a save() that failed the store may hold the older
/// set, the newer one, or none. Calls are carried out in the order in which they were made.
class TokenStore
{
public:
    virtual ~TokenStore() = default;
    /// Nothing when there is no set under the key.
    virtual QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) = 0;
    virtual QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) = 0;
    /// No error when there was nothing. An error: it may still be there.
    virtual QCoro::Task<Result<void>> remove(TokenKey key) = 0;
};

/// The OS keychain through Qt Keychain, never its plain-text fallback. A set is one entry, or split
/// where that would be too long for the keychain (Windows Credential Manager); versioned; a set
/// that another program spoiled is said to be incomplete. Every job has a time limit.
class KeychainTokenStore final : public TokenStore
{
public:
    /// `service` is the keychain's service name; tests use their own. `roomInEntry` in bytes.
    explicit KeychainTokenStore(QString service = QStringLiteral("Sonar Desktop"),
                                int jobMilliseconds = 20'000,
                                qsizetype roomInEntry = storedtokens::usualRoom);

    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override;
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override;
    QCoro::Task<Result<void>> remove(TokenKey key) override;

private:
    class Queue;
    QString m_service;
    int m_jobMilliseconds;
    qsizetype m_roomInEntry;
    std::shared_ptr<Queue> m_queue;
};

} // namespace sonar
