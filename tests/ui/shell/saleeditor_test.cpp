// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/salefile.h"
#include "ui/shell/saleeditor.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

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
    EXPECT_TRUE(editor.isVisible()) << "whoever takes the sale closes it";
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

namespace {

/// The messages at the fields.
QStringList notes(const SaleEditor &editor)
{
    QStringList texts;
    for (const QLabel *label : editor.findChildren<QLabel *>()) {
        if (label->isVisible() && label->property("invalid").toBool())
            texts << label->text();
    }
    return texts;
}

} // namespace

TEST(SaleEditor, SaysAtEachFieldWhatIsWrongWithIt)
{
    struct Case
    {
        const char *field;
        const char *typed;
        const char *said;
    };
    const QList<Case> cases{
        {"Name", "  ", "Name is empty."},
        {"Client UUID", "123", "Client UUID is not a UUID"},
        {"Frontend URL", "http://app.echo.xyz", "must begin with https://"},
        {"API URL", "not a url %%", "API URL is not a complete URL."},
        {"API URL", "", "API URL is not a complete URL."},
        {"Permit signer", "0x1234", "Permit signer is not an address"},
        {"Chain ID", "abc", "Chain ID must be a whole number"},
        {"Chain ID", "-5", "Chain ID must be a whole number"},
        {"RPC URL", "rpc.example", "RPC URL is not a complete URL."},
        {"Sale contract", "0xzz", "Sale contract is not an address"},
        {"Token decimals", "78", "Token decimals must be a whole number from 0 to 77."},
        {"Token decimals", "-1", "Token decimals must be a whole number from 0 to 77."},
    };
    for (const Case &one : cases) {
        SaleEditor editor(exampleSale());
        QSignalSpy edited(&editor, &SaleEditor::edited);
        editor.show();
        QLineEdit *const line = field(editor, QLatin1String(one.field));
        ASSERT_TRUE(line);
        line->setText(QLatin1String(one.typed));
        save(editor);
        EXPECT_EQ(edited.size(), 0) << one.field << ' ' << one.typed;
        const QStringList said = notes(editor);
        ASSERT_EQ(said.size(), 1) << one.field << ' ' << one.typed;
        EXPECT_TRUE(said.first().contains(QLatin1String(one.said))) << qPrintable(said.first());
        EXPECT_EQ(line->accessibleDescription(), said.first());
        EXPECT_TRUE(line->hasFocus() || editor.focusWidget() == line);
        EXPECT_EQ(line->text(), QLatin1String(one.typed)) << "what was typed is lost";
    }
}

TEST(SaleEditor, TakesSeveralRedirectUrisAndNamesTheWrongOne)
{
    SaleEditor editor(exampleSale());
    std::optional<Sale> edited;
    QObject::connect(&editor, &SaleEditor::edited, &editor,
                     [&](const Sale &sale) { edited = sale; });
    editor.show();
    auto *uris = editor.findChild<QPlainTextEdit *>();
    uris->setPlainText(QStringLiteral("http://localhost:3000/oauth/callback\n"
                                      "https://example.com/oauth/callback"));
    save(editor);
    EXPECT_FALSE(edited);
    ASSERT_EQ(notes(editor).size(), 1);
    EXPECT_TRUE(notes(editor).first().contains(QLatin1String("https://example.com/oauth")));

    uris->setPlainText(QStringLiteral("http://localhost:3000/oauth/callback\n\n"
                                      " http://127.0.0.1:3001/oauth/callback "));
    EXPECT_TRUE(notes(editor).isEmpty()) << "still accused while being corrected";
    save(editor);
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->redirectUris,
              (QStringList{QStringLiteral("http://localhost:3000/oauth/callback"),
                           QStringLiteral("http://127.0.0.1:3001/oauth/callback")}));
    EXPECT_TRUE(toSaleFile(*edited).contains("redirectURIs"));
}

TEST(SaleEditor, EscapeAsksBeforeItDiscardsWhatWasTyped)
{
    const auto question = [](const SaleEditor &editor) {
        return editor.findChild<QDialog *>(QStringLiteral("question"));
    };
    SaleEditor untouched(exampleSale());
    untouched.show();
    QTest::keyClick(&untouched, Qt::Key_Escape);
    EXPECT_FALSE(untouched.isVisible()) << "nothing was typed";

    SaleEditor editor(exampleSale());
    editor.show();
    field(editor, QStringLiteral("Name"))->setText(QStringLiteral("Renamed sale"));
    QTest::keyClick(&editor, Qt::Key_Escape);
    EXPECT_TRUE(editor.isVisible()) << "what was typed is gone";
    ASSERT_TRUE(question(editor));
    question(editor)->reject();
    EXPECT_TRUE(editor.isVisible());
    editor.close();
    EXPECT_TRUE(editor.isVisible()) << "closing the window asks too";
    for (auto *open : editor.findChildren<QDialog *>(QStringLiteral("question"))) {
        if (open->isVisible())
            open->findChild<QPushButton *>(QStringLiteral("yes"))->click();
    }
    EXPECT_FALSE(editor.isVisible());

    // Whoever presses Cancel means it.
    SaleEditor cancelled(exampleSale());
    cancelled.show();
    field(cancelled, QStringLiteral("Name"))->setText(QStringLiteral("Renamed sale"));
    cancelled.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Cancel)->click();
    EXPECT_FALSE(cancelled.isVisible());
}
