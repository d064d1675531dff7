// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/tokens.h"

#include <QList>
#include <QPair>

#include <algorithm>

namespace sonar {

namespace {

Tokens lightTokens()
{
    Tokens t;
    t.window = QColor(0xf6, 0xf7, 0xf9);
    t.surface = QColor(0xff, 0xff, 0xff);
    t.text = QColor(0x19, 0x20, 0x2e);
    t.muted = QColor(0x59, 0x63, 0x74);
    t.disabled = QColor(0x9a, 0xa2, 0xae);
    t.line = QColor(0xe4, 0xe7, 0xec);
    t.outline = QColor(0xcd, 0xd3, 0xdc);
    t.hover = QColor(0xf0, 0xf2, 0xf6);
    t.pressed = QColor(0xe5, 0xe9, 0xf0);
    t.accent = QColor(0x2f, 0x6f, 0xed);
    t.onAccent = QColor(0xff, 0xff, 0xff);
    t.accentHover = QColor(0x25, 0x60, 0xd6);
    t.selection = QColor(0xe3, 0xec, 0xfd);
    t.link = QColor(0x1d, 0x57, 0xcf);
    t.scroll = QColor(0xc3, 0xc9, 0xd3);
    t.tones[int(Tone::Neutral)] = {QColor(0x52, 0x5c, 0x6d), QColor(0xeb, 0xee, 0xf2)};
    t.tones[int(Tone::Accent)] = {QColor(0x1d, 0x57, 0xcf), QColor(0xe3, 0xec, 0xfd)};
    t.tones[int(Tone::Positive)] = {QColor(0x12, 0x6b, 0x3a), QColor(0xe2, 0xf4, 0xe8)};
    t.tones[int(Tone::Warning)] = {QColor(0x85, 0x56, 0x00), QColor(0xfd, 0xf1, 0xd3)};
    t.tones[int(Tone::Negative)] = {QColor(0xb0, 0x24, 0x1f), QColor(0xfd, 0xe7, 0xe5)};
    return t;
}

Tokens darkTokens()
{
    Tokens t;
    t.window = QColor(0x16, 0x1a, 0x20);
    t.surface = QColor(0x1e, 0x23, 0x2b);
    t.text = QColor(0xe9, 0xed, 0xf3);
    t.muted = QColor(0x9f, 0xa9, 0xb9);
    t.disabled = QColor(0x62, 0x6c, 0x7b);
    t.line = QColor(0x2c, 0x33, 0x3e);
    t.outline = QColor(0x3d, 0x46, 0x54);
    t.hover = QColor(0x27, 0x2d, 0x37);
    t.pressed = QColor(0x30, 0x38, 0x44);
    t.accent = QColor(0x6e, 0xa0, 0xff);
    t.onAccent = QColor(0x0c, 0x13, 0x20);
    t.accentHover = QColor(0x88, 0xb1, 0xff);
    t.selection = QColor(0x26, 0x37, 0x5a);
    t.link = QColor(0x8d, 0xb4, 0xff);
    t.scroll = QColor(0x46, 0x4f, 0x5e);
    t.tones[int(Tone::Neutral)] = {QColor(0xab, 0xb4, 0xc3), QColor(0x2b, 0x32, 0x3d)};
    t.tones[int(Tone::Accent)] = {QColor(0x9d, 0xbf, 0xff), QColor(0x22, 0x33, 0x57)};
    t.tones[int(Tone::Positive)] = {QColor(0x66, 0xd5, 0x94), QColor(0x17, 0x35, 0x25)};
    t.tones[int(Tone::Warning)] = {QColor(0xf0, 0xbf, 0x5a), QColor(0x3c, 0x2f, 0x13)};
    t.tones[int(Tone::Negative)] = {QColor(0xff, 0x97, 0x8f), QColor(0x47, 0x20, 0x20)};
    return t;
}

} // namespace

const Tokens &tokens(bool dark)
{
    static const Tokens light = lightTokens();
    static const Tokens night = darkTokens();
    return dark ? night : light;
}

QPalette paletteFrom(const Tokens &t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.surface);
    palette.setColor(QPalette::AlternateBase, t.window);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.surface);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.tones[int(Tone::Negative)].text);
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, t.onAccent);
    palette.setColor(QPalette::Link, t.link);
    palette.setColor(QPalette::LinkVisited, t.link);
    palette.setColor(QPalette::ToolTipBase, t.surface);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Light, t.surface);
    palette.setColor(QPalette::Midlight, t.hover);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Dark, t.outline);
    palette.setColor(QPalette::Shadow, t.outline);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
          QPalette::Link, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, t.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, t.pressed);
    palette.setColor(QPalette::Disabled, QPalette::Base, t.window);
    return palette;
}

QString withColors(QString sheet, const Tokens &t, bool dark)
{
    QList<QPair<QString, QString>> names{
        {QStringLiteral("@window"), t.window.name()},
        {QStringLiteral("@surface"), t.surface.name()},
        {QStringLiteral("@text"), t.text.name()},
        {QStringLiteral("@muted"), t.muted.name()},
        {QStringLiteral("@disabled"), t.disabled.name()},
        {QStringLiteral("@line"), t.line.name()},
        {QStringLiteral("@outline"), t.outline.name()},
        {QStringLiteral("@hover"), t.hover.name()},
        {QStringLiteral("@pressed"), t.pressed.name()},
        {QStringLiteral("@accentHover"), t.accentHover.name()},
        {QStringLiteral("@accent"), t.accent.name()},
        {QStringLiteral("@onAccent"), t.onAccent.name()},
        {QStringLiteral("@selection"), t.selection.name()},
        {QStringLiteral("@link"), t.link.name()},
        {QStringLiteral("@scroll"), t.scroll.name()},
        {QStringLiteral("@neutral"), t.tones[int(Tone::Neutral)].text.name()},
        {QStringLiteral("@positive"), t.tones[int(Tone::Positive)].text.name()},
        {QStringLiteral("@warning"), t.tones[int(Tone::Warning)].text.name()},
        {QStringLiteral("@negative"), t.tones[int(Tone::Negative)].text.name()},
        {QStringLiteral("@toneAccent"), t.tones[int(Tone::Accent)].text.name()},
        {QStringLiteral("@appearance"), dark ? QStringLiteral("dark") : QStringLiteral("light")},
    };
    // The longer name first, where one begins with another.
    std::sort(names.begin(), names.end(),
              [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    for (const auto &[name, value] : names)
        sheet.replace(name, value);
    return sheet;
}

} // namespace sonar
