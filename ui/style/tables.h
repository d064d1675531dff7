// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace sonar {

/// What all tables here share: whole rows selected, no row numbers, one line a row that never
/// wraps, sorted by a click on the header, columns that can be moved and, by the header's context
/// menu, hidden. Alt+Down opens that menu from the table, with the current column to sort by. Call
/// after setModel.
void prepareTable(QTableView *view);

/// Ctrl+C copies the selected cells (FullTextRole where there is one, else what is shown) as
/// tab-separated lines; a single selected row, its current cell.
void installCopyAction(QTableView *view);

} // namespace sonar
