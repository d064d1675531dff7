// SPDX-License-Identifier: GPL-3.0-or-later
// What the table says of permits that aren't what they should be.
#include "app/base/hex.h"
#include "app/base/uuid.h"
#include "app/config/preferences.h"
#include "app/permits/walletaddress.h"
#include "app/sandbox/permitissuer.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sonar/sonarclient.h"
#include "tests/support/waiting.h"
#include "tests/ui/permits/scriptedservice.h"
#include "ui/permits/permittablemodel.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <numeric>

using namespace sonar;
using namespace sonar::test;

namespace {

using Column = PermitTableModel::Column;

class PermitVerdict : public ::testing::Test
{
protected:
    /// As when the sale is opened: by what `sale` says now.
    void open()
    {
        sale.apiUrl = service.url();
        client = std::make_unique<SonarClient>(sale.apiUrl, &tokens);
        preferences = std::make_unique<Preferences>(folder.filePath(QStringLiteral("p.ini")));
        desk = std::make_unique<PermitDesk>(sale, client.get(), preferences.get(), &clock);
        model.setDesk(desk.get(), sale);
    }

    bool settle()
    {
        return waitUntil([this] { return desk->running() == 0; });
    }

    QString shown(int row, Column column) const
    {
        return model.index(row, column).data().toString();
    }
    int tone(int row) const
    {
        return model.index(row, Column::StatusColumn).data(ToneRole).toInt();
    }

    HandClock clock;
    ScriptedService service;
    ReadyTokens tokens;
    Sale sale = sampleSale();
    QTemporaryDir folder;
    std::unique_ptr<SonarClient> client;
    std::unique_ptr<Preferences> preferences;
    std::unique_ptr<PermitDesk> desk;
    PermitTableModel model;
    const Entity entity = sampleEntity(QStringLiteral("E"), 1);
};

} // namespace

TEST_F(PermitVerdict, EverySpoiledPermitIsShownAsNotUsable)
{
    sandbox::PermitOrder order;
    order.entityId = *fromHex(entity.saleSpecificEntityId);
    order.saleUuid = *uuidBytes(sale.saleUuid);
    order.now = clock.now;
    sale.permitSigner = sandbox::PermitIssuer(ChainType::Evm, {}).signer();
    open();
    QStringList mutations = sandboxMutations();
    mutations.prepend({}); // the sound one, for comparison
    for (int i = 0; i < int(mutations.size()); ++i) {
        order.wallet = *parseEvmAddress(sampleWallet(i));
        service.setAnswer(sampleWallet(i),
                          {ScriptedService::ready(),
                           sandbox::PermitIssuer(ChainType::Evm, mutations[i]).issue(order)});
        desk->add(entity, sampleWallet(i), mutations[i]);
    }
    model.flush();
    QList<int> rows(mutations.size());
    std::iota(rows.begin(), rows.end(), 0);
    desk->request(rows);
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Usable"));
    for (int row = 1; row < model.rowCount(); ++row) {
        EXPECT_EQ(shown(row, Column::StatusColumn), QStringLiteral("Not usable"))
            << qPrintable(mutations[row]);
        EXPECT_EQ(tone(row), int(Tone::Negative));
        EXPECT_GT(shown(row, Column::NextStepColumn).size(), 40) << qPrintable(mutations[row]);
    }
}

TEST_F(PermitVerdict, AllocationSaysThatItsSignerIsNotConfirmed)
{
    open();
    const QByteArray end = QByteArray::number(clock.now + 600);
    service.setAnswer(
        sampleWallet(1),
        {ScriptedService::ready(),
         R"({"PermitJSON":{"Permit":{"EntityID":")" + entity.saleSpecificEntityId.toLatin1() +
             R"(","SaleUUID":")" + toHex(*uuidBytes(sale.saleUuid)).toLatin1() + R"(","Wallet":")" +
             sampleWallet(1).toLatin1() + R"(","ExpiresAt":)" + end +
             R"(,"Payload":"0x"},"ReservedAmount":"5","MaxAmount":"6","MinAmount":"5"},)"
             R"("Signature":"0x)" +
             QByteArray(32, '\x11').toHex() + QByteArray(32, '\x12').toHex() + R"(1b"})"});
    desk->request({desk->add(entity, sampleWallet(1), {})});
    model.flush();
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Signer not confirmed"));
    EXPECT_EQ(model.state(0), PermitState::Unconfirmed);
    EXPECT_EQ(tone(0), int(Tone::Warning));
    EXPECT_TRUE(shown(0, Column::NextStepColumn).contains(QLatin1String("has not been published")));
    EXPECT_EQ(desk->permits({0}).size(), 1) << "it can be exported";
}

TEST_F(PermitVerdict, FirstPermitOfAnUnknownSignerIsNotConfirmed)
{
    sale.permitSigner.clear();
    sale.chain->rpcUrl.clear();
    open();
    for (int number : {1, 2}) {
        service.setAnswer(sampleWallet(number),
                          {ScriptedService::ready(),
                           signedReply(samplePermit(entity, sampleWallet(number), clock.now))});
        desk->add(entity, sampleWallet(number), {});
    }
    model.flush();
    desk->request({0});
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Signer not confirmed"));
    EXPECT_TRUE(shown(0, Column::NextStepColumn).contains(sampleSigner()));
    // Not even by itself, when it is verified once more.
    EXPECT_FALSE(desk->permits({0}).first().verification.signerConfirmed());
    desk->request({1});
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(1, Column::StatusColumn), QStringLiteral("Signer not confirmed"))
        << "who signs twice is believed for that";
    EXPECT_EQ(model.state(1), PermitState::Unconfirmed);
    EXPECT_EQ(tone(1), int(Tone::Warning));
}
