// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/walletlist.h"

#include "app/workspace/walletcsv.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace sonar {

namespace {

struct WalletListText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::WalletList)
};

constexpr int longestName = 60;
constexpr int longestQuote = 80;
constexpr int mostRefused = 1000; ///< lines told of; a wrong file has any number

/// Reads one wallet after the other into a WalletReading.
class WalletReader
{
public:
    explicit WalletReader(const WalletRules &rules)
        : m_rules(rules)
    {}

    void read(int number, const QString &line, const QString &address, const QString &name)
    {
        const Result<QString> checked = parseWalletAddress(address, m_rules);
        if (!checked) {
            refuse(number, line,
                   QStringLiteral("%1 %2")
                       .arg(checked.error().summary, checked.error().advice)
                       .trimmed());
        } else if (m_seen.contains(*checked)) {
            ++m_reading.repeated;
        } else if (m_reading.wallets.size() >= mostWallets) {
            refuse(number, line,
                   WalletListText::tr("A wallet book holds at most %1 wallets.")
                       .arg(QLocale().toString(mostWallets)));
        } else {
            m_seen.insert(*checked);
            m_reading.wallets << Wallet{*checked, name.simplified().left(longestName)};
        }
    }

    void refuse(int number, const QString &line, const QString &reason)
    {
        if (m_reading.refused.size() < mostRefused)
            m_reading.refused << RefusedLine{number, line.simplified().left(longestQuote), reason};
        else
            ++m_reading.moreRefused;
    }

    WalletReading take() { return std::move(m_reading); }

private:
    WalletRules m_rules;
    WalletReading m_reading;
    QSet<QString> m_seen;
};

bool partsCells(QChar c)
{
    return c == QLatin1Char(',') || c == QLatin1Char(';') || c == QLatin1Char('\t');
}

bool parts(QChar c)
{
    return partsCells(c) || c.isSpace();
}

} // namespace

WalletReading readWalletLines(const QString &text, const WalletRules &rules)
{
    WalletReader reader(rules);
    int number = 0;
    for (const QString &raw : text.split(QLatin1Char('\n'))) {
        ++number;
        const auto begin = std::find_if(raw.cbegin(), raw.cend(), [](QChar c) {
            return !c.isSpace() && c.category() != QChar::Other_Format;
        });
        QString line = raw.mid(begin - raw.cbegin()).trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        while (!line.isEmpty() && parts(line.back()))
            line.chop(1);
        const qsizetype end = std::find_if(line.cbegin(), line.cend(), parts) - line.cbegin();
        const qsizetype last =
            line.crend() - std::find_if(line.crbegin(), line.crend(), parts); // 0: one word
        QString address = line.left(end);
        QString name = line.mid(end).trimmed();
        if (!isLikeWalletAddress(address) && isLikeWalletAddress(line.mid(last))) {
            address = line.mid(last);
            name = line.left(last).trimmed();
        }
        while (!name.isEmpty() && partsCells(name.front()))
            name = name.mid(1).trimmed();
        while (!name.isEmpty() && partsCells(name.back()))
            name = name.chopped(1).trimmed();
        reader.read(number, line, address, name);
    }
    return reader.take();
}

WalletReading readWalletCsv(const QByteArray &file, const WalletRules &rules)
{
    WalletReader reader(rules);
    const Result<WalletTable> table = readWalletTable(file, rules);
    if (!table) {
        reader.refuse(0, {},
                      QStringLiteral("%1 %2").arg(table.error().summary, table.error().advice));
        return reader.take();
    }
    for (const CsvRow &row : table->rows) {
        if (!row.fault.isEmpty())
            reader.refuse(row.line, row.cells.join(QLatin1String(", ")), row.fault);
        else
            reader.read(row.line, row.cells.join(QLatin1String(", ")),
                        row.cells.value(table->addressColumn), row.cells.value(table->nameColumn));
    }
    return reader.take();
}

WalletMerge mergeWallets(const QList<Wallet> &book, const QList<Wallet> &added)
{
    WalletMerge merge;
    merge.wallets = book;
    QHash<QString, qsizetype> places;
    for (qsizetype i = 0; i < book.size(); ++i)
        places.insert(book[i].address, i);
    for (const Wallet &wallet : added) {
        const auto known = places.constFind(wallet.address);
        if (known == places.cend()) {
            if (merge.wallets.size() >= mostWallets) {
                ++merge.left;
                continue;
            }
            places.insert(wallet.address, merge.wallets.size());
            merge.wallets << wallet;
            ++merge.added;
        } else if (!wallet.name.isEmpty() && merge.wallets[*known].name != wallet.name) {
            merge.wallets[*known].name = wallet.name;
            ++merge.renamed;
        } else {
            ++merge.unchanged;
        }
    }
    return merge;
}

} // namespace sonar
