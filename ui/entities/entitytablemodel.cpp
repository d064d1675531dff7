// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitytablemodel.h"

#include "ui/entities/entitywords.h"
#include "ui/style/plaintext.h"

#include <QTextDocument>

#include <algorithm>
#include <utility>

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
        return entity.isIdKnown ? shownText(entity.entityId) : QString();
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
        return entity.isIdKnown ? entity.entityId : QString();
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
        return entity.isIdKnown ? shownText(entity.entityId, 400) : QString();
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

// However many rows change: those that go leave together from the end, new ones come together
// behind the others, and then all take their places.
void EntityTableModel::setEntities(const QList<Entity> &entities)
{
    QList<Entity> wanted;
    QHash<QString, int> places; // in `wanted`
    for (const Entity &entity : entities) {
        if (places.contains(entity.entityId))
            continue;
        places.insert(entity.entityId, int(wanted.size()));
        wanted << entity;
    }

    QList<Entity> kept;
    QList<Entity> gone;
    for (const Entity &entity : std::as_const(m_entities))
        (places.contains(entity.entityId) ? kept : gone) << entity;
    if (!gone.isEmpty()) {
        reorder(kept + gone);
        beginRemoveRows({}, int(kept.size()), int(m_entities.size()) - 1);
        m_entities.resize(kept.size());
        endRemoveRows();
    }

    QList<Entity> added;
    QHash<QString, int> present = rowsById();
    for (const Entity &entity : std::as_const(wanted)) {
        if (!present.contains(entity.entityId))
            added << entity;
    }
    if (!added.isEmpty()) {
        beginInsertRows({}, int(m_entities.size()), int(wanted.size()) - 1);
        m_entities += added;
        endInsertRows();
    }

    QList<Entity> placed(wanted.size());
    for (const Entity &entity : std::as_const(m_entities))
        placed[places.value(entity.entityId)] = entity;
    reorder(placed);
    takeOver(wanted);
}

QHash<QString, int> EntityTableModel::rowsById() const
{
    QHash<QString, int> rows;
    rows.reserve(m_entities.size());
    for (int row = 0; row < int(m_entities.size()); ++row)
        rows.insert(m_entities[row].entityId, row);
    return rows;
}

/// The same rows in another order.
void EntityTableModel::reorder(const QList<Entity> &entities)
{
    const bool stand =
        std::equal(entities.cbegin(), entities.cend(), m_entities.cbegin(), m_entities.cend(),
                   [](const Entity &a, const Entity &b) { return a.entityId == b.entityId; });
    if (stand)
        return;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    const QList<Entity> stood = std::exchange(m_entities, entities);
    const QHash<QString, int> rows = rowsById();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &one : before)
        after << index(rows.value(stood[one.row()].entityId), one.column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

/// The same rows in the same order, as they are now.
void EntityTableModel::takeOver(const QList<Entity> &entities)
{
    int first = -1;
    int last = -1;
    for (int row = 0; row < int(entities.size()); ++row) {
        if (m_entities[row] == entities[row])
            continue;
        first = first < 0 ? row : first;
        last = row;
    }
    if (first < 0)
        return;
    m_entities = entities;
    Q_EMIT dataChanged(index(first, 0), index(last, columns - 1));
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
