// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace sonar::sandbox {

// Who lives in the sandbox, and what wallets do there. The tables are in README.md.

/// One entity, with the words of protocol reference §6 as they are sent.
struct Entity
{
    QString id;                ///< EntityID
    QByteArray saleSpecificId; ///< 16 bytes
    QString label;
    QString type;
    QString setupState;
    QString eligibility;
    QString region;

    bool mayTakePart() const;
};

struct Investment
{
    QString company;
    QString round;
    QString investedOn; ///< ISO 8601
};

/// Somebody who can sign in.
struct Person
{
    QString id;
    QString name;
    QString email;    ///< empty: the scope for it wasn't granted
    QString remark;   ///< for the authorize page
    QString entityId; ///< of MyProfile
    std::vector<Entity> entities;
    std::vector<Investment> investments;

    const Entity *entity(const QString &id) const;
};

const std::vector<Person> &people();
const Person *person(const QString &id);

/// What a pre-purchase check says about a wallet.
enum class CheckOutcome { Ready, NotReady, LivenessDue, ServerFault, BusyOnce };

/// What kind of permit is issued for a wallet.
enum class PermitKind {
    BasicV3,
    Basic,
    BasicV2,
    Allocation,
    Expired,      ///< v3 whose ExpiresAt has passed
    NotOpenYet,   ///< v3 whose OpensAt is to come
    Extreme,      ///< v3 with the largest numbers
    ForcedLockup, ///< v3 whose payload forces the lock-up
};

struct WalletRule
{
    CheckOutcome outcome = CheckOutcome::Ready;
    QString reason; ///< FailureReason of NotReady and LivenessDue
    PermitKind permit = PermitKind::BasicV3;
};

/// Decided by the wallet's last two bytes, of which the first is 0 where the answer is special, so
/// that an address of any user can be made to fit and hardly any fits by chance.
WalletRule walletRule(const QByteArray &wallet);

} // namespace sonar::sandbox
