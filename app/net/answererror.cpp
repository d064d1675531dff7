// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/answererror.h"

#include "app/base/json.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

#include <algorithm>

namespace sonar {

namespace {

struct AnswerText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::JsonTransport)
};

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

/// The machine code, which may be a number.
QString codeOf(const JsonDocument &json)
{
    for (const char *name : {"code", "Code"}) {
        const QString text = firstText(json.root(), {name});
        if (!text.isEmpty())
            return text;
        const QByteArray number = json.exactText(name).value_or(QByteArray());
        if (!number.isEmpty() && (number.front() == '-' || QChar::isDigit(uchar(number.front()))))
            return plainLine(QString::fromLatin1(number), 40);
    }
    return {};
}

/// Seconds of a Retry-After in either form (RFC 9110 §10.2.3), at most a day; -1 if there is none.
int retryAfterSeconds(const QByteArray &value)
{
    constexpr qint64 most = 24 * 3600;
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

QString duration(int seconds)
{
    if (seconds < 120)
        return AnswerText::tr("%n second(s)", nullptr, seconds);
    const int minutes = (seconds + 59) / 60;
    if (minutes < 120)
        return AnswerText::tr("%n minute(s)", nullptr, minutes);
    return AnswerText::tr("%n hour(s)", nullptr, (minutes + 59) / 60);
}

/// `wait`: what the service asked for, in seconds; not positive if it didn't.
Words wordsFor(int status, int wait)
{
    if (status == 401)
        return {ErrorKind::Unauthorized,
                AnswerText::tr("Sonar doesn't accept this connection any more."),
                AnswerText::tr("Connect again.")};
    if (status == 403)
        return {ErrorKind::Rejected, AnswerText::tr("Sonar doesn't allow this for your account."),
                AnswerText::tr(
                    "Check on Sonar that you gave access to this sale, or connect with another "
                    "account.")};
    if (status == 404)
        return {ErrorKind::NotFound, AnswerText::tr("Sonar doesn't know what was asked for."),
                AnswerText::tr("Refresh the list; the entity or the sale may be gone.")};
    if (status == 429)
        return {ErrorKind::RateLimited,
                AnswerText::tr("Too many requests: Sonar asks you to wait."),
                wait > 0 ? AnswerText::tr("Try again in %1.").arg(duration(wait))
                         : AnswerText::tr("Wait a minute, then try again.")};
    if (status >= 500)
        return {
            ErrorKind::ServerFault, AnswerText::tr("Sonar is having a problem right now."),
            wait > 0
                ? AnswerText::tr("Nothing of yours is lost. Try again in %1.").arg(duration(wait))
                : AnswerText::tr("Nothing of yours is lost. Try again in a few minutes.")};
    if (status >= 300 && status < 400)
        return {
            ErrorKind::Rejected,
            AnswerText::tr("The server tried to send the request elsewhere; that is not followed."),
            AnswerText::tr("Check the API address of this sale.")};
    return {
        ErrorKind::Rejected, AnswerText::tr("Sonar refused the request."),
        AnswerText::tr(
            "Check what you entered, then try again; if this continues, contact Sonar support with "
            "the details.")};
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
        lines << AnswerText::tr("HTTP status: %1").arg(status);
    if (!code.isEmpty())
        lines << AnswerText::tr("Code: %1").arg(code);
    if (!requestId.isEmpty())
        lines
            << AnswerText::tr("Request id: %1").arg(plainLine(QString::fromLatin1(requestId), 100));
    lines << AnswerText::tr("Time: %1").arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
    return lines.join(QLatin1Char('\n'));
}

Error withAnswerDetails(Error error, int status, const QByteArray &requestId)
{
    if (!error.details.isEmpty())
        error.details += QLatin1Char('\n');
    error.details += answerDetails(status, requestId);
    error.httpStatus = status;
    return error;
}

Error errorFromAnswer(const AnswerFacts &answer)
{
    const int wait = retryAfterSeconds(answer.retryAfter);
    const Words words = wordsFor(answer.status, wait);
    QString message;
    QString code;
    if (const auto json = JsonDocument::parse(answer.body)) {
        message = firstText(json->root(), {"message", "Message", "error", "Error"});
        code = codeOf(*json);
    }
    Error error{words.kind, words.summary, words.advice,
                answerDetails(answer.status, answer.requestId, code), answer.status};
    error.retryAfterSeconds = wait;
    if (!message.isEmpty()) {
        error.said = message;
        error.summary = AnswerText::tr("%1 It says: %2").arg(words.summary, message);
        return error;
    }
    // Whatever else it says may help support.
    const QString text = plainLine(QString::fromUtf8(answer.body.left(longestAnswerText)));
    if (!text.isEmpty())
        error.details += QLatin1Char('\n') + AnswerText::tr("Answer: %1").arg(text);
    return error;
}

Error errorFromNetwork(QNetworkReply::NetworkError fault, const QString &host)
{
    const QString details = AnswerText::tr("Host: %1\nNetwork error: %2\n%3")
                                .arg(host)
                                .arg(int(fault))
                                .arg(answerDetails(0, {}));
    switch (fault) {
    case QNetworkReply::OperationCanceledError:
        return {ErrorKind::Cancelled, AnswerText::tr("Cancelled."), {}, {}, 0};
    case QNetworkReply::TimeoutError:
        return {ErrorKind::Timeout, AnswerText::tr("%1 didn't answer in time.").arg(host),
                AnswerText::tr("Check your connection, then try again."), details, 0};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorKind::Tls,
                AnswerText::tr("The identity of %1 could not be verified.").arg(host),
                AnswerText::tr(
                    "Nothing was sent. Somebody may be reading along, or this computer's clock or "
                    "certificates are "
                    "wrong: use another network, or ask who runs yours."),
                details, 0};
    case QNetworkReply::HostNotFoundError:
        return {ErrorKind::Network, AnswerText::tr("%1 could not be found.").arg(host),
                AnswerText::tr("Check your internet connection, then try again."), details, 0};
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorKind::Network, AnswerText::tr("%1 doesn't accept connections.").arg(host),
                AnswerText::tr("The service may be down, or a firewall is in the way. Try again in "
                               "a few minutes."),
                details, 0};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // what a lost connection becomes; see BodySentOnce
        return {
            ErrorKind::Network, AnswerText::tr("The answer of %1 was cut off.").arg(host),
            AnswerText::tr("Try again; if this continues, contact Sonar support with the details."),
            details, 0};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return {ErrorKind::Network, AnswerText::tr("The proxy of this system could not be used."),
                AnswerText::tr("Check the system's proxy settings, then try again."), details, 0};
    default:
        return {ErrorKind::Network, AnswerText::tr("%1 could not be reached.").arg(host),
                AnswerText::tr("Check your connection, then try again."), details, 0};
    }
}

} // namespace sonar
