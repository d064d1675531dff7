// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/hex.h"
#include "app/permits/permitdigest.h"
#include "app/permits/walletexport.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace sonar {

namespace {

/// A list, string, number, truth value or null as JavaScript's JSON.stringify writes it.
QByteArray plainJson(const QJsonValue &value)
{
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.mid(1, text.size() - 2);
}

QByteArray serialised(const QJsonValue &value)
{
    if (value.isArray()) {
        QByteArrayList items;
        for (const QJsonValue item : value.toArray())
            items << serialised(item);
        return '[' + items.join(',') + ']';
    }
    if (!value.isObject())
        return plainJson(value);
    const QJsonObject object = value.toObject();
    QStringList keys = object.keys();
    std::sort(keys.begin(), keys.end());
    QByteArray text = '{' + plainJson(QJsonArray::fromStringList(keys));
    for (const QString &key : std::as_const(keys))
        text += serialised(object.value(key)) + ',';
    return text + '}';
}

QJsonObject transaction(const ContractCall &call)
{
    return {{QStringLiteral("to"), call.to},
            {QStringLiteral("value"), QStringLiteral("0")},
            {QStringLiteral("data"), toHex(call.data)},
            {QStringLiteral("contractMethod"), QJsonValue::Null},
            {QStringLiteral("contractInputsValues"), QJsonValue::Null}};
}

} // namespace

QString safeBatchChecksum(QJsonObject batch)
{
    QJsonObject meta = batch.value(QLatin1String("meta")).toObject();
    meta.remove(QStringLiteral("checksum"));
    meta.insert(QStringLiteral("name"), QJsonValue::Null);
    batch.insert(QStringLiteral("meta"), meta);
    return toHex(keccak256(serialised(batch)));
}

QByteArray safeBatch(const SafeBatchHeader &header, const QList<ContractCall> &calls)
{
    QJsonArray transactions;
    for (const ContractCall &call : calls)
        transactions.append(transaction(call));
    QJsonObject meta = {
        {QStringLiteral("name"), header.name},
        {QStringLiteral("description"), header.description},
        {QStringLiteral("txBuilderVersion"), QStringLiteral("1.18.0")},
        {QStringLiteral("createdFromSafeAddress"), header.safeAddress},
        {QStringLiteral("createdFromOwnerAddress"), QString()},
    };
    QJsonObject batch = {
        {QStringLiteral("version"), QStringLiteral("1.0")},
        {QStringLiteral("chainId"), QString::number(header.chainId)},
        {QStringLiteral("createdAt"), header.createdAt.toMSecsSinceEpoch()},
        {QStringLiteral("meta"), meta},
        {QStringLiteral("transactions"), transactions},
    };
    meta.insert(QStringLiteral("checksum"), safeBatchChecksum(batch));
    batch.insert(QStringLiteral("meta"), meta);
    return QJsonDocument(batch).toJson(QJsonDocument::Indented);
}

} // namespace sonar
