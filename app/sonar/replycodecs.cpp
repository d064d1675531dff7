// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"

#include "app/sonar/codecfields.h"

namespace sonar {

Result<Profile> decodeProfile(const QByteArray &body)
{
    return decodeObject<Profile>(body, QStringLiteral("MyProfile"), [](JsonFields &fields) {
        Profile profile;
        profile.entityId = fields.text("EntityID").left(longestText);
        profile.emailAddress = fields.textOr("EmailAddress").left(longestText);
        return profile;
    });
}

Result<PrePurchaseResult> decodePrePurchase(const QByteArray &body)
{
    return decodeObject<PrePurchaseResult>(
        body, QStringLiteral("PrePurchaseCheck"), [](JsonFields &fields) {
            PrePurchaseResult result;
            const bool ready = fields.boolean("ReadyToPurchase");
            result.reasonText = fields.text("FailureReason").left(longestText);
            result.livenessCheckUrl = fields.text("LivenessCheckURL");
            if (fields.ok() && result.livenessCheckUrl.size() > 4096)
                fields.refuse("LivenessCheckURL", ReplyText::tr("is too long"));
            result.reason = failureReasonFrom(result.reasonText);
            // Ready with a reason against it is a contradiction; the careful reading holds.
            result.ready = ready && result.reason == FailureReason::None;
            if (!result.ready && result.reason == FailureReason::None)
                result.reason = FailureReason::Unknown;
            return result;
        });
}

Result<PermitReply> decodePermitReply(const QByteArray &body)
{
    const QString endpoint = QStringLiteral("GenerateSalePurchasePermit");
    const Result<JsonDocument> document = JsonDocument::parse(body);
    if (!document)
        return failure(malformedReply(endpoint, document.error().details));
    JsonFields fields(document->root(), endpoint);
    if (fields.ok())
        fields.object("PermitJSON");
    if (fields.ok())
        fields.text("Signature");
    if (!fields.ok())
        return failure(malformedReply(endpoint, fields.fault()));
    return PermitReply{body, document->exactText("PermitJSON").value_or(QByteArray()),
                       document->exactText("Signature").value_or(QByteArray())};
}

Result<CommitmentLimits> decodeLimits(const QByteArray &body)
{
    return decodeObject<CommitmentLimits>(body, QStringLiteral("Limits"), [](JsonFields &fields) {
        CommitmentLimits limits;
        limits.hasCustomLimit = fields.boolean("HasCustomCommitmentAmountLimit");
        limits.minAmount = readAmount(fields, "MinCommitmentAmount");
        limits.maxAmount = readAmount(fields, "MaxCommitmentAmount");
        return limits;
    });
}

Result<QList<Investment>> decodeInvestments(const QByteArray &body)
{
    return decodeObject<QList<Investment>>(
        body, QStringLiteral("ReadEntityInvestmentHistory"), [](JsonFields &fields) {
            QList<Investment> investments;
            for (const JsonValue &value : fields.arrayOrNull("Investments")) {
                JsonFields item(value, QStringLiteral("[%1]").arg(investments.size()));
                Investment investment;
                if (item.ok()) {
                    investment.companyName = item.text("CompanyName").left(longestText);
                    investment.round = item.text("Round").left(longestText);
                    investment.investedOn = readTime(item, "InvestedOn");
                }
                if (!item.ok()) {
                    fields.refuse("Investments", item.fault());
                    break;
                }
                investments << investment;
            }
            return investments;
        });
}

} // namespace sonar
