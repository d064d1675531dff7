// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitwords.h"

#include "app/permits/localmoment.h"
#include "ui/permits/permitformat.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace sonar {

namespace {

/// The context of the strings below.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(PermitWords)
};

constexpr int errorLimit = 400;

/// Failed checks of an issued permit; empty when it is usable.
QList<PermitCheck> failedChecks(const PermitRow &row)
{
    QList<PermitCheck> failed;
    if (!row.permit)
        return failed;
    for (const PermitCheck &check : row.permit->verification.checks) {
        if (check.result == CheckResult::Failed)
            failed << PermitCheck{check.kind, check.result,
                                  localCheckText(check, row.permit->permit)};
    }
    return failed;
}

/// Nothing is wrong with it but that its window hasn't opened yet.
bool waitsForWindow(const PermitRow &row, std::optional<qint64> secondsLeft)
{
    const QList<PermitCheck> failed = failedChecks(row);
    if (failed.size() != 1 || failed.first().kind != PermitCheckKind::Window)
        return false;
    const PurchasePermit &permit = row.permit->permit;
    const std::optional<quint64> now = nowOf(permit, secondsLeft);
    return now && permit.opensAt && *permit.opensAt > *now;
}

quint64 receivedAt(const ExportedPermit &permit)
{
    return permit.receivedAt.isValid()
               ? quint64(std::max<qint64>(permit.receivedAt.toSecsSinceEpoch(), 0))
               : 0;
}

/// By this computer's clock, that is; Sonar gives no such permits.
bool cameExpired(const ExportedPermit &permit)
{
    return receivedAt(permit) >= permit.permit.expiresAt;
}

/// Wrong in nothing but what depends on the clock.
bool failsByClockAlone(const QList<PermitCheck> &failed)
{
    return !failed.isEmpty() &&
           std::all_of(failed.cbegin(), failed.cend(), [](const PermitCheck &check) {
               return check.kind == PermitCheckKind::NotExpired ||
                      check.kind == PermitCheckKind::Window;
           });
}

/// A permit whose time is over: that of the permit, or of the commit window.
PermitState endedState(const PermitRow &row)
{
    if (!row.permit)
        return PermitState::Expired;
    const PurchasePermit &permit = row.permit->permit;
    // One that came too late was never good; that is not the user's delay.
    if (cameExpired(*row.permit))
        return PermitState::NotUsable;
    if (!permit.closesAt || *permit.closesAt > permit.expiresAt)
        return PermitState::Expired;
    return permit.opensAt && *permit.opensAt >= *permit.closesAt ? PermitState::NotUsable
                                                                 : PermitState::WindowClosed;
}

/// As a window does on a clock that is some minutes slow.
bool opensSoonAfterArrival(const ExportedPermit &permit)
{
    constexpr quint64 hour = 3600;
    const quint64 opensAt = permit.permit.opensAt.value_or(0);
    const quint64 received = receivedAt(permit);
    return received > 0 && opensAt > received && opensAt - received < hour;
}

PermitWords windowClosedWords(const PermitRow &row)
{
    const ExportedPermit &exported = *row.permit;
    const quint64 closesAt = exported.permit.closesAt.value_or(0);
    const bool closedBefore = receivedAt(exported) >= closesAt;
    return {stateWords(PermitState::WindowClosed), Tone::Neutral,
            Words::tr("The commit window closed at %1, so the permit can't be used any more.")
                .arg(localTime(closesAt)),
            closedBefore
                ? Words::tr("It was over when the permit arrived: this computer's clock may be "
                            "wrong. Check its date, time and time zone. If they are right, a new "
                            "permit doesn't help: check whether Sonar gives this entity another "
                            "window.")
                : Words::tr("A new permit doesn't open it again. Check whether Sonar gives this "
                            "entity another window.")};
}

/// The check that keeps a permit without failed ones from being called usable; nothing when the
/// signer and the entity are confirmed.
const PermitCheck *openCheck(const PermitRow &row)
{
    if (!row.permit)
        return nullptr;
    const QList<PermitCheck> &checks = row.permit->verification.checks;
    const auto found = std::find_if(checks.cbegin(), checks.cend(), [](const PermitCheck &check) {
        return check.result == CheckResult::NotChecked &&
               (check.kind == PermitCheckKind::Signature || check.kind == PermitCheckKind::Entity);
    });
    return found == checks.cend() ? nullptr : &*found;
}

QString confirmSigner(PermitType type)
{
    switch (type) {
    case PermitType::Allocation:
        return Words::tr("Commit with it only when the people who run the sale have confirmed it.");
    case PermitType::Solana:
        return Words::tr("Ask the people who run the sale for the permit signer's key, and add it "
                         "by Edit sale… before you commit.");
    case PermitType::Basic:
    case PermitType::BasicV2:
    case PermitType::BasicV3:
        break;
    }
    return Words::tr("Compare the signer with the one that the people who run the sale publish, "
                     "and add it by Edit sale… before you commit.");
}

PermitWords unconfirmedWords(const PermitRow &row)
{
    const PermitCheck *check = openCheck(row);
    const QString reason = check ? shownText(check->text, errorLimit) : QString();
    if (row.permit && row.permit->verification.askingContract)
        return {Words::tr("Asking the contract…"), Tone::Warning, reason,
                Words::tr("Wait until the sale contract has answered.")};
    if (check && check->kind == PermitCheckKind::Entity)
        return {Words::tr("Entity not confirmed"), Tone::Warning, reason,
                Words::tr("Commit with it only when the people who run the sale have confirmed "
                          "it.")};
    return {Words::tr("Signer not confirmed"), Tone::Warning, reason,
            confirmSigner(row.permit ? row.permit->permit.type : PermitType::BasicV3)};
}

/// What a type doesn't carry can't be checked.
QString passedWords(const PermitRow &row)
{
    const QList<PermitCheck> &checks = row.permit->verification.checks;
    const auto open = std::count_if(checks.cbegin(), checks.cend(), [](const PermitCheck &check) {
        return check.result == CheckResult::NotChecked;
    });
    return open == 0 ? Words::tr("Every check of the permit passed.")
                     : Words::tr("No check of the permit failed; %n could not be made.", nullptr,
                                 int(open));
}

PermitWords issuedWords(PermitState state, const PermitRow &row, std::optional<qint64> secondsLeft)
{
    if (state == PermitState::NotOpenYet)
        return {Words::tr("Not open yet"), Tone::Warning,
                (openCheck(row)
                     ? Words::tr("The permit isn't confirmed, and its commit window opens only at "
                                 "%1.")
                     : Words::tr("The permit is good, but its commit window opens only at %1."))
                    .arg(localTime(*row.permit->permit.opensAt)),
                opensSoonAfterArrival(*row.permit)
                    ? Words::tr("Wait until the window opens. If Sonar shows it as open already, "
                                "this computer's clock may be wrong: check its date, time and time "
                                "zone.")
                    : Words::tr("Wait until the window opens. If the permit expires before, "
                                "request another one.")};
    if (state == PermitState::NotUsable) {
        const QList<PermitCheck> failed = failedChecks(row);
        if (row.permit && cameExpired(*row.permit) && failsByClockAlone(failed))
            return {stateWords(state), Tone::Negative,
                    Words::tr("The permit had expired already when it arrived, at %1. This "
                              "computer's clock may be wrong.")
                        .arg(localTime(row.permit->permit.expiresAt)),
                    Words::tr("Check this computer's date, time and time zone, then request "
                              "another permit.")};
        QString reason = failed.isEmpty() ? Words::tr("The permit could not be verified.")
                                          : shownText(failed.first().text, errorLimit);
        if (failed.size() > 1)
            reason = Words::tr("%1 (and %n more)", nullptr, int(failed.size()) - 1).arg(reason);
        const bool contract = row.permit && row.permit->verification.resultOf(
                                                PermitCheckKind::Contract) == CheckResult::Failed;
        return {Words::tr("Not usable"), Tone::Negative, reason,
                contract ? Words::tr("Don't send funds. Ask the sale's team for the right sale "
                                     "details; another permit doesn't help.")
                         : Words::tr("Don't send funds with this permit. Request another one.")};
    }
    if (state == PermitState::Unconfirmed)
        return unconfirmedWords(row);
    if (secondsLeft && *secondsLeft < soonSeconds)
        return {Words::tr("Expires soon"), Tone::Warning,
                Words::tr("This permit expires in less than 2 minutes."),
                Words::tr("Use it now, or request another one.")};
    return {Words::tr("Usable"), Tone::Positive, passedWords(row),
            Words::tr("Export it, and commit before it expires.")};
}

} // namespace

quint64 endOf(const PurchasePermit &permit)
{
    return permit.closesAt ? std::min(permit.expiresAt, *permit.closesAt) : permit.expiresAt;
}

std::optional<quint64> nowOf(const PurchasePermit &permit, std::optional<qint64> secondsLeft)
{
    const quint64 end = endOf(permit);
    if (!secondsLeft || *secondsLeft <= 0 || quint64(*secondsLeft) > end)
        return std::nullopt;
    return end - quint64(*secondsLeft);
}

PermitState permitState(const PermitRow &row, std::optional<qint64> secondsLeft)
{
    switch (row.status) {
    case PermitStatus::NotChecked:
        return PermitState::NotChecked;
    case PermitStatus::Checking:
    case PermitStatus::Requesting:
        return PermitState::Working;
    case PermitStatus::Ready:
        return PermitState::Ready;
    case PermitStatus::NotReady:
        return PermitState::NotReady;
    case PermitStatus::Expired:
        return endedState(row);
    case PermitStatus::Failed:
        return PermitState::Failed;
    case PermitStatus::Issued:
        break;
    }
    if (secondsLeft && *secondsLeft <= 0)
        return endedState(row);
    if (row.permit && row.permit->verification.usable())
        return openCheck(row) ? PermitState::Unconfirmed : PermitState::Usable;
    return waitsForWindow(row, secondsLeft) ? PermitState::NotOpenYet : PermitState::NotUsable;
}

namespace {

/// What happened and what to do, one after the other whatever a service's words end with.
QString sentencesOf(const Error &error)
{
    QString summary = error.summary.trimmed();
    if (!error.advice.isEmpty() && !summary.isEmpty() &&
        !QStringLiteral(".!?").contains(summary.back()))
        summary += QLatin1Char('.');
    return shownText(QStringLiteral("%1 %2").arg(summary, error.advice).trimmed(), errorLimit);
}

/// What the row is, whatever became of its last call.
PermitWords standingWords(const PermitRow &row, std::optional<qint64> secondsLeft)
{
    const PermitState state = permitState(row, secondsLeft);
    switch (state) {
    case PermitState::NotChecked:
        return {stateWords(state),
                Tone::Neutral,
                {},
                Words::tr("Check whether this wallet may commit, or request a permit.")};
    case PermitState::Working:
        return {row.status == PermitStatus::Requesting ? Words::tr("Requesting…")
                                                       : Words::tr("Checking…"),
                Tone::Accent,
                row.waiting ? Words::tr("Waiting for %1, %2 s…")
                                  .arg(shownText(row.waiting->host))
                                  .arg(row.waiting->seconds)
                            : QString(),
                {}};
    case PermitState::Ready:
        return {stateWords(state), Tone::Positive,
                Words::tr("This wallet may commit for this entity."),
                Words::tr("Request a permit when you are about to commit: it lasts 10 minutes.")};
    case PermitState::NotReady:
        return {reasonWords(row.reason, row.reasonText), toneOf(row.reason),
                reasonMeaning(row.reason, row.reasonText),
                row.reason == FailureReason::RequiresLiveness && livenessUrl(row).isEmpty()
                    ? Words::tr("Start the check on Sonar's site, then check again.")
                    : reasonNextStep(row.reason)};
    case PermitState::Expired:
        return {stateWords(state), Tone::Neutral, Words::tr("The permit can't be used any more."),
                Words::tr("Request another one; you may do so as often as you need.")};
    case PermitState::WindowClosed:
        return windowClosedWords(row);
    case PermitState::Failed:
        return {stateWords(state), Tone::Negative,
                row.error ? shownText(row.error->summary, errorLimit)
                          : Words::tr("The request failed."),
                row.error && !row.error->advice.isEmpty() ? shownText(row.error->advice, errorLimit)
                                                          : Words::tr("Try again.")};
    case PermitState::Usable:
    case PermitState::Unconfirmed:
    case PermitState::NotOpenYet:
    case PermitState::NotUsable:
        break;
    }
    return issuedWords(state, row, secondsLeft);
}

} // namespace

bool lastCallFailed(const PermitRow &row)
{
    return row.status == PermitStatus::Failed ||
           (row.error &&
            (row.status == PermitStatus::Issued || row.status == PermitStatus::Expired));
}

PermitWords permitWords(const PermitRow &row, std::optional<qint64> secondsLeft)
{
    PermitWords words = standingWords(row, secondsLeft);
    if (row.error && row.status != PermitStatus::Failed && lastCallFailed(row))
        words.failure = Words::tr("The last try failed: %1").arg(sentencesOf(*row.error));
    return words;
}

QString lossWords(int permits)
{
    return Words::tr("%Ln permits that you haven't exported will be lost.", nullptr, permits);
}

QString stateWords(PermitState state)
{
    switch (state) {
    case PermitState::Usable:
        return Words::tr("Usable");
    case PermitState::Unconfirmed:
        return Words::tr("Not confirmed");
    case PermitState::NotOpenYet:
        return Words::tr("Not open yet");
    case PermitState::Ready:
        return Words::tr("Ready");
    case PermitState::NotReady:
        return Words::tr("Not ready");
    case PermitState::NotUsable:
        return Words::tr("Not usable");
    case PermitState::Failed:
        return Words::tr("Failed");
    case PermitState::Working:
        return Words::tr("In progress");
    case PermitState::NotChecked:
        return Words::tr("Not checked");
    case PermitState::Expired:
        return Words::tr("Expired");
    case PermitState::WindowClosed:
        return Words::tr("Window closed");
    }
    return {};
}

QString typeWords(PermitType type)
{
    switch (type) {
    case PermitType::Basic:
        return Words::tr("Basic");
    case PermitType::BasicV2:
        return Words::tr("Basic v2");
    case PermitType::BasicV3:
        return Words::tr("Basic v3");
    case PermitType::Allocation:
        return Words::tr("Allocation");
    case PermitType::Solana:
        return Words::tr("Solana");
    }
    return {};
}

QString typeMeaning(PermitType type)
{
    switch (type) {
    case PermitType::Basic:
        return Words::tr("The first form: it carries no limits and no window.");
    case PermitType::BasicV2:
        return Words::tr("Carries limits of amount and price, but no window.");
    case PermitType::BasicV3:
        return Words::tr("The current form: limits of amount and price, and a commit window.");
    case PermitType::Allocation:
        return Words::tr("An old form with a reserved amount. Its signature can't be checked: no "
                         "source says what it is over.");
    case PermitType::Solana:
        return Words::tr("For a sale on Solana, signed with Ed25519.");
    }
    return {};
}

QString checkResultWords(CheckResult result)
{
    switch (result) {
    case CheckResult::Passed:
        return Words::tr("Passed");
    case CheckResult::Failed:
        return Words::tr("Failed");
    case CheckResult::NotChecked:
        return Words::tr("Not checked");
    }
    return {};
}

QString checkSymbol(CheckResult result)
{
    switch (result) {
    case CheckResult::Passed:
        return QStringLiteral("✓");
    case CheckResult::Failed:
        return QStringLiteral("✕");
    case CheckResult::NotChecked:
        return QStringLiteral("–");
    }
    return {};
}

Tone toneOf(CheckResult result)
{
    switch (result) {
    case CheckResult::Passed:
        return Tone::Positive;
    case CheckResult::Failed:
        return Tone::Negative;
    case CheckResult::NotChecked:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

} // namespace sonar
