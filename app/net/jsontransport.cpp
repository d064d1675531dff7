// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/jsontransport.h"

#include "app/base/loopback.h"
#include "app/net/answererror.h"

#include <QCoreApplication>
#include <QCoro/QCoroSignal>
#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace sonar {

namespace {

/// An error's body may be this long to be read as JSON; of a longer one the beginning is told.
constexpr qsizetype longestRefusal = 64 * 1024;
constexpr qsizetype beginningOfRefusal = 1'024;

struct TransportText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::JsonTransport)
};

class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

Error forbidden(const QUrl &url)
{
    return {ErrorKind::InvalidInput, TransportText::tr("The address of the service is not secure."),
            TransportText::tr(
                "Only https is used (http on this computer alone). Check the sale's API address."),
            TransportText::tr("Address: %1")
                .arg(url.toDisplayString(QUrl::RemoveQuery | QUrl::RemoveUserInfo)),
            0};
}

/// One request on its way: watches its limits, collects its body, ends once.
class Exchange final : public QObject
{
    Q_OBJECT
public:
    Exchange(QNetworkReply *reply, const TransportLimits &limits, const CancelToken &cancel,
             const CancelToken &closing)
        : m_reply(reply)
        , m_limits(limits)
        , m_cancel(cancel)
        , m_closing(closing)
    {
        reply->setParent(this);
        reply->setReadBufferSize(64 * 1024);
        connect(reply, &QNetworkReply::requestSent, &m_silence, &QTimer::stop);
        connect(reply, &QNetworkReply::readyRead, this, &Exchange::read);
        connect(reply, &QNetworkReply::finished, this, &Exchange::finish);
        for (const CancelToken &token : {m_cancel, m_closing})
            connect(token.source(), &CancelSource::cancelled, this,
                    [this] { withdraw(QNetworkReply::OperationCanceledError, {}); });
        m_total.setSingleShot(true);
        m_silence.setSingleShot(true);
        connect(&m_total, &QTimer::timeout, this, &Exchange::timeOut);
        connect(&m_silence, &QTimer::timeout, this, &Exchange::timeOut);
        m_total.start(limits.totalMilliseconds);
        m_silence.start(limits.connectMilliseconds);
    }

    ~Exchange() override
    {
        if (m_reply)
            m_reply->deleteLater();
    }

    bool isDone() const { return m_done; }
    Result<JsonReply> result() const { return m_result; }

Q_SIGNALS:
    void done();

private:
    void timeOut() { withdraw(QNetworkReply::TimeoutError, m_reply->url().host()); }

    /// Not from within a signal of the reply's.
    void withdraw(QNetworkReply::NetworkError fault, const QString &host)
    {
        if (m_done)
            return;
        // This object goes later, and the manager may go before: an aborted reply must not outlive
        // its manager.
        m_reply->setParent(m_reply->manager());
        stop(errorFromNetwork(fault, host));
    }

    void read()
    {
        m_silence.start();
        m_body += m_reply->readAll();
        if (isTooLong())
            stop(isRefusal() ? refusal() : tooLarge());
    }

    bool isRefusal() const { return status() > 0 && (status() < 200 || status() >= 300); }

    bool isTooLong() const
    {
        return m_body.size() >
               (isRefusal() ? std::min(longestRefusal, m_limits.bodyBytes) : m_limits.bodyBytes);
    }

    Error refusal() const
    {
        return errorFromAnswer({status(), requestId(), m_reply->rawHeader("Retry-After"),
                                isTooLong() ? m_body.left(beginningOfRefusal) : m_body});
    }

    QByteArray requestId() const { return m_reply->rawHeader("x-request-id"); }

    Error tooLarge() const
    {
        return {ErrorKind::Malformed,
                TransportText::tr("The answer of %1 is larger than any real one.")
                    .arg(m_reply->url().host()),
                TransportText::tr(
                    "It was not read. Try again; if this continues, contact Sonar support with the "
                    "details."),
                answerDetails(status(), requestId()), status()};
    }

    /// Broken compression, or what unpacks to far more than it should.
    Error notUnpacked() const
    {
        return {
            ErrorKind::Malformed,
            TransportText::tr("The answer of %1 could not be unpacked.").arg(m_reply->url().host()),
            TransportText::tr(
                "Try again; if this continues, contact Sonar support with the details."),
            answerDetails(status(), requestId()), status()};
    }

    int status() const
    {
        return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

    void stop(const Error &error)
    {
        if (m_done)
            return;
        m_reply->disconnect(this);
        m_reply->abort();
        // Qt starts a request from the event loop, even one withdrawn meanwhile; by then the
        // connections may be gone.
        QCoreApplication::removePostedEvents(m_reply, QEvent::MetaCall);
        end(failure(error));
    }

    void finish()
    {
        if (m_done)
            return;
        m_body += m_reply->readAll();
        m_body.squeeze(); // Qt hands out its whole buffer, and thousands of answers may be kept
        const int code = status();
        const QNetworkReply::NetworkError fault = m_reply->error();
        if (!isRefusal() && isTooLong())
            return stop(tooLarge());
        // Qt reports a bad status as an error of its own (201 and up; 400 and 418 as an invalid
        // operation); faults of the connection and of the proxy are the others.
        const bool answered = code > 0 && (fault == QNetworkReply::NoError ||
                                           fault == QNetworkReply::ProtocolInvalidOperationError ||
                                           (fault >= QNetworkReply::ContentAccessDenied &&
                                            fault <= QNetworkReply::UnknownContentError) ||
                                           (fault >= QNetworkReply::InternalServerError &&
                                            fault <= QNetworkReply::UnknownServerError));
        if (code >= 200 && code < 300 && fault == QNetworkReply::NoError)
            return end(JsonReply{code, m_body, requestId()});
        if (code >= 200 && code < 300 && fault == QNetworkReply::UnknownContentError)
            return end(failure(notUnpacked()));
        if (answered && isRefusal())
            return end(failure(refusal()));
        end(failure(errorFromNetwork(fault, m_reply->url().host())));
    }

    void end(const Result<JsonReply> &result)
    {
        m_done = true;
        m_total.stop();
        m_silence.stop();
        m_result = result;
        Q_EMIT done();
    }

    QPointer<QNetworkReply> m_reply;
    TransportLimits m_limits;
    CancelToken m_cancel; // held so that their sources outlive the request
    CancelToken m_closing;
    QTimer m_total;
    QTimer m_silence; ///< runs while the request is on its way out, and between pieces of a body
    QByteArray m_body;
    bool m_done = false;
    Result<JsonReply> m_result = failure({});
};

/// A request's body that can't be rewound. Qt would send a request again by itself, and again, when
/// the connection closes before an answer; an exchange or a refresh must leave once only.
class BodySentOnce final : public QIODevice
{
public:
    explicit BodySentOnce(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    qint64 size() const override { return m_bytes.size(); }
    bool seek(qint64 position) override { return position == m_read && QIODevice::seek(position); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_bytes.size() - m_read);
        std::copy_n(m_bytes.constData() + m_read, count, data);
        m_read += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
};

struct DeleteLater
{
    void operator()(QObject *object) const { object->deleteLater(); }
};

QNetworkRequest requestTo(const QUrl &url, const JsonTransport::Headers &headers)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setRawHeader("Accept", "application/json");
    request.setHeader(QNetworkRequest::UserAgentHeader,
                      QStringLiteral("SonarDesktop/" SONAR_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    return request;
}

} // namespace

JsonTransport::JsonTransport(TransportLimits limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_network(new QNetworkAccessManager(this))
{
    m_network->setAutoDeleteReplies(false);
    m_network->setCookieJar(new NoCookies(m_network));
}

JsonTransport::~JsonTransport()
{
    // Whoever waits for an answer is told before the connections go away.
    m_closing.cancel();
}

QCoro::Task<Result<JsonReply>> JsonTransport::post(QUrl url, QByteArray json, Headers headers,
                                                   CancelToken cancel)
{
    const Error cancelled = errorFromNetwork(QNetworkReply::OperationCanceledError, {});
    if (!isAllowedUrl(url))
        co_return failure(forbidden(url));
    if (cancel.isCancelled() || m_closing.isCancelled())
        co_return failure(cancelled);
    auto *body = new BodySentOnce(json);
    QNetworkReply *reply = m_network->post(requestTo(url, headers), body);
    body->setParent(reply);
    const std::unique_ptr<Exchange, DeleteLater> exchange(
        new Exchange(reply, m_limits, cancel, m_closing));
    Exchange *running = exchange.get();
    if (!running->isDone())
        co_await qCoro(running, &Exchange::done);
    co_return running->result();
}

} // namespace sonar

#include "jsontransport.moc"
