// SPDX-License-Identifier: GPL-3.0-or-later
// Permits that a contract would refuse, in every way in which the sandbox can spoil them: shown as
// not usable with the reason, exported only when the user insists, refused once more by --verify.
#include "tests/e2e/permitsteps.h"
#include "tests/support/waiting.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace sonar::test;

namespace {

struct Spoiled
{
    const char *mode;  ///< of sonar-sandbox --mutate
    const char *check; ///< the kind that fails, as the export names it
    const char *words; ///< a part of what the window says
};

/// gtest allows letters, digits and underscores in a name.
std::string nameOf(const ::testing::TestParamInfo<Spoiled> &info)
{
    std::string name = info.param.mode;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

class SpoiledPermits : public EndToEnd, public ::testing::WithParamInterface<Spoiled>
{
protected:
    SpoiledPermits()
        : EndToEnd(Opener::Visitor)
    {}

    int verify(const QString &file)
    {
        QProcess program;
        program.setProcessEnvironment(world.environment(QString()));
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(DESKTOP_PROGRAM), {QStringLiteral("--verify"), file});
        program.waitForFinished(patience);
        said = program.readAll();
        return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
    }

    QStringList failedChecks(const QString &file) const
    {
        QStringList failed;
        const QJsonObject exported = QJsonDocument::fromJson(world.read(file).toUtf8()).object();
        for (const QJsonValue &permit : exported.value(QLatin1String("permits")).toArray()) {
            const QJsonObject report =
                permit.toObject().value(QLatin1String("verification")).toObject();
            for (const QJsonValue &check : report.value(QLatin1String("checks")).toArray()) {
                if (check[QLatin1String("result")].toString() == QLatin1String("failed"))
                    failed << check[QLatin1String("check")].toString();
            }
        }
        return failed;
    }

    QByteArray said;
};

} // namespace

TEST_P(SpoiledPermits, AreShownAndRefused)
{
    const Spoiled &spoiled = GetParam();
    Sandbox sandbox(world, {QStringLiteral("--mutate"), QLatin1String(spoiled.mode)});
    Desktop desktop(world, sandbox.saleArguments());
    ScreenReader &screen = desktop.screen();
    ASSERT_NO_FATAL_FAILURE(connectAndRequest(desktop, linkedWallet));
    ASSERT_TRUE(screen.waitForText(QLatin1String(spoiled.words))) << qPrintable(screen.dump());
    EXPECT_FALSE(screen.waitForText(QStringLiteral("Every check of the permit passed"), 0))
        << qPrintable(screen.dump());

    // Nothing is written before the user has insisted.
    ASSERT_TRUE(screen.press(QStringLiteral("Export…"))) << qPrintable(screen.dump());
    const auto path = screen.waitFor(QStringLiteral("text"), QStringLiteral("File"));
    ASSERT_TRUE(path) << qPrintable(screen.dump());
    ASSERT_TRUE(screen.setText(*path, world.path(QStringLiteral("permits.json"))));
    EXPECT_FALSE(screen.find(QStringLiteral("push button"), QStringLiteral("Save")))
        << "saved without a question";
    ASSERT_TRUE(screen.press(QStringLiteral("Export anyway*"), QStringLiteral("check box")))
        << qPrintable(screen.dump());
    ASSERT_TRUE(screen.press(QStringLiteral("Save"))) << qPrintable(screen.dump());
    ASSERT_TRUE(waitUntil([&] {
        return QFile::exists(world.path(QStringLiteral("permits.json")));
    })) << qPrintable(screen.dump());

    EXPECT_EQ(failedChecks(QStringLiteral("permits.json")),
              QStringList(QLatin1String(spoiled.check)))
        << world.read(QStringLiteral("permits.json")).toStdString();
    EXPECT_EQ(verify(world.path(QStringLiteral("permits.json"))), 1) << said.constData();
    EXPECT_TRUE(desktop.quit());
}

constexpr std::array everyMode{
    Spoiled{"wrong-signer", "signature", "Signed by "},
    Spoiled{"wrong-wallet", "wallet", "For wallet "},
    Spoiled{"wrong-sale", "sale", "For another sale"},
    Spoiled{"wrong-entity", "entity", "For another entity"},
    Spoiled{"expired", "not-expired", "Expired"},
    Spoiled{"changed-field", "signature", "Signed by "},
    Spoiled{"high-s", "signature", "signature"},
    Spoiled{"bad-v", "signature", "signature"},
    Spoiled{"truncated", "signature", "signature"},
};
INSTANTIATE_TEST_SUITE_P(Each, SpoiledPermits, ::testing::ValuesIn(everyMode), nameOf);
