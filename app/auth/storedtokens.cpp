// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/storedtokens.h"

#include "app/auth/pkce.h"
#include "app/base/json.h"

#include <QCryptographicHash>

#include <limits>

namespace sonar::storedtokens {

namespace {

constexpr quint64 piecesFormat = 1;
constexpr quint64 wholeFormat = 2;

QString slotName(Slot slot)
{
    return slot == Slot::A ? QStringLiteral("a") : QStringLiteral("b");
}

/// Everything that must belong together; lengths keep the parts apart.
QString digestOf(const TokenKey &key, const TokenSet &tokens, const QString &generation)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QByteArrayList parts{key.accountId.toUtf8(), key.serviceId.toUtf8(),
                               generation.toLatin1(),  tokens.accessToken,
                               tokens.refreshToken,    QByteArray::number(tokens.expiresAt)};
    for (const QByteArray &part : parts) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    }
    return QString::fromLatin1(hash.result().toHex());
}

/// "<generation> <index>/<count> <piece>"
QString piecePrefix(const QString &generation, int index, int count)
{
    return QStringLiteral("%1 %2/%3 ").arg(generation).arg(index).arg(count);
}

std::optional<QStringList> split(const QString &generation, const QByteArray &secret)
{
    const qsizetype room = longestValue - piecePrefix(generation, mostPieces, mostPieces).size();
    const auto count = int((secret.size() + room - 1) / room);
    if (count > mostPieces)
        return std::nullopt;
    QStringList pieces;
    for (int i = 0; i < count; ++i)
        pieces << piecePrefix(generation, i, count) +
                      QString::fromLatin1(secret.mid(i * room, room));
    return pieces;
}

std::optional<QByteArray> join(const QString &generation, const QStringList &pieces)
{
    QByteArray secret;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const QString prefix = piecePrefix(generation, int(i), int(pieces.size()));
        if (!pieces[i].startsWith(prefix))
            return std::nullopt;
        secret += pieces[i].mid(prefix.size()).toLatin1();
    }
    return secret;
}

} // namespace

QString manifestEntry(const TokenKey &key)
{
    return key.accountId + QLatin1Char(' ') + key.serviceId;
}

QString pieceEntry(const TokenKey &key, Slot slot, Secret secret, int index)
{
    const QString what =
        secret == Secret::Access ? QStringLiteral("access") : QStringLiteral("refresh");
    return manifestEntry(key) + QLatin1Char(' ') + slotName(slot) + QLatin1Char(' ') + what +
           QLatin1Char(' ') + QString::number(index);
}

std::optional<QString> encodeWhole(const TokenKey &key, const TokenSet &tokens, qsizetype room)
{
    const QByteArray text = "{\"format\":" + QByteArray::number(wholeFormat) +
                            ",\"access\":" + jsonQuoted(QString::fromLatin1(tokens.accessToken)) +
                            ",\"refresh\":" + jsonQuoted(QString::fromLatin1(tokens.refreshToken)) +
                            ",\"expiresAt\":" + QByteArray::number(tokens.expiresAt) +
                            ",\"digest\":\"" + digestOf(key, tokens, {}).toLatin1() + "\"}";
    return text.size() <= room ? std::optional(QString::fromUtf8(text)) : std::nullopt;
}

std::optional<TokenSet> decodeWhole(const TokenKey &key, const QString &text)
{
    const auto document = JsonDocument::parse(text.toUtf8(), {qsizetype(64) * 1024, 2});
    if (!document)
        return std::nullopt;
    JsonFields fields(document->root(), QStringLiteral("tokens"));
    const quint64 version = fields.uint64("format");
    TokenSet tokens;
    tokens.accessToken = fields.text("access").toLatin1();
    tokens.refreshToken = fields.text("refresh").toLatin1();
    const quint64 expiresAt = fields.uint64("expiresAt");
    const QString digest = fields.text("digest");
    if (!fields.ok() || version != wholeFormat || tokens.accessToken.isEmpty() ||
        expiresAt > quint64(std::numeric_limits<qint64>::max()))
        return std::nullopt;
    tokens.expiresAt = qint64(expiresAt);
    return digestOf(key, tokens, {}) == digest ? std::optional(tokens) : std::nullopt;
}

std::optional<Encoded> encode(const TokenKey &key, const TokenSet &tokens, Slot slot)
{
    const QString generation = QString::fromLatin1(unguessableText().left(22));
    const auto access = split(generation, tokens.accessToken);
    const auto refresh = split(generation, tokens.refreshToken);
    if (!access || !refresh)
        return std::nullopt;
    const QString manifest =
        QStringLiteral("{\"format\":%1,\"generation\":\"%2\",\"slot\":\"%3\",\"access\":%4,"
                       "\"refresh\":%5,\"expiresAt\":%6,\"digest\":\"%7\"}")
            .arg(QString::number(piecesFormat), generation, slotName(slot),
                 QString::number(access->size()), QString::number(refresh->size()),
                 QString::number(tokens.expiresAt), digestOf(key, tokens, generation));
    return Encoded{manifest, *access, *refresh};
}

std::optional<Manifest> decodeManifest(const QString &text)
{
    const auto document = JsonDocument::parse(text.toUtf8(), {longestValue, 2});
    if (!document)
        return std::nullopt;
    JsonFields fields(document->root(), QStringLiteral("manifest"));
    const quint64 version = fields.uint64("format");
    Manifest manifest;
    manifest.generation = fields.text("generation");
    const QString slot = fields.text("slot");
    const quint64 access = fields.uint64("access");
    const quint64 refresh = fields.uint64("refresh");
    const quint64 expiresAt = fields.uint64("expiresAt");
    manifest.digest = fields.text("digest");
    const bool isSlot = slot == slotName(Slot::A) || slot == slotName(Slot::B);
    if (!fields.ok() || version != piecesFormat || !isSlot || manifest.generation.isEmpty() ||
        access == 0 || access > mostPieces || refresh > mostPieces ||
        expiresAt > quint64(std::numeric_limits<qint64>::max()))
        return std::nullopt;
    manifest.slot = slot == slotName(Slot::A) ? Slot::A : Slot::B;
    manifest.accessPieces = int(access);
    manifest.refreshPieces = int(refresh);
    manifest.expiresAt = qint64(expiresAt);
    return manifest;
}

std::optional<TokenSet> decode(const TokenKey &key, const Manifest &manifest,
                               const QStringList &access, const QStringList &refresh)
{
    const auto accessToken = join(manifest.generation, access);
    const auto refreshToken = join(manifest.generation, refresh);
    if (access.size() != manifest.accessPieces || refresh.size() != manifest.refreshPieces ||
        !accessToken || !refreshToken)
        return std::nullopt;
    TokenSet tokens{*accessToken, *refreshToken, manifest.expiresAt};
    if (digestOf(key, tokens, manifest.generation) != manifest.digest)
        return std::nullopt;
    return tokens;
}

} // namespace sonar::storedtokens
