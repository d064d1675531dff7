// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"
#include "tests/e2e/permitsteps.h"
#include "tests/support/waiting.h"

#include <QFile>

using namespace sonar;
using namespace sonar::test;

namespace {

class Permits : public EndToEnd
{};

class UnreadyPermits : public EndToEnd
{
protected:
    UnreadyPermits()
        : EndToEnd(Opener::Visitor)
    {}
};

} // namespace

TEST_F(Permits, ExportHoldsWhatTheSandboxSigned)
{
    Sandbox sandbox(world);
    Desktop desktop(world, sandbox.saleArguments());
    ASSERT_NO_FATAL_FAILURE(connectAndRequest(desktop, linkedWallet));
    ASSERT_TRUE(waitUntil([&] { return sandbox.count(QStringLiteral("permit")) == 1; }, patience));
    // The result is said, and not only shown.
    EXPECT_TRUE(
        desktop.screen().waitFor(QStringLiteral("alert"), QStringLiteral("Ada Lovelace, *")))
        << qPrintable(desktop.screen().dump());
    const QString file = world.path(QStringLiteral("permits.json"));
    ASSERT_NO_FATAL_FAILURE(exportTo(desktop, file));

    QByteArray answer;
    for (const QJsonObject &entry : world.story()) {
        if (entry.value(QLatin1String("kind")).toString() == QLatin1String("permit"))
            answer = entry.value(QLatin1String("text")).toString().toUtf8();
    }
    const auto signedOne = JsonDocument::parse(answer);
    ASSERT_TRUE(signedOne.has_value());
    const QByteArray exported = world.read(QStringLiteral("permits.json")).toUtf8();
    ASSERT_TRUE(JsonDocument::parse(exported).has_value()) << exported.constData();
    EXPECT_TRUE(exported.contains(answer)) << "the reply isn't in the export byte for byte";
    for (const char *member : {"PermitJSON", "Signature"}) {
        const auto exact = signedOne->exactText(member);
        ASSERT_TRUE(exact) << member;
        EXPECT_TRUE(exported.contains('"' + QByteArray(member) + "\":" + *exact))
            << member << " isn't in the export as the sandbox signed it";
    }
    EXPECT_TRUE(desktop.quit());
}

TEST_F(UnreadyPermits, WalletSaysWhy)
{
    Sandbox sandbox(world);
    Desktop desktop(world, sandbox.saleArguments());
    // Ends in 0005: not linked to the entity, in the sandbox's table of wallets.
    ASSERT_NO_FATAL_FAILURE(
        connectAndRequest(desktop, QStringLiteral("0x0000000000000000000000000000000000000005")));
    EXPECT_TRUE(desktop.screen().waitForText(QStringLiteral("linked")))
        << qPrintable(desktop.screen().dump());
    EXPECT_EQ(sandbox.count(QStringLiteral("permit")), 0);
}
