// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitwords.h"

#include <QElapsedTimer>
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
    /// The buttons follow these actions; the search goes on to `table`.
    PermitsBar(QAction *check, QAction *request, QWidget *table, QWidget *parent = nullptr);

    void setMoreActions(const QList<QAction *> &actions);
    void setRunning(int running); ///< as PermitDesk::running
    void focusSearch();
    void clearFilter();

Q_SIGNALS:
    void searchChanged(const QString &text);
    void stateChosen(std::optional<sonar::PermitState> state);
    void addTriggered();
    void cancelTriggered();

private:
    QWidget *makeProgress();
    QString remaining(int done) const;

    SearchField *m_search;
    QComboBox *m_states;
    QPushButton *m_more;
    QWidget *m_progress;
    QLabel *m_progressText;
    QProgressBar *m_progressBar;
    int m_running = 0;
    int m_total = 0;
    QElapsedTimer m_since;
};

} // namespace sonar
