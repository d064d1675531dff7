// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/embeddedsandbox.h"

#include "app/sandbox/sandboxserver.h"

#include <QHostAddress>
#include <QTcpServer>

#include <array>

namespace sonar {

namespace {

/// Redirect URIs on ports that are free right now; the second is for a port lost in between.
QStringList freeRedirectUris()
{
    std::array<QTcpServer, 2> servers;
    QStringList uris;
    for (QTcpServer &server : servers) {
        if (server.listen(QHostAddress::LocalHost))
            uris << QStringLiteral("http://localhost:%1/oauth/callback").arg(server.serverPort());
    }
    return uris;
}

} // namespace

EmbeddedSandbox::EmbeddedSandbox(QString saleUuid, QString statePath, quint16 lastPort,
                                 QObject *parent)
    : QObject(parent)
    , m_saleUuid(std::move(saleUuid))
    , m_statePath(std::move(statePath))
    , m_lastPort(lastPort)
{
    m_thread.setObjectName(QStringLiteral("sandbox"));
}

EmbeddedSandbox::~EmbeddedSandbox()
{
    m_thread.quit();
    m_thread.wait();
}

void EmbeddedSandbox::start()
{
    auto *home = new QObject; // lives in the thread and owns the server
    home->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, home, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        home, [this, home, uuid = m_saleUuid, statePath = m_statePath, last = m_lastPort] {
            SandboxOptions options;
            options.saleUuid = uuid;
            options.redirectUris = freeRedirectUris();
            options.statePath = statePath;
            const std::array<quint16, 3> ports{last == 0 ? preferredPort : last, preferredPort, 0};
            Result<Sale> sale = failure({});
            for (auto port = ports.begin(); port != ports.end() && !sale; ++port) {
                options.port = *port;
                auto *server = new SandboxServer(options, home);
                sale = server->start();
                if (!sale)
                    delete server;
            }
            if (sale)
                sale->embeddedSandbox = true;
            // The destructor waits for this thread, so `this` is alive; delivery is queued to its
            // thread.
            QMetaObject::invokeMethod(this, [this, sale] { Q_EMIT started(sale); });
        });
}

} // namespace sonar
