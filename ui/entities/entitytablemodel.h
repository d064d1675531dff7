// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sonar/entity.h"
#include "ui/style/celldelegates.h"

#include <QAbstractTableModel>

namespace sonar {

class EntityTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Label, Type, SetUp, Eligibility, Region, SaleSpecificEntityId, EntityId };
    static constexpr int columns = EntityId + 1;

    /// Beside ToneRole and FullTextRole of the style.
    enum Role {
        SortRole = Qt::UserRole + 1, ///< int or QString
        StandingRole,                ///< int(Standing)
        SearchRole,                  ///< everything a search looks at, case folded
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows are known by entityId, so that a refresh leaves selection and place where they were; of
    /// several with the same id the first counts.
    void setEntities(const QList<Entity> &entities);
    const QList<Entity> &entities() const { return m_entities; }
    int rowOf(const QString &entityId) const; ///< -1 if none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QHash<QString, int> rowsById() const;
    void reorder(const QList<Entity> &entities);
    void takeOver(const QList<Entity> &entities);

    QList<Entity> m_entities;
};

} // namespace sonar
