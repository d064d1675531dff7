// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/programs.h"

#include "tests/support/waiting.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpServer>

namespace sonar::test {

namespace {

const QString outputName = QStringLiteral("desktop-output.txt");
const QString sessionBusVariable = QStringLiteral("DBUS_SESSION_BUS_ADDRESS");
const QString storyName = QStringLiteral("story.jsonl");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

World::World(Opener opener)
    : m_opener(opener)
{
    QDir folder(m_folder.path());
    for (const char *name : {"bin", "config", "data", "cache"})
        folder.mkpath(QLatin1String(name));
    // The desktop's URL opener, found first on PATH.
    QFile::link(opener == Opener::Browser   ? QStringLiteral(BROWSER_PROGRAM)
                : opener == Opener::Visitor ? QStringLiteral(VISITOR_PROGRAM)
                                            : QStringLiteral("/bin/false"),
                path(QStringLiteral("bin/xdg-open")));
}

QString World::read(const QString &name) const
{
    return QString::fromUtf8(contentOf(path(name)));
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
    // Stronger than what the program asks of Qt itself. What paints and lays out holds no secret
    // and would only slow it down.
    environment.insert(
        QStringLiteral("QT_LOGGING_RULES"),
        QStringLiteral("*=true;qt.accessibility*=false;qt.text*=false;qt.widgets*=false;"
                       "qt.qpa*=false;qt.gui*=false;qt.pointer*=false;qt.core.plugin*=false"));
    return environment;
}

bool World::waitForBrowser() const
{
    return m_opener != Opener::Browser ||
           waitUntil([this] { return !read(QStringLiteral("browser.txt")).isEmpty(); }, patience);
}

QList<QJsonObject> World::story() const
{
    QList<QJsonObject> entries;
    for (const QByteArray &line : contentOf(path(storyName)).split('\n')) {
        if (!line.isEmpty())
            entries << QJsonDocument::fromJson(line).object();
    }
    return entries;
}

QByteArrayList World::secrets() const
{
    static const QStringList kinds{QStringLiteral("code"), QStringLiteral("code_verifier"),
                                   QStringLiteral("access_token"), QStringLiteral("refresh_token")};
    QByteArrayList secrets;
    for (const QJsonObject &entry : story()) {
        if (kinds.contains(entry.value(QLatin1String("kind")).toString()))
            secrets << entry.value(QLatin1String("text")).toString().toLatin1();
    }
    return secrets;
}

QStringList World::filesWith(const QByteArrayList &secrets) const
{
    constexpr qsizetype telling = 24;
    QByteArrayList needles;
    for (const QByteArray &secret : secrets) {
        const QByteArray end = secret.right(telling);
        const QString text = QString::fromLatin1(end);
        needles << end << QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    }
    QStringList found;
    for (const QString &root : {folder(), QDir::homePath()}) {
        QDirIterator files(root, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            if (file == path(storyName))
                continue;
            const QByteArray content = contentOf(file);
            for (const QByteArray &needle : needles) {
                if (content.contains(needle)) {
                    found << file;
                    break;
                }
            }
        }
    }
    return found;
}

void EndToEnd::TearDown()
{
    for (const QString &file : world.filesWith(world.secrets()))
        ADD_FAILURE() << "a code, verifier or token stands in " << qPrintable(file);
    if (HasFailure())
        std::fprintf(stderr, "%s\n", qPrintable(ownOutput(world)));
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
                    world.path(storyName)} +
        arguments;
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(SANDBOX_PROGRAM), all);
    waitUntil(
        [this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; });
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

int Sandbox::count(const QString &kind) const
{
    int count = 0;
    for (const QJsonObject &entry : m_world.story())
        count += entry.value(QLatin1String("kind")).toString() == kind ? 1 : 0;
    return count;
}

KeychainlessSession::KeychainlessSession(const World &world)
{
    QDir(world.folder()).mkpath(QStringLiteral("services"));
    QFile::link(QStringLiteral("/usr/share/dbus-1/services/org.a11y.Bus.service"),
                world.path(QStringLiteral("services/org.a11y.Bus.service")));
    QFile config(world.path(QStringLiteral("bus.conf")));
    if (config.open(QIODevice::WriteOnly))
        config.write(QStringLiteral("<busconfig><type>session</type><listen>unix:dir=%1</listen>"
                                    "<servicedir>%1/services</servicedir>"
                                    "<policy context=\"default\">"
                                    "<allow send_destination=\"*\" eavesdrop=\"true\"/>"
                                    "<allow eavesdrop=\"true\"/>"
                                    "<allow own=\"*\"/></policy></busconfig>")
                         .arg(world.folder())
                         .toUtf8());
    config.close();
    m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                    QStringLiteral("--config-file"), config.fileName()});
    waitUntil(
        [this] { return m_daemon.canReadLine() || m_daemon.state() == QProcess::NotRunning; });
    m_environment.insert(sessionBusVariable, QString::fromUtf8(m_daemon.readLine().trimmed()));
}

KeychainlessSession::~KeychainlessSession()
{
    m_daemon.terminate();
    m_daemon.waitForFinished(5000);
}

Desktop::Desktop(const World &world, const QStringList &arguments, const QString &click,
                 const QProcessEnvironment &extra)
    : m_world(world)
{
    QProcessEnvironment environment = world.environment(click);
    environment.insert(extra);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(world.path(outputName), QIODevice::Append);
    m_process.start(QStringLiteral(DESKTOP_PROGRAM),
                    QStringList{QStringLiteral("--log-level"), QStringLiteral("debug")} +
                        arguments);
    m_process.waitForStarted();
    m_screen =
        std::make_unique<ScreenReader>(m_process.processId(), extra.value(sessionBusVariable));
}

Desktop::~Desktop()
{
    if (m_process.state() != QProcess::NotRunning) {
        keepWhatOthersSee();
        m_process.kill();
        m_process.waitForFinished(5000);
    }
}

void Desktop::keepWhatOthersSee() const
{
    const QString proc = QStringLiteral("/proc/%1/").arg(m_process.processId());
    QFile file(m_world.path(QStringLiteral("process-%1.txt").arg(m_process.processId())));
    if (file.open(QIODevice::WriteOnly))
        file.write(contentOf(proc + QStringLiteral("cmdline")) +
                   contentOf(proc + QStringLiteral("environ")));
}

bool Desktop::quit()
{
    keepWhatOthersSee();
    m_process.terminate();
    return waitForEnd() == 0;
}

int Desktop::waitForEnd()
{
    if (!waitUntil([this] { return m_process.state() == QProcess::NotRunning; }, patience))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QString ownOutput(const World &world)
{
    static const QRegularExpression chatter(QStringLiteral("^[0-9:.]+ qt\\."));
    QStringList lines = world.read(outputName).split(QLatin1Char('\n'));
    lines.removeIf([](const QString &line) { return chatter.match(line).hasMatch(); });
    return QStringList(lines.mid(qMax<qsizetype>(0, lines.size() - 80))).join(QLatin1Char('\n'));
}

} // namespace sonar::test
