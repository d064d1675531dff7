// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tourstops.h"

#include "app/workspace/workspace.h"
#include "ui/connect/connectdialog.h"
#include "ui/entities/entitiespage.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowactions.h"
#include "ui/style/searchfield.h"
#include "ui/tour/touralbum.h"
#include "ui/tour/tourbrowser.h"
#include "ui/tour/tourhand.h"
#include "ui/tour/tourworld.h"
#include "ui/welcome/welcomepage.h"

#include <QAction>
#include <QComboBox>
#include <QPointer>
#include <QPushButton>
#include <QTableView>

// Signing in, looking at the entities, coming back and leaving; tourpermits.cpp has the permits.

namespace sonar {

namespace {

const QString shownFirst = QStringLiteral("Borealis Capital");

/// What a connected account shows has come.
bool isFilled(const Workspace *workspace)
{
    return workspace->entitiesState() == Workspace::Entities::Loaded &&
           !workspace->emailAddress().isEmpty();
}

} // namespace

TourStops::TourStops(TourWorld *world, TourBrowser *browser, TourHand *hand, TourAlbum *album)
    : m_world(world)
    , m_browser(browser)
    , m_hand(hand)
    , m_album(album)
{}

void TourStops::begin(const QString &step)
{
    m_hand->begin(step);
    if (m_hand->isWell())
        m_album->write(QStringLiteral("\n%1").arg(step));
}

WindowActions *TourStops::actions() const
{
    return m_world->window()->findChild<WindowActions *>();
}

ConnectDialog *TourStops::connectDialog() const
{
    return m_world->window()->findChild<ConnectDialog *>();
}

void TourStops::chooseAppearance(const QString &name)
{
    for (QAction *action : m_world->window()->findChildren<QAction *>()) {
        if (action->isCheckable() && action->text().remove(QLatin1Char('&')) == name) {
            m_hand->trigger(action, name);
            return;
        }
    }
    m_hand->expect(QStringLiteral("appearance %1").arg(name), false);
}

void TourStops::showEntities()
{
    m_hand->trigger(actions()->entities, QStringLiteral("the page of entities"));
}

WelcomePage *TourStops::welcomePage()
{
    const auto page = [this] { return m_world->window()->findChild<WelcomePage *>(); };
    m_hand->until(QStringLiteral("the welcome page"),
                  [&] { return page() && page()->isVisible(); });
    return page();
}

void TourStops::openSandbox()
{
    m_hand->press(buttonNamed(welcomePage(), QStringLiteral("Try the sandbox")),
                  QStringLiteral("the sandbox"));
    m_hand->until(QStringLiteral("the sandbox"), [&] { return m_world->workspace() != nullptr; });
}

void TourStops::welcome()
{
    begin(QStringLiteral("First start"));
    m_world->start();
    welcomePage();
    m_album->take(QStringLiteral("welcome"),
                  QStringLiteral("Started the program for the first time: it welcomes."),
                  m_world->window());
    openSandbox();
    m_hand->until(QStringLiteral("the look into the keychain"), [&] {
        return m_world->workspace()->session()->state() == Session::State::NotConnected;
    });
    m_album->take(QStringLiteral("sandbox"),
                  QStringLiteral("Pressed “Try the sandbox”: its sale is open, nobody is "
                                 "connected yet."),
                  m_world->window());
}

void TourStops::denied()
{
    begin(QStringLiteral("Connect, and deny access in the browser"));
    m_hand->trigger(actions()->connectAccount, QStringLiteral("Connect"));
    m_hand->until(QStringLiteral("the browser to be opened"),
                  [&] { return m_browser->hasPage() && connectDialog(); });
    m_browser->press(QStringLiteral("deny"));
    m_hand->until(QStringLiteral("the refusal to be told"), [&] {
        return connectDialog() && buttonNamed(connectDialog(), QStringLiteral("Try again"));
    });
    m_album->take(QStringLiteral("connect-denied"),
                  QStringLiteral("Pressed “Connect”, and “Deny” on the authorize page: the dialog "
                                 "says so."),
                  m_world->window(), connectDialog());
}

void TourStops::connected()
{
    begin(QStringLiteral("Connect"));
    const Session *session = m_hand->isWell() ? m_world->workspace()->session() : nullptr;
    m_hand->press(buttonNamed(connectDialog(), QStringLiteral("Try again")),
                  QStringLiteral("another try"));
    m_hand->until(QStringLiteral("the browser to be opened"),
                  [&] { return m_browser->hasPage() && connectDialog(); });
    m_album->take(QStringLiteral("connect"),
                  QStringLiteral("Pressed “Try again”: the browser is open, the dialog waits."),
                  m_world->window(), connectDialog());
    m_browser->press(QStringLiteral("authorize"));
    const auto sessionOnly = [&]() -> QPushButton * {
        auto *button =
            connectDialog()
                ? connectDialog()->findChild<QPushButton *>(QStringLiteral("sessionOnly"))
                : nullptr;
        return button && button->isVisible() ? button : nullptr;
    };
    m_hand->until(QStringLiteral("the session"),
                  [&] { return session->state() == Session::State::Connected || sessionOnly(); });
    if (m_hand->isWell() && sessionOnly()) {
        m_album->take(QStringLiteral("connect-without-keychain"),
                      QStringLiteral("Pressed “Authorize”. There is no keychain here: the dialog "
                                     "says so and offers a connection for this session only, "
                                     "which was taken."),
                      m_world->window(), connectDialog());
        m_hand->press(sessionOnly(), QStringLiteral("a connection for this session only"));
        m_hand->until(QStringLiteral("the session"),
                      [&] { return session->state() == Session::State::Connected; });
    } else if (m_hand->isWell()) {
        m_album->write(QStringLiteral("Pressed “Authorize”. The session is in the keychain."));
        m_hand->expect(QStringLiteral("session in the keychain"), m_world->keychainHasTokens());
    }
    m_album->take(QStringLiteral("connected"), QStringLiteral("Connected; the dialog says so."),
                  m_world->window(), connectDialog());
    m_hand->until(QStringLiteral("the page that the browser ends on"),
                  [&] { return m_browser->outcome().has_value(); });
    if (m_hand->isWell() && !*m_browser->outcome())
        m_hand->fail(m_browser->outcome()->error().summary);
    m_hand->until(QStringLiteral("the dialog to close itself"), [&] { return !connectDialog(); });
}

void TourStops::entities()
{
    begin(QStringLiteral("Entities"));
    m_hand->until(QStringLiteral("the entities"), [&] { return isFilled(m_world->workspace()); });
    if (!m_hand->isWell())
        return;
    EntitiesPage *page = m_world->window()->pages()->entities();
    m_hand->select(page->findChild<QTableView *>(), {shownFirst});
    m_album->take(QStringLiteral("entities"),
                  QStringLiteral("The entities are there; selected %1.").arg(shownFirst),
                  m_world->window());

    auto *search = page->findChild<SearchField *>();
    if (!m_hand->expect(QStringLiteral("search field"), search))
        return;
    search->setText(QStringLiteral("zebra"));
    m_album->take(QStringLiteral("entities-no-match"),
                  QStringLiteral("Searched for “zebra”: nothing fits, and the page says so."),
                  m_world->window());
    search->clear();
    m_hand->select(page->findChild<QTableView *>(), {shownFirst});
}

void TourStops::restart()
{
    begin(QStringLiteral("Close the program and start it again"));
    if (!m_hand->isWell())
        return;
    const Workspace *before = m_world->workspace();
    const QString service = before->sale().serviceId();
    if (before->session()->isSessionOnly()) {
        m_album->write(QStringLiteral("Left out: without a keychain the session ends with the "
                                      "program."));
        return;
    }
    m_world->start();
    openSandbox();
    if (m_hand->isWell() && m_world->workspace()->sale().serviceId() != service) {
        // The sandbox's usual port is in use, and it was given another each time.
        m_album->write(QStringLiteral("The sandbox has another port now: a session belongs to "
                                      "host and port, so this one isn't looked for."));
        return;
    }
    m_hand->until(QStringLiteral("the entities, without signing in again"),
                  [&] { return isFilled(m_world->workspace()); });
    m_hand->expect(QStringLiteral("need for the browser"), !m_browser->hasPage());
    m_album->take(QStringLiteral("still-connected"),
                  QStringLiteral("Closed the program, started it and its sandbox again: still "
                                 "connected, and still dark."),
                  m_world->window());
}

void TourStops::disconnected()
{
    begin(QStringLiteral("Disconnect"));
    if (!m_hand->isWell())
        return;
    MainWindow *window = m_world->window();
    const QPointer<Workspace> workspace = m_world->workspace();
    const auto isConnected = [&] {
        return workspace->session()->state() == Session::State::Connected;
    };
    if (isConnected()) {
        m_hand->trigger(actions()->disconnectAccount, QStringLiteral("Disconnect"));
        const QPointer<QDialog> question = window->findChild<QDialog *>(QStringLiteral("question"));
        m_hand->expect(QStringLiteral("question before disconnecting"), question);
        m_album->take(QStringLiteral("disconnect"),
                      QStringLiteral("Pressed “Disconnect”: it asks first."), window, question);
        m_hand->press(buttonNamed(question, QStringLiteral("Disconnect")),
                      QStringLiteral("disconnecting"));
    }
    m_hand->until(QStringLiteral("the session to be gone"), [&] { return !isConnected(); });
    m_hand->until(QStringLiteral("the entities to be gone"),
                  [&] { return workspace->entities().isEmpty(); });
    m_hand->expect(QStringLiteral("empty keychain"),
                   !m_hand->isWell() || !m_world->keychainHasTokens());
    m_album->take(QStringLiteral("disconnected"),
                  QStringLiteral("Agreed: what was shown is gone, and so is the session."), window);

    m_hand->trigger(actions()->connectAccount, QStringLiteral("Connect"));
    m_hand->until(QStringLiteral("the browser to be opened"),
                  [&] { return m_browser->hasPage() && connectDialog(); });
    m_album->take(QStringLiteral("connect-dark"),
                  QStringLiteral("Pressed “Connect” once more, and left it at that."), window,
                  connectDialog());
    if (m_hand->isWell())
        connectDialog()->reject();
    m_browser->close();
}

} // namespace sonar
