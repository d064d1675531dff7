// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/announce.h"

#include "ui/style/accessibleline.h"
#include "ui/style/labels.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QComboBox>
#include <QLineEdit>
#include <QTimer>
#include <QWidget>

namespace sonar {

namespace {

/// Long enough for a screen reader to ask for the words, short enough not to be met later.
constexpr int keptMilliseconds = 10'000;
const QString announcerName = QStringLiteral("announcer");

QAccessibleInterface *faceOf(const QString &className, QObject *object)
{
    if (className == QLatin1String("QLineEdit") && qobject_cast<QLineEdit *>(object))
        return new AccessibleLine(static_cast<QLineEdit *>(object));
    if (className == QLatin1String("QWidget") && object && object->objectName() == announcerName)
        return new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::AlertMessage);
    return nullptr;
}

/// An alert of one pixel in the window, with what was said last.
QWidget *announcerIn(QWidget *window)
{
    if (auto *known = window->findChild<QWidget *>(announcerName, Qt::FindDirectChildrenOnly))
        return known;
    auto *made = new QWidget(window);
    made->setObjectName(announcerName);
    made->setAttribute(Qt::WA_TransparentForMouseEvents);
    made->setGeometry(0, 0, 1, 1);
    made->lower();
    auto *end = new QTimer(made);
    end->setSingleShot(true);
    end->setInterval(keptMilliseconds);
    QObject::connect(end, &QTimer::timeout, made, &QWidget::hide);
    return made;
}

} // namespace

void prepareAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(faceOf);
        return true;
    }();
    Q_UNUSED(once)
}

void announce(QWidget *about, const QString &text)
{
    if (text.isEmpty() || !about->isVisible())
        return;
    prepareAccessibility();
    QWidget *announcer = announcerIn(about->window());
    announcer->setAccessibleName(text);
    announcer->show();
    announcer->findChild<QTimer *>()->start();
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(announcer, text);
#else
    // Screen readers read an alert when it is shown.
    QAccessibleEvent event(announcer, QAccessible::ObjectShow);
#endif
    QAccessible::updateAccessibility(&event);
}

void setFieldProblem(QWidget *field, const QString &problem, const QString &otherwise)
{
    const bool wrong = !problem.isEmpty();
    const bool changes = field->property("invalid").toBool() != wrong;
    setStyleProperty(field, "invalid", wrong);
    field->setAccessibleDescription(wrong ? problem : otherwise);
    // The focus is in the line of an editable list, whose own look shows the fault.
    const auto *box = qobject_cast<QComboBox *>(field);
    QWidget *focused = box && box->lineEdit() ? box->lineEdit() : field;
    focused->setAccessibleDescription(field->accessibleDescription());
    if (!changes || !QAccessible::isActive())
        return;
    QAccessible::State changed;
    changed.invalid = true;
    QAccessibleStateChangeEvent event(focused, changed);
    QAccessible::updateAccessibility(&event);
}

} // namespace sonar
