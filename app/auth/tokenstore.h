// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenset.h"
#include "app/base/result.h"

#include <QCoro/QCoroTask>

#include <memory>
#include <optional>

namespace sonar {

/// Where tokens outlive the program. Errors say what is wrong and what to do; they are of kind
/// Keychain, but for Malformed of load(): a set is there that can't be used any more. Calls are
/// carried out in the order in which they were made.
class TokenStore
{
public:
    virtual ~TokenStore() = default;
    /// Nothing when there is no set under the key.
    virtual QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) = 0;
    virtual QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) = 0;
    /// No error when there was nothing.
    virtual QCoro::Task<Result<void>> remove(TokenKey key) = 0;
};

/// The OS keychain through Qt Keychain, never its plain-text fallback. Each secret is an entry of
/// its own, split so that no value exceeds 2,560 bytes (Windows Credential Manager); versioned; a
/// set that another program spoiled is said to be incomplete. Every job has a time limit.
class KeychainTokenStore final : public TokenStore
{
public:
    /// `service` is the keychain's service name; tests use their own.
    explicit KeychainTokenStore(QString service = QStringLiteral("Sonar Desktop"),
                                int jobMilliseconds = 20'000);

    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override;
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override;
    QCoro::Task<Result<void>> remove(TokenKey key) override;

private:
    class Queue;
    QString m_service;
    int m_jobMilliseconds;
    std::shared_ptr<Queue> m_queue;
};

} // namespace sonar
