// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

class QTableView;

namespace sonar {

/// Widths that follow what the columns of a table have to show. Each is as wide as its header and
/// the rows on screen need, between two bounds. While answers come in, columns only widen, so that
/// little jumps about; with other rows they may narrow again. Once a person has set a width, all
/// stay as they are.
class ColumnWidths : public QObject
{
    Q_OBJECT
public:
    struct Column
    {
        int column;
        int least;  ///< pixels
        int widest; ///< pixels; what needs more is cut
        /// Pixels, where not all of the columns that have this fit into the view: those give way
        /// to each other, so that all can be seen. 0: this one may lie outside.
        int tightest = 0;
    };

    /// For columns of `view`, which has its model and delegates; a child of it.
    ColumnWidths(const QList<Column> &columns, QTableView *view);

    /// A person has set a width. Kept with the widths, and set after they are restored.
    bool arePersonal() const { return m_personal; }
    void setPersonal(bool personal) { m_personal = personal; }

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void fitSoon(bool afresh);
    void fit();
    void sectionResized(int section, int before, int now);
    int widthFor(int column) const;
    QList<int> wantedWidths() const; ///< 0 for those that are hidden
    bool squeeze(QList<int> &widths) const;

    QTableView *m_view;
    QList<Column> m_columns;
    QTimer m_soon;
    QElapsedTimer m_last;
    bool m_afresh = true; ///< other rows than before: columns may narrow, too
    bool m_fitting = false;
    bool m_squeezed = false; ///< narrower than they want to be
    bool m_personal = false;
};

} // namespace sonar
