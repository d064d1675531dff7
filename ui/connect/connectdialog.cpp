// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connect/connectdialog.h"

#include "app/workspace/workspace.h"
#include "ui/connect/steprow.h"
#include "ui/style/chip.h"
#include "ui/style/externallink.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"
#include "ui/style/tonedframe.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

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

void ConnectDialog::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(heading(font(), 2));
    top->addWidget(m_title);
    if (m_workspace->sale().isSandbox()) {
        auto *sandbox = new Chip(this);
        sandbox->setText(tr("Sandbox"));
        sandbox->setTone(Tone::Warning);
        top->addWidget(sandbox);
    }
    top->addStretch(1);
    layout->addLayout(top);

    const Sale &sale = m_workspace->sale();
    layout->addWidget(
        mutedLabel(sale.isSandbox()
                       ? tr("%1: the sandbox on this computer, no real account and no real money.")
                             .arg(shownText(sale.name))
                       : tr("%1, on %2").arg(shownText(sale.name), sale.frontendUrl.host()),
                   this));
    // The window may come to show another one meanwhile.
    layout->addWidget(
        mutedLabel(tr("For the account “%1”").arg(shownText(m_workspace->account().name)), this));
    layout->addSpacing(4);

    m_prepare = new StepRow(1, 3, this);
    m_browser = new StepRow(2, 3, this);
    m_store = new StepRow(3, 3, this);
    m_timeLeft = mutedLabel({}, this);
    m_timeLeft->setTextInteractionFlags(Qt::NoTextInteraction);
    m_timeLeft->setObjectName(QStringLiteral("timeLeft"));
    m_timeLeft->setContentsMargins(32, 0, 0, 0);

    m_warning = new TonedFrame(Tone::Warning, this);
    m_warningText = plainLabel({}, m_warning);
    m_warningText->setObjectName(QStringLiteral("warningText"));
    auto *warningLayout = new QVBoxLayout(m_warning);
    warningLayout->setContentsMargins(12, 8, 12, 8);
    warningLayout->addWidget(m_warningText);

    m_problem = new TonedFrame(Tone::Negative, this);
    m_problemSummary = plainLabel({}, m_problem);
    m_problemSummary->setObjectName(QStringLiteral("problemSummary"));
    m_problemSummary->setFont(heading(font(), 0));
    m_problemAdvice = plainLabel({}, m_problem);
    m_problemAdvice->setObjectName(QStringLiteral("problemAdvice"));
    auto *problemLayout = new QVBoxLayout(m_problem);
    problemLayout->setContentsMargins(12, 10, 12, 10);
    problemLayout->setSpacing(4);
    problemLayout->addWidget(m_problemSummary);
    problemLayout->addWidget(m_problemAdvice);

    layout->addWidget(m_prepare);
    layout->addWidget(m_browser);
    layout->addWidget(m_timeLeft);
    layout->addWidget(m_warning);
    layout->addWidget(m_store);
    layout->addWidget(m_problem);
    layout->addStretch(1);

    auto *actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->setContentsMargins(0, 8, 0, 0);
    const auto button = [&](const QString &text, const char *name, auto act) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(QLatin1String(name));
        connect(made, &QPushButton::clicked, this, act);
        return made;
    };
    m_copyDetails = button(tr("Copy &details"), "copyDetails", [this] {
        if (m_error)
            copyBy(m_copyDetails, m_error->report());
    });
    m_copyLink = button(tr("Copy &link"), "copyLink", [this] { copyLink(); });
    m_openAgain = button(tr("&Open again"), "openAgain", [this] { openBrowser(); });
    m_tryAgain = button(tr("&Try again"), "tryAgain", [this] { tryAgain(); });
    m_sessionOnly = button(tr("Continue for this &session only"), "sessionOnly", [this] {
        enter(Stage::Finishing);
        if (m_workspace)
            m_workspace->continueSessionOnly();
    });
    m_close = button(tr("Cancel"), "close", [this] {
        if (m_stage == Stage::Connected)
            accept();
        else
            reject();
    });
    actions->addWidget(m_copyDetails);
    actions->addStretch(1);
    // As the desktop's other dialogs have it: the usual button last, or first.
    const int order = style()->styleHint(QStyle::SH_DialogButtonLayout, nullptr, this);
    const bool usualLast =
        order == QDialogButtonBox::GnomeLayout || order == QDialogButtonBox::MacLayout;
    const QList<QPushButton *> buttons =
        usualLast
            ? QList<QPushButton *>{m_copyLink, m_sessionOnly, m_close, m_tryAgain, m_openAgain}
            : QList<QPushButton *>{m_copyLink, m_openAgain, m_tryAgain, m_sessionOnly, m_close};
    QWidget *before = m_copyDetails;
    for (QPushButton *each : buttons) {
        actions->addWidget(each);
        setTabOrder(before, each);
        before = each;
    }
    layout->addLayout(actions);
}

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
    enter(Stage::Finishing);
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
            enter(Stage::Finishing);
    });
    connect(flow, &AuthorizationFlow::callbackRefused, this, &ConnectDialog::showWarning);
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
    raise();
    activateWindow();
    QApplication::alert(this);
}

void ConnectDialog::enter(Stage stage)
{
    if (stage == Stage::Preparing) {
        m_error.reset();
        m_browserFailed = false;
        m_endReported = false;
        m_warningText->clear();
        m_reached = 1;
        m_copyLink->setText(tr("Copy &link"));
    } else if (stage == Stage::Waiting) {
        m_reached = 2;
    } else if (stage == Stage::Finishing || stage == Stage::NotStored) {
        m_reached = 3;
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
    m_browserFailed = !openExternal(m_flow->authorizeUrl());
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
    const int active = m_stage == Stage::Connected ? 4 : m_reached;
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
    m_store->setStep(stateOf(3), sessionOnly  ? tr("Connected until you close the program")
                                 : active > 3 ? tr("Session stored in your keychain")
                                              : tr("Store the session in your keychain"));

    QString browserText;
    if (m_stage == Stage::Waiting) {
        browserText = m_browserFailed
                          ? tr("Your browser could not be opened from here. Copy the link and open "
                               "it in a browser on this computer.")
                          : tr("Sign in on Sonar and allow access. Come back here when the page "
                               "says that access is allowed.");
    }
    m_browser->setText(browserText);
    m_store->setText(m_stage == Stage::Finishing ? tr("Nearly there.") : QString());

    m_warning->setVisible(m_stage == Stage::Waiting && !m_warningText->text().isEmpty());
    m_problem->setVisible(failed);
    if (failed) {
        m_problemSummary->setText(m_error->summary);
        m_problemAdvice->setText(m_error->advice);
        m_problemAdvice->setVisible(!m_error->advice.isEmpty());
    }
    m_title->setText(m_stage == Stage::Connected   ? tr("Connected")
                     : m_stage == Stage::NotStored ? tr("Not stored in the keychain")
                     : failed                      ? tr("Not connected")
                                                   : tr("Connect to Sonar"));
}

void ConnectDialog::showActions()
{
    const bool waiting = m_stage == Stage::Waiting;
    const bool failed = m_stage == Stage::Failed;
    const bool notStored = m_stage == Stage::NotStored;
    m_copyLink->setVisible(waiting);
    m_openAgain->setVisible(waiting);
    m_copyDetails->setVisible((failed || notStored) && !m_error->details.isEmpty());
    m_tryAgain->setVisible(failed || notStored || (waiting && m_endReported));
    m_sessionOnly->setVisible(notStored);
    m_close->setText(m_stage == Stage::Connected || failed ? tr("Close") : tr("Cancel"));

    QPushButton *const usual = failed || notStored          ? m_tryAgain
                               : waiting && m_browserFailed ? m_copyLink
                               : waiting                    ? m_openAgain
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
    // Some desktops want wide buttons, some languages long words.
    const int width = std::max(dialogWidth, layout()->totalMinimumSize().width());
    setFixedSize(width, layout()->totalHeightForWidth(width));
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
