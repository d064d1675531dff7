// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/salefile.h"
#include "ui/shell/saleeditor.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

Sale exampleSale()
{
    const Result<Sale> sale = parseSaleFile(R"({
        "name": "Example sale", "x-founder": "kept",
        "saleUUID": "5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10",
        "clientUUID": "0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d",
        "redirectURI": "http://localhost:3000/oauth/callback",
        "chain": { "type": "evm", "chainId": 84532 } })");
    EXPECT_TRUE(sale.has_value());
    return *sale;
}

QLineEdit *field(const SaleEditor &editor, const QString &name)
{
    for (QLineEdit *line : editor.findChildren<QLineEdit *>()) {
        if (line->accessibleName() == name)
            return line;
    }
    ADD_FAILURE() << "no field " << qPrintable(name);
    return nullptr;
}

void save(const SaleEditor &editor)
{
    editor.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
}

} // namespace

TEST(SaleEditor, ChangesWhatWasTypedAndKeepsTheRest)
{
    SaleEditor editor(exampleSale());
    std::optional<Sale> edited;
    QObject::connect(&editor, &SaleEditor::edited, &editor,
                     [&](const Sale &sale) { edited = sale; });
    editor.show();
    field(editor, QStringLiteral("Name"))->setText(QStringLiteral("Renamed sale"));
    save(editor);
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->name, QStringLiteral("Renamed sale"));
    EXPECT_EQ(edited->saleUuid, exampleSale().saleUuid);
    EXPECT_EQ(edited->chain, exampleSale().chain);
    EXPECT_TRUE(edited->fileText.contains("x-founder"));
    EXPECT_FALSE(editor.isVisible());
}

TEST(SaleEditor, RefusesAWrongUuidAtItsFieldAndLosesNothing)
{
    SaleEditor editor(exampleSale());
    QSignalSpy edited(&editor, &SaleEditor::edited);
    editor.show();
    QLineEdit *const uuid = field(editor, QStringLiteral("Sale UUID"));
    field(editor, QStringLiteral("Name"))->setText(QStringLiteral("Renamed sale"));
    uuid->setText(QStringLiteral("not-a-uuid"));
    save(editor);
    EXPECT_EQ(edited.size(), 0);
    EXPECT_TRUE(editor.isVisible());
    EXPECT_TRUE(uuid->property("invalid").toBool());
    EXPECT_EQ(field(editor, QStringLiteral("Name"))->text(), QStringLiteral("Renamed sale"));

    uuid->setText(exampleSale().saleUuid);
    save(editor);
    EXPECT_EQ(edited.size(), 1);
}
