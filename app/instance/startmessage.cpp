// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/startmessage.h"

#include <QCborMap>
#include <QCborValue>
#include <QtEndian>

namespace sonar {

namespace {

constexpr quint32 longestMessage = 256 * 1024;
constexpr qsizetype lengthBytes = sizeof(quint32);

constexpr QLatin1String saleFileKey("saleFile");
constexpr QLatin1String permitFileKey("permitFile");
constexpr QLatin1String sandboxKey("sandbox");
constexpr QLatin1String tokenKey("activationToken");
constexpr QLatin1String exitCodeKey("exitCode");
constexpr QLatin1String messageKey("message");

QByteArray framed(const QCborMap &map)
{
    const QByteArray content = map.toCborValue().toCbor();
    QByteArray message(lengthBytes, Qt::Uninitialized);
    qToBigEndian(quint32(content.size()), message.data());
    return message + content;
}

std::optional<QCborMap> mapIn(const QByteArray &arrived, bool &refused)
{
    refused = false;
    if (arrived.size() < lengthBytes)
        return std::nullopt;
    const auto length = qFromBigEndian<quint32>(arrived.constData());
    if (length > longestMessage) {
        refused = true;
        return std::nullopt;
    }
    if (arrived.size() < lengthBytes + qsizetype(length))
        return std::nullopt;
    const QCborValue value = QCborValue::fromCbor(arrived.mid(lengthBytes, length));
    refused = !value.isMap();
    return refused ? std::nullopt : std::optional(value.toMap());
}

} // namespace

QByteArray messageOf(const StartRequest &request)
{
    return framed({{saleFileKey, request.saleFile},
                   {permitFileKey, request.permitFile},
                   {sandboxKey, request.sandbox},
                   {tokenKey, request.activationToken}});
}

QByteArray messageOf(const StartAnswer &answer)
{
    return framed({{exitCodeKey, answer.exitCode}, {messageKey, answer.message}});
}

std::optional<StartRequest> requestIn(const QByteArray &arrived, bool &refused)
{
    const auto map = mapIn(arrived, refused);
    if (!map)
        return std::nullopt;
    return StartRequest{map->value(saleFileKey).toString(), map->value(permitFileKey).toString(),
                        map->value(sandboxKey).toBool(), map->value(tokenKey).toByteArray()};
}

std::optional<StartAnswer> answerIn(const QByteArray &arrived, bool &refused)
{
    const auto map = mapIn(arrived, refused);
    if (!map)
        return std::nullopt;
    return StartAnswer{int(map->value(exitCodeKey).toInteger()), map->value(messageKey).toString()};
}

} // namespace sonar
