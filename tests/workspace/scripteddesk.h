// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"
#include "app/sonar/sonarclient.h"
#include "app/workspace/permitwatch.h"
#include "tests/support/waiting.h"
#include "tests/ui/permits/scriptedservice.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace sonar::test {

/// A desk and its watch against a scripted service, at a time that the test sets.
class ScriptedDesk : public ::testing::Test
{
protected:
    ScriptedDesk()
    {
        sale.apiUrl = service.url();
        client = std::make_unique<SonarClient>(sale.apiUrl, &tokens);
        desk = std::make_unique<PermitDesk>(sale, client.get(), &preferences, &clock);
        watch = std::make_unique<PermitWatch>(desk.get());
    }

    PurchasePermit permit(int walletNumber = 1) const
    {
        return samplePermit(borealis, sampleWallet(walletNumber), clock.now);
    }

    void answer(const PurchasePermit &signedPermit, int walletNumber = 1)
    {
        service.setAnswer(sampleWallet(walletNumber),
                          {ScriptedService::ready(), signedReply(signedPermit)});
    }

    void refuse(const char *reason, int walletNumber = 1)
    {
        service.setAnswer(sampleWallet(walletNumber),
                          {ScriptedService::notReady(QString::fromLatin1(reason)), {}});
    }

    /// The service takes questions but gives no answer.
    void fallSilent(int walletNumber = 1)
    {
        service.setAnswer(sampleWallet(walletNumber), {{}, {}});
    }

    int add(int walletNumber = 1) { return desk->add(borealis, sampleWallet(walletNumber), {}); }

    /// The row of a pair whose permit came.
    int issued(const PurchasePermit &signedPermit, int walletNumber = 1)
    {
        answer(signedPermit, walletNumber);
        const int row = add(walletNumber);
        desk->request({row});
        EXPECT_TRUE(settled());
        EXPECT_EQ(at(row).status, PermitStatus::Issued);
        return row;
    }

    /// The row of a pair that a check refused.
    int refused(const char *reason, int walletNumber = 1)
    {
        refuse(reason, walletNumber);
        const int row = add(walletNumber);
        desk->check({row});
        EXPECT_TRUE(settled());
        EXPECT_EQ(at(row).status, PermitStatus::NotReady);
        return row;
    }

    const PermitRow &at(int row) const { return desk->rows().at(row); }

    /// Nothing runs, in the background neither.
    bool settled() const
    {
        return waitUntil([this] {
            return std::none_of(desk->rows().cbegin(), desk->rows().cend(),
                                [this](const PermitRow &row) { return desk->isBusy(row); });
        });
    }

    HandClock clock;
    ScriptedService service;
    ReadyTokens tokens;
    Sale sale = sampleSale();
    Entity borealis = sampleEntity(QStringLiteral("Borealis Capital"), 1);
    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("p.ini"))};
    std::unique_ptr<SonarClient> client;
    std::unique_ptr<PermitDesk> desk;
    std::unique_ptr<PermitWatch> watch;
};

} // namespace sonar::test
