// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tourhand.h"

#include <QAction>
#include <QCoreApplication>
#include <QEventLoop>
#include <QItemSelection>
#include <QPushButton>
#include <QTableView>
#include <QTimer>

namespace sonar {

namespace {

/// Longer than any answer takes here: a call's retries and a keychain's time limit are within it.
constexpr int longestWait = 60'000;

} // namespace

TourHand::TourHand(int tourMilliseconds)
    : m_end(tourMilliseconds)
{}

void TourHand::fail(const QString &what)
{
    if (isWell())
        m_trouble = QStringLiteral("%1: %2").arg(m_step, what);
}

bool TourHand::until(const QString &what, const std::function<bool()> &condition)
{
    if (!isWell())
        return false;
    const QDeadlineTimer end = qMin(m_end, QDeadlineTimer(longestWait)); // the one that comes first
    // Wakes the loop below when nothing else does any more.
    QTimer alarm;
    alarm.setSingleShot(true);
    alarm.start(int(qMax<qint64>(end.remainingTime(), 0)) + 1);
    while (!condition()) {
        if (end.hasExpired()) {
            fail(QStringLiteral("waited in vain for %1").arg(what));
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

bool TourHand::expect(const QString &what, bool holds)
{
    if (!holds)
        fail(QStringLiteral("there is no %1").arg(what));
    return isWell();
}

void TourHand::trigger(QAction *action, const QString &name)
{
    if (expect(name, action) &&
        until(QStringLiteral("%1 to be possible").arg(name), [&] { return action->isEnabled(); }))
        action->trigger();
}

void TourHand::press(QPushButton *button, const QString &name)
{
    if (expect(QStringLiteral("button for %1").arg(name), button) &&
        until(QStringLiteral("%1 to be possible").arg(name), [&] { return button->isEnabled(); }))
        button->click();
}

void TourHand::select(QTableView *table, const QStringList &texts)
{
    if (!expect(QStringLiteral("table"), table))
        return;
    const QAbstractItemModel *model = table->model();
    QItemSelection selection;
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (texts.contains(index.data().toString()))
            selection.select(index, index);
    }
    if (!expect(QStringLiteral("row for each of %1").arg(texts.join(QStringLiteral(", "))),
                selection.indexes().size() == texts.size()))
        return;
    table->setFocus();
    table->selectionModel()->setCurrentIndex(selection.indexes().constFirst(),
                                             QItemSelectionModel::NoUpdate);
    table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect |
                                                   QItemSelectionModel::Rows);
}

QPushButton *buttonNamed(const QWidget *parent, const QString &text)
{
    if (!parent)
        return nullptr;
    for (QPushButton *button : parent->findChildren<QPushButton *>()) {
        const QString own = button->text().remove(QLatin1Char('&'));
        if (button->isVisible() && own.compare(text, Qt::CaseInsensitive) == 0)
            return button;
    }
    return nullptr;
}

} // namespace sonar
