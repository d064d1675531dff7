// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/sonar/replies.h"

#include <QList>

namespace sonar {

/// One codec per reply (protocol reference §5). Input: the body of a 2xx answer. An error is of
/// kind Malformed and its details name the field. Pure functions, callable from any thread.
Result<Profile> decodeProfile(const QByteArray &body);
/// An entity that can't be read is one with a fault; the others don't suffer from it.
Result<QList<Entity>> decodeEntities(const QByteArray &body);
Result<Entity> decodeEntity(const QByteArray &body);
Result<PrePurchaseResult> decodePrePurchase(const QByteArray &body);
Result<PermitReply> decodePermitReply(const QByteArray &body);
Result<CommitmentLimits> decodeLimits(const QByteArray &body);
Result<QList<Investment>> decodeInvestments(const QByteArray &body);
Result<CommitmentData> decodeCommitmentData(const QByteArray &body);

} // namespace sonar
