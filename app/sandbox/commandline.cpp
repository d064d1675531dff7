// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/commandline.h"

#include "app/base/loopback.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QUrl>

namespace sonar::sandbox {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(sonar::sandbox::CommandLine)
};

CommandLine wrong(const QString &text)
{
    return {std::nullopt,
            text + QLatin1Char('\n') + Text::tr("sonar-sandbox --help lists the options."), 2};
}

std::optional<int> numberOf(const QString &text, int least, int most)
{
    bool ok = false;
    const int value = text.toInt(&ok);
    if (!ok || value < least || value > most)
        return std::nullopt;
    return value;
}

void describe(QCommandLineParser *parser)
{
    parser->setApplicationDescription(
        Text::tr("A Sonar on 127.0.0.1 for trying things out and for tests. When ready it prints "
                 "one line of JSON, which is also a sale file, and runs until it is ended."));
    const auto add = [parser](const char *name, const QString &description, const QString &value,
                              const QString &otherwise = {}) {
        parser->addOption({QLatin1String(name), description, value, otherwise});
    };
    add("port", Text::tr("Port to listen on; 0 takes any free one."), Text::tr("number"),
        QStringLiteral("0"));
    add("redirect-uri",
        Text::tr("Redirect URI to register, required; may be given several times. "
                 "The usual one is http://localhost:3000/oauth/callback."),
        Text::tr("URI"));
    add("access-token-seconds", Text::tr("How long access tokens live."), Text::tr("number"),
        QStringLiteral("900"));
    add("code-seconds", Text::tr("How long authorization codes live."), Text::tr("number"),
        QStringLiteral("60"));
    add("latency-ms", Text::tr("Time to wait before each answer of the API."), Text::tr("number"),
        QStringLiteral("0"));
    add("mutate",
        Text::tr("Spoil every permit in one way: %1.")
            .arg(sandboxMutations().join(QStringLiteral(", "))),
        Text::tr("mode"));
    add("chain", Text::tr("Kind of chain the sale is on: evm or svm."), Text::tr("type"),
        QStringLiteral("evm"));
    parser->addOption({QStringLiteral("rest-names"),
                       Text::tr("Name the fields of commitments as the REST documentation does: "
                                "TokenAddress for Token, ExtraDataRaw for ExtraRaw.")});
    add("state", Text::tr("File that keeps sessions over restarts."), Text::tr("file"));
    add("story", Text::tr("File to write everything issued to, secrets included, for tests."),
        Text::tr("file"));
    parser->addHelpOption();
    parser->addVersionOption();
}

/// Fills in what is a number, or says which option isn't one.
QString readNumbers(const QCommandLineParser &parser, SandboxOptions *options)
{
    const auto read = [&](const char *name, int least, int most) {
        return numberOf(parser.value(QLatin1String(name)), least, most);
    };
    const auto port = read("port", 0, 65535);
    if (!port)
        return Text::tr("--port takes a number from 0 to 65535.");
    const auto access = read("access-token-seconds", 1, 365 * 24 * 3600);
    if (!access)
        return Text::tr("--access-token-seconds takes a number of seconds from 1.");
    const auto code = read("code-seconds", 1, 3600);
    if (!code)
        return Text::tr("--code-seconds takes a number of seconds from 1 to 3600.");
    const auto latency = read("latency-ms", 0, 600'000);
    if (!latency)
        return Text::tr("--latency-ms takes a number of milliseconds from 0 to 600000.");
    options->port = quint16(*port);
    options->accessTokenSeconds = *access;
    options->codeSeconds = *code;
    options->latencyMilliseconds = *latency;
    return {};
}

QString readChoices(const QCommandLineParser &parser, SandboxOptions *options)
{
    options->redirectUris = parser.values(QStringLiteral("redirect-uri"));
    if (options->redirectUris.isEmpty())
        return Text::tr("--redirect-uri is missing: the sandbox sends nobody anywhere else.");
    for (const QString &uri : options->redirectUris) {
        if (!isAllowedUrl(QUrl(uri, QUrl::StrictMode)) || uri.contains(QLatin1Char('#')))
            return Text::tr("--redirect-uri takes an https address or an http address of this "
                            "computer, without a fragment; \u201C%1\u201D is none.")
                .arg(uri);
    }
    options->permitMutation = parser.value(QStringLiteral("mutate"));
    if (parser.isSet(QStringLiteral("mutate")) &&
        !sandboxMutations().contains(options->permitMutation))
        return Text::tr("--mutate takes one of: %1.")
            .arg(sandboxMutations().join(QStringLiteral(", ")));
    const QString chain = parser.value(QStringLiteral("chain"));
    if (chain != QLatin1String("evm") && chain != QLatin1String("svm"))
        return Text::tr("--chain takes evm or svm.");
    options->chain = chain == QLatin1String("svm") ? ChainType::Svm : ChainType::Evm;
    options->restNames = parser.isSet(QStringLiteral("rest-names"));
    options->statePath = parser.value(QStringLiteral("state"));
    options->storyPath = parser.value(QStringLiteral("story"));
    return {};
}

} // namespace

CommandLine readCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(&parser);
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        return {std::nullopt, parser.helpText(), 0};
    if (parser.isSet(QStringLiteral("version")))
        return {std::nullopt,
                QStringLiteral("sonar-sandbox ") + QCoreApplication::applicationVersion(), 0};
    if (!parser.positionalArguments().isEmpty())
        return wrong(Text::tr("\u201C%1\u201D is not an option.")
                         .arg(parser.positionalArguments().constFirst()));
    SandboxOptions options;
    for (const QString &fault : {readNumbers(parser, &options), readChoices(parser, &options)}) {
        if (!fault.isEmpty())
            return wrong(fault);
    }
    return {options, {}, 0};
}

} // namespace sonar::sandbox
