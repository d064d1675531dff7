// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <vector>

namespace sonar {

/// Which row has which pair of entity and wallet, for tens of thousands of rows: entities and
/// wallets are numbered once, so that renumbering rows compares no texts.
class PairIndex
{
public:
    int rowOf(const QString &entityId, const QString &wallet) const; ///< -1 if none
    QList<int> rowsOf(const QString &wallet) const;                  ///< in order

    /// The row after the last; the pair must be new.
    void append(const QString &entityId, const QString &wallet);
    /// `rows` in order, each once. Those behind them move up.
    void remove(const QList<int> &rows);
    void clear();

private:
    struct Pair
    {
        int entity = 0;
        int wallet = 0;

        quint64 key() const { return (quint64(quint32(entity)) << 32) | quint32(wallet); }
    };

    QHash<QString, int> m_entities; ///< entity id → number
    QHash<QString, int> m_wallets;
    std::vector<Pair> m_pairs; ///< by row
    QHash<quint64, int> m_rows;
    std::vector<QList<int>> m_ofWallet; ///< rows by the wallet's number
};

} // namespace sonar
