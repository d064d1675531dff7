// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitwords.h"
#include "ui/style/sidepane.h"

#include <QMap>

class QLabel;
class QPushButton;

namespace sonar {

class FactList;

/// What is shown beside the table of permits when several pairs are selected: how many stand where,
/// and what can be done with all of them.
class PermitSelectionPane : public SidePane
{
    Q_OBJECT
public:
    struct Selection
    {
        qsizetype pairs = 0;
        qsizetype entities = 0;
        qsizetype wallets = 0;
        qsizetype permits = 0;               ///< that can be exported
        QMap<PermitState, qsizetype> states; ///< how many pairs stand where
        qsizetype failures = 0;              ///< beside a permit, which is counted as what it is
        std::optional<quint64> firstEnd;     ///< Unix seconds: of the permits that can be used

        bool operator==(const Selection &) const = default;
    };

    explicit PermitSelectionPane(QWidget *parent = nullptr);

    void showSelection(const Selection &selection);
    /// Whether actions that call the service can be taken.
    void setConnected(bool connected);

Q_SIGNALS:
    void checkRequested();
    void requestRequested();
    void exportRequested();

private:
    Selection m_selection;
    QLabel *m_heading;
    QLabel *m_parts;
    QPushButton *m_export;
    QPushButton *m_check;
    QPushButton *m_request;
    FactList *m_facts;
};

} // namespace sonar
