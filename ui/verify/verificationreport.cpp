// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verificationreport.h"

#include "app/permits/walletaddress.h"
#include "ui/style/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

struct ReportText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::VerificationReport)
};

constexpr int longestSentence = 400;

bool isSignerOpen(const VerifiedImport &verified)
{
    return !verified.verification.signerConfirmed();
}

qsizetype countOf(const QList<VerifiedImport> &verified, ImportStanding standing)
{
    return std::count_if(verified.cbegin(), verified.cend(), [standing](const VerifiedImport &one) {
        return one.standing() == standing;
    });
}

int exitCodeOf(const QList<VerifiedImport> &verified)
{
    if (verified.isEmpty() || countOf(verified, ImportStanding::NotUsable) > 0)
        return 1;
    return countOf(verified, ImportStanding::Unconfirmed) > 0 ? 3 : 0;
}

QString verdict(const VerifiedImport &verified)
{
    switch (verified.standing()) {
    case ImportStanding::Usable:
        return ReportText::tr("usable");
    case ImportStanding::Unconfirmed:
        return isSignerOpen(verified) ? ReportText::tr("usable if the signer is right")
                                      : ReportText::tr("usable if the entity is right");
    case ImportStanding::NotUsable:
        break;
    }
    return ReportText::tr("NOT USABLE");
}

QString permitLines(const ImportedPermit &permit, const VerifiedImport &verified)
{
    QString name = shownText(permit.entityLabel);
    if (!name.isEmpty())
        name += QStringLiteral(", ");
    QString text = QStringLiteral("%1%2, %3: %4\n")
                       .arg(name, importedWallet(permit.permit), permitTypeName(permit.permit.type),
                            verdict(verified));
    for (const PermitCheck &check : verified.verification.checks)
        text += QStringLiteral("  %1 %2 %3\n")
                    .arg(checkResultName(check.result), -12)
                    .arg(permitCheckName(check.kind), -12)
                    .arg(shownText(check.text, longestSentence));
    return text + QStringLiteral("  ") + signerText(verified) + QLatin1Char('\n');
}

} // namespace

QString importedWallet(const PurchasePermit &permit)
{
    return permit.type == PermitType::Solana ? toBase58(permit.wallet)
                                             : checksummedAddress(permit.wallet);
}

QString importedTitle(const ImportedPermit &permit)
{
    const QString name = shownText(permit.entityLabel);
    const QString wallet = shortened(importedWallet(permit.permit));
    return name.isEmpty() ? wallet : QStringLiteral("%1, %2").arg(name, wallet);
}

QString standingText(const VerifiedImport &verified)
{
    switch (verified.standing()) {
    case ImportStanding::Usable:
        return ReportText::tr("Usable");
    case ImportStanding::Unconfirmed:
        return isSignerOpen(verified) ? ReportText::tr("Usable if the signer is right")
                                      : ReportText::tr("Usable if the entity is right");
    case ImportStanding::NotUsable:
        break;
    }
    return ReportText::tr("Not usable");
}

QString verificationReport(const PermitImport &import, const QList<VerifiedImport> &verified,
                           qint64 now)
{
    QString text;
    if (!import.sale.saleUuid.isEmpty())
        text += ReportText::tr("The file names the sale “%1”, %2.")
                    .arg(shownText(import.sale.name), shownText(import.sale.saleUuid)) +
                QLatin1Char('\n');
    text += ReportText::tr("Checked at %1.").arg(momentText(quint64(std::max<qint64>(now, 0)))) +
            QLatin1Char('\n');
    for (qsizetype i = 0; i < verified.size(); ++i)
        text +=
            QStringLiteral("\n%1. ").arg(i + 1) + permitLines(import.permits.at(i), verified.at(i));
    if (verified.isEmpty())
        return text + ReportText::tr("The file holds no permit.") + QLatin1Char('\n');
    text += QLatin1Char('\n') + ReportText::tr("Usable: %1 of %2.")
                                    .arg(countOf(verified, ImportStanding::Usable))
                                    .arg(verified.size());
    if (const qsizetype open = countOf(verified, ImportStanding::Unconfirmed); open > 0)
        text += QLatin1Char(' ') + ReportText::tr("Not confirmed: %1.").arg(open);
    return text + QLatin1Char('\n');
}

VerifyOutcome verifyPermitFile(const QString &path, const QList<KnownSigner> &known,
                               const QString &givenSigner, qint64 now)
{
    const auto import = readPermitImport(path);
    if (!import) {
        QStringList lines;
        for (const QString &line :
             {import.error().summary, import.error().advice, import.error().details})
            lines << shownText(line, longestSentence);
        lines.removeAll(QString());
        return {2, {}, lines.join(QLatin1Char('\n')) + QLatin1Char('\n')};
    }
    const QList<VerifiedImport> verified = verifyAll(*import, known, givenSigner, now);
    return {exitCodeOf(verified), verificationReport(*import, verified, now), {}};
}

} // namespace sonar
