// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sessionwords.h"

#include "app/auth/session.h"

#include <QCoreApplication>

namespace sonar {

namespace {

struct SessionText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::SessionText)
};

} // namespace

SessionWords sessionWords(const Session &session)
{
    switch (session.state()) {
    case Session::State::Unknown:
    case Session::State::Restoring:
        return {SessionText::tr("Checking your connection…"), Tone::Neutral};
    case Session::State::NotConnected:
        return {SessionText::tr("Not connected"), Tone::Neutral};
    case Session::State::Connected:
        if (session.isSessionOnly())
            return {SessionText::tr("Connected, this session only"), Tone::Warning};
        return {SessionText::tr("Connected"), Tone::Positive};
    case Session::State::Disconnecting:
        return {SessionText::tr("Disconnecting…"), Tone::Neutral};
    case Session::State::Ended:
        return {SessionText::tr("Session ended"), Tone::Warning};
    }
    return {};
}

std::optional<Error> sessionNews(const Session &session)
{
    if (session.state() == Session::State::Ended) {
        return Error{ErrorKind::NotConnected, SessionText::tr("Your session has ended."),
                     SessionText::tr(
                         "Sonar doesn't accept it any more. What you see is from before it ended; "
                         "permits stay good until they expire. Connect again to continue."),
                     QString(), 0};
    }
    std::optional<Error> fault = session.storageFault();
    if (fault && session.isRemovalDue() && session.state() == Session::State::NotConnected) {
        fault->advice = SessionText::tr("%1 %2 Until it's removed, Sonar Desktop won't use it.")
                            .arg(fault->summary, fault->advice);
        fault->summary =
            SessionText::tr("You're disconnected, but your keychain may still hold your sign-in.");
    }
    if (fault && session.isSessionOnly()) {
        fault->details = fault->report();
        fault->advice =
            SessionText::tr("%1 You stay connected until you close Sonar Desktop. Next time "
                            "you'll have to connect again.")
                .arg(fault->summary);
        fault->summary = SessionText::tr("You are connected for this session only.");
    }
    return fault;
}

} // namespace sonar
