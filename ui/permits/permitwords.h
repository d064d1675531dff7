// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/permitdesk.h"
#include "ui/style/theme.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace sonar {

/// Where a row stands, as the status column and its filter tell it: PermitStatus, with issued
/// permits told apart by their verification.
enum class PermitState {
    Usable,
    Unconfirmed, ///< no check failed, but the signer or the entity couldn't be checked
    NotOpenYet,  ///< all is well but the commit window hasn't opened
    Ready,
    NotReady,
    NotUsable, ///< issued, but a check failed
    Failed,
    Working, ///< checking or requesting
    NotChecked,
    Expired,
    WindowClosed, ///< its commit window has ended, which no new permit changes
};

/// What a row says to the user. Plain text throughout.
struct PermitWords
{
    QString status; ///< never empty; fits a chip
    Tone tone = Tone::Neutral;
    QString reason;       ///< why it is so, a sentence; may be empty
    QString nextStep;     ///< what to do, a sentence; may be empty
    QString failure = {}; ///< that the last call failed, beside a permit which stays what it is
};

/// A call for the row failed; a permit that it holds stays what it is.
bool lastCallFailed(const PermitRow &row);

/// From here on a permit is shown as expiring soon.
constexpr qint64 soonSeconds = 120;

/// `secondsLeft` as PermitDesk::secondsLeft.
PermitState permitState(const PermitRow &row, std::optional<qint64> secondsLeft);
PermitWords permitWords(const PermitRow &row, std::optional<qint64> secondsLeft);

/// That this many permits, at least one, are lost by what is about to be done.
QString lossWords(int permits);

/// For the status filter.
QString stateWords(PermitState state);
/// Short words for a chip; an unrecognised reason as the server wrote it, bounded.
QString reasonWords(FailureReason reason, const QString &reasonText);
/// Protocol reference §6: what it means, and what to do.
QString reasonMeaning(FailureReason reason, const QString &reasonText);
QString reasonNextStep(FailureReason reason);
/// Where the liveness check that a row waits for is made; empty when none is due, or when its link
/// isn't one to be opened (protocol reference §5: only https, or loopback).
QUrl livenessUrl(const PermitRow &row);
QString typeWords(PermitType type);
QString typeMeaning(PermitType type);
QString checkResultWords(CheckResult result);
Tone toneOf(FailureReason reason);
Tone toneOf(CheckResult result);
/// ✓, ✕ or –; always shown beside words.
QString checkSymbol(CheckResult result);

/// The Unix time that `secondsLeft` of this permit was taken at; nothing once it has ended.
std::optional<quint64> nowOf(const PurchasePermit &permit, std::optional<qint64> secondsLeft);
/// Unix seconds: when it expires, or its window closes if sooner.
quint64 endOf(const PurchasePermit &permit);

} // namespace sonar
