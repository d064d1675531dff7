// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/pressbyenter.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

namespace sonar {

namespace {

class EnterPresses : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress)
            return false;
        const auto *key = static_cast<const QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (!enter || (key->modifiers() & ~Qt::KeypadModifier))
            return false;
        // Boxes and radio buttons are no buttons in this: Enter there means the form is filled in.
        if (auto *push = qobject_cast<QPushButton *>(watched)) {
            if (!key->isAutoRepeat())
                push->click();
            return true;
        }
        auto *tool = qobject_cast<QToolButton *>(watched);
        if (!tool)
            return false;
        if (tool->menu() && tool->popupMode() == QToolButton::InstantPopup)
            tool->showMenu();
        else if (!key->isAutoRepeat())
            tool->click();
        return true;
    }
};

} // namespace

void pressButtonsByEnter()
{
    static const QString name = QStringLiteral("pressButtonsByEnter");
    if (qApp->findChild<QObject *>(name, Qt::FindDirectChildrenOnly))
        return;
    auto *filter = new EnterPresses(qApp);
    filter->setObjectName(name);
    qApp->installEventFilter(filter);
}

} // namespace sonar
