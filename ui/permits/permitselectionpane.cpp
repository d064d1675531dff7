// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitselectionpane.h"

#include "ui/permits/permitformat.h"
#include "ui/style/factlist.h"
#include "ui/style/labels.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace sonar {

PermitSelectionPane::PermitSelectionPane(QWidget *parent)
    : SidePane(tr("The selected pairs"), parent)
{
    m_heading = plainLabel({}, content());
    m_heading->setFont(heading(font(), 2));
    m_parts = mutedLabel({}, content());
    const auto button = [&](auto signal) {
        auto *made = new QPushButton(content());
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, signal);
        return made;
    };
    m_export = button(&PermitSelectionPane::exportRequested);
    setPrimary(m_export, true);
    m_check = button(&PermitSelectionPane::checkRequested);
    m_request = button(&PermitSelectionPane::requestRequested);
    m_facts = new FactList(content());

    auto *calls = new QHBoxLayout;
    calls->setSpacing(8);
    calls->addWidget(m_check, 1);
    calls->addWidget(m_request, 1);
    column()->addWidget(m_heading);
    column()->addWidget(m_parts);
    column()->addWidget(m_export);
    column()->addLayout(calls);
    column()->addSpacing(8);
    column()->addWidget(separator(content()));
    column()->addSpacing(8);
    column()->addWidget(m_facts);
    column()->addStretch(1);
}

void PermitSelectionPane::showSelection(const Selection &selection)
{
    if (std::exchange(m_selection, selection) == selection)
        return;
    const QLocale locale;
    m_heading->setText(tr("%Ln pairs selected", nullptr, int(selection.pairs)));
    m_parts->setText(tr("Of %1 and %2.", "entities and wallets")
                         .arg(tr("%Ln entities", nullptr, int(selection.entities)),
                              tr("%Ln wallets", nullptr, int(selection.wallets))));
    m_export->setText(tr("Export %Ln permits…", nullptr, int(selection.permits)));
    m_export->setVisible(selection.permits > 0);
    m_check->setText(tr("Check %1").arg(locale.toString(selection.pairs)));
    m_request->setText(tr("Request for %1").arg(locale.toString(selection.pairs)));
    QList<Fact> facts;
    for (auto state = selection.states.cbegin(); state != selection.states.cend(); ++state)
        facts << Fact{stateWords(state.key()), locale.toString(state.value()), {}};
    if (selection.failures > 0)
        facts << Fact{tr("Last try failed"), locale.toString(selection.failures), {}};
    if (selection.firstEnd)
        facts << Fact{tr("Earliest expiry"), localTimeWithSeconds(*selection.firstEnd),
                      exactTime(*selection.firstEnd)};
    m_facts->setFacts(facts);
}

void PermitSelectionPane::setConnected(bool connected)
{
    for (QPushButton *button : {m_check, m_request}) {
        button->setEnabled(connected);
        button->setToolTip(connected ? QString() : tr("Connect first"));
    }
}

} // namespace sonar
