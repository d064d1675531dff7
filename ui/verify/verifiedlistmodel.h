// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/importjob.h"

#include <QAbstractListModel>

namespace sonar {

/// The permits of a file, one a line with its sign. A line's text is made when it is shown.
class VerifiedListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setFile(const VerifiedFile &file);
    const VerifiedFile &file() const { return m_file; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    VerifiedFile m_file;
};

} // namespace sonar
