// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/config/sale.h"

#include <QObject>
#include <QThread>

namespace sonar {

/// The sandbox inside the program, in a thread of its own so that neither waits for the other.
class EmbeddedSandbox : public QObject
{
    Q_OBJECT
public:
    /// Tried first, so that a session with the sandbox outlives a restart: tokens belong to host
    /// and port.
    static constexpr quint16 preferredPort = 43117;

    /// `statePath` as SandboxOptions::statePath.
    explicit EmbeddedSandbox(QString statePath, QObject *parent = nullptr);
    ~EmbeddedSandbox() override; ///< stops the server and waits for its thread

    void start(); ///< once

Q_SIGNALS:
    void started(const sonar::Result<sonar::Sale> &sale);

private:
    QString m_statePath;
    QThread m_thread;
};

} // namespace sonar
