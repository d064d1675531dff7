// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitsbar.h"

#include "ui/permits/permitformat.h"
#include "ui/style/flowlayout.h"
#include "ui/style/labels.h"
#include "ui/style/pageheader.h"
#include "ui/style/searchfield.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>

namespace sonar {

namespace {

constexpr PermitState filterOrder[] = {
    PermitState::Usable,       PermitState::Unconfirmed, PermitState::Ready,
    PermitState::NotReady,     PermitState::NotUsable,   PermitState::Failed,
    PermitState::NotOpenYet,   PermitState::Working,     PermitState::Expired,
    PermitState::WindowClosed, PermitState::NotChecked,
};

} // namespace

PermitsBar::PermitsBar(const Actions &actions, QWidget *table, QWidget *parent)
    : QWidget(parent)
    , m_search(new SearchField(tr("Search permits"), table, this))
    , m_states(new QComboBox(this))
    , m_groups(new QComboBox(this))
{
    m_search->setToolTip(tr("By entity, wallet or status (Ctrl+F)"));
    m_search->setMinimumWidth(150);
    connect(m_search, &QLineEdit::textChanged, this, &PermitsBar::searchChanged);
    fillFilters();
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(100);
    connect(&m_redraw, &QTimer::timeout, this, &PermitsBar::showProgress);

    auto *add = new QPushButton(tr("Add…"), this);
    add->setToolTip(tr("Choose entities and a wallet (Ctrl+N)"));
    connect(add, &QPushButton::clicked, this, &PermitsBar::addTriggered);
    const auto bound = [this](QAction *action) {
        auto *button = new QPushButton(this);
        bindToAction(button, action);
        return button;
    };
    QPushButton *requestButton = bound(actions.request);
    setPrimary(requestButton);
    auto *more = new QPushButton(tr("More"), this);
    auto *menu = new QMenu(more);
    for (QAction *action : actions.more) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    more->setMenu(menu);
    more->setAccessibleName(tr("More actions"));

    auto *controls = new FlowLayout;
    controls->setExpanding(m_search);
    for (QWidget *widget : QList<QWidget *>{m_search, add, bound(actions.wallets), more,
                                            bound(actions.check), requestButton})
        controls->addWidget(widget);
    auto *filters = new QHBoxLayout;
    filters->setSpacing(8);
    filters->addWidget(m_states);
    filters->addWidget(m_groups);
    filters->addStretch(1);
    filters->addWidget(bound(actions.retry));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(controls);
    layout->addLayout(filters);
    layout->addWidget(makeProgress());
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
}

void PermitsBar::fillFilters()
{
    m_states->setAccessibleName(tr("Status filter"));
    m_states->addItem(tr("Status: all"));
    for (const PermitState state : filterOrder)
        m_states->addItem(stateWords(state), int(state));
    m_states->setMaxVisibleItems(m_states->count());
    connect(m_states, &QComboBox::currentIndexChanged, this, [this](int index) {
        const QVariant state = m_states->itemData(index);
        Q_EMIT stateChosen(state.isValid() ? std::optional(PermitState(state.toInt()))
                                           : std::nullopt);
    });
    using Grouping = PermitFilterModel::Grouping;
    m_groups->setObjectName(QStringLiteral("permitGroups"));
    m_groups->setAccessibleName(tr("Groups"));
    m_groups->addItem(tr("Not grouped"), int(Grouping::None));
    m_groups->addItem(tr("By entity"), int(Grouping::ByEntity));
    m_groups->addItem(tr("By wallet"), int(Grouping::ByWallet));
    connect(m_groups, &QComboBox::currentIndexChanged, this, [this](int index) {
        Q_EMIT groupingChosen(Grouping(m_groups->itemData(index).toInt()));
    });
}

void PermitsBar::setGrouping(PermitFilterModel::Grouping grouping)
{
    m_groups->setCurrentIndex(m_groups->findData(int(grouping)));
}

QWidget *PermitsBar::makeProgress()
{
    m_progress = new QWidget(this);
    m_progressText = mutedLabel({}, m_progress);
    m_progressText->setWordWrap(false);
    m_progressBar = new QProgressBar(m_progress);
    m_progressBar->setTextVisible(false);
    m_progressBar->setFixedHeight(6);
    m_progressBar->setAccessibleName(tr("Progress"));
    auto *cancel = new QPushButton(tr("Cancel"), m_progress);
    connect(cancel, &QPushButton::clicked, this, &PermitsBar::cancelTriggered);
    auto *row = new QHBoxLayout(m_progress);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_progressText);
    row->addWidget(m_progressBar, 1);
    row->addWidget(cancel);
    m_progress->hide();
    return m_progress;
}

void PermitsBar::setRunning(int running)
{
    const bool begins = m_running == 0 && running > 0;
    if (begins) {
        m_total = 0;
        m_failed = 0;
        m_since.start();
    }
    m_total += qMax(0, running - m_running);
    m_running = running;
    if (begins || running == 0)
        showProgress();
    else if (!m_redraw.isActive())
        m_redraw.start();
}

void PermitsBar::showProgress()
{
    m_redraw.stop();
    m_progress->setVisible(m_running > 0);
    if (m_running == 0)
        return;
    const int done = m_total - m_running;
    const QString doneText = QLocale().toString(done);
    const QString total = QLocale().toString(m_total);
    const QString failed = QLocale().toString(m_failed);
    const QString left = remaining(done);
    if (m_failed == 0)
        m_progressText->setText(
            left.isEmpty() ? tr("%1 of %2 done").arg(doneText, total)
                           : tr("%1 of %2 done, about %3 left").arg(doneText, total, left));
    else
        m_progressText->setText(
            left.isEmpty()
                ? tr("%1 of %2 done, %3 failed").arg(doneText, total, failed)
                : tr("%1 of %2 done, %3 failed, about %4 left").arg(doneText, total, failed, left));
    m_progressBar->setRange(0, m_total);
    m_progressBar->setValue(done);
}

QString PermitsBar::remaining(int done) const
{
    // Too early an estimate is a wrong one.
    if (done < 5 || m_since.elapsed() < 3000)
        return {};
    const qint64 seconds = m_since.elapsed() * m_running / done / 1000;
    return seconds < 5 ? QString() : countdownWords(seconds);
}

void PermitsBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PermitsBar::clearFilter()
{
    m_search->clear();
    m_states->setCurrentIndex(0);
}

} // namespace sonar
