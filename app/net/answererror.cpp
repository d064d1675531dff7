// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/answererror.h"

#include "app/base/json.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

#include <algorithm>

namespace sonar {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("sonar::JsonTransport", text);
}

QString firstText(const JsonValue &object, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const auto member = object.member(name);
        const QString text = member ? plainLine(member->toText().value_or(QString())) : QString();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

/// Seconds of a Retry-After in either form (RFC 9110 §10.2.3), at most an hour; -1 if there is
/// none.
int retryAfterSeconds(const QByteArray &value)
{
    constexpr qint64 most = 3600;
    bool number = false;
    const qint64 seconds = value.trimmed().toLongLong(&number);
    if (number)
        return seconds < 0 ? -1 : int(std::min(seconds, most));
    // Qt reads the zone as a number only.
    const QByteArray dated = value.trimmed().replace("GMT", "+0000");
    const QDateTime date = QDateTime::fromString(QString::fromLatin1(dated), Qt::RFC2822Date);
    if (!date.isValid())
        return -1;
    return int(std::clamp<qint64>(QDateTime::currentDateTimeUtc().secsTo(date), 0, most));
}

constexpr qsizetype longestAnswerText = 1'200;

struct Words
{
    ErrorKind kind;
    QString summary;
    QString advice;
};

Words wordsFor(int status)
{
    if (status == 401)
        return {ErrorKind::Unauthorized, tr("Sonar doesn't accept this connection any more."),
                tr("Connect again.")};
    if (status == 403)
        return {ErrorKind::Rejected, tr("Sonar doesn't allow this for your account."),
                tr("Check on Sonar that you gave access to this sale, or connect with another "
                   "account.")};
    if (status == 404)
        return {ErrorKind::NotFound, tr("Sonar doesn't know what was asked for."),
                tr("Refresh the list; the entity or the sale may be gone.")};
    if (status == 429)
        return {ErrorKind::RateLimited, tr("Sonar asks for a pause: too many requests."),
                tr("Wait a minute, then try again.")};
    if (status >= 500)
        return {ErrorKind::ServerFault, tr("Sonar has a fault at the moment."),
                tr("Nothing of yours is lost. Try again in a few minutes.")};
    if (status >= 300 && status < 400)
        return {ErrorKind::Rejected,
                tr("The server tried to send the request elsewhere; that is not followed."),
                tr("Check the API address of this sale.")};
    return {
        ErrorKind::Rejected, tr("Sonar refused the request."),
        tr("Check what you entered, then try again; if it stays, copy the details for support.")};
}

} // namespace

QString plainLine(const QString &text, qsizetype longest)
{
    QString line;
    for (const QChar c : text.left(longest * 4)) {
        // Format characters can turn text around (U+202E); none of them is needed here.
        const bool invisible =
            c.category() == QChar::Other_Format || c.category() == QChar::Other_Control;
        line += invisible ? QLatin1Char(' ') : c;
    }
    line = line.simplified();
    if (line.size() > longest) {
        line.truncate(longest - 1);
        line += QChar(0x2026);
    }
    return line;
}

QString answerDetails(int status, const QByteArray &requestId, const QString &code)
{
    QStringList lines;
    if (status > 0)
        lines << tr("HTTP status: %1").arg(status);
    if (!code.isEmpty())
        lines << tr("Code: %1").arg(code);
    if (!requestId.isEmpty())
        lines << tr("Request id: %1").arg(plainLine(QString::fromLatin1(requestId), 100));
    lines << tr("Time: %1").arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
    return lines.join(QLatin1Char('\n'));
}

Error errorFromAnswer(const AnswerFacts &answer)
{
    const Words words = wordsFor(answer.status);
    QString message;
    QString code;
    const auto json = JsonDocument::parse(answer.body);
    if (json) {
        const JsonValue root = json->root();
        message = firstText(root, {"message", "Message", "error", "Error"});
        code = firstText(root, {"code", "Code"});
    }
    Error error{words.kind, words.summary, words.advice,
                answerDetails(answer.status, answer.requestId, code), answer.status};
    // An answer that is no JSON at all comes from something in between; its words help support.
    const QString between =
        json ? QString() : plainLine(QString::fromUtf8(answer.body.left(longestAnswerText)));
    if (!between.isEmpty())
        error.details += QLatin1Char('\n') + tr("Answer: %1").arg(between);
    if (!message.isEmpty())
        error.summary = tr("%1 It says: %2").arg(words.summary, message);
    error.retryAfterSeconds = retryAfterSeconds(answer.retryAfter);
    return error;
}

Error errorFromNetwork(QNetworkReply::NetworkError fault, const QString &host)
{
    const QString details =
        tr("Host: %1\nNetwork error: %2\n%3").arg(host).arg(int(fault)).arg(answerDetails(0, {}));
    switch (fault) {
    case QNetworkReply::OperationCanceledError:
        return {ErrorKind::Cancelled, tr("Cancelled."), {}, {}, 0};
    case QNetworkReply::TimeoutError:
        return {ErrorKind::Timeout, tr("%1 didn't answer in time.").arg(host),
                tr("Check your connection, then try again. Your session is kept."), details, 0};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorKind::Tls, tr("The identity of %1 could not be verified.").arg(host),
                tr("Nothing was sent. Somebody may be reading along, or this computer's clock or "
                   "certificates are "
                   "wrong: use another network, or ask who runs yours."),
                details, 0};
    case QNetworkReply::HostNotFoundError:
        return {ErrorKind::Network, tr("%1 could not be found.").arg(host),
                tr("Check your internet connection, then try again."), details, 0};
    case QNetworkReply::ConnectionRefusedError:
        return {
            ErrorKind::Network, tr("%1 doesn't accept connections.").arg(host),
            tr("The service may be down, or a firewall is in the way. Try again in a few minutes."),
            details, 0};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // what a lost connection becomes; see BodySentOnce
        return {ErrorKind::Network, tr("The answer of %1 was cut off.").arg(host),
                tr("Try again; if it stays, copy the details for support."), details, 0};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return {ErrorKind::Network, tr("The proxy of this system could not be used."),
                tr("Check the system's proxy settings, then try again."), details, 0};
    default:
        return {ErrorKind::Network, tr("%1 could not be reached.").arg(host),
                tr("Check your connection, then try again. Your session is kept."), details, 0};
    }
}

} // namespace sonar
