// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/hex.h"
#include "app/permits/walletexport.h"
#include "tests/ui/permits/exportsource.h"
#include "tests/ui/permits/samples.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace sonar::test {

/// The export dialog over permits of two wallets of one entity, on a chain that is known.
class ExportCommitment : public ::testing::Test
{
protected:
    ExportCommitment()
    {
        if (!sale.chain)
            sale.chain = Chain();
        sale.chain->type = ChainType::Evm;
        sale.chain->chainId = 84532;
        sale.chain->saleContract = QStringLiteral("0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0");
        sale.chain->paymentToken = QStringLiteral("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
        sale.chain->paymentTokenSymbol = QStringLiteral("USDC");
        sale.chain->paymentTokenDecimals = 6;
        for (const int number : {1, 2}) {
            PurchasePermit permit = samplePermit(entity, sampleWallet(number), clock.now);
            permit.minAmount = 1'000'000;
            permit.maxAmount = Uint256(25'000'000'000);
            permit.minPrice = 10;
            permit.maxPrice = 20;
            permits << exportedPermit(entity, sampleWallet(number), permit, clock.now);
        }
    }

    ExportDialog &open(ExportFormat format)
    {
        PermitSource source = exportSource([this](ExportRange) { return permits; });
        source.permits = [this, inner = source.permits](const QList<ExportItem> &items) {
            verified += items.size();
            return inner(items);
        };
        dialog = std::make_unique<ExportDialog>(sale, source, &clock);
        dialog->setPath(folder.filePath(QStringLiteral("out.json")));
        dialog->setFormat(format);
        dialog->show();
        return *dialog;
    }

    QLineEdit *field(const char *name) const
    {
        for (QLineEdit *edit : dialog->findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == QLatin1String(name))
                return edit;
        }
        return nullptr;
    }

    QPushButton *button(const char *text) const
    {
        for (QPushButton *one : dialog->findChildren<QPushButton *>()) {
            if (one->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return one;
        }
        return nullptr;
    }

    bool says(const char *text) const
    {
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(QLatin1String(text)))
                return true;
        }
        return false;
    }

    QString preview() const { return dialog->findChild<QPlainTextEdit *>()->toPlainText(); }

    /// Until the preview shows what was typed.
    void settle() const
    {
        QSignalSpy previewed(dialog.get(), &ExportDialog::previewed);
        if (dialog->isPreviewDue()) {
            EXPECT_TRUE(previewed.wait());
        }
    }

    void type(const char *total, const char *price) const
    {
        field("New total")->setText(QLatin1String(total));
        field("Price")->setText(QLatin1String(price));
    }

    void fillIn(const char *total = "5", const char *price = "15") const
    {
        type(total, price);
        settle();
    }

    QByteArray saved() const
    {
        QFile file(dialog->path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    HandClock clock;
    Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
    Sale sale = sampleSale();
    QTemporaryDir folder;
    QList<ExportedPermit> permits;
    qsizetype verified = 0;
    std::unique_ptr<ExportDialog> dialog;
};

/// The same over permits that each test adds.
class ExportLot : public ExportCommitment
{
protected:
    ExportLot() { permits.clear(); }

    /// A permit of an entity of its own.
    ExportedPermit &add(const char *label, int number, int wallet)
    {
        const Entity one = sampleEntity(QString::fromUtf8(label), number);
        PurchasePermit permit = samplePermit(one, sampleWallet(wallet), clock.now);
        permit.minAmount = 1'000'000;
        permit.maxAmount = Uint256(25'000'000'000);
        permit.minPrice = 10;
        permit.maxPrice = 20;
        permits << exportedPermit(one, sampleWallet(wallet), permit, clock.now);
        return permits.last();
    }

    QComboBox *chosen() const
    {
        return dialog->findChild<QComboBox *>(QStringLiteral("exportChosen"));
    }
    QPushButton *next() const
    {
        return dialog->findChild<QPushButton *>(QStringLiteral("exportNext"));
    }
    QCheckBox *box(const char *name) const
    {
        return dialog->findChild<QCheckBox *>(QLatin1String(name));
    }
    QString summary() const
    {
        const auto *label = dialog->findChild<QLabel *>(QStringLiteral("exportSummary"));
        return label->isVisible() ? label->text() : QString();
    }

    void fill(int index, const char *total) const
    {
        chosen()->setCurrentIndex(index);
        fillIn(total, "15");
    }

    QByteArray bidOf(int index, quint64 units) const
    {
        const Uint256 amount = Uint256(units) * 1'000'000;
        return toHex(
                   commitmentCalls(*sale.chain, permits[index].permit, {false, 15, amount}, amount)
                       .value()[1]
                       .data)
            .toLatin1();
    }

    static void fail(ExportedPermit &permit)
    {
        permit.verification.checks[0].result = CheckResult::Failed;
    }
};

} // namespace sonar::test
