// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitytablemodel.h"

#include "ui/entities/entitywords.h"
#include "ui/style/plaintext.h"

#include <QSet>
#include <QTextDocument>

#include <algorithm>

namespace sonar {

namespace {

QString textOf(const Entity &entity, int column)
{
    switch (column) {
    case EntityTableModel::Label:
        return entityName(entity);
    case EntityTableModel::Type:
        return entityTypeWords(entity);
    case EntityTableModel::SetUp:
        return setUpWords(entity);
    case EntityTableModel::Eligibility:
        return eligibilityWords(entity);
    case EntityTableModel::Region:
        return regionWords(entity);
    case EntityTableModel::SaleSpecificEntityId:
        return shownText(entity.saleSpecificEntityId);
    case EntityTableModel::EntityId:
        return shownText(entity.entityId);
    default:
        return {};
    }
}

/// What the cell holds in whole, for the clipboard.
QString fullTextOf(const Entity &entity, int column)
{
    switch (column) {
    case EntityTableModel::Label:
        return shownText(entity.label, 4096);
    case EntityTableModel::SaleSpecificEntityId:
        return entity.saleSpecificEntityId;
    case EntityTableModel::EntityId:
        return entity.entityId;
    default:
        return textOf(entity, column);
    }
}

/// Where it leads sorts before where it doesn't.
QVariant sortKeyOf(const Entity &entity, int column)
{
    if (column == EntityTableModel::SetUp) {
        static constexpr EntitySetupState order[] = {
            EntitySetupState::Complete,       EntitySetupState::InReview,
            EntitySetupState::ReadyForReview, EntitySetupState::InProgress,
            EntitySetupState::NotStarted,     EntitySetupState::Failure,
            EntitySetupState::TechnicalIssue, EntitySetupState::FailureFinal,
        };
        return int(std::find(std::begin(order), std::end(order), entity.setupState) -
                   std::begin(order));
    }
    if (column == EntityTableModel::Eligibility)
        return int(standingOf(entity));
    return textOf(entity, column);
}

QString toolTipOf(const Entity &entity, int column)
{
    switch (column) {
    case EntityTableModel::SetUp:
    case EntityTableModel::Eligibility:
        return nextStep(entity).text;
    case EntityTableModel::Label:
        return shownText(entity.label, 400);
    case EntityTableModel::SaleSpecificEntityId:
        return shownText(entity.saleSpecificEntityId, 400);
    case EntityTableModel::EntityId:
        return shownText(entity.entityId, 400);
    default:
        return {};
    }
}

QString searchTextOf(const Entity &entity)
{
    QStringList parts;
    for (int column = 0; column < EntityTableModel::columns; ++column)
        parts << textOf(entity, column);
    return parts.join(QLatin1Char('\n')).toCaseFolded();
}

} // namespace

void EntityTableModel::setEntities(const QList<Entity> &entities)
{
    QSet<QString> seen;
    QList<Entity> wanted;
    for (const Entity &entity : entities) {
        if (seen.contains(entity.entityId))
            continue;
        seen.insert(entity.entityId);
        wanted << entity;
    }
    removeAbsent(wanted);
    for (int row = 0; row < wanted.size(); ++row)
        place(row, wanted[row]);
}

void EntityTableModel::removeAbsent(const QList<Entity> &wanted)
{
    QSet<QString> kept;
    for (const Entity &entity : wanted)
        kept.insert(entity.entityId);
    for (int last = int(m_entities.size()) - 1; last >= 0; --last) {
        if (kept.contains(m_entities[last].entityId))
            continue;
        int first = last;
        while (first > 0 && !kept.contains(m_entities[first - 1].entityId))
            --first;
        beginRemoveRows({}, first, last);
        m_entities.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

void EntityTableModel::place(int row, const Entity &entity)
{
    const int present = rowOf(entity.entityId);
    if (present < 0) {
        beginInsertRows({}, row, row);
        m_entities.insert(row, entity);
        endInsertRows();
        return;
    }
    if (present != row) {
        beginMoveRows({}, present, present, {}, row);
        m_entities.move(present, row);
        endMoveRows();
    }
    if (m_entities[row] != entity) {
        m_entities[row] = entity;
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    }
}

int EntityTableModel::rowOf(const QString &entityId) const
{
    for (int row = 0; row < m_entities.size(); ++row) {
        if (m_entities[row].entityId == entityId)
            return row;
    }
    return -1;
}

int EntityTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entities.size());
}

int EntityTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant EntityTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entity &entity = m_entities[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return textOf(entity, index.column());
    case Qt::ToolTipRole: {
        // As HTML with everything escaped: a label that looks like markup is shown as written.
        const QString tip = toolTipOf(entity, index.column());
        return tip.isEmpty() ? QVariant() : Qt::convertFromPlainText(tip);
    }
    case Qt::AccessibleDescriptionRole:
        return index.column() == SetUp || index.column() == Eligibility ? nextStep(entity).text
                                                                        : QVariant();
    case ToneRole:
        return int(index.column() == SetUp ? setUpTone(entity) : eligibilityTone(entity));
    case FullTextRole:
        return fullTextOf(entity, index.column());
    case SortRole:
        return sortKeyOf(entity, index.column());
    case StandingRole:
        return int(standingOf(entity));
    case SearchRole:
        return searchTextOf(entity);
    default:
        return {};
    }
}

QVariant EntityTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Label:
        return tr("Entity");
    case Type:
        return tr("Type");
    case SetUp:
        return tr("Set-up");
    case Eligibility:
        return tr("Eligibility");
    case Region:
        return tr("Region");
    case SaleSpecificEntityId:
        return tr("Entity ID in this sale");
    case EntityId:
        return tr("Entity ID");
    default:
        return {};
    }
}

} // namespace sonar
