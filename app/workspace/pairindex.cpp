// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/pairindex.h"

namespace sonar {

namespace {

int numberOf(QHash<QString, int> &numbers, const QString &text)
{
    const auto known = numbers.constFind(text);
    if (known != numbers.cend())
        return *known;
    const int number = int(numbers.size());
    numbers.insert(text, number);
    return number;
}

} // namespace

int PairIndex::rowOf(const QString &entityId, const QString &wallet) const
{
    const auto entity = m_entities.constFind(entityId);
    const auto address = m_wallets.constFind(wallet);
    if (entity == m_entities.cend() || address == m_wallets.cend())
        return -1;
    return m_rows.value(Pair{*entity, *address}.key(), -1);
}

QList<int> PairIndex::rowsOf(const QString &wallet) const
{
    const auto known = m_wallets.constFind(wallet);
    return known == m_wallets.cend() ? QList<int>() : m_ofWallet[size_t(*known)];
}

void PairIndex::append(const QString &entityId, const QString &wallet)
{
    const Pair pair{numberOf(m_entities, entityId), numberOf(m_wallets, wallet)};
    const int row = int(m_pairs.size());
    m_pairs.push_back(pair);
    m_rows.insert(pair.key(), row);
    m_ofWallet.resize(size_t(m_wallets.size()));
    m_ofWallet[size_t(pair.wallet)] << row;
}

void PairIndex::remove(const QList<int> &rows)
{
    for (QList<int> &ofWallet : m_ofWallet)
        ofWallet.clear();
    auto gone = rows.cbegin();
    int to = 0;
    for (int row = 0; row < int(m_pairs.size()); ++row) {
        const Pair pair = m_pairs[size_t(row)];
        if (gone != rows.cend() && *gone == row) {
            m_rows.remove(pair.key());
            ++gone;
            continue;
        }
        if (to != row)
            m_rows[pair.key()] = to;
        m_ofWallet[size_t(pair.wallet)] << to;
        m_pairs[size_t(to++)] = pair;
    }
    m_pairs.resize(size_t(to));
}

void PairIndex::clear()
{
    *this = {};
}

} // namespace sonar
