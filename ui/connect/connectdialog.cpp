// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connect/connectdialog.h"

#include "app/workspace/workspace.h"
#include "ui/connect/steprow.h"
#include "ui/style/externallink.h"
#include "ui/style/labels.h"
#include "ui/style/screenfit.h"
#include "ui/style/scrollbody.h"
#include "ui/style/tonedframe.h"
#include "ui/style/windowattention.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QLabel>
#include <QLayout>
#include <QPushButton>

namespace sonar {

namespace {

constexpr int dialogWidth = 520;

/// Long enough to read one line, short enough not to stand in the way.
constexpr int closingMilliseconds = 1600;

} // namespace

ConnectDialog::ConnectDialog(Workspace *workspace, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
{
    setWindowTitle(tr("Connect to Sonar"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    build();

    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &ConnectDialog::showTimeLeft);
    m_closing.setSingleShot(true);
    m_closing.setInterval(closingMilliseconds);
    connect(&m_closing, &QTimer::timeout, this, &QDialog::accept);

    connect(workspace, &Workspace::signInStarted, this, &ConnectDialog::follow);
    connect(workspace, &Workspace::signInFinished, this, &ConnectDialog::signInFinished);
    connect(workspace, &QObject::destroyed, this, [this] {
        if (m_stage != Stage::Closed)
            reject();
    });
    enter(Stage::Preparing);
}

ConnectDialog::~ConnectDialog() = default;

Workspace *ConnectDialog::workspace() const
{
    return m_workspace;
}

void ConnectDialog::start()
{
    if (!m_workspace)
        return;
    enter(Stage::Preparing);
    m_workspace->startSignIn();
}

void ConnectDialog::tryAgain()
{
    if (m_stage != Stage::NotStored) {
        start();
        return;
    }
    // The sign-in itself went well: only the keychain is asked again.
    enter(Stage::Storing);
    if (m_workspace)
        m_workspace->storeAgain();
}

void ConnectDialog::reject()
{
    if (m_stage == Stage::Connected) {
        accept();
        return;
    }
    m_stage = Stage::Closed;
    m_second.stop();
    if (m_workspace)
        m_workspace->cancelSignIn();
    QDialog::reject();
}

void ConnectDialog::follow(AuthorizationFlow *flow)
{
    m_flow = flow;
    connect(flow, &AuthorizationFlow::browserRequested, this, [this] {
        enter(Stage::Waiting);
        openBrowser();
    });
    connect(flow, &AuthorizationFlow::stateChanged, this, [this](AuthorizationFlow::State state) {
        if (state == AuthorizationFlow::State::Finishing)
            enter(Stage::Exchanging);
    });
    connect(flow, &AuthorizationFlow::finished, this, [this](const Result<TokenSet> &result) {
        // A quick keychain may have been done already.
        if (result && m_stage == Stage::Exchanging)
            enter(Stage::Storing);
    });
    connect(flow, &AuthorizationFlow::callbackRefused, this, &ConnectDialog::showWarning);
    connect(flow, &AuthorizationFlow::callbackHindered, this, [this](const QString &why) {
        m_hindered = true;
        showWarning(why);
        showActions();
    });
    connect(flow, &AuthorizationFlow::strayRequestsCame, this, [this] {
        m_copyDetails->setVisible(!details().isEmpty());
        fit();
    });
    connect(flow, &AuthorizationFlow::endReported, this, [this](const QString &what) {
        m_endReported = true;
        showWarning(what);
        showActions();
    });
}

void ConnectDialog::signInFinished(const std::optional<Error> &error)
{
    if (m_stage == Stage::Closed)
        return;
    if (!error) {
        enter(Stage::Connected);
        m_closing.start();
    } else if (error->kind == ErrorKind::Cancelled) {
        // Ours are Closed already, and starting over is followed by signInStarted; what else
        // withdraws a sign-in doesn't need this dialog any more.
        if (m_stage != Stage::Preparing)
            reject();
        return;
    } else {
        m_error = error;
        enter(error->kind == ErrorKind::Keychain ? Stage::NotStored : Stage::Failed);
    }
    // The user is in the browser now.
    bringToFront(this);
}

void ConnectDialog::enter(Stage stage)
{
    if (stage == Stage::Preparing) {
        m_error.reset();
        m_browserFailed = false;
        m_hindered = false;
        m_endReported = false;
        m_warningText->clear();
        m_reached = 1;
        m_copyLink->setText(tr("Copy &link"));
    } else if (stage == Stage::Waiting) {
        m_reached = 2;
    } else if (stage == Stage::Exchanging) {
        m_reached = 3;
    } else if (stage == Stage::Storing || stage == Stage::NotStored) {
        m_reached = 4;
    }
    m_stage = stage;
    if (stage == Stage::Waiting)
        m_second.start();
    else
        m_second.stop();
    showSteps();
    showActions();
    showTimeLeft();
    fit();
}

void ConnectDialog::openBrowser()
{
    if (!m_flow || m_stage != Stage::Waiting)
        return;
    m_browserFailed = false;
    openExternal(m_flow->authorizeUrl(), m_flow, [this] {
        m_browserFailed = true;
        showBrowser();
    });
    showBrowser();
}

void ConnectDialog::showBrowser()
{
    showSteps();
    showActions();
    fit();
}

void ConnectDialog::copyLink()
{
    if (!m_flow || m_stage != Stage::Waiting)
        return;
    QGuiApplication::clipboard()->setText(m_flow->authorizeUrl().toString(QUrl::FullyEncoded));
    m_copyLink->setText(tr("Link copied"));
}

QString ConnectDialog::details() const
{
    if (m_stage == Stage::Waiting)
        return m_flow ? m_flow->strayRequests() : QString();
    const bool failed = m_stage == Stage::Failed || m_stage == Stage::NotStored;
    return failed && m_error && !m_error->details.isEmpty() ? m_error->report() : QString();
}

void ConnectDialog::showTimeLeft()
{
    const bool waiting = m_stage == Stage::Waiting && m_flow;
    m_timeLeft->setVisible(waiting);
    if (!waiting)
        return;
    const int seconds = qMax(0, m_flow->secondsLeft());
    m_timeLeft->setText(
        tr("Time left: %1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')));
}

void ConnectDialog::showWarning(const QString &text)
{
    m_warningText->setText(text);
    showSteps();
    fit();
}

void ConnectDialog::showSteps()
{
    using State = StepRow::State;
    const bool failed = m_stage == Stage::Failed || m_stage == Stage::NotStored;
    const int active = m_stage == Stage::Connected ? 5 : m_reached;
    const auto stateOf = [&](int step) {
        if (step < active)
            return State::Done;
        if (step > active)
            return State::Pending;
        return failed ? State::Failed : State::Active;
    };
    const bool sessionOnly =
        m_stage == Stage::Connected && m_workspace && m_workspace->session()->isSessionOnly();

    m_prepare->setStep(stateOf(1),
                       active > 1 ? tr("Secure sign-in prepared") : tr("Prepare a secure sign-in"));
    m_browser->setStep(stateOf(2), active > 2 ? tr("Access allowed in the browser")
                                              : tr("Continue in your browser"));
    m_exchange->setStep(stateOf(3), active > 3 ? tr("Sign-in confirmed by Sonar")
                                               : tr("Confirm the sign-in with Sonar"));
    m_store->setStep(stateOf(4), sessionOnly  ? tr("Connected until you close Sonar Desktop")
                                 : active > 4 ? tr("Sign-in saved in your keychain")
                                              : tr("Save your sign-in in your keychain"));

    QString browserText;
    if (m_stage == Stage::Waiting) {
        browserText = m_browserFailed
                          ? tr("Your browser could not be opened from here. Copy the link and open "
                               "it in a browser on this computer.")
                          : tr("Sign in on Sonar and allow access. Come back here when the page "
                               "says that access is allowed.");
    }
    m_browser->setText(browserText);
    m_store->setText(m_stage == Stage::Storing
                         ? tr("Saving your sign-in. Your keychain may ask for its password.")
                         : QString());

    m_warning->setVisible(m_stage == Stage::Waiting && !m_warningText->text().isEmpty());
    m_problem->setVisible(failed);
    if (failed) {
        m_problemSummary->setText(m_error->summary);
        QString advice = m_error->advice;
        if (m_stage == Stage::NotStored)
            advice = tr("%1 Or continue for this session only: you stay connected until you close "
                        "Sonar Desktop, and nothing is saved.")
                         .arg(advice)
                         .trimmed();
        m_problemAdvice->setText(advice);
        m_problemAdvice->setVisible(!advice.isEmpty());
    }
    m_title->setText(m_stage == Stage::Connected   ? tr("Connected")
                     : m_stage == Stage::NotStored ? tr("Your sign-in couldn't be saved")
                     : failed                      ? tr("Not connected")
                                                   : tr("Connect to Sonar"));
}

void ConnectDialog::showActions()
{
    const bool waiting = m_stage == Stage::Waiting;
    const bool failed = m_stage == Stage::Failed;
    const bool notStored = m_stage == Stage::NotStored;
    const bool linkIsTheWay = m_browserFailed || m_hindered;
    m_copyLink->setVisible(waiting);
    m_openAgain->setVisible(waiting);
    m_copyDetails->setVisible(!details().isEmpty());
    m_tryAgain->setVisible(failed || notStored || (waiting && m_endReported));
    m_sessionOnly->setVisible(notStored);
    m_close->setText(m_stage == Stage::Connected || failed ? tr("Close") : tr("Cancel"));

    QPushButton *const usual = failed || notStored       ? m_tryAgain
                               : waiting && linkIsTheWay ? m_copyLink
                               : waiting                 ? m_openAgain
                                                         : m_close;
    for (QPushButton *each :
         {m_copyDetails, m_copyLink, m_openAgain, m_tryAgain, m_sessionOnly, m_close}) {
        each->setAutoDefault(each == usual);
        setPrimary(each, each == usual && each != m_close);
    }
    usual->setDefault(true);
    usual->setFocus();
}

void ConnectDialog::fit()
{
    layout()->activate();
    fixWithinScreen(this, sizeWithBody(this, m_body, dialogWidth));
}

bool ConnectDialog::event(QEvent *event)
{
    const bool done = QDialog::event(event);
    // Texts within the steps have come or gone.
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return done;
}

} // namespace sonar
