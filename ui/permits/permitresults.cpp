// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitresults.h"

#include "app/workspace/permitdesk.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/announce.h"

#include <QLocale>
#include <QMap>
#include <QWidget>

namespace sonar {

PermitResults::PermitResults(PermitDesk *desk, QWidget *page)
    : m_desk(desk)
    , m_page(page)
{
    connect(desk, &PermitDesk::rowsChanged, this, &PermitResults::rowsChanged);
    connect(desk, &PermitDesk::callEnded, this, &PermitResults::callEnded);
    connect(desk, &PermitDesk::reset, this, [this] { m_asked.clear(); });
}

void PermitResults::rowsChanged(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const PermitRow &current = m_desk->rows().at(row);
        if (current.status == PermitStatus::Checking)
            m_asked.insert({current.entityId, current.wallet});
    }
}

void PermitResults::callEnded()
{
    if (m_asked.isEmpty() || m_desk->running() > 0)
        return;
    announce(m_page->window(), told());
    m_asked.clear();
}

QString PermitResults::told() const
{
    QMap<PermitState, int> states;
    QString one;
    for (const auto &[entityId, wallet] : m_asked) {
        const int number = m_desk->rowOf(entityId, wallet);
        if (number < 0)
            continue;
        const PermitRow &row = m_desk->rows().at(number);
        const std::optional<qint64> left = m_desk->secondsLeft(row);
        ++states[permitState(row, left)];
        const PermitWords words = permitWords(row, left);
        one = tr("%1, %2: %3. %4")
                  .arg(entityName(row.entityLabel, row.entityId),
                       walletName(row.wallet, row.walletName), words.status,
                       words.failure.isEmpty() ? words.reason : words.failure)
                  .trimmed();
    }
    if (m_asked.size() == 1)
        return one;
    QStringList parts;
    for (auto state = states.cbegin(); state != states.cend(); ++state)
        parts << QStringLiteral("%1: %2").arg(stateWords(state.key()),
                                              QLocale().toString(state.value()));
    return parts.join(QStringLiteral(", "));
}

} // namespace sonar
