// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does when the program is started again.
#include "app/auth/memorytokenstore.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "tests/support/waiting.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/otherstarts.h"
#include "ui/verify/verifydialog.h"

#include <QApplication>
#include <QDialog>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::handlePosted;
using sonar::test::waitUntil;

namespace {

class OtherStartsTest : public ::testing::Test
{
protected:
    OtherStartsTest() { window.show(); }

    QString saleFile(int digit) const
    {
        const QString path = folder.filePath(QStringLiteral("sale\n%1.sonarsale").arg(digit));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(QStringLiteral(R"({"name": "Sale %1",
            "saleUUID": "5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a1%1",
            "clientUUID": "0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d",
            "redirectURI": "http://localhost:3000/oauth/callback"})")
                       .arg(digit)
                       .toUtf8());
        return path;
    }
    StartAnswer startWithSale(const QString &path) { return starts.take({path, {}, false, {}}); }
    QString saleInView() const
    {
        return workbench.current() ? workbench.current()->sale().name : QString();
    }
    /// Any window-modal dialog, like all of this program's.
    QDialog *openDialog(QWidget *parent = nullptr)
    {
        auto *dialog = new QDialog(parent ? parent : &window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return dialog;
    }
    QTemporaryDir folder;
    MemoryTokenStore store;
    Workbench workbench{[this] {
                            Workbench::Options options;
                            options.preferencesPath =
                                folder.filePath(QStringLiteral("settings.ini"));
                            return options;
                        }(),
                        &store};
    MainWindow window{&workbench};
    OtherStarts starts{&window};
};

} // namespace

TEST_F(OtherStartsTest, SaleFileIsShown)
{
    EXPECT_EQ(starts.take({}), StartAnswer());
    EXPECT_EQ(startWithSale(saleFile(1)), StartAnswer());
    EXPECT_EQ(saleInView(), QStringLiteral("Sale 1"));
}

TEST_F(OtherStartsTest, FileThatCannotBeReadIsAnsweredWithAnErrorAndShown)
{
    startWithSale(saleFile(1));
    const QString path = folder.filePath(QStringLiteral("missing.sonarsale"));
    const StartAnswer answer = startWithSale(path);
    EXPECT_EQ(answer.exitCode, 2);
    EXPECT_TRUE(answer.message.contains(path)) << qPrintable(answer.message);
    EXPECT_EQ(saleInView(), QStringLiteral("Sale 1"));
    const StartAnswer folderAnswer = starts.take({{}, folder.path(), false, {}});
    EXPECT_EQ(folderAnswer.exitCode, 2);
    EXPECT_TRUE(folderAnswer.message.contains(folder.path()));
}

TEST_F(OtherStartsTest, PermitFileIsVerifiedInADialog)
{
    const QString path = folder.filePath(QStringLiteral("permits.json"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.close();
    EXPECT_EQ(starts.take({{}, path, false, {}}), StartAnswer());
    EXPECT_TRUE(window.findChild<VerifyDialog *>());
}

TEST_F(OtherStartsTest, NothingChangesBeneathAnOpenDialog)
{
    startWithSale(saleFile(1));
    QDialog *dialog = openDialog();
    const StartAnswer answer = startWithSale(saleFile(2));
    EXPECT_EQ(answer.exitCode, 0);
    EXPECT_FALSE(answer.message.isEmpty());
    startWithSale(saleFile(2)); // an impatient person
    ASSERT_TRUE(handlePosted());
    EXPECT_EQ(saleInView(), QStringLiteral("Sale 1")) << "the sale went away under the dialog";
    EXPECT_TRUE(dialog->isVisible());

    // Closing, it opens another one, as choosing a file does.
    QDialog *next = nullptr;
    QObject::connect(dialog, &QDialog::finished, &window, [&] { next = openDialog(); });
    dialog->reject();
    ASSERT_TRUE(handlePosted());
    ASSERT_TRUE(next);
    EXPECT_EQ(saleInView(), QStringLiteral("Sale 1"));
    next->accept();
    EXPECT_TRUE(waitUntil([&] { return saleInView() == QStringLiteral("Sale 2"); }));
}

TEST_F(OtherStartsTest, WaitingFileThatCannotBeReadIsAnsweredAtOnce)
{
    openDialog();
    EXPECT_EQ(startWithSale(folder.filePath(QStringLiteral("missing.sonarsale"))).exitCode, 2);
}

TEST_F(OtherStartsTest, WhatWaitsForADialogIsDoneWhenItsParentClosesIt)
{
    QDialog *outer = openDialog();
    openDialog(outer);
    startWithSale(saleFile(1));
    outer->close();
    EXPECT_TRUE(waitUntil([&] { return saleInView() == QStringLiteral("Sale 1"); }));
}

TEST_F(OtherStartsTest, NothingIsDroppedBeneathAnOpenDialog)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(saleFile(1))});
    const auto takes = [&] {
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QApplication::sendEvent(&window, &enter);
        return enter.isAccepted();
    };
    EXPECT_TRUE(takes());
    QDialog *dialog = openDialog();
    EXPECT_FALSE(takes());
    dialog->close();
    EXPECT_TRUE(takes());
}
