// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connect/connectdialog.h"

#include "app/workspace/workspace.h"
#include "ui/connect/steprow.h"
#include "ui/style/chip.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"
#include "ui/style/scrollbody.h"
#include "ui/style/tonedframe.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

// How the dialog is put together; connectdialog.cpp says what it does.

namespace sonar {

void ConnectDialog::build()
{
    m_body = new ScrollBody(this);
    m_body->setAccessibleName(tr("Steps"));
    QWidget *const content = m_body->content();
    QVBoxLayout *const column = m_body->column();
    column->setSpacing(12);

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    m_title = new QLabel(content);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(heading(font(), 2));
    top->addWidget(m_title);
    if (m_workspace->sale().isSandbox()) {
        auto *sandbox = new Chip(content);
        sandbox->setText(tr("Sandbox"));
        sandbox->setTone(Tone::Warning);
        top->addWidget(sandbox);
    }
    top->addStretch(1);
    column->addLayout(top);

    const Sale &sale = m_workspace->sale();
    column->addWidget(
        mutedLabel(sale.isSandbox()
                       ? tr("%1: the sandbox on this computer, no real account and no real money.")
                             .arg(shownText(sale.name))
                       : tr("%1, on %2").arg(shownText(sale.name), sale.frontendUrl.host()),
                   content));
    // The window may come to show another one meanwhile.
    column->addWidget(mutedLabel(
        tr("For the account “%1”").arg(shownText(m_workspace->account().name)), content));
    column->addSpacing(4);

    m_prepare = new StepRow(1, 4, content);
    m_browser = new StepRow(2, 4, content);
    m_exchange = new StepRow(3, 4, content);
    m_store = new StepRow(4, 4, content);
    m_timeLeft = mutedLabel({}, content);
    m_timeLeft->setTextInteractionFlags(Qt::NoTextInteraction);
    m_timeLeft->setObjectName(QStringLiteral("timeLeft"));
    m_timeLeft->setContentsMargins(32, 0, 0, 0);

    m_warning = new TonedFrame(Tone::Warning, content);
    m_warningText = plainLabel({}, m_warning);
    m_warningText->setObjectName(QStringLiteral("warningText"));
    auto *warningLayout = new QVBoxLayout(m_warning);
    warningLayout->setContentsMargins(12, 8, 12, 8);
    warningLayout->addWidget(m_warningText);

    m_problem = new TonedFrame(Tone::Negative, content);
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

    column->addWidget(m_prepare);
    column->addWidget(m_browser);
    column->addWidget(m_timeLeft);
    column->addWidget(m_warning);
    column->addWidget(m_exchange);
    column->addWidget(m_store);
    column->addWidget(m_problem);
    column->addStretch(1);

    auto *actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->setContentsMargins(0, 8, 0, 0);
    const auto button = [&](const QString &text, const char *name, auto act) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(QLatin1String(name));
        connect(made, &QPushButton::clicked, this, act);
        return made;
    };
    m_copyDetails =
        button(tr("Copy &details"), "copyDetails", [this] { copyBy(m_copyDetails, details()); });
    m_copyLink = button(tr("Copy &link"), "copyLink", [this] { copyLink(); });
    m_openAgain = button(tr("&Open again"), "openAgain", [this] { openBrowser(); });
    m_tryAgain = button(tr("&Try again"), "tryAgain", [this] { tryAgain(); });
    m_sessionOnly = button(tr("Continue for this &session only"), "sessionOnly", [this] {
        enter(Stage::Storing);
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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_body, 1);
    layout->addLayout(actions);
}

} // namespace sonar
