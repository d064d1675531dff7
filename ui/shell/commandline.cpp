// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandline.h"

#include "app/permits/walletaddress.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

namespace sonar {

namespace {

struct CommandLineText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::CommandLineText)
};

/// Without the options that QApplication takes for itself ("Command line options" of
/// QGuiApplication and QApplication).
QStringList withoutQtOptions(const QStringList &arguments)
{
    static const QStringList withValue{
        QStringLiteral("platform"),        QStringLiteral("platformpluginpath"),
        QStringLiteral("platformtheme"),   QStringLiteral("plugin"),
        QStringLiteral("qwindowgeometry"), QStringLiteral("qwindowicon"),
        QStringLiteral("qwindowtitle"),    QStringLiteral("session"),
        QStringLiteral("display"),         QStringLiteral("geometry"),
        QStringLiteral("style"),           QStringLiteral("stylesheet")};
    static const QStringList alone{QStringLiteral("reverse"), QStringLiteral("widgetcount"),
                                   QStringLiteral("nograb"), QStringLiteral("dograb"),
                                   QStringLiteral("sync")};
    QStringList ours;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QString name = arguments.at(i);
        if (i == 0 || !name.startsWith(QLatin1Char('-'))) {
            ours << name;
            continue;
        }
        name.remove(0, name.startsWith(QLatin1String("--")) ? 2 : 1);
        const QString key = name.section(QLatin1Char('='), 0, 0);
        if (withValue.contains(key)) {
            if (key == name)
                ++i;
        } else if (!alone.contains(key)) {
            ours << arguments.at(i);
        }
    }
    return ours;
}

std::optional<LogLevel> logLevelFrom(const QString &name)
{
    if (name == QLatin1String("error"))
        return LogLevel::Error;
    if (name == QLatin1String("warning"))
        return LogLevel::Warning;
    if (name == QLatin1String("info"))
        return LogLevel::Info;
    if (name == QLatin1String("debug"))
        return LogLevel::Debug;
    return std::nullopt;
}

CommandLine refused(const QString &why)
{
    CommandLine line;
    line.exitCode = 2;
    line.output = QStringLiteral("sonar-desktop: %1\n%2\n")
                      .arg(why, CommandLineText::tr("Try \"sonar-desktop --help\"."));
    return line;
}

CommandLine answered(const QString &output)
{
    CommandLine line;
    line.exitCode = 0;
    line.output = output;
    return line;
}

} // namespace

CommandLine parseCommandLine(const QByteArrayList &raw)
{
    QStringList arguments;
    for (const QByteArray &argument : raw) {
        // Qt has no way to open a file of such a name.
        if (!argument.isValidUtf8())
            return refused(CommandLineText::tr("“%1” can't be used, because it isn't a name in "
                                               "UTF-8. Rename the file and try again.")
                               .arg(QString::fromUtf8(argument)));
        arguments << QString::fromUtf8(argument);
    }
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  CommandLineText::tr("Shows this help."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")},
                                     CommandLineText::tr("Shows the version."));
    const QCommandLineOption sandbox(
        QStringLiteral("sandbox"),
        CommandLineText::tr(
            "Starts on the embedded sandbox: a Sonar on this computer, no real money."));
    const QCommandLineOption sale(QStringLiteral("sale"),
                                  CommandLineText::tr("Opens a sale file (.sonarsale)."),
                                  QStringLiteral("FILE"));
    const QCommandLineOption tour(
        QStringLiteral("tour"),
        CommandLineText::tr(
            "Walks through the whole job on the sandbox and leaves pictures in a folder."),
        QStringLiteral("DIR"));
    const QCommandLineOption verify(
        QStringLiteral("verify"),
        CommandLineText::tr(
            "Checks the permits of a file offline, prints the checks and ends: "
            "with 0 when all can be used, 1 when not, 2 when it can't be read, 3 when "
            "nothing failed but not every permit is confirmed."),
        QStringLiteral("FILE"));
    const QCommandLineOption signer(
        QStringLiteral("signer"),
        CommandLineText::tr("With --verify: whose signature is expected."),
        QStringLiteral("ADDRESS"));
    const QCommandLineOption logLevel(
        QStringLiteral("log-level"),
        CommandLineText::tr("What is written to standard error: error, warning, info or debug."),
        QStringLiteral("LEVEL"), QStringLiteral("warning"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        CommandLineText::tr("Desktop client for Echo's Sonar token-sale service."));
    parser.addOptions({help, version, sandbox, sale, tour, verify, signer, logLevel});
    parser.addPositionalArgument(
        QStringLiteral("FILE"),
        CommandLineText::tr("Opens a sale file (.sonarsale), or verifies the permits of a .json "
                            "file in the window."),
        QStringLiteral("[FILE]"));

    if (!parser.parse(withoutQtOptions(arguments)))
        return refused(parser.errorText());
    if (parser.isSet(help))
        // Without an application object the parser doesn't know whose help it is.
        return answered(parser.helpText().replace(QLatin1String("<executable_name>"),
                                                  QLatin1String("sonar-desktop")));
    if (parser.isSet(version))
        return answered(QStringLiteral("sonar-desktop %1\n").arg(QLatin1String(SONAR_VERSION)));
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1)
        return refused(CommandLineText::tr("Unexpected argument “%1”: only one file can be opened.")
                           .arg(files.at(1)));
    const QString file = files.value(0);
    const bool isSale = file.endsWith(QLatin1String(".sonarsale"), Qt::CaseInsensitive);
    if (!files.isEmpty() && !isSale && !file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive))
        return refused(CommandLineText::tr(
                           "“%1” is neither a sale file (.sonarsale) nor a permit file (.json).")
                           .arg(file));
    for (const QCommandLineOption &option : {sale, tour, verify}) {
        if (!files.isEmpty() && parser.isSet(option))
            return refused(CommandLineText::tr("“%1” doesn't go with --%2.")
                               .arg(file, option.names().constFirst()));
    }
    const std::optional<LogLevel> level = logLevelFrom(parser.value(logLevel));
    if (!level) {
        return refused(
            CommandLineText::tr("\"%1\" is not a log level; choose error, warning, info or debug.")
                .arg(parser.value(logLevel)));
    }
    for (const QCommandLineOption &option : {sale, tour, verify, signer}) {
        if (parser.isSet(option) && parser.value(option).isEmpty())
            return refused(
                CommandLineText::tr("--%1 needs a value.").arg(option.names().constFirst()));
    }
    const QString expected = parser.value(signer);
    if (parser.isSet(signer) && !parser.isSet(verify))
        return refused(CommandLineText::tr("--signer goes with --verify."));
    if (parser.isSet(signer) && !parseEvmAddress(expected) && !parseSolanaAddress(expected))
        return refused(CommandLineText::tr("\"%1\" is not a signer address.").arg(expected));

    CommandLine line;
    line.sandbox = parser.isSet(sandbox);
    if (parser.isSet(sale))
        line.saleFile = QFileInfo(parser.value(sale)).absoluteFilePath();
    if (!files.isEmpty())
        (isSale ? line.saleFile : line.permitFile) = QFileInfo(file).absoluteFilePath();
    if (parser.isSet(tour))
        line.tourFolder = QFileInfo(parser.value(tour)).absoluteFilePath();
    if (parser.isSet(verify))
        line.verifyFile = QFileInfo(parser.value(verify)).absoluteFilePath();
    line.signer = expected;
    line.logLevel = *level;
    return line;
}

} // namespace sonar
