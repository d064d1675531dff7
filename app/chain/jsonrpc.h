// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/jsontransport.h"

#include <QCoro/QCoroTask>

namespace sonar {

/// Less than the service gets: an answer here is a few words, and somebody waits for a permit.
TransportLimits rpcLimits();

/// An Ethereum JSON-RPC 2.0 server: one question, one answer, no batches, no retry. https, or http
/// to loopback. Its address may carry a key, so errors name the host alone.
class JsonRpc
{
public:
    explicit JsonRpc(QUrl url, TransportLimits limits = rpcLimits());

    /// The result, which must be a string: every question asked here has a hexadecimal answer.
    /// `params` is a JSON array. Survives the death of the object: the task then ends with
    /// Cancelled.
    QCoro::Task<Result<QString>> call(QString method, QByteArray params, CancelToken cancel = {});

    QString host() const { return m_url.host(); }

private:
    QUrl m_url;
    JsonTransport m_transport;
    quint64 m_lastId = 0;
};

/// Whether the server's error says that the called contract itself refused the call: the contract
/// was asked then, and this is its answer.
bool isRevert(const Error &error);

/// The string result of the answer to request `id`; Malformed when it isn't that, Rejected when the
/// server says so (JSON-RPC 2.0 §5).
Result<QString> rpcResult(const QByteArray &answer, quint64 id, const QString &host);

} // namespace sonar
