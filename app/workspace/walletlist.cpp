// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/walletlist.h"

#include "app/permits/walletaddress.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

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
    explicit WalletReader(ChainType chain)
        : m_chain(chain)
    {}

    void read(int number, const QString &line, const QString &address, const QString &name)
    {
        const Result<QString> checked = parseWalletAddress(address, m_chain);
        if (!checked) {
            refuse(number, line,
                   QStringLiteral("%1 %2")
                       .arg(checked.error().summary, checked.error().advice)
                       .trimmed());
        } else if (m_seen.contains(*checked)) {
            ++m_reading.repeated;
        } else if (m_reading.wallets.size() >= mostWallets) {
            refuse(number, line,
                   WalletListText::tr("At most %1 wallets are kept.").arg(mostWallets));
        } else {
            m_seen.insert(*checked);
            m_reading.wallets << Wallet{*checked, name.simplified().left(longestName)};
        }
    }

    void refuse(int number, const QString &line, const QString &reason)
    {
        if (m_reading.refused.size() < mostRefused)
            m_reading.refused << RefusedLine{number, line.simplified().left(longestQuote), reason};
    }

    WalletReading take() { return std::move(m_reading); }

private:
    ChainType m_chain;
    WalletReading m_reading;
    QSet<QString> m_seen;
};

bool partsCells(QChar c)
{
    return c == QLatin1Char(',') || c == QLatin1Char(';') || c == QLatin1Char('\t');
}

/// One record of RFC 4180: cells, and the line that it began in.
struct CsvRecord
{
    int line = 1;
    QStringList cells;
};

QList<CsvRecord> csvRecords(const QString &text, QChar separator)
{
    QList<CsvRecord> records;
    CsvRecord record;
    QString cell;
    bool quoted = false;
    int line = 1;
    const auto endCell = [&] {
        record.cells << cell.trimmed();
        cell.clear();
    };
    const auto endRecord = [&](int next) {
        endCell();
        if (record.cells.size() > 1 || !record.cells.first().isEmpty())
            records << record;
        record = {next, {}};
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('\n'))
            ++line;
        if (quoted) {
            if (c != QLatin1Char('"'))
                cell += c;
            else if (i + 1 < text.size() && text[i + 1] == QLatin1Char('"'))
                cell += text[++i];
            else
                quoted = false;
        } else if (c == QLatin1Char('"') && cell.trimmed().isEmpty()) {
            cell.clear();
            quoted = true;
        } else if (c == separator) {
            endCell();
        } else if (c == QLatin1Char('\n')) {
            endRecord(line);
        } else if (c != QLatin1Char('\r')) {
            cell += c;
        }
    }
    endRecord(line);
    return records;
}

/// The one that parts the first line into most cells.
QChar csvSeparator(const QString &text)
{
    const QString first = text.section(QLatin1Char('\n'), 0, 0, QString::SectionSkipEmpty);
    QChar best = QLatin1Char(',');
    for (const QChar c : {QLatin1Char(';'), QLatin1Char('\t')}) {
        if (first.count(c) > first.count(best))
            best = c;
    }
    return best;
}

QStringList wordsOf(const QString &cell)
{
    static const QRegularExpression gaps(QStringLiteral("[^\\p{L}\\p{N}]+"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    return cell.toCaseFolded().split(gaps, Qt::SkipEmptyParts);
}

/// The first column whose name has one of these words.
int columnNamed(const QStringList &header, const QStringList &names)
{
    for (int column = 0; column < int(header.size()); ++column) {
        const QStringList words = wordsOf(header[column]);
        if (std::any_of(names.cbegin(), names.cend(),
                        [&](const QString &name) { return words.contains(name); }))
            return column;
    }
    return -1;
}

int addressColumnOf(const QStringList &header)
{
    const int column = columnNamed(header, {QStringLiteral("address")});
    if (column >= 0)
        return column;
    // A name may have the word, too: "Cold wallet".
    for (int other = 0; other < int(header.size()); ++other) {
        if (wordsOf(header[other]) == QStringList{QStringLiteral("wallet")})
            return other;
    }
    return -1;
}

/// Meant for an address, right or wrong: 0x…, or as long as a base58 key and of its letters.
bool isLikeAddress(const QString &cell)
{
    static const QRegularExpression base58(QStringLiteral("^[1-9A-HJ-NP-Za-km-z]{32,44}$"));
    return cell.startsWith(QLatin1String("0x"), Qt::CaseInsensitive) ||
           base58.match(cell).hasMatch();
}

} // namespace

WalletReading readWalletLines(const QString &text, ChainType chain)
{
    WalletReader reader(chain);
    int number = 0;
    for (const QString &raw : text.split(QLatin1Char('\n'))) {
        ++number;
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        const auto end = std::find_if(line.cbegin(), line.cend(),
                                      [](QChar c) { return partsCells(c) || c.isSpace(); });
        const QString address = line.left(end - line.cbegin());
        QString name = line.mid(address.size()).trimmed();
        while (!name.isEmpty() && partsCells(name.front()))
            name = name.mid(1).trimmed();
        reader.read(number, line, address, name);
    }
    return reader.take();
}

WalletReading readWalletCsv(const QByteArray &file, ChainType chain)
{
    WalletReader reader(chain);
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(file);
    if (decoder.hasError() || text.contains(QChar(0))) {
        reader.refuse(1, {}, WalletListText::tr("The file isn't a text in UTF-8."));
        return reader.take();
    }
    QList<CsvRecord> records = csvRecords(text, csvSeparator(text));
    int addressColumn = 0;
    int nameColumn = 1;
    const QStringList header = records.isEmpty() ? QStringList() : records.first().cells;
    if (std::none_of(header.cbegin(), header.cend(), isLikeAddress)) {
        const int found = addressColumnOf(header);
        if (found >= 0) {
            addressColumn = found;
            nameColumn = columnNamed(header, {QStringLiteral("name"), QStringLiteral("label")});
            records.removeFirst();
        }
    }
    for (const CsvRecord &record : std::as_const(records))
        reader.read(record.line, record.cells.join(QLatin1String(", ")),
                    record.cells.value(addressColumn), record.cells.value(nameColumn));
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
