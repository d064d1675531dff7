// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

class QTableView;

namespace sonar {

/// Widths that follow what the columns of a table have to show. Each starts at a given width and
/// widens for its header and for the rows on screen; none narrows again, so that little jumps about
/// while answers come in. Once a person has set a width, all stay as they are.
class ColumnWidths : public QObject
{
    Q_OBJECT
public:
    struct Column
    {
        int column;
        int start;  ///< pixels
        int widest; ///< pixels; what needs more is cut
    };

    /// For columns of `view`, which has its model and delegates; a child of it.
    ColumnWidths(const QList<Column> &columns, QTableView *view);

    /// A person has set a width. Kept with the widths, and set after they are restored.
    bool arePersonal() const { return m_personal; }
    void setPersonal(bool personal) { m_personal = personal; }

private:
    void widenSoon();
    void widen();
    void sectionResized(int section, int before, int now);
    int widthFor(int column) const;

    QTableView *m_view;
    QList<Column> m_columns;
    QTimer m_soon;
    QElapsedTimer m_last;
    bool m_widening = false;
    bool m_personal = false;
};

} // namespace sonar
