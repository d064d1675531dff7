// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/a11y/accessiblewalk.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QTableView>
#include <QTest>
#include <QTextDocument>
#include <QTextDocumentFragment>

#include <functional>

namespace sonar::test {

namespace {

constexpr int mostRows = 40;

QString described(const QObject *object)
{
    if (!object)
        return QStringLiteral("(no object)");
    const auto *widget = qobject_cast<const QWidget *>(object);
    const auto *button = qobject_cast<const QAbstractButton *>(object);
    QStringList chain;
    for (const QObject *each = object; each && chain.size() < 4; each = each->parent())
        chain << QString::fromLatin1(each->metaObject()->className());
    return QStringLiteral("%1 \"%2\" name \"%3\" text \"%4\"")
        .arg(chain.join(QLatin1Char('<')), object->objectName(),
             widget ? widget->accessibleName() : QString(), button ? button->text() : QString());
}

/// Parts of a control that are reached through it.
bool isPartOfAControl(const QWidget *widget)
{
    for (const QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (qobject_cast<const QComboBox *>(parent) ||
            qobject_cast<const QAbstractSpinBox *>(parent) ||
            qobject_cast<const QLineEdit *>(parent) || qobject_cast<const QMenuBar *>(parent) ||
            qobject_cast<const QScrollBar *>(parent) ||
            qobject_cast<const QAbstractItemView *>(parent))
            return true;
    }
    return false;
}

/// A tool tip that was made plain by markup, which a screen reader would read out.
bool isMarkup(const QString &text)
{
    static const QRegularExpression start(QStringLiteral("^\\s*<(p|qt|html|body|!doctype)\\b"),
                                          QRegularExpression::CaseInsensitiveOption);
    return start.match(text).hasMatch();
}

void walkTable(QAccessibleInterface *face, QStringList &faults)
{
    const auto *view = qobject_cast<QTableView *>(face->object());
    QAccessibleTableInterface *table = face->tableInterface();
    if (!view || !table) {
        faults << QStringLiteral("table without cells: ") + described(face->object());
        return;
    }
    for (int column = 0; column < view->model()->columnCount(); ++column) {
        if (view->isColumnHidden(column))
            continue;
        if (table->columnDescription(column).isEmpty())
            faults
                << QStringLiteral("column %1 has no header: %2").arg(column).arg(described(view));
        for (int row = 0; row < qMin(table->rowCount(), mostRows); ++row) {
            QAccessibleInterface *cell = table->cellAt(row, column);
            if (cell && isMarkup(cell->text(QAccessible::Description)))
                faults << QStringLiteral("cell %1,%2 is described by markup: %3")
                              .arg(row)
                              .arg(column)
                              .arg(described(view));
            if (!cell || cell->text(QAccessible::Name).isEmpty())
                faults << QStringLiteral("cell %1,%2 (%3) says nothing: %4")
                              .arg(row)
                              .arg(column)
                              .arg(table->columnDescription(column), described(view));
        }
    }
}

bool canBeActedOn(QAccessibleInterface *face)
{
    if (face->state().focusable)
        return true;
    const QAccessibleActionInterface *actions = face->actionInterface();
    if (!actions)
        return false;
    const QStringList names = const_cast<QAccessibleActionInterface *>(actions)->actionNames();
    return names.contains(QAccessibleActionInterface::pressAction()) ||
           names.contains(QAccessibleActionInterface::toggleAction()) ||
           names.contains(QAccessibleActionInterface::showMenuAction());
}

void walk(QAccessibleInterface *face, QStringList &faults)
{
    if (!face || !face->isValid() || face->state().invisible)
        return;
    const auto *widget = qobject_cast<const QWidget *>(face->object());
    if (widget && !widget->isVisible())
        return;
    // A part is announced with its control.
    const bool part = widget && isPartOfAControl(widget);
    if (!part && canBeActedOn(face) && face->text(QAccessible::Name).trimmed().isEmpty())
        faults << QStringLiteral("no name (role %1): %2")
                      .arg(int(face->role()))
                      .arg(described(face->object()));
    const QString description = face->text(QAccessible::Description);
    if (isMarkup(description))
        faults << QStringLiteral("\"%1\" describes %2").arg(description, described(face->object()));
    if (face->role() == QAccessible::Table) {
        walkTable(face, faults);
        return;
    }
    for (int i = 0; i < face->childCount(); ++i)
        walk(face->child(i), faults);
}

/// Reached by arrow keys from the checked one of its group.
bool isReachedByArrows(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return button && !button->isChecked() &&
           (button->autoExclusive() || (button->group() && button->group()->exclusive()));
}

QList<QWidget *> stopsOf(QWidget *window)
{
    QList<QWidget *> stops;
    for (QWidget *widget : window->findChildren<QWidget *>()) {
        if (widget->window() == window && widget->isVisible() && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget->focusProxy() &&
            !isPartOfAControl(widget) && !isReachedByArrows(widget))
            stops << widget;
    }
    return stops;
}

/// What `key` leads to, round once from where the focus is.
QSet<const QWidget *> reachedBy(Qt::Key key, QWidget *window, qsizetype stops, QStringList &faults)
{
    QSet<const QWidget *> reached;
    for (qsizetype i = 0; i < 3 * stops + 3; ++i) {
        QWidget *const from = QApplication::focusWidget();
        if (!from || from->window() != window) {
            faults << QStringLiteral("the focus got lost after ") + described(from);
            break;
        }
        reached << from;
        QTest::keyClick(from, key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        if (QApplication::focusWidget() == from && stops > 1) {
            faults << QStringLiteral("dead end for %1: %2")
                          .arg(key == Qt::Key_Tab ? QStringLiteral("Tab")
                                                  : QStringLiteral("Shift+Tab"),
                               described(from));
            break;
        }
    }
    return reached;
}

QString mnemonicOf(const QString &text)
{
    return QKeySequence::mnemonic(text).toString();
}

} // namespace

QStringList faultsOfNames(QWidget *window)
{
    QStringList faults;
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(window);
    if (!face || face->text(QAccessible::Name).isEmpty())
        faults << QStringLiteral("the window has no name: ") + described(window);
    walk(face, faults);
    return faults;
}

QStringList faultsOfKeys(QWidget *window)
{
    QStringList faults;
    const QList<QWidget *> stops = stopsOf(window);
    if (stops.isEmpty())
        return {QStringLiteral("nothing takes the focus: ") + described(window)};
    window->activateWindow();
    if (!QTest::qWaitForWindowActive(window))
        return {QStringLiteral("never active: ") + described(window)};
    stops.first()->setFocus(Qt::TabFocusReason);
    for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Backtab}) {
        const QSet<const QWidget *> reached = reachedBy(key, window, stops.size(), faults);
        for (const QWidget *stop : stops) {
            if (!reached.contains(stop))
                faults << QStringLiteral("%1 doesn't reach %2")
                              .arg(key == Qt::Key_Tab ? QStringLiteral("Tab")
                                                      : QStringLiteral("Shift+Tab"),
                                   described(stop));
        }
    }
    QHash<QString, QString> mnemonics;
    const auto claim = [&](const QString &text) {
        const QString key = mnemonicOf(text);
        if (!key.isEmpty() && mnemonics.contains(key))
            faults << QStringLiteral("%1 is the mnemonic of \"%2\" and \"%3\"")
                          .arg(key, mnemonics.value(key), text);
        mnemonics.insert(key, text);
    };
    for (const QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != window)
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            // Those of exclusive groups are reached from each other by arrow keys.
            const bool byArrows = button->group() && button->group()->exclusive();
            if (button->isEnabled() && !byArrows && button->focusPolicy() == Qt::NoFocus &&
                !isPartOfAControl(button))
                faults << QStringLiteral("only for the mouse: ") + described(button);
            claim(button->text());
        } else if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->buddy())
                claim(label->text());
        } else if (const auto *group = qobject_cast<const QGroupBox *>(widget)) {
            claim(group->title());
        }
    }
    return faults;
}

QStringList faultsOfTexts(QWidget *window)
{
    QStringList faults;
    for (const QLabel *label : window->findChildren<QLabel *>()) {
        // A caption has words of our own.
        if (label->textFormat() != Qt::PlainText && !label->buddy() && !label->text().isEmpty())
            faults << QStringLiteral("may be rich text: %1 \"%2\"")
                          .arg(described(label), label->text());
    }
    QList<QWidget *> widgets = window->findChildren<QWidget *>();
    widgets.prepend(window);
    for (const QWidget *widget : widgets) {
        const QString tip = widget->toolTip();
        const QString words = QTextDocumentFragment::fromHtml(tip).toPlainText();
        if (Qt::mightBeRichText(tip) && tip != Qt::convertFromPlainText(words))
            faults << QStringLiteral("tool tip of %1: %2").arg(described(widget), tip);
    }
    return faults;
}

QStringList faultsOfMenus(QMenuBar *bar)
{
    QStringList faults;
    const std::function<void(const QList<QAction *> &, const QString &)> look =
        [&](const QList<QAction *> &actions, const QString &where) {
            QHash<QString, QString> mnemonics;
            for (const QAction *action : actions) {
                if (action->isSeparator() || !action->isVisible())
                    continue;
                if (action->text().isEmpty())
                    faults << QStringLiteral("an entry without words in ") + where;
                const QString key = mnemonicOf(action->text());
                if (!key.isEmpty() && mnemonics.contains(key))
                    faults << QStringLiteral("%1 opens \"%2\" and \"%3\" in %4")
                                  .arg(key, mnemonics.value(key), action->text(), where);
                mnemonics.insert(key, action->text());
                if (action->menu())
                    look(action->menu()->actions(), action->text());
            }
        };
    look(bar->actions(), QStringLiteral("the menu bar"));
    return faults;
}

} // namespace sonar::test
