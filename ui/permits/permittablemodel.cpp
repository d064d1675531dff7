// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permittablemodel.h"

#include "app/permits/walletaddress.h"

#include <algorithm>

namespace sonar {

namespace {

/// Rows taken over from the desk in one turn of the event loop.
constexpr int batchSize = 500;

template <typename T> int order(const T &left, const T &right)
{
    return left < right ? -1 : (right < left ? 1 : 0);
}

bool onlyWindowFailed(const PermitRow &row)
{
    if (row.status != PermitStatus::Issued || !row.permit)
        return false;
    const QList<PermitCheck> &checks = row.permit->verification.checks;
    return std::any_of(checks.cbegin(), checks.cend(), [](const PermitCheck &check) {
        return check.kind == PermitCheckKind::Window && check.result == CheckResult::Failed;
    });
}

} // namespace

PermitTableModel::Cells::Cells(const PermitRow &row, const QCollator &collator)
    : entity(entityName(row.entityLabel, row.entityId))
    , wallet(walletName(row.wallet, row.walletName))
    , entityKey(collator.sortKey(entity.toCaseFolded()))
    , walletKey(collator.sortKey((shownText(row.walletName) + row.wallet).toCaseFolded()))
    , folded(QStringLiteral("%1\n%2\n%3\n%4")
                 .arg(entity, row.wallet, shownText(row.walletName), row.saleSpecificEntityId)
                 .toCaseFolded())
{}

PermitTableModel::PermitTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_batch.setSingleShot(true);
    m_batch.setInterval(0);
    connect(&m_batch, &QTimer::timeout, this, [this] { append(batchSize); });
}

void PermitTableModel::setDesk(PermitDesk *desk, const Sale &sale)
{
    if (m_desk)
        m_desk->disconnect(this);
    m_desk = desk;
    m_format = AmountFormat::of(sale);
    if (desk) {
        connect(desk, &PermitDesk::rowsAdded, this, &PermitTableModel::rowsAdded);
        connect(desk, &PermitDesk::rowsRemoved, this, &PermitTableModel::rowsRemoved);
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
    m_cells.clear();
    endResetModel();
    // A first batch at once, so that a page that has rows doesn't show itself empty.
    append(batchSize);
}

void PermitTableModel::append(int count)
{
    const qsizetype waiting = m_desk ? m_desk->rows().size() - qsizetype(m_cells.size()) : 0;
    if (waiting <= 0)
        return;
    const int first = int(m_cells.size());
    const int last = first + int(std::min<qsizetype>(waiting, count)) - 1;
    std::vector<Cells> added;
    added.reserve(size_t(last - first + 1));
    for (int row = first; row <= last; ++row) {
        added.emplace_back(m_desk->rows()[row], m_collator);
        fill(added.back(), row);
    }
    beginInsertRows({}, first, last);
    m_cells.insert(m_cells.end(), std::make_move_iterator(added.begin()),
                   std::make_move_iterator(added.end()));
    endInsertRows();
    if (m_desk && m_desk->rows().size() > qsizetype(m_cells.size()))
        m_batch.start();
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

void PermitTableModel::rowsRemoved(int first, int last)
{
    last = std::min(last, int(m_cells.size()) - 1);
    if (first > last)
        return;
    beginRemoveRows({}, first, last);
    m_cells.erase(m_cells.begin() + first, m_cells.begin() + last + 1);
    endRemoveRows();
}

void PermitTableModel::rowsChanged(int first, int last)
{
    last = std::min(last, int(m_cells.size()) - 1);
    if (first > last)
        return;
    for (int row = first; row <= last; ++row)
        fill(m_cells[size_t(row)], row);
    Q_EMIT dataChanged(index(first, StatusColumn), index(last, ColumnCount - 1));
}

void PermitTableModel::tick(const QList<int> &visibleRows)
{
    if (!m_desk)
        return;
    for (int row = 0; row < int(m_cells.size()); ++row) {
        const std::optional<qint64> changesAt = m_cells[size_t(row)].changesAt;
        if (!changesAt)
            continue;
        const PermitRow *permitRow = source(row);
        const std::optional<qint64> left =
            permitRow ? m_desk->secondsLeft(*permitRow) : std::nullopt;
        if (left && *left <= *changesAt)
            rowsChanged(row, row);
    }
    for (const int row : visibleRows) {
        if (row >= 0 && row < int(m_cells.size()) && m_cells[size_t(row)].end)
            Q_EMIT dataChanged(index(row, TimeLeftColumn), index(row, TimeLeftColumn),
                               {Qt::DisplayRole, Qt::AccessibleTextRole});
    }
}

const PermitRow *PermitTableModel::source(int row) const
{
    return m_desk && row < m_desk->rows().size() ? &m_desk->rows()[row] : nullptr;
}

PermitRow PermitTableModel::asOfNow(int row) const
{
    PermitRow current = m_desk->rows()[row];
    // The verification is as old as the permit; a window that was closed then may be open now.
    if (onlyWindowFailed(current)) {
        const QList<ExportedPermit> fresh = m_desk->permits({row});
        if (!fresh.isEmpty())
            current.permit = fresh.first();
    }
    return current;
}

void PermitTableModel::fill(Cells &cells, int row) const
{
    const PermitRow current = asOfNow(row);
    const std::optional<qint64> left = m_desk->secondsLeft(current);
    cells.state = permitState(current, left);
    cells.words = permitWords(current, left);
    cells.foldedStatus = cells.words.status.toCaseFolded();
    cells.reason = current.status == PermitStatus::NotReady ? current.reason : FailureReason::None;
    cells.amount.clear();
    cells.window.clear();
    cells.type.clear();
    cells.price.clear();
    cells.end.reset();
    cells.most.reset();
    cells.changesAt.reset();
    if (showsPermit(current)) {
        fillPermit(cells, current, left);
    } else if (current.limits && current.limits->hasCustomLimit) {
        cells.amount = limitsText(current.limits->minAmount, current.limits->maxAmount,
                                  PermitType::BasicV3, m_format);
        cells.most = current.limits->maxAmount;
    }
}

void PermitTableModel::fillPermit(Cells &cells, const PermitRow &row,
                                  std::optional<qint64> left) const
{
    const PurchasePermit &permit = row.permit->permit;
    cells.amount = limitsText(permit.minAmount, permit.maxAmount, permit.type, m_format);
    cells.window = windowText(permit.opensAt, permit.closesAt, m_format.locale);
    cells.type = typeWords(permit.type);
    cells.price = priceText(permit.minPrice, permit.maxPrice, m_format.locale);
    if (permit.minAmount || permit.maxAmount)
        cells.most = permit.maxAmount.value_or(uint256Max());
    cells.opensAt = permit.opensAt.value_or(0);
    cells.mostPrice = permit.maxPrice.value_or(0);
    if (!left || *left <= 0)
        return;
    cells.end = endOf(permit);
    if (cells.state == PermitState::Usable && *left >= soonSeconds)
        cells.changesAt = soonSeconds - 1;
    else if (cells.state == PermitState::NotOpenYet)
        cells.changesAt = qint64(*cells.end - std::min(*cells.end, *permit.opensAt));
}

int PermitTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_cells.size());
}

int PermitTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PermitTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case EntityColumn:
        return tr("Entity");
    case WalletColumn:
        return tr("Wallet");
    case StatusColumn:
        return tr("Status");
    case TimeLeftColumn:
        return tr("Time left");
    case AmountColumn:
        return tr("Amount");
    case WindowColumn:
        return tr("Commit window");
    case TypeColumn:
        return tr("Type");
    case PriceColumn:
        return tr("Price");
    case NextStepColumn:
        return tr("Reason and next step");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PermitTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_cells.size()))
        return {};
    const Cells &cells = m_cells[size_t(index.row())];
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(cells, index.row(), column);
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(cells, index.row(), column));
    case Qt::AccessibleTextRole:
        // A screen reader hears the whole address and every unit of the time.
        return fullText(cells, index.row(), column);
    case FullTextRole:
        return fullText(cells, index.row(), column);
    case ToneRole:
        return column == StatusColumn ? QVariant(int(cells.words.tone)) : QVariant();
    case StateRole:
        return int(cells.state);
    default:
        return {};
    }
}

QVariant PermitTableModel::text(const Cells &cells, int row, Column column) const
{
    switch (column) {
    case EntityColumn:
        return cells.entity;
    case WalletColumn:
        return cells.wallet;
    case StatusColumn:
        return cells.words.status;
    case TimeLeftColumn:
        return timeLeft(cells, row);
    case AmountColumn:
        return cells.amount;
    case WindowColumn:
        return cells.window;
    case TypeColumn:
        return cells.type;
    case PriceColumn:
        return cells.price;
    case NextStepColumn:
        // A row in good order has nothing to explain.
        if (cells.state == PermitState::Usable || cells.state == PermitState::Expired)
            return cells.words.nextStep;
        if (cells.words.reason.isEmpty())
            return cells.words.nextStep;
        return QStringLiteral("%1 %2").arg(cells.words.reason, cells.words.nextStep).trimmed();
    case ColumnCount:
        break;
    }
    return {};
}

QString PermitTableModel::timeLeft(const Cells &cells, int row) const
{
    const PermitRow *permitRow = cells.end ? source(row) : nullptr;
    const std::optional<qint64> left = permitRow ? m_desk->secondsLeft(*permitRow) : std::nullopt;
    return left ? countdown(*left) : QString();
}

QString PermitTableModel::toolTip(const Cells &cells, int row, Column column) const
{
    const PermitRow *permitRow = source(row);
    if (!permitRow)
        return {};
    const PurchasePermit *permit = showsPermit(*permitRow) ? &permitRow->permit->permit : nullptr;
    switch (column) {
    case WalletColumn:
        return fullText(cells, row, column);
    case StatusColumn:
    case NextStepColumn:
        return QStringLiteral("%1\n%2").arg(cells.words.reason, cells.words.nextStep).trimmed();
    case TimeLeftColumn:
        return permit ? tr("Valid until %1").arg(exactTime(endOf(*permit), m_format.locale))
                      : QString();
    case AmountColumn:
        return permit ? limitsBaseUnits(permit->minAmount, permit->maxAmount, permit->type)
                      : QString();
    case WindowColumn:
        return permit && permit->opensAt && permit->closesAt
                   ? tr("From %1\nuntil %2, exclusive")
                         .arg(exactTime(*permit->opensAt, m_format.locale),
                              exactTime(*permit->closesAt, m_format.locale))
                   : QString();
    case TypeColumn:
        return permit ? typeMeaning(permit->type) : QString();
    case PriceColumn:
        return cells.price.isEmpty() ? QString() : tr("As the permit carries it");
    case EntityColumn:
    case ColumnCount:
        break;
    }
    return fullText(cells, row, column);
}

QString PermitTableModel::fullText(const Cells &cells, int row, Column column) const
{
    const PermitRow *permitRow = source(row);
    if (column == WalletColumn && permitRow) {
        const QString name = shownText(permitRow->walletName);
        return name.isEmpty() ? permitRow->wallet
                              : QStringLiteral("%1 %2").arg(permitRow->wallet, name);
    }
    return text(cells, row, column).toString();
}

bool PermitTableModel::matches(int row, const QStringList &foldedTerms) const
{
    const Cells &cells = m_cells[size_t(row)];
    return std::all_of(foldedTerms.cbegin(), foldedTerms.cend(), [&cells](const QString &term) {
        return cells.folded.contains(term) || cells.foldedStatus.contains(term);
    });
}

bool PermitTableModel::hasSortValue(Column column, int row) const
{
    const Cells &cells = m_cells[size_t(row)];
    switch (column) {
    case TimeLeftColumn:
        return cells.end.has_value();
    case AmountColumn:
        return !cells.amount.isEmpty();
    case WindowColumn:
        return !cells.window.isEmpty();
    case TypeColumn:
        return !cells.type.isEmpty();
    case PriceColumn:
        return !cells.price.isEmpty();
    default:
        return true;
    }
}

int PermitTableModel::compare(Column column, int left, int right) const
{
    const Cells &a = m_cells[size_t(left)];
    const Cells &b = m_cells[size_t(right)];
    switch (column) {
    case EntityColumn:
        return a.entityKey.compare(b.entityKey);
    case WalletColumn:
        return a.walletKey.compare(b.walletKey);
    case StatusColumn:
        if (const int byState = order(int(a.state), int(b.state)))
            return byState;
        return order(int(a.reason), int(b.reason));
    case TimeLeftColumn:
        return order(a.end, b.end);
    case AmountColumn:
        return order(a.most, b.most);
    case WindowColumn:
        return order(a.opensAt, b.opensAt);
    case TypeColumn:
        return a.type.compare(b.type);
    case PriceColumn:
        return order(a.mostPrice, b.mostPrice);
    case NextStepColumn:
    case ColumnCount:
        break;
    }
    return a.words.nextStep.compare(b.words.nextStep);
}

} // namespace sonar
