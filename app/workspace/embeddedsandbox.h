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

    /// Another than that of a sonar-sandbox beside the program, whose sale may be remembered.
    static constexpr char usualSaleUuid[] = "2f8d6a51-0c7e-4b39-8e14-b65d93c0a7f2";

    /// `saleUuid` in lower case, of no other sale that the program knows. `statePath` as
    /// SandboxOptions::statePath. `lastPort` is tried first, then preferredPort, then any: a
    /// session with the sandbox outlives a restart only on the same port, because tokens belong to
    /// host and port. 0: there was none.
    EmbeddedSandbox(QString saleUuid, QString statePath, quint16 lastPort,
                    QObject *parent = nullptr);
    ~EmbeddedSandbox() override; ///< stops the server and waits for its thread

    void start(); ///< once

Q_SIGNALS:
    void started(const sonar::Result<sonar::Sale> &sale);

private:
    QString m_saleUuid;
    QString m_statePath;
    quint16 m_lastPort;
    QThread m_thread;
};

} // namespace sonar
