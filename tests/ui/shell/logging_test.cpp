// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/logging.h"

#include <QLoggingCategory>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

Q_LOGGING_CATEGORY(ours, "sonar.test")
Q_LOGGING_CATEGORY(foreign, "qt.test")

/// What `act` writes to standard error at `level`.
template <typename Act> QString written(LogLevel level, Act act)
{
    testing::internal::CaptureStderr();
    logToStandardError(level);
    act();
    qInstallMessageHandler(nullptr);
    QLoggingCategory::setFilterRules(QString());
    return QString::fromStdString(testing::internal::GetCapturedStderr());
}

} // namespace

TEST(Logging, LevelsAreForOurOwnCategories)
{
    const auto talk = [] {
        qCDebug(ours) << "our debug";
        qCInfo(ours) << "our info";
        qCWarning(ours) << "our warning";
        qCCritical(ours) << "our error";
        qCDebug(foreign) << "their debug";
        qCWarning(foreign) << "their warning";
    };
    const QString all = written(LogLevel::Debug, talk);
    for (const char *text : {"our debug", "our info", "our warning", "our error", "their warning"})
        EXPECT_TRUE(all.contains(QLatin1String(text))) << text;
    EXPECT_FALSE(all.contains(QStringLiteral("their debug")));
    const QString few = written(LogLevel::Error, talk);
    EXPECT_TRUE(few.contains(QStringLiteral("our error")));
    EXPECT_EQ(few.count(QLatin1Char('\n')), 1) << qPrintable(few);
}

TEST(Logging, AddressesLoseTheirSecrets)
{
    const QString text = written(LogLevel::Warning, [] {
        qWarning("can't open 'http://a/authorize?client_id=7&state=s3cret&code_challenge=ch4l'");
        qWarning("callback http://localhost:3000/oauth/callback?code=c0de&state=s3cret");
        qWarning("reply {\"access_token\": \"t0ken\", \"refresh_token\":\"r3fresh\"}");
    });
    for (const char *secret : {"s3cret", "ch4l", "c0de", "t0ken", "r3fresh"})
        EXPECT_FALSE(text.contains(QLatin1String(secret))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("client_id=7")));
}
