// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/walletcsv.h"

#include "app/base/textencoding.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <tuple>

#include <csv.h>

namespace sonar {

namespace {

struct WalletCsvText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::WalletCsv)
};

constexpr int linesLookedAt = 1000; ///< to find the separator and the columns
constexpr int columnsLookedAt = 64;
constexpr int longestLookedAt = 4096; ///< bytes of a line

/// One line after the other with its end: \n, \r\n, or \r alone as old Excel for Mac writes.
class Lines
{
public:
    explicit Lines(QByteArrayView text)
        : m_text(text)
    {}

    bool atEnd() const { return m_place >= m_text.size(); }
    int number() const { return m_number; } ///< of the next one, from 1

    QByteArrayView next()
    {
        const qsizetype begin = m_place;
        while (m_place < m_text.size() && m_text[m_place] != '\n' && m_text[m_place] != '\r')
            ++m_place;
        if (m_place < m_text.size())
            m_place += m_text.sliced(m_place).startsWith("\r\n") ? 2 : 1;
        ++m_number;
        return m_text.sliced(begin, m_place - begin);
    }

private:
    QByteArrayView m_text;
    qsizetype m_place = 0;
    int m_number = 1;
};

bool isBlank(QByteArrayView line)
{
    return line.trimmed().isEmpty();
}

/// libcsv, one record at a time.
class CsvRecords
{
public:
    explicit CsvRecords(char separator)
        : m_separator(separator)
    {
        begin();
    }
    ~CsvRecords() { csv_free(&m_parser); }
    Q_DISABLE_COPY_MOVE(CsvRecords)

    /// The record that begins with the next line. What can't be read costs that line alone.
    CsvRow read(Lines &lines)
    {
        CsvRow row;
        row.line = lines.number();
        m_row = &row;
        m_ended = false;
        const QByteArrayView first = lines.next();
        Lines after = lines;
        bool sound = parse(first);
        const bool isMisplaced = !sound;
        while (sound && !m_ended && !after.atEnd())
            sound = parse(after.next());
        if (sound && !m_ended)
            sound = csv_fini(&m_parser, &CsvRecords::cell, &CsvRecords::end, this) == 0;
        const bool isOneLine = after.number() == row.line + 1;
        if (sound && (isOneLine || !hasAddressOnALaterLine(row))) {
            lines = after;
            return row;
        }
        if (!sound) {
            csv_free(&m_parser);
            begin();
        }
        row.cells = QStringList(QString::fromUtf8(first.trimmed()));
        row.fault = isMisplaced
                        ? WalletCsvText::tr("A quotation mark stands in the wrong place. A cell "
                                            "that has one begins and ends with one.")
                        : WalletCsvText::tr("A quotation mark is opened but not closed in this "
                                            "line.");
        return row;
    }

private:
    void begin()
    {
        csv_init(&m_parser, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_delim(&m_parser, static_cast<unsigned char>(m_separator));
    }

    bool parse(QByteArrayView line)
    {
        const auto size = static_cast<size_t>(line.size());
        return csv_parse(&m_parser, line.data(), size, &CsvRecords::cell, &CsvRecords::end, this) ==
               size;
    }

    static void cell(void *text, size_t size, void *self)
    {
        static_cast<CsvRecords *>(self)->m_row->cells
            << QString::fromUtf8(static_cast<const char *>(text), qsizetype(size)).trimmed();
    }

    static void end(int, void *self) { static_cast<CsvRecords *>(self)->m_ended = true; }

    /// A cell that goes over several lines is one with a note in it, and not one that has
    /// swallowed the next wallet.
    static bool hasAddressOnALaterLine(const CsvRow &row)
    {
        static const QRegularExpression address(
            QStringLiteral("[\r\n][\\s\\S]*(?:0[xX][0-9a-fA-F]{8}|[1-9A-HJ-NP-Za-km-z]{32})"));
        return std::any_of(row.cells.cbegin(), row.cells.cend(),
                           [](const QString &text) { return address.match(text).hasMatch(); });
    }

    char m_separator;
    csv_parser m_parser;
    CsvRow *m_row = nullptr;
    bool m_ended = false;
};

/// What stands beside addresses, or else what parts the first line into most cells.
char separatorOf(const QByteArray &text)
{
    static const QRegularExpression besideAddress(
        QStringLiteral("(?:([,;\t])\\s*\"?)?(?:0[xX][0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44})"
                       "(?:\"?\\s*([,;\t]))?"));
    Lines lines(text);
    QByteArray first;
    QHash<char, int> votes;
    for (int i = 0; i < linesLookedAt && !lines.atEnd(); ++i) {
        const QByteArray line = lines.next().toByteArray();
        if (first.isEmpty() && !isBlank(line))
            first = line;
        const auto match =
            besideAddress.match(withoutInvisible(QString::fromUtf8(line.left(longestLookedAt))));
        for (const QString &separator : {match.captured(1), match.captured(2)}) {
            if (!separator.isEmpty())
                ++votes[separator.front().toLatin1()];
        }
    }
    char best = ',';
    for (const char c : {';', '\t'}) {
        const bool more = votes.isEmpty() ? first.count(c) > first.count(best)
                                          : votes.value(c) > votes.value(best);
        if (more)
            best = c;
    }
    return best;
}

/// Excel's "sep=;": the separator that it names.
std::optional<char> namedSeparator(QByteArrayView line)
{
    QByteArray text = line.trimmed().toByteArray();
    if (text.size() > 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.mid(1, text.size() - 2);
    if (line.startsWith("sep=\t"))
        return '\t';
    if (text.size() != 5 || !text.toLower().startsWith("sep="))
        return std::nullopt;
    return text[4];
}

QStringList wordsOf(const QString &cell)
{
    static const QRegularExpression gaps(QStringLiteral("[^\\p{L}\\p{N}]+"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    return cell.toCaseFolded().split(gaps, Qt::SkipEmptyParts);
}

/// 2: by the word "address", 3: "wallet address"; 1: as a kind of wallet, for a name may have that
/// word too ("Cold wallet"); 0: not at all.
int namesAddresses(const QString &cell)
{
    static const QStringList kinds{
        QStringLiteral("wallet"), QStringLiteral("eth"),    QStringLiteral("ethereum"),
        QStringLiteral("evm"),    QStringLiteral("base"),   QStringLiteral("sol"),
        QStringLiteral("solana"), QStringLiteral("crypto"), QStringLiteral("public"),
    };
    const QStringList words = wordsOf(cell);
    if (words.contains(QLatin1String("address")))
        return words.contains(kinds.first()) ? 3 : 2;
    const bool isKind = words.contains(kinds.first()) &&
                        std::all_of(words.cbegin(), words.cend(),
                                    [](const QString &word) { return kinds.contains(word); });
    return isKind ? 1 : 0;
}

/// The first column whose name has one of these words, but for `other`.
int columnNamed(const QStringList &header, const QStringList &names, int other)
{
    for (int column = 0; column < int(header.size()); ++column) {
        const QStringList words = wordsOf(header[column]);
        if (column != other && std::any_of(names.cbegin(), names.cend(), [&](const QString &name) {
                return words.contains(name);
            }))
            return column;
    }
    return -1;
}

bool isHeader(const CsvRow &row)
{
    // An address without its 0x is a fault to be told of.
    static const QRegularExpression longWord(QStringLiteral("[0-9A-Za-z]{20}"));
    return row.fault.isEmpty() &&
           std::any_of(row.cells.cbegin(), row.cells.cend(),
                       [](const QString &cell) { return namesAddresses(cell) > 0; }) &&
           std::none_of(row.cells.cbegin(), row.cells.cend(),
                        [](const QString &cell) { return longWord.match(cell).hasMatch(); });
}

bool isEmpty(const CsvRow &row)
{
    return std::all_of(row.cells.cbegin(), row.cells.cend(),
                       [](const QString &cell) { return cell.isEmpty(); });
}

bool hasAddress(const CsvRow &row)
{
    return row.fault.isEmpty() &&
           std::any_of(row.cells.cbegin(), row.cells.cend(), isLikeWalletAddress);
}

/// What the cells of each column are: how many like an address, and how many a wallet.
struct Column
{
    int alike = 0;
    int wallets = 0;
};

QList<Column> columnsOf(const QList<CsvRow> &rows, const WalletRules &rules)
{
    QList<Column> columns;
    const qsizetype count = std::min<qsizetype>(rows.size(), linesLookedAt);
    for (qsizetype i = 0; i < count; ++i) {
        const QStringList &cells = rows[i].cells;
        const qsizetype width = std::min<qsizetype>(cells.size(), columnsLookedAt);
        if (columns.size() < width)
            columns.resize(width);
        for (qsizetype column = 0; column < width; ++column) {
            if (!rows[i].fault.isEmpty() || !isLikeWalletAddress(cells[column]))
                continue;
            ++columns[column].alike;
            columns[column].wallets += parseWalletAddress(cells[column], rules) ? 1 : 0;
        }
    }
    return columns;
}

/// The header's word counts before the cells: another column may hold addresses without a fault.
int addressColumnOf(const QStringList &header, const QList<Column> &columns)
{
    int best = 0;
    std::tuple<int, int, int, int> bestRank;
    for (int column = 0; column < int(std::max(header.size(), columns.size())); ++column) {
        const Column found = columns.value(column);
        const int named = namesAddresses(header.value(column));
        const std::tuple rank(found.alike > 0 ? named : 0, found.wallets, found.alike, named);
        if (rank > bestRank) {
            best = column;
            bestRank = rank;
        }
    }
    return best;
}

} // namespace

Result<WalletTable> readWalletTable(const QByteArray &file, const WalletRules &rules)
{
    const Result<QByteArray> text = utf8Text(file);
    if (!text)
        return tl::unexpected(text.error());
    Lines lines(*text);
    char separator = separatorOf(*text);
    Lines begun = lines;
    if (!begun.atEnd()) {
        if (const auto named = namedSeparator(begun.next())) {
            separator = *named;
            lines = begun;
        }
    }
    WalletTable table;
    CsvRecords records(separator);
    while (!lines.atEnd()) {
        Lines ahead = lines;
        if (isBlank(ahead.next())) {
            lines = ahead;
            continue;
        }
        const CsvRow row = records.read(lines);
        if (!isEmpty(row))
            table.rows << row;
    }

    const auto firstWallet = std::find_if(table.rows.cbegin(), table.rows.cend(), hasAddress);
    const auto header = std::find_if(table.rows.cbegin(), firstWallet, isHeader);
    const bool hasHeader = header != firstWallet;
    const QStringList names = hasHeader ? header->cells : QStringList();
    if (hasHeader)
        table.rows.erase(table.rows.cbegin(), header + 1);
    table.addressColumn = addressColumnOf(names, columnsOf(table.rows, rules));
    if (!hasHeader) {
        table.nameColumn = table.addressColumn == 0 ? 1 : 0;
        return table;
    }
    table.nameColumn =
        columnNamed(names, {QStringLiteral("name"), QStringLiteral("label")}, table.addressColumn);
    if (table.nameColumn < 0)
        table.nameColumn = columnNamed(
            names,
            {QStringLiteral("participant"), QStringLiteral("investor"), QStringLiteral("owner")},
            table.addressColumn);
    return table;
}

} // namespace sonar
