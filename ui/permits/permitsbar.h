// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permitwords.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace sonar {

class SearchField;

/// Over the permits table: search, status filter, what can be done, and how far it is.
class PermitsBar : public QWidget
{
    Q_OBJECT
public:
    struct Actions
    {
        QAction *wallets;
        QAction *check;
        QAction *request;
        QAction *retry;
        QList<QAction *> more; ///< nullptr: a separator
    };
    /// The buttons follow these actions; the search goes on to `table`.
    PermitsBar(const Actions &actions, QWidget *table, QWidget *parent = nullptr);

    void setRunning(int running);    ///< as PermitDesk::running
    void addFailed() { ++m_failed; } ///< of those that run
    void setGrouping(PermitFilterModel::Grouping grouping);
    void focusSearch();
    void clearFilter();

Q_SIGNALS:
    void searchChanged(const QString &text);
    void stateChosen(std::optional<sonar::PermitState> state);
    void groupingChosen(sonar::PermitFilterModel::Grouping grouping);
    void addTriggered();
    void cancelTriggered();

private:
    QWidget *makeProgress();
    void fillFilters();
    void showProgress();
    QString remaining(int done) const;

    SearchField *m_search;
    QComboBox *m_states;
    QComboBox *m_groups;
    QWidget *m_progress;
    QLabel *m_progressText;
    QProgressBar *m_progressBar;
    int m_running = 0;
    int m_total = 0;
    int m_failed = 0;
    QElapsedTimer m_since;
    QTimer m_redraw; ///< thousands of calls, a few updates a second
};

} // namespace sonar
