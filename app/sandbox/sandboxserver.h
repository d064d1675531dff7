// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/config/sale.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace sonar {

/// How a sandbox is set up; everything else (people, wallets) is fixed and listed in
/// app/sandbox/README.md.
struct SandboxOptions
{
    quint16 port = 0;         ///< 0: any free one
    QStringList redirectUris; ///< registered, compared exactly; at least one
    int accessTokenSeconds = 900;
    int codeSeconds = 60;
    int latencyMilliseconds = 0; ///< added to every API answer
    QString permitMutation; ///< empty, or one of sandboxMutations(): permits are spoiled that way
    QString statePath;      ///< keeps sessions (hashes, no token) over restarts; empty: memory only
    QString storyPath; ///< writes issued secrets and permits as JSON lines, for tests; empty: none
    bool restNames = false; ///< commitments name their fields as the REST documentation does
    QString saleUuid = QStringLiteral("5a0dbc2e-6d43-4f0e-9a51-7f3e8f1d2c40"); ///< lower case
    ChainType chain = ChainType::Evm; ///< of the sale; with Svm permits are Solana's
    const Clock *clock = nullptr;     ///< what expiry is judged by; null: the machine's
};

/// A Sonar of our own on 127.0.0.1: authorize page, token endpoints, API and permits signed by the
/// sandbox key, as strict as the protocol reference. Runs in the thread it lives in, never blocks
/// it.
class SandboxServer : public QObject
{
    Q_OBJECT
public:
    explicit SandboxServer(SandboxOptions options, QObject *parent = nullptr);
    ~SandboxServer() override;

    /// Listens; the sale to use it with (name, URLs, redirect URIs, signer), or PortInUse.
    Result<Sale> start();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Ways in which permits can be spoiled: wrong-signer, wrong-wallet, wrong-sale, wrong-entity,
/// expired, changed-field, high-s, bad-v, truncated.
QStringList sandboxMutations();

} // namespace sonar
