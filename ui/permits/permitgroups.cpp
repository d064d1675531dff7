// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitfiltermodel.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <array>

namespace sonar {

namespace {

/// In the order in which a group tells of them.
constexpr std::array toldStates{
    PermitState::Usable,       PermitState::Unconfirmed, PermitState::Ready,
    PermitState::NotOpenYet,   PermitState::NotUsable,   PermitState::Failed,
    PermitState::NotReady,     PermitState::Working,     PermitState::Expired,
    PermitState::WindowClosed, PermitState::NotChecked,
};

} // namespace

bool PermitFilterModel::isFolded(int row) const
{
    return isGroup(row) && m_folded.contains(groupAt(row));
}

const PermitFilterModel::Rows &PermitFilterModel::rowsOf(int group) const
{
    static const Rows none;
    const auto known = m_groups.constFind(group);
    return known == m_groups.cend() ? none : *known;
}

void PermitFilterModel::setFolded(int row, bool folded)
{
    if (row < 0 || row >= rowCount() || !isGroup(row) || isFolded(row) == folded)
        return;
    if (folded)
        m_folded.insert(groupAt(row));
    else
        m_folded.remove(groupAt(row));
    show(sortedRows(), m_grouping);
}

void PermitFilterModel::tickGroups(int first, int last)
{
    if (m_grouping == Grouping::None)
        return;
    const int end = last < 0 ? rowCount() - 1 : std::min(last, rowCount() - 1);
    for (int row = std::max(first, 0); row <= end; ++row) {
        if (!isGroup(row))
            continue;
        const QModelIndex time = index(row, PermitTableModel::TimeLeftColumn);
        Q_EMIT dataChanged(time, time, {Qt::DisplayRole, Qt::AccessibleTextRole});
    }
}

void PermitFilterModel::setAllFolded(bool folded)
{
    if (m_grouping == Grouping::None || (!folded && m_folded.isEmpty()))
        return;
    const QList<int> groups = m_groups.keys();
    m_folded = folded ? QSet<int>(groups.begin(), groups.end()) : QSet<int>();
    show(sortedRows(), m_grouping);
}

QVariant PermitFilterModel::groupData(int row, PermitTableModel::Column column, int role) const
{
    const int number = groupAt(row);
    switch (role) {
    case Qt::DisplayRole:
        return groupText(number, column);
    case FullTextRole:
    case Qt::AccessibleTextRole:
        if (column == PermitTableModel::EntityColumn)
            return tr("%1, group, %2")
                .arg(groupText(number, column).mid(2),
                     isFolded(row) ? tr("collapsed") : tr("expanded"));
        if (role == Qt::AccessibleTextRole && groupText(number, column).isEmpty())
            return tr("none");
        return groupText(number, column);
    case Qt::ToolTipRole:
        return plainToolTip(groupSummary(rowsOf(number)));
    case ToneRole:
        return column == PermitTableModel::StatusColumn ? QVariant(int(Tone::Neutral)) : QVariant();
    case Qt::FontRole: {
        QFont strong = QGuiApplication::font();
        strong.setWeight(QFont::DemiBold);
        return column == PermitTableModel::EntityColumn ? QVariant(strong) : QVariant();
    }
    case Qt::BackgroundRole:
        return QGuiApplication::palette().brush(QPalette::AlternateBase);
    default:
        return {};
    }
}

QString PermitFilterModel::groupText(int number, PermitTableModel::Column column) const
{
    const Rows &rows = rowsOf(number);
    const int count = int(rows.size());
    switch (column) {
    case PermitTableModel::EntityColumn:
        return QStringLiteral("%1 %2").arg(
            m_folded.contains(number) ? QChar(0x25B8) : QChar(0x25BE),
            m_grouping == Grouping::ByEntity ? m_model->entityText(number)
                                             : m_model->walletText(number));
    case PermitTableModel::WalletColumn:
        if (m_grouping == Grouping::ByEntity)
            return tr("%Ln wallets", nullptr, count);
        return tr("%Ln entities", nullptr, count);
    case PermitTableModel::StatusColumn: {
        const auto usable = std::count_if(rows.begin(), rows.end(), [this](int row) {
            return m_model->state(row) == PermitState::Usable;
        });
        return tr("%1 of %2 usable")
            .arg(QLocale().toString(qlonglong(usable)), QLocale().toString(count));
    }
    case PermitTableModel::TimeLeftColumn: {
        int soonest = -1;
        for (const int row : rows) {
            if (m_model->end(row) != 0 &&
                (soonest < 0 || m_model->end(row) < m_model->end(soonest)))
                soonest = row;
        }
        return soonest < 0 ? QString() : m_model->timeLeft(soonest);
    }
    case PermitTableModel::NextStepColumn:
        return groupSummary(rows);
    default:
        return {};
    }
}

QString PermitFilterModel::groupSummary(const Rows &rows) const
{
    QStringList parts;
    for (const PermitState state : toldStates) {
        const auto count = std::count_if(rows.begin(), rows.end(),
                                         [&](int row) { return m_model->state(row) == state; });
        if (count > 0)
            parts << QStringLiteral("%1: %2").arg(stateWords(state),
                                                  QLocale().toString(qlonglong(count)));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace sonar
