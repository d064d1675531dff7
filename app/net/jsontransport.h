// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPair>
#include <QPointer>
#include <QUrl>

#include <QCoro/QCoroTask>

#include <memory>

class QNetworkAccessManager;

namespace sonar {

class CancelSource;

/// Withdraws the requests it was handed to; copies share one state. A default-made one can be
/// cancelled.
class CancelToken
{
public:
    CancelToken();
    void cancel() const;
    bool isCancelled() const;
    CancelSource *source() const; ///< emits cancelled() once

private:
    std::shared_ptr<CancelSource> m_source;
};

/// The shared state of a CancelToken.
class CancelSource : public QObject
{
    Q_OBJECT
public:
    void cancel();
    bool isCancelled() const { return m_cancelled; }

Q_SIGNALS:
    void cancelled();

private:
    bool m_cancelled = false;
};

/// A 2xx answer of the service.
struct JsonReply
{
    int status = 200;
    QByteArray body;      ///< bounded; checked to be JSON by whoever decodes it
    QByteArray requestId; ///< x-request-id, if any
};

/// Time and size that one request may take.
struct TransportLimits
{
    int connectMilliseconds = 15'000; ///< to send the request, and between two pieces of a body
    int totalMilliseconds = 60'000;   ///< from the call to the answer's last byte
    qsizetype bodyBytes = 8 * 1024 * 1024; ///< after decompression
};

/// Posts JSON and returns 2xx answers; everything else is an Error with its own sentence. TLS
/// always verified, plain http only to loopback, redirects not followed, no cookies, no cache,
/// system proxy. Every answer with another status is turned into an Error by protocol reference §4
/// (message under message|Message|error|Error, code under code|Code).
class JsonTransport : public QObject
{
    Q_OBJECT
public:
    explicit JsonTransport(TransportLimits limits = {}, QObject *parent = nullptr);
    ~JsonTransport() override;

    using Headers = QList<QPair<QByteArray, QByteArray>>;

    /// One POST, no retry. Survives the death of the transport: the task then ends with Cancelled.
    QCoro::Task<Result<JsonReply>> post(QUrl url, QByteArray json, Headers headers = {},
                                        CancelToken cancel = {});

private:
    TransportLimits m_limits;
    CancelToken m_closing; ///< cancelled when the transport goes away
    QNetworkAccessManager *m_network;
};

} // namespace sonar
