// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPair>
#include <QPointer>
#include <QSet>

class QWidget;

namespace sonar {

class PermitDesk;

/// Says to a screen reader what became of the calls that the person has made, once all have ended:
/// of one call its result, of many how many rows stand where.
class PermitResults : public QObject
{
    Q_OBJECT
public:
    /// `page`: in the window whose user hears of it; must outlive this.
    PermitResults(PermitDesk *desk, QWidget *page);

private:
    void rowsChanged(int first, int last);
    void callEnded();
    QString told() const;

    QPointer<PermitDesk> m_desk;
    QWidget *m_page;
    QSet<QPair<QString, QString>> m_asked; ///< entity id and wallet of rows that show a call
};

} // namespace sonar
