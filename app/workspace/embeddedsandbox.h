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
    static constexpr quint16 preferredPort = 43117;

    /// `statePath` as SandboxOptions::statePath. `lastPort` is tried first, then preferredPort,
    /// then any: a session with the sandbox outlives a restart only on the same port, because
    /// tokens belong to host and port. 0: there was none.
    EmbeddedSandbox(QString statePath, quint16 lastPort, QObject *parent = nullptr);
    ~EmbeddedSandbox() override; ///< stops the server and waits for its thread

    void start(); ///< once

Q_SIGNALS:
    void started(const sonar::Result<sonar::Sale> &sale);

private:
    QString m_statePath;
    quint16 m_lastPort;
    QThread m_thread;
};

} // namespace sonar
