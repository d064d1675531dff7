// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <optional>

namespace sonar::test {

/// One JSON-RPC request as it came over the wire.
struct RpcQuestion
{
    quint64 id = 0;
    QString method;
    QString to;   ///< of eth_call
    QString data; ///< of eth_call
    QByteArray body;
};

/// A chain's server on a real socket of loopback. Closes each connection after its answer.
class FakeRpc : public QTcpServer
{
    Q_OBJECT
public:
    /// Answers an eth_call by the first four bytes of its data ("0xc040e6b8"), everything else by
    /// its method; what isn't listed gets the error of a reverted call.
    FakeRpc();

    QUrl url() const;
    void answer(const QString &question, const QString &result);
    /// The call reverts.
    void revert(const QString &question);
    /// What a SettlementSale says of itself, on chain 84532.
    void answerAsSettlementSale(const QString &saleUuid);
    /// A call to an address without code.
    void answerAsNobody();

    static QString word(bool value);

    /// Body of the answer, when set: takes the place of the above.
    std::function<QByteArray(const RpcQuestion &)> body;
    int status = 200;
    bool silent = false; ///< reads and never answers

    const QList<RpcQuestion> &questions() const { return m_questions; }
    /// How often the method, or the selector of an eth_call, was asked.
    int asked(const QString &question) const;

private:
    void take(QTcpSocket *socket);
    QByteArray bodyFor(const RpcQuestion &question) const;

    QHash<QString, QString> m_answers;
    QHash<QTcpSocket *, QByteArray> m_received;
    QList<RpcQuestion> m_questions;
};

} // namespace sonar::test
