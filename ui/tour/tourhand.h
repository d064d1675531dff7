// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QString>
#include <QWidget>

#include <algorithm>
#include <functional>

class QAction;
class QPushButton;
class QTableView;

namespace sonar {

/// What the person does on the tour: presses, chooses, waits. The first thing that doesn't work is
/// kept as the trouble, and whatever comes after it does nothing, so that a tour reads as a list.
class TourHand
{
public:
    /// The whole tour ends by then, one wait sooner.
    explicit TourHand(int tourMilliseconds);

    /// Names what follows, for the trouble.
    void begin(const QString &step) { m_step = step; }
    bool isWell() const { return m_trouble.isEmpty(); }
    /// A sentence with the step in it; empty while all is well.
    QString trouble() const { return m_trouble; }
    void fail(const QString &what);

    /// Runs the event loop until `condition` holds; `what` completes "waited for …".
    bool until(const QString &what, const std::function<bool()> &condition);
    /// What must hold now; `what` completes "there is no …".
    bool expect(const QString &what, bool holds);

    void trigger(QAction *action, const QString &name);
    void press(QPushButton *button, const QString &name);
    /// Selects the rows whose first cell is one of `texts`.
    void select(QTableView *table, const QStringList &texts);

private:
    QDeadlineTimer m_end;
    QString m_step;
    QString m_trouble;
};

/// The visible dialog of this kind; nullptr if there is none. One that was closed may not be gone
/// yet.
template <typename Dialog> Dialog *visibleDialog(const QWidget *parent)
{
    const QList<Dialog *> all = parent->findChildren<Dialog *>();
    const auto shown =
        std::find_if(all.cbegin(), all.cend(), [](const Dialog *one) { return one->isVisible(); });
    return shown == all.cend() ? nullptr : *shown;
}

/// The visible button of this text, mnemonics and case aside; nullptr if there is none.
QPushButton *buttonNamed(const QWidget *parent, const QString &text);

} // namespace sonar
