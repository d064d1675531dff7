// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/chip.h"
#include "ui/style/copybutton.h"
#include "ui/style/errorbanner.h"
#include "ui/style/externallink.h"
#include "ui/style/factlist.h"
#include "ui/style/flowlayout.h"
#include "ui/style/helpmark.h"
#include "ui/style/labels.h"
#include "ui/style/pageheader.h"
#include "ui/style/plaintext.h"
#include "ui/style/pressbyenter.h"
#include "ui/style/searchfield.h"
#include "ui/style/stateview.h"
#include "ui/style/theme.h"
#include "ui/style/tokens.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QDialog>
#include <QHelpEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

Error networkError()
{
    Error error;
    error.kind = ErrorKind::Network;
    error.summary = QStringLiteral("<b>Sonar</b> can't be reached");
    error.advice = QStringLiteral("Check your network.");
    error.details = QStringLiteral("POST list, 10:42");
    return error;
}

/// A child's button by its text without the mnemonic; nullptr when it isn't shown.
QPushButton *shownButton(const QWidget &parent, const QString &text)
{
    for (auto *button : parent.findChildren<QPushButton *>()) {
        if (button->text().remove(QLatin1Char('&')) == text && !button->isHidden())
            return button;
    }
    return nullptr;
}

QLabel *labelSaying(const QWidget &parent, const QString &text)
{
    for (auto *label : parent.findChildren<QLabel *>()) {
        if (label->text() == text)
            return label;
    }
    return nullptr;
}

/// Stands in for the desktop's URL opener.
class Opener : public QObject
{
    Q_OBJECT
public:
    Opener()
    {
        for (const char *scheme : schemes)
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "open");
    }
    ~Opener() override
    {
        for (const char *scheme : schemes)
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened << url; }

private:
    static constexpr const char *schemes[] = {"https", "http", "file", "javascript"};
};

} // namespace

TEST(ExternalLink, OpensHttpsAndLoopbackOnly)
{
    Opener opener;
    int failures = 0;
    const auto failed = [&] { ++failures; };
    openExternal(QUrl(QStringLiteral("https://app.echo.xyz/sonar/x")), &opener, failed);
    openExternal(QUrl(QStringLiteral("http://127.0.0.1:43117/sonar/x")), &opener, failed);
    EXPECT_EQ(opener.opened.size(), 2);
    EXPECT_EQ(failures, 0);
    for (const char *refused : {"http://app.echo.xyz/", "file:///etc/passwd", "javascript:alert(1)",
                                "https://user:pass@app.echo.xyz/", "", "https://"}) {
        failures = 0;
        openExternal(QUrl(QString::fromLatin1(refused)), &opener, failed);
        EXPECT_EQ(failures, 1) << refused;
    }
    EXPECT_EQ(opener.opened.size(), 2);
}

TEST(Chip, IsNamedByItsText)
{
    Chip chip;
    chip.setText(QStringLiteral("Eligible"));
    EXPECT_EQ(chip.accessibleName(), QLatin1String("Eligible"));
    EXPECT_GE(chip.sizeHint().width(), chip.fontMetrics().horizontalAdvance(chip.text()));
}

TEST(StateView, ShowsAnErrorAsPlainTextAndOffersAWayOn)
{
    StateView view;
    view.showError(networkError(), QStringLiteral("Try again"));
    QLabel *summary = labelSaying(view, networkError().summary);
    ASSERT_NE(summary, nullptr);
    EXPECT_EQ(summary->textFormat(), Qt::PlainText);
    QSignalSpy retried(&view, &StateView::primaryTriggered);
    QTest::mouseClick(shownButton(view, QStringLiteral("Try again")), Qt::LeftButton);
    EXPECT_EQ(retried.count(), 1);
    QTest::mouseClick(shownButton(view, QStringLiteral("Copy details")), Qt::LeftButton);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), networkError().report());
}

TEST(StateView, HidesActionsItDoesNotHave)
{
    StateView view;
    view.showError(networkError(), {});
    view.showMessage(QStringLiteral("Nothing here"), QStringLiteral("Yet."),
                     QStringLiteral("Set up"), QStringLiteral("Refresh"));
    EXPECT_EQ(shownButton(view, QStringLiteral("Copy details")), nullptr);
    QSignalSpy second(&view, &StateView::secondaryTriggered);
    QTest::mouseClick(shownButton(view, QStringLiteral("Refresh")), Qt::LeftButton);
    EXPECT_EQ(second.count(), 1);
    view.showLoading(QStringLiteral("Loading"));
    EXPECT_EQ(shownButton(view, QStringLiteral("Set up")), nullptr);
    EXPECT_EQ(shownButton(view, QStringLiteral("Refresh")), nullptr);
}

TEST(StateView, LongTextIsShownInWhole)
{
    applyTheme(*qApp, Appearance::Light);
    StateView view;
    view.resize(900, 600);
    const QString text = QStringLiteral("words and words ").repeated(20);
    view.showMessage(QStringLiteral("Title"), text);
    view.show();
    QApplication::processEvents();
    const QLabel *label = labelSaying(view, text);
    ASSERT_NE(label, nullptr);
    EXPECT_GE(label->height(), label->heightForWidth(label->width()));
    EXPECT_LT(label->width(), 500);
}

TEST(ErrorBanner, IsHiddenUntilThereIsAnError)
{
    ErrorBanner banner;
    EXPECT_TRUE(banner.isHidden());
    banner.showError(networkError(), QStringLiteral("Try again"));
    EXPECT_FALSE(banner.isHidden());
    EXPECT_EQ(banner.accessibleName(), networkError().summary);
    QSignalSpy retried(&banner, &ErrorBanner::retryTriggered);
    QTest::mouseClick(shownButton(banner, QStringLiteral("Try again")), Qt::LeftButton);
    EXPECT_EQ(retried.count(), 1);
    QTest::mouseClick(shownButton(banner, QStringLiteral("Copy details")), Qt::LeftButton);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), networkError().report());
    QTest::mouseClick(banner.findChild<QToolButton *>(), Qt::LeftButton);
    EXPECT_TRUE(banner.isHidden());
}

TEST(ErrorBanner, WithoutRetryTextOffersNone)
{
    ErrorBanner banner;
    Error error = networkError();
    error.details.clear();
    banner.showError(error);
    for (const auto *button : banner.findChildren<QPushButton *>())
        EXPECT_TRUE(button->isHidden()) << button->text().toStdString();
}

TEST(ErrorBanner, ANarrowOneHasItsLinksBelowTheWordsAndCutsNothing)
{
    ErrorBanner banner;
    Error error = networkError();
    error.advice = QStringLiteral("words and words ").repeated(12);
    banner.showError(error, QStringLiteral("Try again"));
    const QLabel *advice = labelSaying(banner, error.advice);
    const QPushButton *retry = shownButton(banner, QStringLiteral("Try again"));
    ASSERT_TRUE(advice && retry);
    for (const int width : {900, 300}) {
        banner.resize(width, banner.heightForWidth(width));
        QApplication::processEvents();
        banner.resize(width, banner.heightForWidth(width));
        QApplication::processEvents();
        EXPECT_EQ(retry->y() > advice->geometry().bottom(), width == 300) << width;
        EXPECT_GE(advice->height(), advice->heightForWidth(advice->width())) << width;
    }
}

TEST(HelpMark, IsASquareAsHighAsALineOfItsFont)
{
    applyTheme(*qApp, Appearance::Light);
    for (const int points : {9, 24}) {
        QWidget window;
        QFont font = window.font();
        font.setPointSize(points);
        window.setFont(font);
        QVBoxLayout layout(&window);
        auto *mark = new HelpMark(QStringLiteral("Price"), QStringLiteral("Per token."), &window);
        layout.addWidget(mark);
        window.show();
        EXPECT_EQ(mark->height(), QFontMetrics(font).height());
        EXPECT_EQ(mark->width(), mark->height());
        EXPECT_EQ(mark->minimumSizeHint(), mark->size());
    }
}

TEST(HelpMark, HasTheColoursOfItsAppearance)
{
    for (const bool dark : {true, false}) {
        applyTheme(*qApp, dark ? Appearance::Dark : Appearance::Light);
        QWidget window;
        QVBoxLayout layout(&window);
        auto *mark = new HelpMark(QStringLiteral("Price"), QStringLiteral("Per token."), &window);
        layout.addWidget(new QPushButton(&window)); // takes the focus
        layout.addWidget(mark);
        window.show();
        const QImage picture = mark->grab().toImage();
        // The circle's edge is smoothed.
        EXPECT_NEAR(picture.pixelColor(picture.width() / 2, 0).lightness(),
                    tokens(dark).outline.lightness(), 20);
    }
}

TEST(Labels, LongWordsBreakWhereTheLineEndsAndTheTextStaysAsItIs)
{
    const std::unique_ptr<QLabel> label(plainLabel());
    const QString address = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    const QString text = QStringLiteral("For wallet %1, not <b>yours</b>.").arg(address);
    label->setText(text);
    const int wide = label->fontMetrics().horizontalAdvance(address);
    const int line = label->fontMetrics().height();
    EXPECT_LT(label->minimumSizeHint().width(), wide / 2);
    EXPECT_EQ(label->text(), text);
    EXPECT_EQ(label->textFormat(), Qt::PlainText);
    // Whatever the width, as many lines as it takes.
    EXPECT_GE(label->heightForWidth(wide / 4), 5 * line);
    EXPECT_LT(label->heightForWidth(wide / 4), 9 * line);
    EXPECT_LE(label->heightForWidth(wide * 2), line + 2);

    // Each line has its share, instead of one cut at the edge.
    label->setStyleSheet(QStringLiteral("background: white; color: black"));
    label->resize(wide / 3, label->heightForWidth(wide / 3));
    const QImage picture = label->grab().toImage();
    const auto isInked = [&](int from) {
        for (int y = from; y < qMin(from + line, picture.height()); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (qGray(picture.pixel(x, y)) < 128)
                    return true;
            }
        }
        return false;
    };
    for (int from = 0; from + line <= picture.height(); from += line)
        EXPECT_TRUE(isInked(from)) << from;
}

TEST(Labels, TooLongATextEndsInTheLastOfItsLines)
{
    WrappedLabel label(QStringLiteral("word ").repeated(200));
    label.setMostLines(3);
    EXPECT_LE(label.heightForWidth(200), 3 * label.fontMetrics().lineSpacing() + 2);
    label.setText(QString(2000, QLatin1Char('W')));
    EXPECT_LE(label.heightForWidth(200), 3 * label.fontMetrics().lineSpacing() + 2);
    label.setText(QStringLiteral("short"));
    EXPECT_LE(label.heightForWidth(200), label.fontMetrics().height() + 2);
}

TEST(Labels, WhatIsCutIsShownOnHoverAsItIsWritten)
{
    WrappedLabel label(QStringLiteral("<b>bold</b> words ").repeated(20));
    label.setMostLines(2);
    label.resize(120, label.heightForWidth(120));
    label.show();
    QHelpEvent hover(QEvent::ToolTip, {5, 5}, label.mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(&label, &hover);
    EXPECT_TRUE(QToolTip::text().contains(QLatin1String("&lt;b&gt;bold&lt;/b&gt;")))
        << qPrintable(QToolTip::text());
    QToolTip::hideText();
}

TEST(Labels, ButtonSaysForAMomentThatItHasCopied)
{
    QPushButton button(QStringLiteral("Copy details"));
    copyBy(&button, QStringLiteral("first"));
    copyBy(&button, QStringLiteral("second"));
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("second"));
    EXPECT_EQ(button.text(), QStringLiteral("Copied"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return button.text() == QLatin1String("Copy details"); }));
}

TEST(FlowLayout, GoesOnInTheNextLineAndGivesWhatIsLeftOver)
{
    QWidget row;
    auto *flow = new FlowLayout(&row);
    QList<QWidget *> parts;
    for (int i = 0; i < 4; ++i) {
        auto *part = new QWidget(&row);
        part->setFixedHeight(20);
        part->setMinimumWidth(100);
        if (i > 0)
            part->setFixedWidth(100);
        flow->addWidget(part);
        parts << part;
    }
    flow->setExpanding(parts[0]);
    row.resize(600, flow->heightForWidth(600));
    row.show();
    QApplication::processEvents();
    EXPECT_EQ(flow->heightForWidth(600), 20);
    EXPECT_EQ(parts[3]->geometry().right(), 599);
    EXPECT_EQ(parts[0]->width(), 600 - 3 * 108);

    EXPECT_EQ(flow->heightForWidth(220), 48);
    EXPECT_EQ(flow->minimumSize().width(), 100);
    row.resize(220, 48);
    QApplication::processEvents();
    EXPECT_EQ(parts[2]->y(), 28);
    EXPECT_EQ(parts[0]->width(), 112);
    parts[1]->hide();
    QApplication::processEvents();
    EXPECT_EQ(parts[2]->y(), 0);
}

TEST(FactList, ShowsHostileValuesAsText)
{
    FactList facts;
    const QString hostile = QStringLiteral("<img src=x onerror=1><b>bold</b>");
    facts.addFact(QStringLiteral("Label"), hostile, hostile);
    const QLabel *value = labelSaying(facts, hostile);
    ASSERT_NE(value, nullptr);
    EXPECT_EQ(value->textFormat(), Qt::PlainText);
    EXPECT_FALSE(value->toolTip().contains(QLatin1String("<b>")));
    EXPECT_FALSE(value->toolTip().contains(QLatin1String("<img")));
    EXPECT_EQ(value->accessibleDescription(), hostile);
    facts.setFacts({{QStringLiteral("Label"), hostile, {}, false}});
    EXPECT_TRUE(value->toolTip().isEmpty());
    EXPECT_TRUE(value->accessibleDescription().isEmpty());
    // One that may be copied, and its name.
    facts.setFacts({{hostile, hostile, {}, true}});
    for (const QLabel *label : facts.findChildren<QLabel *>())
        EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
}

TEST(FactList, AddressIsShortenedAndCopiedWhole)
{
    const QString address = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    FactList facts;
    facts.addAddress(QStringLiteral("Wallet"), address);
    const QLabel *label = labelSaying(facts, QStringLiteral("0x7099…79C8"));
    ASSERT_NE(label, nullptr);
    EXPECT_TRUE(label->toolTip().contains(address));
    EXPECT_TRUE(label->accessibleName().contains(address));
    auto *copy = facts.findChild<CopyButton *>();
    QTest::mouseClick(copy, Qt::LeftButton);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), address);
    facts.clear();
    EXPECT_EQ(facts.findChild<CopyButton *>(), nullptr);
}

TEST(CopyButton, SaysThatItCopiedAndThenWhatItCopies)
{
    CopyButton button(QStringLiteral("Copy entity ID"), QStringLiteral("content"));
    EXPECT_EQ(button.accessibleName(), QLatin1String("Copy entity ID"));
    button.click();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QLatin1String("content"));
    EXPECT_EQ(button.accessibleName(), QLatin1String("Copied"));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return button.accessibleName() == QLatin1String("Copy entity ID"); }));
}

TEST(PageHeader, ButtonsFollowTheirActions)
{
    PageHeader header(QStringLiteral("Entities"));
    QAction refresh(QStringLiteral("&Refresh"));
    refresh.setShortcut(QKeySequence(Qt::Key_F5));
    QPushButton *button = header.addActionButton(&refresh);
    EXPECT_EQ(button->text(), QLatin1String("Refresh"));
    EXPECT_TRUE(button->toolTip().contains(QLatin1String("F5")));
    EXPECT_EQ(button->accessibleDescription(), QLatin1String("Refresh (F5)"));
    QSignalSpy triggered(&refresh, &QAction::triggered);
    button->click();
    EXPECT_EQ(triggered.count(), 1);
    refresh.setEnabled(false);
    EXPECT_FALSE(button->isEnabled());
    refresh.setVisible(false);
    EXPECT_TRUE(button->isHidden());
}

TEST(PageHeader, OutlivesItsActions)
{
    PageHeader header(QStringLiteral("Entities"));
    auto action = std::make_unique<QAction>(QStringLiteral("Refresh"));
    QPushButton *button = header.addActionButton(action.get());
    action.reset();
    button->click();
    EXPECT_EQ(button->text(), QStringLiteral("Refresh"));
}

TEST(ElidedLabel, KeepsTheWholeTextForHoverAndScreenReader)
{
    ElidedLabel label(QStringLiteral("<i>a long title</i> that has no room at all"));
    label.resize(60, 20);
    label.show();
    QApplication::processEvents();
    EXPECT_NE(label.text(), label.fullText());
    EXPECT_EQ(label.accessibleName(), label.fullText());
    EXPECT_FALSE(label.toolTip().contains(QLatin1String("<i>")));
    label.resize(600, 20);
    QApplication::processEvents();
    EXPECT_EQ(label.text(), label.fullText());
    EXPECT_TRUE(label.toolTip().isEmpty());
}

TEST(SearchField, EscapeClearsAndDownGoesToTheList)
{
    QWidget window;
    auto *list = new QWidget(&window);
    list->setFocusPolicy(Qt::StrongFocus);
    auto *field = new SearchField(QStringLiteral("Search"), list, &window);
    window.show();
    window.activateWindow();
    field->setFocus();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    QTest::keyClicks(field, QStringLiteral("abc"));
    EXPECT_EQ(field->text(), QLatin1String("abc"));
    QTest::keyClick(field, Qt::Key_Escape);
    EXPECT_TRUE(field->text().isEmpty());
    QTest::keyClick(field, Qt::Key_Down);
    EXPECT_EQ(window.focusWidget(), list);
}

TEST(ShownText, HasNoControlOrDirectionCharacters)
{
    EXPECT_EQ(shownText(QStringLiteral(" a\u202Eb\u2066c\u0007d\te\n f ")),
              QLatin1String("abcd e f"));
    for (const char16_t turning :
         {u'\u061c', u'\u200e', u'\u200f', u'\u202a', u'\u202e', u'\u2066', u'\u2069'})
        EXPECT_EQ(shownText(QStringLiteral("a") + QChar(turning) + QLatin1Char('b')),
                  QLatin1String("ab"))
            << std::hex << int(turning);
    EXPECT_EQ(shownText(QStringLiteral("<b>x</b>")), QLatin1String("<b>x</b>"));
}

TEST(ShownText, IsBounded)
{
    EXPECT_EQ(shownText(QString(1'000'000, QLatin1Char('a')), 10), QStringLiteral("aaaaaaaaa…"));
    // A pair of surrogates isn't torn apart.
    const QString smiles = QStringLiteral("\U0001F600").repeated(20);
    const QString cut = shownText(smiles, 10);
    EXPECT_LE(cut.size(), 10);
    EXPECT_FALSE(cut.at(cut.size() - 2).isHighSurrogate());
}

#include "widgets_test.moc"

TEST(PressByEnter, EnterPressesTheButtonThatHasTheFocusAndNoOther)
{
    pressButtonsByEnter();
    QDialog dialog;
    auto *layout = new QVBoxLayout(&dialog);
    auto *plain = new QPushButton(QStringLiteral("Plain"), &dialog);
    auto *standard = new QPushButton(QStringLiteral("Default"), &dialog);
    auto *tool = new QToolButton(&dialog);
    auto *box = new QCheckBox(&dialog);
    for (QWidget *widget : std::initializer_list<QWidget *>{plain, standard, tool, box})
        layout->addWidget(widget);
    plain->setAutoDefault(false);
    standard->setDefault(true);
    QSignalSpy plainPressed(plain, &QPushButton::clicked);
    QSignalSpy standardPressed(standard, &QPushButton::clicked);
    QSignalSpy toolPressed(tool, &QToolButton::clicked);
    dialog.show();
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        QTest::keyClick(plain, key);
        QTest::keyClick(tool, key);
    }
    EXPECT_EQ(plainPressed.size(), 2);
    EXPECT_EQ(toolPressed.size(), 2);
    EXPECT_EQ(standardPressed.size(), 0) << "another button than the one with the focus";
    QTest::keyClick(box, Qt::Key_Return);
    EXPECT_EQ(standardPressed.size(), 1) << "in a form Enter means the default button";
    plain->setEnabled(false);
    QTest::keyClick(plain, Qt::Key_Return);
    EXPECT_EQ(plainPressed.size(), 2);
}
