// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/config/sale.h"
#include "app/permits/purchasepermit.h"
#include "app/sonar/entity.h"
#include "app/workspace/permitdesk.h"

#include <QString>

namespace sonar::test {

/// Turned by hand.
class HandClock : public Clock
{
public:
    qint64 unixSeconds() const override { return now; }
    qint64 steadyMilliseconds() const override { return now * 1000; }
    qint64 now = 1'800'000'000;
};

/// A text that would do harm wherever it was taken for rich text.
inline QString hostileText()
{
    return QStringLiteral("<img src='http://127.0.0.1:1/x'><b>Bold</b> & co");
}

Sale sampleSale();
/// An entity of sampleSale that can take part; `number` makes its ids its own.
Entity sampleEntity(const QString &label, int number = 1);
/// EIP-55 text of an address made from `number`.
QString sampleWallet(int number);

/// A v3 permit of sampleSale that is all right at `now` and lasts ten minutes.
PurchasePermit samplePermit(const Entity &entity, const QString &wallet, qint64 now);
/// The service's answer with that permit, signed by a key of ours.
QByteArray signedReply(const PurchasePermit &permit);
QString sampleSigner();
/// As the desk would keep it.
ExportedPermit exportedPermit(const Entity &entity, const QString &wallet,
                              const PurchasePermit &permit, qint64 now);
PermitRow sampleRow(const Entity &entity, const QString &wallet, PermitStatus status);
/// A row with samplePermit, verified at `now`.
PermitRow issuedRow(const Entity &entity, const QString &wallet, qint64 now);

} // namespace sonar::test
