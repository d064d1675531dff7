// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitexport.h"

#include "app/base/json.h"
#include "app/base/localfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QTimeZone>

namespace sonar {

namespace {

struct ExportText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::PermitExport)
};

/// Writes an object member by member, indented.
class ObjectText
{
public:
    explicit ObjectText(int depth)
        : m_indent(depth * 2, ' ')
    {}

    ObjectText &value(const char *name, const QByteArray &json)
    {
        m_members +=
            (m_members.isEmpty() ? "\n" : ",\n") + m_indent + "  \"" + name + "\": " + json;
        return *this;
    }
    ObjectText &text(const char *name, const QString &text)
    {
        return value(name, jsonQuoted(text));
    }
    /// null stands for what isn't known.
    ObjectText &known(const char *name, const QString &text)
    {
        return value(name, text.isEmpty() ? QByteArray("null") : jsonQuoted(text));
    }
    QByteArray json() const { return "{" + m_members + "\n" + m_indent + "}"; }

private:
    QByteArray m_indent;
    QByteArray m_members;
};

QByteArray listText(const QByteArrayList &items, int depth)
{
    if (items.isEmpty())
        return "[]";
    const QByteArray indent(depth * 2, ' ');
    return "[\n" + indent + "  " + items.join(",\n" + indent + "  ") + "\n" + indent + "]";
}

QString isoText(const QDateTime &moment)
{
    return moment.toUTC().toString(Qt::ISODate);
}

QByteArray chainText(const Chain &chain)
{
    ObjectText object(2);
    object.text("type",
                chain.type == ChainType::Evm ? QStringLiteral("evm") : QStringLiteral("svm"));
    if (chain.type == ChainType::Evm)
        object.value("chainId", QByteArray::number(chain.chainId));
    object.known("saleContract", chain.saleContract);
    object.known("paymentToken", chain.paymentToken);
    object.known("paymentTokenSymbol", chain.paymentTokenSymbol);
    const std::optional<int> decimals = chain.paymentTokenDecimals;
    object.value("paymentTokenDecimals", decimals ? QByteArray::number(*decimals) : "null");
    return object.json();
}

QByteArray saleText(const Sale &sale)
{
    return ObjectText(1)
        .text("name", sale.name)
        .text("saleUUID", sale.saleUuid)
        .text("apiURL", sale.apiUrl.toString(QUrl::RemoveUserInfo))
        .known("permitSigner", sale.permitSigner)
        .value("chain", sale.chain ? chainText(*sale.chain) : QByteArray("null"))
        .json();
}

QByteArray checkText(const PermitCheck &check)
{
    return "{ \"check\": " + jsonQuoted(permitCheckName(check.kind)) +
           ", \"result\": " + jsonQuoted(checkResultName(check.result)) +
           ", \"text\": " + jsonQuoted(check.text) + " }";
}

QByteArray verificationText(const PermitVerification &verification)
{
    QByteArrayList checks;
    for (const PermitCheck &check : verification.checks)
        checks << checkText(check);
    QByteArrayList notes;
    for (const QString &note : permitNotes(verification))
        notes << jsonQuoted(note);
    const auto asked = verification.contractAskedAt;
    return ObjectText(3)
        .value("usable", verification.usable() ? "true" : "false")
        .value("signerConfirmed", verification.signerConfirmed() ? "true" : "false")
        .known("signer", verification.signer)
        .known("contractAskedAt",
               asked ? isoText(QDateTime::fromSecsSinceEpoch(*asked, QTimeZone::utc())) : QString())
        .value("notes", listText(notes, 4))
        .value("checks", listText(checks, 4))
        .json();
}

QByteArray permitText(const ExportedPermit &permit)
{
    const QByteArray entity = ObjectText(3)
                                  .text("label", permit.entityLabel)
                                  .text("saleSpecificEntityID", permit.saleSpecificEntityId)
                                  .json();
    return ObjectText(2)
        .value("entity", entity)
        .text("wallet", permit.wallet)
        .text("type", permitTypeName(permit.permit.type))
        .text("receivedAt", isoText(permit.receivedAt))
        .value("verification", verificationText(permit.verification))
        .value("reply", permit.replyText.isEmpty() ? QByteArray("null") : permit.replyText)
        .json();
}

Error notSaved(const QString &path, const QString &reason)
{
    return {ErrorKind::File,
            ExportText::tr("The export was not saved to %1.").arg(QDir::toNativeSeparators(path)),
            ExportText::tr("%1. What was there before is unchanged. Choose another place, or make "
                           "room, and save again.")
                .arg(reason),
            {},
            0};
}

} // namespace

QByteArray permitsAsJson(const QList<ExportedPermit> &permits, const Sale &sale,
                         const QDateTime &now)
{
    QByteArrayList items;
    for (const ExportedPermit &permit : permits)
        items << permitText(permit);
    return ObjectText(0)
               .text("format", QStringLiteral("sonar-desktop/permits"))
               .value("version", "1")
               .text("exportedAt", isoText(now))
               .value("sale", saleText(sale))
               .value("permits", listText(items, 1))
               .json() +
           "\n";
}

Result<void> writeExport(const QString &path, const QByteArray &content)
{
    // A permit is of use to its wallet alone, but says who takes part: the user's own file.
    const Result<void> written =
        writeLocalFile(path, content, QFile::ReadOwner | QFile::WriteOwner);
    if (!written)
        return failure(notSaved(path, written.error().summary));
    return {};
}

} // namespace sonar
