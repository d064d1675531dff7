// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbackpage.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

// Outside the namespace: a static library's resources are linked in by naming them.
static void loadCallbackResources()
{
    Q_INIT_RESOURCE(callback);
}

namespace sonar {

namespace {

struct CallbackPage
{
    Q_DECLARE_TR_FUNCTIONS(CallbackPage)
};

struct Words
{
    const char *tone; ///< class of the page: good, bad, plain
    QString heading;
    QString text;
};

Words wordsFor(CallbackOutcome outcome)
{
    switch (outcome) {
    case CallbackOutcome::Connected:
        // The tokens aren't stored yet.
        return {"good", CallbackPage::tr("Access allowed"),
                CallbackPage::tr("Go back to Sonar Desktop: it finishes connecting and says when "
                                 "that is done.")};
    case CallbackOutcome::Declined:
        return {"plain", CallbackPage::tr("You declined"),
                CallbackPage::tr("Sonar Desktop was not connected. If you didn't mean to decline, "
                                 "choose Try again in Sonar Desktop.")};
    case CallbackOutcome::Expired:
        return {"bad", CallbackPage::tr("This sign-in has expired"),
                CallbackPage::tr("A sign-in waits for ten minutes. Choose Try again in Sonar "
                                 "Desktop to start a new one.")};
    case CallbackOutcome::Refused:
        return {
            "bad", CallbackPage::tr("This sign-in was refused"),
            CallbackPage::tr("It doesn't belong to the sign-in that Sonar Desktop waits for: it "
                             "was used already, is an older one, or was started elsewhere. "
                             "Nothing was changed. Finish in the newest tab, or choose Open "
                             "again in Sonar Desktop.")};
    case CallbackOutcome::Unfinished:
        return {"plain", CallbackPage::tr("Almost done"),
                CallbackPage::tr("Sonar takes longer than usual to answer. Sonar Desktop will tell "
                                 "you how it went.")};
    case CallbackOutcome::Cancelled:
        return {"plain", CallbackPage::tr("The sign-in was cancelled"),
                CallbackPage::tr("It was cancelled in Sonar Desktop. Nothing was connected.")};
    case CallbackOutcome::Failed:
        break;
    }
    return {"bad", CallbackPage::tr("Connecting failed"),
            CallbackPage::tr("Sonar Desktop says what went wrong and lets you try again.")};
}

const char *markFor(const QByteArray &tone)
{
    if (tone == "good")
        return "M13 23l6.5 6.5L32 16.5";
    return tone == "bad" ? "M15 15l14 14M29 15L15 29" : "M14 22h16";
}

QByteArray escaped(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

QByteArray pageTemplate()
{
    loadCallbackResources();
    QFile file(QStringLiteral(":/callback/page.html"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The page's own style, by its hash, and nothing else (CSP level 3 §6.7).
QByteArray contentSecurityPolicy(const QByteArray &page)
{
    const qsizetype start = page.indexOf("<style>") + 7;
    const QByteArray style = page.mid(start, page.indexOf("</style>") - start);
    const QByteArray digest = QCryptographicHash::hash(style, QCryptographicHash::Sha256);
    return "default-src 'none'; style-src 'sha256-" + digest.toBase64() +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

QByteArray response(const QByteArray &status, const QByteArray &type, const QByteArray &policy,
                    const QByteArray &extraHeaders, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
           "; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nContent-Security-Policy: " + policy +
           "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer"
           "\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n" +
           extraHeaders + "\r\n" + body;
}

constexpr char nothingAllowed[] = "default-src 'none'; frame-ancestors 'none'";

} // namespace

QByteArray outcomeName(CallbackOutcome outcome)
{
    switch (outcome) {
    case CallbackOutcome::Connected:
        return "connected";
    case CallbackOutcome::Declined:
        return "declined";
    case CallbackOutcome::Expired:
        return "expired";
    case CallbackOutcome::Refused:
        return "refused";
    case CallbackOutcome::Unfinished:
        return "unfinished";
    case CallbackOutcome::Cancelled:
        return "cancelled";
    case CallbackOutcome::Failed:
        break;
    }
    return "failed";
}

QByteArray pageResponse(CallbackOutcome outcome)
{
    const Words words = wordsFor(outcome);
    QByteArray page = pageTemplate();
    const QByteArray policy = contentSecurityPolicy(page);
    //: The language of these texts, as HTML names it.
    page.replace("@lang@", escaped(CallbackPage::tr("en")));
    page.replace("@title@", escaped(words.heading) + " \xe2\x80\x93 Sonar Desktop");
    page.replace("@class@", words.tone);
    page.replace("@mark@", markFor(words.tone));
    page.replace("@heading@", escaped(words.heading));
    page.replace("@text@", escaped(words.text));
    page.replace("@close@", escaped(CallbackPage::tr("You can close this tab.")));
    page.replace("@program@", "Sonar Desktop");
    const bool refused = outcome == CallbackOutcome::Refused;
    return response(refused ? "400 Bad Request" : "200 OK", "text/html", policy, {}, page);
}

QByteArray redirectResponse(const QByteArray &path)
{
    return response("303 See Other", "text/plain", nothingAllowed, "Location: " + path + "\r\n",
                    {});
}

QByteArray plainResponse(const QByteArray &status, bool withBody)
{
    const QByteArray allow =
        status.startsWith("405") ? QByteArrayLiteral("Allow: GET\r\n") : QByteArray();
    return response(status, "text/plain", nothingAllowed, allow,
                    withBody ? status + '\n' : QByteArray());
}

} // namespace sonar
