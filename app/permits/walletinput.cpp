// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/walletinput.h"

#include "app/config/addressshape.h"
#include "app/permits/walletaddress.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace sonar {

namespace {

struct WalletInputText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::WalletInput)
};

constexpr qsizetype longestPrefix = 24;

tl::unexpected<Error> noWallet(const QString &summary, const QString &advice)
{
    return failure({ErrorKind::InvalidInput, summary, advice, {}, 0});
}

QString copyAgain()
{
    return WalletInputText::tr("Copy the address from your wallet again.");
}

struct NamedChain
{
    const char *prefix; ///< EIP-3770 short name
    quint64 id;
    const char *name;
};

constexpr NamedChain namedChains[] = {
    {"eth", 1, "Ethereum"},
    {"oeth", 10, "OP Mainnet"},
    {"matic", 137, "Polygon"},
    {"pol", 137, "Polygon"},
    {"base", 8453, "Base"},
    {"arb1", 42161, "Arbitrum One"},
    {"basesep", 84532, "Base Sepolia"},
    {"sep", 11155111, "Sepolia"},
};

QString chainName(quint64 id)
{
    for (const NamedChain &chain : namedChains) {
        if (chain.id == id)
            return QLatin1String(chain.name);
    }
    return WalletInputText::tr("chain %1").arg(id);
}

std::optional<quint64> chainOfPrefix(const QString &prefix)
{
    for (const NamedChain &chain : namedChains) {
        if (prefix.compare(QLatin1String(chain.prefix), Qt::CaseInsensitive) == 0)
            return chain.id;
    }
    return std::nullopt;
}

/// What stands between a pair of quotation marks.
QString withoutQuotes(QString text)
{
    static constexpr std::pair<char16_t, char16_t> pairs[] = {
        {u'"', u'"'},           {u'\'', u'\''},         {u'`', u'`'},
        {u'<', u'>'},           {u'\u201c', u'\u201d'}, {u'\u201e', u'\u201c'},
        {u'\u2018', u'\u2019'}, {u'\u00ab', u'\u00bb'}, {u'\u201e', u'\u201d'},
    };
    for (const auto &[open, close] : pairs) {
        if (text.size() >= 2 && text.front() == open && text.back() == close)
            return text.mid(1, text.size() - 2).trimmed();
    }
    return text;
}

/// Looks like the x of 0x.
bool resemblesX(QChar c)
{
    static constexpr std::u16string_view likenesses = u"\u00d7\u0445\u0425\u03c7\u2715\u2a2f\uff58";
    return likenesses.find(c.unicode()) != likenesses.npos;
}

QString named(QChar c)
{
    return QStringLiteral("“%1” (U+%2)")
        .arg(c)
        .arg(QString::number(c.unicode(), 16).toUpper().rightJustified(4, QLatin1Char('0')));
}

/// Takes the prefix of the sale's chain off.
Result<QString> withoutChain(const QString &text, const WalletRules &rules)
{
    static const QRegularExpression form(
        QStringLiteral("^([A-Za-z][A-Za-z0-9-]*):(?:([0-9]{1,20}):)?([^@/?]*)(?:@([0-9]{1,20}))?"
                       "([/?].*)?$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return text;
    const QString prefix = match.captured(1);
    const QString address = match.captured(3).startsWith(QLatin1String("pay-"))
                                ? match.captured(3).mid(4)
                                : match.captured(3);
    if (!match.captured(5).isEmpty())
        return noWallet(WalletInputText::tr("This is a link, not an address."),
                        WalletInputText::tr("Enter the address alone."));
    if (rules.type == ChainType::Svm) {
        if (prefix.compare(QLatin1String("solana"), Qt::CaseInsensitive) == 0)
            return address;
        return noWallet(WalletInputText::tr("“%1:” stands before the address, but the sale is on "
                                            "Solana.")
                            .arg(prefix.left(longestPrefix)),
                        copyAgain());
    }
    std::optional<quint64> id;
    const bool generic = prefix.compare(QLatin1String("ethereum"), Qt::CaseInsensitive) == 0;
    if (generic && match.captured(4).isEmpty())
        return address; // EIP-681: whatever chain the reader is on
    if (generic)
        id = match.captured(4).toULongLong();
    else if (prefix.compare(QLatin1String("eip155"), Qt::CaseInsensitive) == 0)
        id = match.captured(2).toULongLong();
    else
        id = chainOfPrefix(prefix);
    const QString ifSame =
        WalletInputText::tr("If it's your wallet on this sale's chain as well, enter it without "
                            "what stands before 0x.");
    if (!id)
        return noWallet(WalletInputText::tr("“%1:” stands before the address. This program doesn't "
                                            "know which chain that is.")
                            .arg(prefix.left(longestPrefix)),
                        ifSame);
    if (rules.chainId == 0)
        return noWallet(WalletInputText::tr("The address is marked for %1, but the sale file "
                                            "doesn't say which chain the sale is on.")
                            .arg(chainName(*id)),
                        ifSame);
    if (*id != rules.chainId)
        return noWallet(WalletInputText::tr("The address is marked for another chain: %1. The sale "
                                            "is on %2.")
                            .arg(chainName(*id), chainName(rules.chainId)),
                        ifSame);
    return address;
}

/// What the eye takes for an address, and what isn't one.
Result<QString> evmText(QString text)
{
    if (text.size() > 1 && text.front() == QLatin1Char('0')) {
        if (text[1] == QChar(0x00d7))
            return noWallet(WalletInputText::tr("The address has a multiplication sign (×) in "
                                                "place of the letter x."),
                            copyAgain());
        if (resemblesX(text[1]))
            return noWallet(WalletInputText::tr("The address has the character %1 in place of the "
                                                "letter x.")
                                .arg(named(text[1])),
                            copyAgain());
        if (text[1] == QLatin1Char('X'))
            text[1] = QLatin1Char('x');
    }
    const bool begun = text.startsWith(QLatin1String("0x"));
    const auto foreign = std::find_if(text.cbegin(), text.cend(), [begun](QChar c) {
        return (begun && c.isSpace()) || c.unicode() > 0x7e;
    });
    if (foreign == text.cend())
        return text;
    return noWallet(foreign->isSpace()
                        ? WalletInputText::tr("The address has a space or a line break in it.")
                        : WalletInputText::tr("The address has the character %1, which no "
                                              "address has.")
                              .arg(named(*foreign)),
                    copyAgain());
}

} // namespace

WalletRules WalletRules::of(const Sale &sale)
{
    WalletRules rules(sale.chainType());
    if (sale.chain) {
        rules.chainId = sale.chain->chainId;
        rules.saleContract = sale.chain->saleContract;
        rules.paymentToken = sale.chain->paymentToken;
    }
    return rules;
}

QString whyNotAWallet(const QString &address, const WalletRules &rules)
{
    if (isZeroAddress(address))
        return WalletInputText::tr("This is the zero address. Nobody can pay from it.");
    // The case of a base58 key matters; that of hex digits is a checksum at most.
    const auto cases = rules.type == ChainType::Svm ? Qt::CaseSensitive : Qt::CaseInsensitive;
    if (address.compare(rules.saleContract, cases) == 0)
        return WalletInputText::tr("This is the address of the sale contract, not of a wallet.");
    if (address.compare(rules.paymentToken, cases) == 0)
        return WalletInputText::tr("This is the address of the payment token, not of a wallet.");
    return {};
}

QString withoutInvisible(const QString &text)
{
    QString visible = text;
    visible.removeIf([](QChar c) { return c.category() == QChar::Other_Format; });
    return visible;
}

bool isLikeWalletAddress(const QString &text)
{
    static const QRegularExpression hex(
        QStringLiteral("^(?:[A-Za-z][A-Za-z0-9-]*:)*(?:[0-9]+:)?0[xX\u00d7\u0445\u0425\u03c7]"));
    static const QRegularExpression base58(
        QStringLiteral("^(?:solana:)?[1-9A-HJ-NP-Za-km-z]{32,44}$"));
    const QString cleaned = withoutQuotes(withoutInvisible(text).trimmed());
    return hex.match(cleaned).hasMatch() || base58.match(cleaned).hasMatch();
}

Result<QString> parseWalletAddress(const QString &text, const WalletRules &rules)
{
    const QString cleaned = withoutQuotes(withoutInvisible(text).trimmed());
    Result<QString> bare = withoutChain(cleaned, rules);
    if (bare && rules.type == ChainType::Evm)
        bare = evmText(*bare);
    if (!bare)
        return bare;
    const Result<QString> address = rules.type == ChainType::Svm
                                        ? parseSolanaAddress(*bare).map(toBase58)
                                        : parseEvmAddress(*bare).map(checksummedAddress);
    if (!address)
        return address;
    if (const QString refusal = whyNotAWallet(*address, rules); !refusal.isEmpty())
        return noWallet(refusal, WalletInputText::tr("Enter the wallet that will pay."));
    return address;
}

} // namespace sonar
