// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/signinerrors.h"

#include <QCoreApplication>
#include <QStringList>

namespace sonar::signinerrors {

namespace {

struct SignIn
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

/// Text from the address bar: anybody may have written it.
QString bounded(const QByteArray &text, int most = 200)
{
    QString shown = QString::fromUtf8(text.left(400)).simplified().left(most);
    for (QChar &c : shown) {
        if (!c.isPrint())
            c = QLatin1Char(' ');
    }
    return shown;
}

} // namespace

Error cancelled()
{
    return {ErrorKind::Cancelled, SignIn::tr("The sign-in was cancelled."), {}, {}};
}

Error expired()
{
    return {ErrorKind::SignIn,
            SignIn::tr("The sign-in has expired."),
            SignIn::tr("It waited ten minutes for your browser. Try again, and finish on Sonar's "
                       "page within that time."),
            {}};
}

Error unusableSale(const QString &field, const QUrl &url)
{
    return {ErrorKind::InvalidInput, SignIn::tr("This sale's %1 is not a safe address.").arg(field),
            SignIn::tr("It has to begin with https://. Ask whoever gave you the sale file for a "
                       "corrected one."),
            SignIn::tr("Address: %1").arg(url.toDisplayString(QUrl::RemoveUserInfo).left(300))};
}

Error portsInUse(const QList<quint16> &ports)
{
    QStringList names;
    for (const quint16 port : ports)
        names << QString::number(port);
    const QString list = names.join(QStringLiteral(", "));
    if (ports.size() == 1)
        return {ErrorKind::PortInUse,
                SignIn::tr("Port %1 on this computer is in use.").arg(list),
                SignIn::tr("The browser comes back from Sonar through this port. Close the program "
                           "that uses it, or finish the other sign-in, then try again."),
                {}};
    return {ErrorKind::PortInUse,
            SignIn::tr("The ports %1 on this computer are all in use.").arg(list),
            SignIn::tr("The browser comes back from Sonar through one of them. Close a program "
                       "that uses one, or finish the other sign-in, then try again."),
            {}};
}

bool isDeclined(const CallbackParameters &parameters)
{
    return parameters.error == "access_denied"; // RFC 6749 §4.1.2.1
}

Error refusedByService(const CallbackParameters &parameters)
{
    if (isDeclined(parameters))
        return {ErrorKind::SignIn,
                SignIn::tr("You declined the sign-in on Sonar."),
                SignIn::tr("Nothing was connected. If you didn't mean to decline, try again."),
                {}};
    QString details = SignIn::tr("Error from Sonar: %1").arg(bounded(parameters.error));
    const QString description = bounded(parameters.errorDescription);
    if (!description.isEmpty())
        details += QLatin1String(" (") + description + QLatin1Char(')');
    return {ErrorKind::SignIn,
            description.isEmpty()
                ? SignIn::tr("Sonar ended the sign-in with an error.")
                : SignIn::tr("Sonar ended the sign-in with an error. It says: %1").arg(description),
            SignIn::tr("Try again in a while. If it happens again, tell the support of the sale "
                       "and include the details."),
            details};
}

Error withoutCode()
{
    return {ErrorKind::SignIn,
            SignIn::tr("The browser came back from Sonar without a sign-in code."),
            SignIn::tr("Nothing was connected. Try again."),
            {}};
}

Error exchangeFailed(Error cause)
{
    if (cause.httpStatus >= 400 && cause.httpStatus < 500 && cause.httpStatus != 429) {
        const QString details = cause.details.isEmpty()
                                    ? cause.summary
                                    : cause.summary + QLatin1Char('\n') + cause.details;
        if (!cause.said.isEmpty())
            return {ErrorKind::SignIn,
                    SignIn::tr("Sonar did not accept the sign-in. It says: %1").arg(cause.said),
                    SignIn::tr("Try again from the start. If it says the same, tell whoever gave "
                               "you the sale file."),
                    details, cause.httpStatus};
        return {ErrorKind::SignIn, SignIn::tr("Sonar did not accept the sign-in."),
                SignIn::tr("Its code may have expired or been used already. Try again from the "
                           "start."),
                details, cause.httpStatus};
    }
    // The code is good for one exchange, so there is no second attempt with it.
    const QString next = SignIn::tr("You aren't connected yet. Try to connect again.");
    cause.advice = cause.advice.isEmpty() ? next : cause.advice + QLatin1Char(' ') + next;
    return cause;
}

Error notExchanged()
{
    return {ErrorKind::SignIn,
            SignIn::tr("The sign-in could not be finished."),
            SignIn::tr("Nothing was connected. Try again."),
            {}};
}

QString perhapsEnded(const CallbackParameters &parameters)
{
    return SignIn::tr("Sonar may have ended the sign-in: %1. Try again or cancel.")
        .arg(bounded(parameters.error, 60));
}

QString cameByHttps()
{
    return SignIn::tr(
        "Your browser came back by https, but the sign-in can only come back by http "
        "on this computer. In that tab's address, change https:// to http://. Or "
        "copy the link and open it in a browser that doesn't force https for localhost.");
}

QString callbackTooLarge()
{
    return SignIn::tr("Your browser came back with more data than can be read here. Copy the link "
                      "and open it in a private window or in another browser.");
}

QString refusedCallbackLine(const CallbackParameters &parameters)
{
    if (parameters.repeated)
        return SignIn::tr("A callback with repeated parameters: refused");
    if (parameters.state.isEmpty())
        return parameters.error.isEmpty() ? SignIn::tr("A callback without a state: refused")
                                          : SignIn::tr("An error without a state: refused");
    return SignIn::tr("A callback with a state that isn't this sign-in's: refused");
}

QString callbackRefused(const CallbackParameters &parameters)
{
    if (parameters.repeated)
        return SignIn::tr("A browser tab came back with a malformed answer. It was refused; this "
                          "sign-in goes on.");
    if (parameters.state.isEmpty())
        return SignIn::tr("A browser tab came back without saying which sign-in it belongs to. It "
                          "was refused; this sign-in goes on.");
    return SignIn::tr("A browser tab came back with an answer that doesn't belong to this sign-in: "
                      "an older tab, one used already, or an attempt to connect you to somebody "
                      "else's account. It was refused; this sign-in goes on.");
}

} // namespace sonar::signinerrors
