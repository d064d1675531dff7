// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/logging.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTime>

#include <cstdio>

namespace sonar {

namespace {

const char *word(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        return "fatal";
    }
    return "";
}

/// Qt itself warns with the whole address when it can't open one; a sign-in's holds state.
QString withoutSecrets(QString message)
{
    // Never destroyed: Qt still has something to say when the program's statics are gone.
    static const auto *const secrets = new QRegularExpression(
        QStringLiteral("\\b(state|code|code_challenge|code_verifier|access_token|refresh_token)"
                       "(=|%3D|\"\\s*:\\s*\")[^&\\s\"']+"),
        QRegularExpression::CaseInsensitiveOption);
    return message.replace(*secrets, QStringLiteral("\\1\\2…"));
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = QStringLiteral("%1 %2 %3: %4\n")
                                .arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss.zzz")),
                                     QLatin1String(context.category ? context.category : "default"),
                                     QLatin1String(word(type)), withoutSecrets(message))
                                .toLocal8Bit();
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
    std::fflush(stderr);
}

} // namespace

void logToStandardError(LogLevel level)
{
    const auto on = [level](LogLevel needed) { return level >= needed ? "true\n" : "false\n"; };
    QByteArray rules;
    rules += QByteArray("*.debug=false\n*.info=false\n*.warning=") + on(LogLevel::Warning);
    rules += QByteArray("sonar.*.debug=") + on(LogLevel::Debug);
    rules += QByteArray("sonar.*.info=") + on(LogLevel::Info);
    QLoggingCategory::setFilterRules(QString::fromLatin1(rules));
    qInstallMessageHandler(write);
}

} // namespace sonar
