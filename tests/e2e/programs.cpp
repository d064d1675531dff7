// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/programs.h"

#include "tests/support/waiting.h"

#include <QFile>
#include <QJsonDocument>
#include <QTcpServer>

#include <csignal>

namespace sonar::test {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

World::World()
{
    QDir folder(m_folder.path());
    for (const char *name : {"bin", "config", "data", "cache"})
        folder.mkpath(QLatin1String(name));
    // The desktop's URL opener, found first on PATH.
    QFile::link(QStringLiteral(BROWSER_PROGRAM), path(QStringLiteral("bin/xdg-open")));
}

QString World::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QProcessEnvironment World::environment(const QString &click) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"), path(QStringLiteral("bin")) + QLatin1Char(':') +
                                                   environment.value(QStringLiteral("PATH")));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path(QStringLiteral("config")));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), path(QStringLiteral("data")));
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), path(QStringLiteral("cache")));
    environment.insert(QStringLiteral("SONAR_E2E_CLICK"), click);
    environment.insert(QStringLiteral("SONAR_E2E_REPORT"), path(QStringLiteral("browser.txt")));
    environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    environment.remove(QStringLiteral("BROWSER"));
    return environment;
}

Sandbox::Sandbox(const World &world, const QStringList &arguments, quint16 port)
    : m_world(world)
    , m_redirectPort(freePort())
    , m_saleFile(world.path(QStringLiteral("sandbox.sonarsale")))
{
    const QStringList all =
        QStringList{QStringLiteral("--port"),
                    QString::number(port),
                    QStringLiteral("--redirect-uri"),
                    QStringLiteral("http://localhost:%1/oauth/callback").arg(m_redirectPort),
                    QStringLiteral("--story"),
                    world.path(QStringLiteral("story.jsonl"))} +
        arguments;
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(SANDBOX_PROGRAM), all);
    waitUntil([this] {
        m_process.waitForReadyRead(50);
        return m_process.canReadLine() || m_process.state() == QProcess::NotRunning;
    });
    const QByteArray line = m_process.readLine();
    m_sale = QJsonDocument::fromJson(line).object();
    QFile file(m_saleFile);
    if (file.open(QIODevice::WriteOnly))
        file.write(line);
}

Sandbox::~Sandbox()
{
    m_process.terminate();
    m_process.waitForFinished(5000);
}

QList<QJsonObject> Sandbox::story() const
{
    QList<QJsonObject> entries;
    for (const QString &line :
         m_world.read(QStringLiteral("story.jsonl")).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        entries << QJsonDocument::fromJson(line.toUtf8()).object();
    return entries;
}

int Sandbox::count(const QString &kind) const
{
    int count = 0;
    for (const QJsonObject &entry : story())
        count += entry.value(QLatin1String("kind")).toString() == kind ? 1 : 0;
    return count;
}

Desktop::Desktop(const World &world, const QStringList &arguments, const QString &click,
                 const QProcessEnvironment &extra)
    : m_world(world)
    , m_output(QStringLiteral("desktop-output.txt"))
{
    QProcessEnvironment environment = world.environment(click);
    environment.insert(extra);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(world.path(m_output), QIODevice::Append);
    m_process.start(QStringLiteral(DESKTOP_PROGRAM), arguments);
    m_process.waitForStarted();
    m_screen = std::make_unique<ScreenReader>(m_process.processId());
}

Desktop::~Desktop()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(5000);
    }
}

bool Desktop::quit()
{
    m_process.terminate();
    return m_process.waitForFinished(15'000) && m_process.exitStatus() == QProcess::NormalExit;
}

QByteArray Desktop::output() const
{
    return m_world.read(m_output).toUtf8();
}

} // namespace sonar::test
