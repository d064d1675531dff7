// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permittablemodel.h"

#include "app/permits/walletaddress.h"

#include <algorithm>
#include <numeric>

// How rows come, go and change; permittablecells.cpp has what their cells show and sort by.

namespace sonar {

namespace {

/// Rows taken over from the desk in one turn of the event loop.
constexpr int rowsPerTurn = 1000;

bool onlyWindowFailed(const PermitRow &row)
{
    if (row.status != PermitStatus::Issued || !row.permit)
        return false;
    const QList<PermitCheck> &checks = row.permit->verification.checks;
    return std::any_of(checks.cbegin(), checks.cend(), [](const PermitCheck &check) {
        return check.kind == PermitCheckKind::Window && check.result == CheckResult::Failed;
    });
}

/// Keeps the order of amounts, but for those that differ beyond their first 54 bits.
quint64 orderKey(const Uint256 &amount)
{
    if (amount == 0)
        return 0;
    constexpr unsigned kept = 54;
    const unsigned top = unsigned(boost::multiprecision::msb(amount));
    const Uint256 leading =
        top > kept ? Uint256(amount >> (top - kept)) : Uint256(amount << (kept - top));
    return (quint64(top + 1) << kept) + (quint64(leading) - (quint64(1) << kept));
}

} // namespace

PermitTableModel::PermitTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    // The C locale knows neither numbers nor letters, only bytes.
    if (QLocale().language() == QLocale::C)
        m_collator.setLocale(QLocale(QLocale::English));
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_batch.setSingleShot(true);
    m_batch.setInterval(0);
    connect(&m_batch, &QTimer::timeout, this, [this] { append(rowsPerTurn); });
}

void PermitTableModel::setDesk(PermitDesk *desk, const Sale &sale)
{
    if (m_desk)
        m_desk->disconnect(this);
    m_desk = desk;
    m_format = AmountFormat::of(sale);
    if (desk) {
        connect(desk, &PermitDesk::rowsAdded, this, &PermitTableModel::rowsAdded);
        connect(desk, &PermitDesk::rowsAboutToBeRemoved, this,
                &PermitTableModel::deskRowsAboutToBeRemoved);
        connect(desk, &PermitDesk::rowsRemoved, this, &PermitTableModel::deskRowsRemoved);
        connect(desk, &PermitDesk::rowsChanged, this, &PermitTableModel::rowsChanged);
        connect(desk, &PermitDesk::reset, this, &PermitTableModel::reload);
        connect(desk, &QObject::destroyed, this, &PermitTableModel::reload);
    }
    reload();
}

void PermitTableModel::reload()
{
    beginResetModel();
    m_batch.stop();
    m_rows.clear();
    m_entities.clear();
    m_wallets.clear();
    m_entityNumbers.clear();
    m_walletNumbers.clear();
    m_entityRanks.clear();
    m_walletRanks.clear();
    endResetModel();
    // A first batch at once, so that a page that has rows doesn't show itself empty.
    append(rowsPerTurn);
}

void PermitTableModel::append(int count)
{
    const qsizetype waiting = m_desk ? m_desk->rows().size() - qsizetype(m_rows.size()) : 0;
    if (waiting <= 0)
        return;
    const int first = int(m_rows.size());
    const int last = first + int(std::min<qsizetype>(waiting, count)) - 1;
    std::vector<Row> added(size_t(last - first + 1));
    for (int row = first; row <= last; ++row) {
        Row &made = added[size_t(row - first)];
        made.entity = entityOf(m_desk->rows().at(row));
        made.wallet = walletOf(m_desk->rows().at(row));
        fill(made, row);
    }
    beginInsertRows({}, first, last);
    m_rows.insert(m_rows.end(), std::make_move_iterator(added.begin()),
                  std::make_move_iterator(added.end()));
    endInsertRows();
    if (m_desk && m_desk->rows().size() > qsizetype(m_rows.size()))
        m_batch.start();
}

PermitTableModel::Party PermitTableModel::party(const QString &shown, const QString &name,
                                                const QString &searched,
                                                const QString &sorted) const
{
    return {shown, name, searched.toCaseFolded(), m_collator.sortKey(sorted.toCaseFolded())};
}

int PermitTableModel::entityOf(const PermitRow &row)
{
    const auto known = m_entityNumbers.constFind(row.entityId);
    if (known != m_entityNumbers.cend())
        return *known;
    const QString name = entityName(row.entityLabel, row.entityId);
    m_entities.push_back(party(name, row.entityLabel,
                               QStringLiteral("%1\n%2").arg(name, row.saleSpecificEntityId), name));
    m_entityRanks.clear();
    const int number = int(m_entities.size()) - 1;
    m_entityNumbers.insert(row.entityId, number);
    return number;
}

int PermitTableModel::walletOf(const PermitRow &row)
{
    const auto known = m_walletNumbers.constFind(row.wallet);
    if (known != m_walletNumbers.cend())
        return *known;
    const QString name = shownText(row.walletName);
    m_wallets.push_back(party(walletName(row.wallet, row.walletName), row.walletName,
                              QStringLiteral("%1\n%2").arg(row.wallet, name), name + row.wallet));
    m_walletRanks.clear();
    const int number = int(m_wallets.size()) - 1;
    m_walletNumbers.insert(row.wallet, number);
    return number;
}

bool PermitTableModel::takeLabel(const Row &row, const PermitRow &current)
{
    Party &entity = m_entities[size_t(row.entity)];
    if (entity.name == current.entityLabel &&
        entity.folded.endsWith(current.saleSpecificEntityId, Qt::CaseInsensitive))
        return false;
    const QString name = entityName(current.entityLabel, current.entityId);
    entity = party(name, current.entityLabel,
                   QStringLiteral("%1\n%2").arg(name, current.saleSpecificEntityId), name);
    m_entityRanks.clear();
    return true;
}

bool PermitTableModel::takeName(const Row &row, const PermitRow &current)
{
    Party &wallet = m_wallets[size_t(row.wallet)];
    if (wallet.name == current.walletName)
        return false;
    const QString name = shownText(current.walletName);
    wallet = party(walletName(current.wallet, current.walletName), current.walletName,
                   QStringLiteral("%1\n%2").arg(current.wallet, name), name + current.wallet);
    m_walletRanks.clear();
    return true;
}

void PermitTableModel::flush()
{
    m_batch.stop();
    append(std::numeric_limits<int>::max());
}

void PermitTableModel::rowsAdded()
{
    if (!m_batch.isActive())
        m_batch.start();
}

void PermitTableModel::deskRowsAboutToBeRemoved(const QList<int> &rows)
{
    // Some may not have been taken over yet.
    const auto end = std::lower_bound(rows.cbegin(), rows.cend(), int(m_rows.size()));
    m_leaving = QList<int>(rows.cbegin(), end);
    if (!m_leaving.isEmpty())
        Q_EMIT scatteredRowsAboutToBeRemoved(m_leaving);
}

void PermitTableModel::deskRowsRemoved()
{
    if (m_leaving.isEmpty())
        return;
    beginResetModel();
    auto gone = m_leaving.cbegin();
    size_t to = size_t(*gone);
    for (size_t row = to; row < m_rows.size(); ++row) {
        if (gone != m_leaving.cend() && size_t(*gone) == row)
            ++gone;
        else
            m_rows[to++] = std::move(m_rows[row]);
    }
    m_rows.resize(to);
    m_leaving.clear();
    endResetModel();
}

void PermitTableModel::rowsChanged(int first, int last)
{
    last = std::min(last, int(m_rows.size()) - 1);
    if (first > last)
        return;
    bool renamed = false;
    bool labelled = false;
    for (int row = first; row <= last; ++row) {
        renamed = takeName(m_rows[size_t(row)], m_desk->rows().at(row)) || renamed;
        labelled = takeLabel(m_rows[size_t(row)], m_desk->rows().at(row)) || labelled;
        fill(m_rows[size_t(row)], row);
    }
    // A new name is in every row of its wallet or entity.
    if (renamed || labelled)
        Q_EMIT dataChanged(index(0, labelled ? EntityColumn : WalletColumn),
                           index(int(m_rows.size()) - 1, ColumnCount - 1));
    else
        Q_EMIT dataChanged(index(first, StatusColumn), index(last, ColumnCount - 1));
}

void PermitTableModel::tick(const QList<int> &visibleRows)
{
    if (!m_desk)
        return;
    for (int row = 0; row < int(m_rows.size()); ++row) {
        const qint64 changesAt = m_rows[size_t(row)].changesAt;
        if (changesAt < 0)
            continue;
        const PermitRow *permitRow = source(row);
        const std::optional<qint64> left =
            permitRow ? m_desk->secondsLeft(*permitRow) : std::nullopt;
        if (left && *left <= changesAt)
            rowsChanged(row, row);
    }
    for (const int row : visibleRows) {
        if (row < 0 || row >= int(m_rows.size()))
            continue;
        if (m_rows[size_t(row)].end != 0)
            Q_EMIT dataChanged(index(row, TimeLeftColumn), index(row, TimeLeftColumn),
                               {Qt::DisplayRole, Qt::AccessibleTextRole});
    }
}

const PermitRow *PermitTableModel::source(int row) const
{
    return m_desk && row < m_desk->rows().size() ? &m_desk->rows().at(row) : nullptr;
}

PermitRow PermitTableModel::asOfNow(int row) const
{
    PermitRow current = m_desk->rows().at(row);
    // The verification is as old as the permit; a window that was closed then may be open now.
    if (onlyWindowFailed(current)) {
        const QList<ExportedPermit> fresh = m_desk->permits({row});
        if (!fresh.isEmpty())
            current.permit = fresh.first();
    }
    return current;
}

void PermitTableModel::fill(Row &row, int number) const
{
    const PermitRow &stored = m_desk->rows().at(number);
    std::optional<PermitRow> fresh;
    if (onlyWindowFailed(stored))
        fresh = asOfNow(number);
    const PermitRow &current = fresh ? *fresh : stored;
    const std::optional<qint64> left = m_desk->secondsLeft(current);
    row.texts.reset();
    row.state = permitState(current, left);
    row.reason = current.status == PermitStatus::NotReady ? current.reason : FailureReason::None;
    row.failed = lastCallFailed(current);
    row.requesting = current.status == PermitStatus::Requesting;
    row.soon = false;
    row.type.reset();
    row.hasAmount = row.hasWindow = row.hasPrice = false;
    row.end = row.mostKey = row.opensAt = row.mostPrice = 0;
    row.changesAt = -1;
    row.hasLimits = current.limits.has_value();
    row.limitsKey = row.hasLimits ? orderKey(current.limits->maxAmount) : 0;
    if (showsPermit(current))
        fillPermit(row, current, left);
}

void PermitTableModel::fillPermit(Row &row, const PermitRow &current,
                                  std::optional<qint64> left) const
{
    const PurchasePermit &permit = current.permit->permit;
    row.type = permit.type;
    row.hasAmount = permit.minAmount || permit.maxAmount;
    row.hasWindow = permit.opensAt || permit.closesAt;
    row.hasPrice = permit.minPrice || permit.maxPrice;
    if (row.hasAmount)
        row.mostKey = orderKey(permit.maxAmount.value_or(uint256Max()));
    row.opensAt = permit.opensAt.value_or(0);
    row.mostPrice = permit.maxPrice.value_or(0);
    if (!left || *left <= 0)
        return;
    row.end = endOf(permit);
    row.soon = *left < soonSeconds;
    if (row.state == PermitState::Usable && *left >= soonSeconds)
        row.changesAt = soonSeconds - 1;
    else if (row.state == PermitState::NotOpenYet)
        row.changesAt = qint64(row.end - std::min(row.end, *permit.opensAt));
}

int PermitTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PermitTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

} // namespace sonar
