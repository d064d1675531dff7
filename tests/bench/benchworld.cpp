// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benchworld.h"

#include "app/permits/walletaddress.h"
#include "app/sandbox/sandboxserver.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTcpServer>
#include <QtEndian>

#include <cstdio>
#include <cstdlib>
#include <optional>

namespace sonar::bench {

namespace {

[[noreturn]] void giveUp(const char *what)
{
    std::fprintf(stderr, "bench: %s\n", what);
    std::exit(2);
}

} // namespace

BenchWorld::BenchWorld(int latencyMilliseconds, const QString &person)
    : m_preferences(m_folder.filePath(QStringLiteral("settings.ini")))
{
    startSandbox(latencyMilliseconds);
    signIn(person);
}

BenchWorld::~BenchWorld()
{
    m_workspace.reset();
    m_thread.quit();
    m_thread.wait();
}

void BenchWorld::startSandbox(int latencyMilliseconds)
{
    QTcpServer free;
    free.listen(QHostAddress::LocalHost);
    SandboxOptions options;
    options.redirectUris
        << QStringLiteral("http://localhost:%1/oauth/callback").arg(free.serverPort());
    options.latencyMilliseconds = latencyMilliseconds;
    free.close();

    auto *home = new QObject; // lives in the thread and owns the server
    home->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, home, &QObject::deleteLater);
    m_thread.start();
    std::optional<Result<Sale>> sale;
    QMetaObject::invokeMethod(
        home, [&] { sale = (new SandboxServer(options, home))->start(); },
        Qt::BlockingQueuedConnection);
    if (!sale || !*sale)
        giveUp("the sandbox doesn't start");
    m_sale = **sale;
}

void BenchWorld::signIn(const QString &person)
{
    const QString account = QStringLiteral("bench");
    auto session =
        std::make_shared<Session>(TokenKey{account, m_sale.serviceId()}, m_sale.apiUrl, &m_store);
    m_workspace = std::make_unique<Workspace>(Account{account, account}, m_sale, session,
                                              &m_preferences, &systemClock());
    QObject::connect(m_workspace.get(), &Workspace::signInStarted, &m_visitor,
                     [this, person](AuthorizationFlow *flow) {
                         QObject::connect(flow, &AuthorizationFlow::browserRequested, &m_visitor,
                                          [this, person](const QUrl &url) {
                                              m_visitor.press(url, QStringLiteral("authorize"),
                                                              person);
                                          });
                     });
    m_workspace->startSignIn();
    runUntil([this] { return m_workspace->entitiesState() == Workspace::Entities::Loaded; });
}

QList<Entity> BenchWorld::entities() const
{
    QList<Entity> able;
    for (const Entity &entity : m_workspace->entities()) {
        if (entity.canTakePart())
            able << entity;
    }
    if (able.isEmpty())
        giveUp("the sandbox has no entity that may take part");
    return able;
}

QString readyWallet(int index)
{
    QByteArray bytes(20, '\x33');
    qToBigEndian(quint32(index), bytes.data() + 8);
    bytes[19] = '\x40'; // nothing special in the sandbox
    return checksummedAddress(bytes);
}

void runUntil(const std::function<bool()> &condition)
{
    const QDeadlineTimer deadline(600'000);
    while (!condition()) {
        if (deadline.hasExpired())
            giveUp("something never came to its end");
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
}

} // namespace sonar::bench
