// SPDX-License-Identifier: GPL-3.0-or-later
// A large file of permits, opened in the window: read and checked beside it.
#include "app/auth/memorytokenstore.h"
#include "app/permits/permitexport.h"
#include "app/workspace/workbench.h"
#include "tests/support/waiting.h"
#include "tests/ui/permits/samples.h"
#include "ui/shell/mainwindow.h"
#include "ui/verify/verifydialog.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class PermitFileInTheWindow : public ::testing::Test
{
protected:
    PermitFileInTheWindow()
    {
        const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
        const qint64 now = systemClock().unixSeconds();
        const QList<ExportedPermit> permits(
            1'000, exportedPermit(entity, sampleWallet(1),
                                  samplePermit(entity, sampleWallet(1), now), now));
        EXPECT_TRUE(writeExport(path, permitsAsJson(permits, sampleSale(), QDateTime())));
        window->show();
    }
    VerifyDialog *dialog() const { return window->findChild<VerifyDialog *>(); }

    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("permits.json"));
    MemoryTokenStore store;
    Workbench workbench{[this] {
                            Workbench::Options options;
                            options.preferencesPath =
                                folder.filePath(QStringLiteral("settings.ini"));
                            return options;
                        }(),
                        &store};
    std::unique_ptr<MainWindow> window = std::make_unique<MainWindow>(&workbench);
};

} // namespace

TEST_F(PermitFileInTheWindow, WindowAnswersMeanwhileAndEscapeEndsTheWork)
{
    window->openPermitFile(path);
    ASSERT_TRUE(dialog());
    bool handled = false;
    QMetaObject::invokeMethod(
        window.get(), [&] { handled = true; }, Qt::QueuedConnection);
    ASSERT_TRUE(waitUntil([&] { return handled; }));
    ASSERT_TRUE(dialog() && dialog()->isBusy()) << "the window waited for the file";
    QTest::keyClick(dialog(), Qt::Key_Escape);
    EXPECT_TRUE(waitUntil([&] { return !dialog(); }));
    EXPECT_TRUE(window->isVisible());

    window->openPermitFile(path);
    EXPECT_TRUE(waitUntil([&] { return !dialog()->isBusy(); }, 120'000));
}

TEST_F(PermitFileInTheWindow, WindowMayGoMeanwhile)
{
    window->openPermitFile(path);
    ASSERT_TRUE(dialog() && dialog()->isBusy());
    window.reset();
    EXPECT_TRUE(waitUntil([] { return QThreadPool::globalInstance()->activeThreadCount() == 0; }));
}
