// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/theme.h"

#include "ui/style/tonedframe.h"

#include <QApplication>
#include <QLabel>
#include <QVBoxLayout>

#include <gtest/gtest.h>

#include <cmath>

using namespace sonar;

namespace {

constexpr Tone allTones[] = {Tone::Neutral, Tone::Accent, Tone::Positive, Tone::Warning,
                             Tone::Negative};

/// WCAG 2.2, relative luminance.
double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

class Theme : public ::testing::TestWithParam<Appearance>
{
protected:
    void SetUp() override { applyTheme(*qApp, GetParam()); }
    QPalette palette() const { return QApplication::palette(); }
};

} // namespace

TEST_P(Theme, ShowsTheChosenAppearance)
{
    EXPECT_EQ(isDark(palette()), GetParam() == Appearance::Dark);
}

TEST_P(Theme, ReplacesEveryColourNameOfTheSheet)
{
    const QString sheet = qApp->styleSheet();
    EXPECT_FALSE(sheet.isEmpty());
    // The one @ that belongs there names high-resolution images, which aren't named in the sheet.
    const QString rules = sheet.mid(sheet.lastIndexOf(QLatin1String("*/")));
    EXPECT_FALSE(rules.contains(QLatin1Char('@'))) << rules.toStdString();
}

TEST_P(Theme, TextReachesAaContrast)
{
    const QPalette p = palette();
    for (const QColor &ground : {p.color(QPalette::Window), p.color(QPalette::Base)}) {
        EXPECT_GE(contrast(p.color(QPalette::WindowText), ground), 4.5);
        EXPECT_GE(contrast(p.color(QPalette::PlaceholderText), ground), 4.5);
        EXPECT_GE(contrast(p.color(QPalette::Link), ground), 4.5);
        EXPECT_GE(contrast(secondaryText(p), ground), 4.5);
        EXPECT_GE(contrast(toneColors(Tone::Negative, p).text, ground), 4.5);
    }
    EXPECT_GE(contrast(p.color(QPalette::HighlightedText), p.color(QPalette::Highlight)), 4.5);
}

TEST_P(Theme, ChipsAndBannersReachAaContrast)
{
    for (const Tone tone : allTones) {
        const ToneColors colors = toneColors(tone, palette());
        EXPECT_GE(contrast(colors.text, colors.fill), 4.5) << "tone " << int(tone);
        EXPECT_GE(contrast(palette().color(QPalette::Link), colors.fill), 4.5)
            << "a link on tone " << int(tone);
    }
}

TEST_P(Theme, DisabledTextDiffersFromEnabled)
{
    const QPalette p = palette();
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::ButtonText})
        EXPECT_GE(contrast(p.color(QPalette::Disabled, role), p.color(QPalette::Active, role)),
                  1.8);
}

TEST_P(Theme, HeadingsGrowAndKeepTheUsersBaseSize)
{
    const QFont base = QApplication::font();
    EXPECT_DOUBLE_EQ(heading(base, 0).pointSizeF(), base.pointSizeF());
    for (int step = 1; step <= 3; ++step)
        EXPECT_GT(heading(base, step).pointSizeF(), heading(base, step - 1).pointSizeF());
    EXPECT_DOUBLE_EQ(monospaced(base).pointSizeF(), base.pointSizeF());
}

INSTANTIATE_TEST_SUITE_P(BothAppearances, Theme,
                         ::testing::Values(Appearance::Light, Appearance::Dark));

TEST(ThemeSwitch, RecoloursWhatIsShown)
{
    applyTheme(*qApp, Appearance::Light);
    TonedFrame frame(Tone::Negative);
    auto *layout = new QVBoxLayout(&frame);
    auto *label = new QLabel(QStringLiteral("words"));
    layout->addWidget(label);
    frame.show();
    EXPECT_EQ(label->palette().color(QPalette::WindowText),
              toneColors(Tone::Negative, QApplication::palette()).text);
    applyTheme(*qApp, Appearance::Dark);
    QApplication::processEvents();
    EXPECT_EQ(label->palette().color(QPalette::WindowText),
              toneColors(Tone::Negative, QApplication::palette()).text);
    frame.setTone(Tone::Positive);
    EXPECT_EQ(label->palette().color(QPalette::WindowText),
              toneColors(Tone::Positive, QApplication::palette()).text);
}

TEST(ThemeSwitch, ComesBackToTheSystemsAppearance)
{
    applyTheme(*qApp, Appearance::Light);
    applyTheme(*qApp, Appearance::Dark);
    applyTheme(*qApp, Appearance::System);
    // The offscreen platform is light.
    EXPECT_FALSE(isDark(QApplication::palette()));
}
