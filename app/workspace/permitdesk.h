// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/net/jsontransport.h"
#include "app/permits/permitexport.h"
#include "app/permits/permitverification.h"
#include "app/sonar/entity.h"
#include "app/sonar/replies.h"

#include <QCoro/QCoroTask>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>

#include <optional>

namespace sonar {

class Preferences;
class SonarClient;
struct Wallet;

enum class PermitStatus {
    NotChecked,
    Checking,
    Ready,    ///< may ask for a permit
    NotReady, ///< see reason
    Requesting,
    Issued,
    Expired,
    Failed, ///< the call failed, and there is no permit that it leaves as it was; see error
};

/// A call that takes its time.
struct CallWait
{
    QString host;
    qint64 seconds = 0; ///< since it was begun
};

/// One entity with one wallet.
struct PermitRow
{
    QString entityId; ///< with wallet, the row's key
    QString wallet;   ///< in its display form
    QString walletName;
    QString entityLabel;
    QString saleSpecificEntityId;
    PermitStatus status = PermitStatus::NotChecked;
    FailureReason reason = FailureReason::None;
    QString reasonText;         ///< as the server wrote it
    QString livenessCheckUrl;   ///< as the server wrote it; the UI opens it only when isAllowedUrl
    std::optional<Error> error; ///< of the last call; beside a permit, which it leaves as it was
    std::optional<CallWait> waiting;      ///< while checking or requesting, from 10 s on
    std::optional<ExportedPermit> permit; ///< the last one; showsPermit says whether it counts
    bool exported = false;  ///< the permit has been saved or copied: it isn't lost with its row
    bool takenBack = false; ///< a check after the permit said that the wallet isn't ready
    std::optional<CommitmentLimits> limits; ///< of the wallet, asked for after checks
};

/// True when the row's permit is to be shown, exported and asked about before it goes: it was
/// issued, and no later check took it back.
bool showsPermit(const PermitRow &row);
/// No check of it failed, but perhaps that of its window, which passes with time.
bool isSoundInItsWindow(const ExportedPermit &permit);

/// A permit was signed by another than the signer remembered from the sale's earlier permits.
/// Neither is confirmed.
struct SignerChange
{
    QString remembered;
    QString seen;

    bool operator==(const SignerChange &) const = default;
};

/// The permits of one workspace: which entity × wallet pairs the user works with and where each
/// stands. Row numbers are stable but for rowsRemoved.
class PermitDesk : public QObject
{
    Q_OBJECT
public:
    /// `client`, `preferences` (the signer first seen) and `clock` must outlive it.
    PermitDesk(Sale sale, SonarClient *client, Preferences *preferences, const Clock *clock,
               QObject *parent = nullptr);
    ~PermitDesk() override;

    const QList<PermitRow> &rows() const { return m_rows; }
    const Clock &clock() const;
    int rowOf(const QString &entityId, const QString &wallet) const; ///< -1 if none
    /// Seconds until the permit of a row expires, or until its window closes if sooner; nothing
    /// without one.
    std::optional<qint64> secondsLeft(const PermitRow &row) const;

    /// When the entity's window opens, Unix seconds: as the row's permit says, living or not, else
    /// the entity's last one for another wallet. Nothing when no permit says it: no call does.
    std::optional<quint64> opensAt(const PermitRow &row) const;
    /// Until then; nothing when it is open or unknown.
    std::optional<qint64> secondsUntilOpen(const PermitRow &row) const;

    /// Adds the pair if it is new; its row, -1 for an entity that can't be read.
    int add(const Entity &entity, const QString &wallet, const QString &walletName);
    /// Adds what is new of every readable entity with every wallet; the rows of all of them.
    QList<int> addAll(const QList<Entity> &entities, const QList<Wallet> &wallets);
    void renameWallets(const QHash<QString, QString> &names); ///< by address
    /// The entities as they are now: rows take over what has changed of them, and those of entities
    /// that are gone go, too, unless they show a permit.
    void setEntities(const QList<Entity> &entities);
    /// Withdraws their calls, too.
    void remove(QList<int> rows);
    void clear();
    /// The rows go out of sight, with their permits, until it is known whose they are. Calls end.
    /// What was set aside before stays so; rows that came since are dropped.
    void setAside();
    void bringBack();
    void dropSetAside();
    bool hasSetAside() const;

    /// A person asks whether these rows may get a permit.
    void check(const QList<int> &rows);
    /// Checks and, when ready, asks for a permit.
    void request(const QList<int> &rows);
    /// The same before a permit ends. While it lives the row stays as it is, and so it does, but
    /// for its error, when no usable one comes.
    void renew(const QList<int> &rows);
    /// Checks in the background: rows change only when there is an answer, and running() doesn't
    /// count them.
    void recheck(const QList<int> &rows);
    /// Withdraws whatever runs; rows fall back to what they were.
    void cancel();
    int running() const;                     ///< rows with a call under way or waiting for one
    bool isBusy(const PermitRow &row) const; ///< the row has one, in the background or not

    /// Compares with the clock: turns Issued into Expired, and counts how long calls take; called
    /// once a second while visible.
    void tick();

    /// Somebody looks at the row: the sale contract is asked about its living permit when its last
    /// answer is older than 30 s. The row changes when the answer is another, and
    /// contractAnswered() tells.
    void lookAt(int row);
    /// Ends when what the contract says of these rows' permits is no older than that, or it can't
    /// be asked; at once when there is nothing to ask. Survives the death of the desk.
    QCoro::Task<> consultContract(QList<int> rows);

    /// The permits that rows hold, shown or not, verified as of now.
    QList<ExportedPermit> permits(const QList<int> &rows) const;
    /// The same of thousands of rows, as of the call, in a thread of their own.
    QFuture<QList<ExportedPermit>> permitsAside(const QList<int> &rows) const;
    bool hasPermits() const; ///< some row shows one: there is something to export
    int issuedCount() const; ///< rows that show a permit which hasn't ended
    /// Their permits have been saved or copied.
    void markExported(const QList<int> &rows);
    /// How many permits would be lost with these rows: they live, and nobody exported them.
    int unexportedCount(const QList<int> &rows) const;
    /// The same of all rows, those that are set aside too.
    int unexportedCount() const;
    /// Rows that an export of all takes: those of issuedCount, or, when there are none, whatever
    /// shows a permit.
    QList<int> exportableRows() const;

    std::optional<SignerChange> signerChange() const;
    /// Permits to come are compared with `signer`, which confirms neither it nor them.
    void acceptSigner(const QString &signer);

Q_SIGNALS:
    void rowsAdded(int first, int last);
    void rowsAboutToBeRemoved(const QList<int> &rows); ///< in order
    void rowsRemoved(const QList<int> &rows);          ///< numbers as they were before
    void rowsChanged(int first, int last);
    void reset();
    void runningChanged(int running);
    /// A check or request came to its end; not when cancelled. `failed`: without an answer that the
    /// row could take.
    void callEnded(int row, bool failed);
    void becameReady(int row);  ///< was not ready when last checked
    void signerChangeChanged(); ///< found, accepted, or decided by the contract
    void contractAnswered();    ///< or couldn't; verifications may say when it was asked

private:
    class Impl;
    QList<PermitRow> m_rows;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sonar
