// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/permitexport.h"
#include "ui/permits/exportformat.h"

#include <QCoro/QCoroTask>
#include <QFuture>
#include <QList>
#include <QString>

#include <functional>

namespace sonar {

/// One permit that can be exported, as far as it is known without looking at the permit itself.
struct ExportItem
{
    QString entityId; ///< with wallet, the key
    QString wallet;
    QString entityLabel;
    QString saleSpecificEntityId;

    QString key() const { return entityId + QLatin1Char('\n') + wallet; }
};

/// Where permits to export come from.
struct PermitSource
{
    std::function<QList<ExportItem>(ExportRange)> items;
    /// Verified as of now; those that went meanwhile are left out.
    std::function<QList<ExportedPermit>(const QList<ExportItem> &)> permits;
    /// The same beside the window, for thousands. May be missing.
    std::function<QFuture<QList<ExportedPermit>>(const QList<ExportItem> &)> permitsAside;
    /// Told which permits have left for a file or the clipboard; may be empty.
    std::function<void(const QList<ExportItem> &)> exported = {};
    /// The sale contract is asked about them beside the dialog, unless it has just been; may be
    /// empty. permitsChanged() is to follow.
    std::function<void(const QList<ExportItem> &)> lookAt = {};
    /// The same, ending when it has answered or can't be asked; may be empty.
    std::function<QCoro::Task<>(const QList<ExportItem> &)> consultContract = {};
};

} // namespace sonar
