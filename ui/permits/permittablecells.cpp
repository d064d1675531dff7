// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permittablemodel.h"

#include <algorithm>
#include <numeric>

namespace sonar {

namespace {

template <typename T> int orderOf(const T &left, const T &right)
{
    return left < right ? -1 : (right < left ? 1 : 0);
}

} // namespace

QVariant PermitTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == PriceColumn)
        return plainToolTip(priceHelp());
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
    case NextStepColumn:
        return tr("Reason and next step");
    case AmountColumn:
        return tr("Amount");
    case WalletLimitsColumn:
        return tr("Wallet's limits");
    case WindowColumn:
        return tr("Commit window");
    case TypeColumn:
        return tr("Type");
    case PriceColumn:
        return tr("Price");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PermitTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()) || !source(index.row()))
        return {};
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(index.row(), column));
    case Qt::AccessibleTextRole: {
        // A screen reader hears the whole address, every unit of the time, and that a cell is
        // empty.
        const QString full = fullText(index.row(), column);
        return full.isEmpty() ? tr("none") : full;
    }
    case FullTextRole:
        return fullText(index.row(), column);
    case ToneRole:
        return column == StatusColumn ? QVariant(int(texts(index.row()).words.tone)) : QVariant();
    case StateRole:
        return int(state(index.row()));
    default:
        return {};
    }
}

const PermitTableModel::Texts &PermitTableModel::texts(int row) const
{
    const Row &cells = m_rows[size_t(row)];
    if (cells.texts)
        return *cells.texts;
    const PermitRow current = asOfNow(row);
    auto made = std::make_unique<Texts>();
    made->words = permitWords(current, m_desk->secondsLeft(current));
    if (showsPermit(current)) {
        const PurchasePermit &permit = current.permit->permit;
        made->amount = limitsText(permit.minAmount, permit.maxAmount, permit.type, m_format);
        made->window = windowText(permit.opensAt, permit.closesAt, m_format.locale);
        made->price = priceText(permit.minPrice, permit.maxPrice, m_format.locale);
    }
    if (current.limits)
        made->walletLimits = walletLimitsText(*current.limits, m_format);
    cells.texts = std::move(made);
    return *cells.texts;
}

QString PermitTableModel::text(int row, Column column) const
{
    const Row &cells = m_rows[size_t(row)];
    switch (column) {
    case EntityColumn:
        return entityText(cells.entity);
    case WalletColumn:
        return walletText(cells.wallet);
    case StatusColumn:
        return texts(row).words.status;
    case TimeLeftColumn:
        return timeLeft(row);
    case AmountColumn:
        return texts(row).amount;
    case WalletLimitsColumn:
        return texts(row).walletLimits;
    case WindowColumn:
        return texts(row).window;
    case TypeColumn:
        return cells.type ? typeWords(*cells.type) : QString();
    case PriceColumn:
        return texts(row).price;
    case NextStepColumn: {
        const PermitWords &words = texts(row).words;
        if (!words.failure.isEmpty())
            return words.failure;
        // A row in good order has nothing to explain.
        if (cells.state == PermitState::Usable || cells.state == PermitState::Expired ||
            words.reason.isEmpty())
            return words.nextStep;
        return QStringLiteral("%1 %2").arg(words.reason, words.nextStep).trimmed();
    }
    case ColumnCount:
        break;
    }
    return {};
}

QString PermitTableModel::timeLeft(int row) const
{
    const PermitRow *permitRow = end(row) != 0 ? source(row) : nullptr;
    const std::optional<qint64> left = permitRow ? m_desk->secondsLeft(*permitRow) : std::nullopt;
    return left ? countdown(*left) : QString();
}

QString PermitTableModel::toolTip(int row, Column column) const
{
    const PermitRow *permitRow = source(row);
    if (!permitRow)
        return {};
    const PurchasePermit *permit = showsPermit(*permitRow) ? &permitRow->permit->permit : nullptr;
    const PermitWords &words = texts(row).words;
    switch (column) {
    case StatusColumn:
    case NextStepColumn:
        return QStringLiteral("%1\n%2\n%3")
            .arg(words.reason, words.nextStep, words.failure)
            .trimmed();
    case TimeLeftColumn:
        return permit ? tr("Valid until %1").arg(exactTime(endOf(*permit), m_format.locale))
                      : QString();
    case AmountColumn:
        return permit ? limitsBaseUnits(permit->minAmount, permit->maxAmount, permit->type)
                      : QString();
    case WalletLimitsColumn:
        return permitRow->limits ? walletLimitsBaseUnits(*permitRow->limits, m_format.chain)
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
        return permit ? priceDigits(permit->minPrice, permit->maxPrice) : QString();
    case EntityColumn:
    case WalletColumn:
    case ColumnCount:
        break;
    }
    return fullText(row, column);
}

QString PermitTableModel::fullText(int row, Column column) const
{
    const PermitRow *permitRow = source(row);
    if (column == WalletColumn && permitRow) {
        const QString name = shownText(permitRow->walletName);
        return name.isEmpty() ? permitRow->wallet
                              : QStringLiteral("%1 %2").arg(permitRow->wallet, name);
    }
    if (column == StatusColumn && !texts(row).words.failure.isEmpty())
        return tr("%1, the last try failed", "a status").arg(text(row, column));
    return text(row, column);
}

int PermitTableModel::statusClass(int row) const
{
    const Row &cells = m_rows[size_t(row)];
    // What the server wrote itself is a class of its own, and what isn't confirmed has several
    // words.
    if (cells.reason == FailureReason::Unrecognised || cells.state == PermitState::Unconfirmed)
        return -1;
    return (int(cells.state) * 64 + int(cells.reason)) * 4 + (cells.requesting ? 2 : 0) +
           (cells.soon ? 1 : 0);
}

std::vector<char> PermitTableModel::matching(const QStringList &foldedTerms) const
{
    std::vector<char> all(m_rows.size(), 1);
    const auto hits = [](const std::vector<Party> &parties, const QString &term) {
        std::vector<char> found(parties.size());
        std::transform(parties.cbegin(), parties.cend(), found.begin(),
                       [&term](const Party &party) { return char(party.folded.contains(term)); });
        return found;
    };
    for (const QString &term : foldedTerms) {
        const std::vector<char> entities = hits(m_entities, term);
        const std::vector<char> wallets = hits(m_wallets, term);
        QHash<int, bool> statuses;
        const auto statusHit = [&](int row) {
            const int which = statusClass(row);
            const auto known = statuses.constFind(which);
            if (which >= 0 && known != statuses.cend())
                return *known;
            const bool hit = texts(row).words.status.toCaseFolded().contains(term);
            statuses.insert(which, hit);
            return hit;
        };
        for (int row = 0; row < int(m_rows.size()); ++row) {
            const Row &cells = m_rows[size_t(row)];
            if (all[size_t(row)] && !entities[size_t(cells.entity)] &&
                !wallets[size_t(cells.wallet)] && !statusHit(row))
                all[size_t(row)] = 0;
        }
    }
    return all;
}

bool PermitTableModel::hasSortValue(Column column, int row) const
{
    const Row &cells = m_rows[size_t(row)];
    switch (column) {
    case TimeLeftColumn:
        return cells.end != 0;
    case AmountColumn:
        return cells.hasAmount;
    case WalletLimitsColumn:
        return cells.hasLimits;
    case WindowColumn:
        return cells.hasWindow;
    case TypeColumn:
        return cells.type.has_value();
    case PriceColumn:
        return cells.hasPrice;
    default:
        return true;
    }
}

quint64 PermitTableModel::sortKey(Column column, int row) const
{
    const auto rank = [](const std::vector<Party> &parties, std::vector<quint64> &ranks,
                         int number) {
        if (ranks.size() != parties.size()) {
            std::vector<int> order(parties.size());
            std::iota(order.begin(), order.end(), 0);
            std::sort(order.begin(), order.end(), [&parties](int a, int b) {
                return parties[size_t(a)].key.compare(parties[size_t(b)].key) < 0;
            });
            ranks.resize(parties.size());
            for (size_t place = 0; place < order.size(); ++place) {
                const bool same = place > 0 && parties[size_t(order[place])].key.compare(
                                                   parties[size_t(order[place - 1])].key) == 0;
                ranks[size_t(order[place])] =
                    same ? ranks[size_t(order[place - 1])] : quint64(place);
            }
        }
        return ranks[size_t(number)];
    };
    const Row &cells = m_rows[size_t(row)];
    switch (column) {
    case EntityColumn:
        return rank(m_entities, m_entityRanks, cells.entity);
    case WalletColumn:
        return rank(m_wallets, m_walletRanks, cells.wallet);
    case TimeLeftColumn:
        return cells.end;
    case AmountColumn:
        return cells.mostKey;
    case WalletLimitsColumn:
        return cells.limitsKey;
    case WindowColumn:
        return cells.opensAt;
    case TypeColumn:
        return cells.type ? quint64(*cells.type) : 0;
    case PriceColumn:
        return cells.mostPrice;
    case StatusColumn:
    case NextStepColumn:
    case ColumnCount:
        break;
    }
    return quint64(cells.state) * 64 + quint64(cells.reason);
}

int PermitTableModel::compareExactly(Column column, int left, int right) const
{
    const PermitRow *a = source(left);
    const PermitRow *b = source(right);
    if (!a || !b)
        return 0;
    if (column == AmountColumn && a->permit && b->permit)
        return orderOf(a->permit->permit.maxAmount, b->permit->permit.maxAmount);
    if (column == WalletLimitsColumn && a->limits && b->limits)
        return orderOf(a->limits->maxAmount, b->limits->maxAmount);
    return 0;
}

} // namespace sonar
