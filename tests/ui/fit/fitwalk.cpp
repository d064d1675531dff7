// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fit/fitwalk.h"

#include "ui/style/labels.h"
#include "ui/style/scrollbody.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QStatusBar>
#include <QToolButton>

namespace sonar::test {

namespace {

constexpr int highestFrame = 50;
constexpr int titleBar = 30; ///< what a window manager adds to the height

QString named(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    const auto *label = qobject_cast<const QLabel *>(widget);
    QStringList chain;
    for (const QWidget *each = widget; each && chain.size() < 4; each = each->parentWidget())
        chain << QString::fromLatin1(each->metaObject()->className());
    const QRect place(widget->mapTo(widget->window(), QPoint()), widget->size());
    return QStringLiteral("%1 #%2 \"%3\" at %4,%5 of %6x%7")
        .arg(chain.join(QLatin1Char('<')), widget->objectName(),
             (button  ? button->text()
              : label ? label->text()
                      : widget->accessibleName())
                 .left(60))
        .arg(place.x())
        .arg(place.y())
        .arg(place.width())
        .arg(place.height());
}

QString sized(const QSize &size)
{
    return QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
}

/// The nearest area around it that scrolls by itself.
const QAbstractScrollArea *areaAround(const QWidget *widget)
{
    for (const QWidget *each = widget->parentWidget(); each; each = each->parentWidget()) {
        if (const auto *area = qobject_cast<const QAbstractScrollArea *>(each))
            return area;
        if (each->isWindow())
            return nullptr;
    }
    return nullptr;
}

bool isControl(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) ||
           qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget) ||
           qobject_cast<const QAbstractSpinBox *>(widget) ||
           qobject_cast<const QPlainTextEdit *>(widget) ||
           qobject_cast<const QAbstractItemView *>(widget);
}

bool isPartOfAControl(const QWidget *widget)
{
    for (const QWidget *each = widget->parentWidget(); each && !each->isWindow();
         each = each->parentWidget()) {
        if (qobject_cast<const QComboBox *>(each) || qobject_cast<const QAbstractSpinBox *>(each) ||
            qobject_cast<const QLineEdit *>(each) ||
            qobject_cast<const QAbstractItemView *>(each) || qobject_cast<const QMenuBar *>(each) ||
            qobject_cast<const QScrollBar *>(each) || qobject_cast<const QPlainTextEdit *>(each))
            return true;
    }
    return false;
}

/// Where `widget` can't be seen whole, even after scrolling.
QString hiddenParts(const QWidget *widget)
{
    const QWidget *inside = widget;
    QRect rect = widget->rect();
    while (const QAbstractScrollArea *area = areaAround(inside)) {
        const QRect seen = area->viewport()->rect();
        const QRect here = rect.translated(inside->mapTo(area->viewport(), QPoint()));
        if (here.left() < seen.left() || here.right() > seen.right())
            return QStringLiteral("cut at a side of its area");
        inside = area;
        rect = area->rect();
        // Scrolled to, it is as wide as it is, and as high as the area at least.
    }
    const QRect here = rect.translated(inside->mapTo(inside->window(), QPoint()));
    if (!inside->window()->rect().contains(here))
        return QStringLiteral("outside the window");
    // What is laid out in too little room lies over its neighbours.
    for (const QWidget *each = inside; !each->isWindow(); each = each->parentWidget()) {
        const QWidget *parent = each->parentWidget();
        const QRect place = rect.translated(inside->mapTo(parent, QPoint()));
        if (!parent->rect().contains(place))
            return QStringLiteral("cut by ") + QLatin1String(parent->metaObject()->className());
    }
    return {};
}

QString clippedWords(const QWidget *widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(widget)) {
        if (label->text().isEmpty() || qobject_cast<const ElidedLabel *>(label))
            return {};
        if (label->wordWrap()) {
            const int needed = label->heightForWidth(label->width());
            return needed > label->height() + 1 ? QStringLiteral("needs a height of %1").arg(needed)
                                                : QString();
        }
        const QSize needed = label->minimumSizeHint();
        return needed.width() > label->width() || needed.height() > label->height()
                   ? QStringLiteral("needs ") + sized(needed)
                   : QString();
    }
    // Those that elide by themselves have a hint that says so.
    const QSize needed = widget->minimumSizeHint();
    const auto *push = qobject_cast<const QPushButton *>(widget);
    if (push && (needed.width() > push->width() || needed.height() > push->height()))
        return QStringLiteral("needs ") + sized(needed);
    const bool low = isControl(widget) &&
                     needed.height() > widget->height() + 2 && // a style's rounding
                     widget->minimumHeight() <= widget->height() &&
                     !qobject_cast<const QAbstractScrollArea *>(widget);
    return low ? QStringLiteral("needs a height of %1").arg(needed.height()) : QString();
}

} // namespace

QStringList faultsOfFit(QWidget *window)
{
    // Layouts follow at their time.
    for (int round = 0; round < 5; ++round)
        QCoreApplication::processEvents();
    QStringList faults;
    const QRect screen = window->screen()->availableGeometry();
    if (window->width() > screen.width() || window->height() > screen.height() - titleBar)
        faults << QStringLiteral("the window has %1 on a screen of %2")
                      .arg(sized(window->size()), sized(screen.size()));
    if (!screen.contains(window->geometry()))
        faults << QStringLiteral("the window is at %1,%2")
                      .arg(window->geometry().x())
                      .arg(window->geometry().y());
    for (const QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != window || isPartOfAControl(widget))
            continue;
        const auto *area = qobject_cast<const QScrollArea *>(widget);
        if (area && area->widget() && area->widget()->width() > area->viewport()->width())
            faults << QStringLiteral("scrolls sideways (%1 in %2): %3")
                          .arg(area->widget()->width())
                          .arg(area->viewport()->width())
                          .arg(named(widget));
        const bool hasRoom = window->height() < screen.height() - highestFrame;
        if (qobject_cast<const ScrollBody *>(widget) && hasRoom &&
            area->verticalScrollBar()->maximum() > 0)
            faults << QStringLiteral("scrolls, though the screen has room: ") + named(widget);
        const auto *list = qobject_cast<const QListView *>(widget);
        if (list && list->horizontalScrollBar()->maximum() > 0)
            faults << QStringLiteral("scrolls sideways: ") + named(widget);
        if (!isControl(widget) && !qobject_cast<const QLabel *>(widget))
            continue;
        if (const QString parts = hiddenParts(widget); !parts.isEmpty())
            faults << QStringLiteral("%1: %2").arg(parts, named(widget));
        if (const QString words = clippedWords(widget); !words.isEmpty())
            faults << QStringLiteral("%1: %2").arg(words, named(widget));
    }
    return faults;
}

} // namespace sonar::test
