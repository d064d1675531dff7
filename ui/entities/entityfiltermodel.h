// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/entities/entitywords.h"

#include <QCollator>
#include <QSortFilterProxyModel>

#include <optional>

namespace sonar {

/// Searches, filters and sorts an EntityTableModel; text in the order of the user's language.
class EntityFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit EntityFilterModel(QObject *parent = nullptr);

    /// Every word has to occur somewhere: in the label, an id, or what a cell says.
    void setSearch(const QString &text);
    void setStanding(std::optional<Standing> standing); ///< nothing: all

    bool isFiltering() const { return !m_words.isEmpty() || m_standing; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
    std::optional<Standing> m_standing;
    QCollator m_collator;
};

} // namespace sonar
