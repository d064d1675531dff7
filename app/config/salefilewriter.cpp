// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/salefile.h"

#include "app/base/json.h"

#include <algorithm>

namespace sonar {

namespace {

/// An object's members in order, values as JSON text. Members that nobody sets stay as they were
/// written.
class MemberList
{
public:
    explicit MemberList(const QByteArray &text)
    {
        if (const auto document = JsonDocument::parse(text))
            m_members = document->members();
    }

    void set(const char *name, const QByteArray &text)
    {
        const auto member = find(name);
        if (member != m_members.end())
            member->text = text;
        else
            m_members.push_back({QLatin1String(name), text, 0});
    }
    void set(const char *name, const QString &text) { set(name, jsonQuoted(text)); }

    /// An empty text means that there is no such member.
    void setOptional(const char *name, const QString &text)
    {
        if (!text.isEmpty())
            set(name, text);
        else if (const auto member = find(name); member != m_members.end())
            m_members.erase(member);
    }

    void remove(const char *name) { setOptional(name, {}); }

    QByteArray text(qsizetype depth) const
    {
        if (m_members.empty())
            return "{}";
        const QByteArray indent(2 * depth, ' ');
        QByteArrayList lines;
        for (const JsonMember &member : m_members)
            lines << indent + "  " + jsonQuoted(member.name) + ": " + member.text;
        return "{\n" + lines.join(",\n") + "\n" + indent + "}";
    }

private:
    std::vector<JsonMember>::iterator find(const char *name)
    {
        return std::find_if(m_members.begin(), m_members.end(), [name](const JsonMember &member) {
            return member.name == QLatin1String(name);
        });
    }

    std::vector<JsonMember> m_members;
};

QByteArray listText(const QStringList &items)
{
    QByteArrayList texts;
    for (const QString &item : items)
        texts << jsonQuoted(item);
    return "[" + texts.join(", ") + "]";
}

QString urlText(const QUrl &url)
{
    return QString::fromLatin1(url.toEncoded());
}

QByteArray chainText(const Chain &chain, const QByteArray &before)
{
    MemberList members(before);
    members.set("type",
                chain.type == ChainType::Svm ? QStringLiteral("svm") : QStringLiteral("evm"));
    if (chain.type == ChainType::Evm)
        members.set("chainId", QByteArray::number(chain.chainId));
    else
        members.remove("chainId");
    members.setOptional("rpcURL", urlText(chain.rpcUrl));
    members.setOptional("saleContract", chain.saleContract);
    members.setOptional("paymentToken", chain.paymentToken);
    members.setOptional("paymentTokenSymbol", chain.paymentTokenSymbol);
    if (chain.paymentTokenDecimals)
        members.set("paymentTokenDecimals", QByteArray::number(*chain.paymentTokenDecimals));
    else
        members.remove("paymentTokenDecimals");
    return members.text(1);
}

QByteArray chainBefore(const QByteArray &fileText)
{
    const auto document = JsonDocument::parse(fileText);
    return document ? document->exactText("chain").value_or(QByteArray()) : QByteArray();
}

/// The sale that `text` stands for, without the text.
std::optional<Sale> plainSale(const QByteArray &text)
{
    auto sale = parseSaleFile(text);
    if (!sale)
        return std::nullopt;
    sale->fileText.clear();
    return *sale;
}

} // namespace

QByteArray toSaleFile(const Sale &sale)
{
    Sale plain = sale;
    plain.fileText.clear();
    const auto before = plainSale(sale.fileText);
    if (before == plain)
        return sale.fileText;

    // What didn't change keeps its spelling.
    const auto changed = [&](auto member) { return !before || (*before).*member != plain.*member; };
    MemberList members(sale.fileText);
    if (changed(&Sale::name))
        members.set("name", sale.name);
    if (changed(&Sale::saleUuid))
        members.set("saleUUID", sale.saleUuid);
    if (changed(&Sale::clientUuid))
        members.set("clientUUID", sale.clientUuid);
    if (changed(&Sale::redirectUris)) {
        members.set("redirectURI", sale.redirectUris.value(0));
        if (sale.redirectUris.size() > 1)
            members.set("redirectURIs", listText(sale.redirectUris));
        else
            members.remove("redirectURIs");
    }
    if (changed(&Sale::frontendUrl))
        members.set("frontendURL", urlText(sale.frontendUrl));
    if (changed(&Sale::apiUrl))
        members.set("apiURL", urlText(sale.apiUrl));
    if (changed(&Sale::permitSigner))
        members.setOptional("permitSigner", sale.permitSigner);
    if (changed(&Sale::chain)) {
        if (sale.chain)
            members.set("chain", chainText(*sale.chain, chainBefore(sale.fileText)));
        else
            members.remove("chain");
    }
    return members.text(0) + "\n";
}

} // namespace sonar
