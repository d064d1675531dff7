// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/permitverification.h"

#include <QByteArray>

#include <string>

namespace sonar::test {

/// A signer of the tests' own.
class PermitSigner
{
public:
    explicit PermitSigner(const QByteArray &secretKey = QByteArray(32, '\x11'));

    QString address() const;
    /// 65 bytes r, s, v over the permit's digest, and by that a permit that contracts accept.
    QByteArray sign(const PurchasePermit &permit) const;

private:
    QByteArray m_secretKey;
};

/// The moment at which the samples are looked at: inside their life and window.
inline constexpr qint64 sampleNow = 1'800'000'000;

/// A v3 permit with everything in order, signed by PermitSigner().
PurchasePermit samplePermit();
/// What samplePermit() fulfils, its signer taken from the sale file.
PermitExpectation sampleExpectation();
/// The reply in which the service would send it.
QByteArray replyOf(const PurchasePermit &permit);

/// The result of one check.
CheckResult resultOf(const PermitVerification &verification, PermitCheckKind kind);
/// Names of the checks that failed.
std::string failures(const PermitVerification &verification);
QString wordsOf(const PermitVerification &verification, PermitCheckKind kind);

} // namespace sonar::test
