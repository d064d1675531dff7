// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/exportdialog.h"

namespace sonar::test {

/// Permits of a test's own in the place of a desk's.
inline PermitSource exportSource(const std::function<QList<ExportedPermit>(ExportRange)> &permits)
{
    PermitSource source;
    source.items = [permits](ExportRange range) {
        QList<ExportItem> items;
        for (const ExportedPermit &one : permits(range))
            items.append(
                {one.saleSpecificEntityId, one.wallet, one.entityLabel, one.saleSpecificEntityId});
        return items;
    };
    source.permits = [permits](const QList<ExportItem> &items) {
        QList<ExportedPermit> found;
        for (const ExportItem &item : items) {
            for (const ExportRange range : {ExportRange::Selected, ExportRange::All}) {
                const QList<ExportedPermit> all = permits(range);
                const auto one = std::find_if(all.cbegin(), all.cend(), [&](const auto &permit) {
                    return permit.wallet == item.wallet &&
                           permit.saleSpecificEntityId == item.entityId;
                });
                if (one == all.cend())
                    continue;
                found << *one;
                break;
            }
        }
        return found;
    };
    return source;
}

} // namespace sonar::test
