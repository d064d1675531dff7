// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QMenuBar;
class QWidget;

namespace sonar::test {

/// What keeps a person with a screen reader or without a mouse from using a shown window or dialog;
/// one line each, empty when all is well.
///
/// Names: everything that takes the focus or can be acted on has one; tables have texts in their
/// cells and headers; no description is markup.
QStringList faultsOfNames(QWidget *window);
/// Keys: Tab and Shift+Tab reach every control and leave it again; no button is for the mouse
/// alone; no two controls have the same mnemonic.
QStringList faultsOfKeys(QWidget *window);
/// Texts: no label but a field's caption could take its text for rich text, and a tool tip that is
/// markup has none but the paragraph that keeps it plain.
QStringList faultsOfTexts(QWidget *window);
/// Menus: every entry has a name, and no two of one menu the same mnemonic.
QStringList faultsOfMenus(QMenuBar *bar);

} // namespace sonar::test
