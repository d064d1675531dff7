// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/walletaddress.h"

#include "app/base/hex.h"
#include "app/config/addressshape.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

constexpr qsizetype evmAddressBytes = 20;
constexpr qsizetype solanaKeyBytes = 32;

struct AddressText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::WalletAddress)
};

tl::unexpected<Error> refused(const QString &summary, const QString &advice)
{
    return failure({ErrorKind::InvalidInput, summary, advice, {}, 0});
}

bool isHexDigit(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'0' && u <= u'9') || (u >= u'a' && u <= u'f') || (u >= u'A' && u <= u'F');
}

tl::unexpected<Error> noEvmAddress(QStringView text)
{
    const QString advice =
        AddressText::tr("An address is 0x and 40 hex digits. Copy it from your wallet.");
    if (text.isEmpty())
        return refused(AddressText::tr("No wallet address was entered."), advice);
    if (text.endsWith(QLatin1String(".eth"), Qt::CaseInsensitive))
        return refused(AddressText::tr("Names such as this one are not looked up."), advice);
    if (!text.startsWith(QLatin1String("0x")))
        return refused(AddressText::tr("The wallet address doesn't begin with 0x."), advice);
    if (!std::all_of(text.begin() + 2, text.end(), isHexDigit))
        return refused(AddressText::tr("The wallet address has a character that is no hex digit."),
                       advice);
    return refused(
        AddressText::tr("The wallet address has %1 hex digits instead of 40.").arg(text.size() - 2),
        advice);
}

/// No letters of both cases: nothing that could be a checksum.
bool hasOneCase(QStringView digits)
{
    const bool lower =
        std::any_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'a' && c <= u'f'; });
    const bool upper =
        std::any_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'A' && c <= u'F'; });
    return !(lower && upper);
}

} // namespace

QString checksummedAddress(const QByteArray &bytes)
{
    return checksummedText(bytes);
}

Result<QByteArray> parseEvmAddress(QStringView text)
{
    const auto bytes = text.startsWith(QLatin1String("0x")) ? fromHex(text) : std::nullopt;
    if (!bytes || bytes->size() != evmAddressBytes)
        return noEvmAddress(text);
    if (!hasOneCase(text.mid(2)) && text != checksummedAddress(*bytes)) {
        return refused(
            AddressText::tr("The wallet address's checksum is wrong."),
            AddressText::tr("At least one character was mistyped, or its case was changed. Copy "
                            "the address from your wallet again."));
    }
    return *bytes;
}

Result<QByteArray> parseSolanaAddress(QStringView text)
{
    const QString advice = AddressText::tr(
        "A Solana address is 32 to 44 letters and digits. Copy it from your wallet.");
    if (text.isEmpty())
        return refused(AddressText::tr("No wallet address was entered."), advice);
    if (text.startsWith(QLatin1String("0x")))
        return refused(AddressText::tr("This is an EVM address, but the sale is on Solana."),
                       advice);
    const auto bytes = fromBase58(text);
    if (!bytes)
        return refused(
            AddressText::tr("The wallet address has a character that no Solana address has."),
            advice);
    if (bytes->size() != solanaKeyBytes)
        return refused(AddressText::tr("The wallet address has the wrong length."), advice);
    return *bytes;
}

QString shortened(const QString &address)
{
    const int head = address.startsWith(QLatin1String("0x")) ? 6 : 4;
    const int tail = 4;
    if (address.size() <= head + tail + 1)
        return address;
    return address.left(head) + QChar(0x2026) + address.right(tail);
}

} // namespace sonar
