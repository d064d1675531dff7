// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/unreadsale.h"

#include "app/base/json.h"
#include "app/base/uuid.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

constexpr qsizetype longestShown = 80;
constexpr qsizetype mostNamed = 3;

struct UnreadSaleText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::UnreadSale)
};

/// What a name's rules would have refused is left out.
QString inOneLine(QString text)
{
    for (QChar &c : text) {
        if (!c.isPrint() && !c.isSurrogate())
            c = QLatin1Char(' ');
    }
    return text.simplified().left(longestShown);
}

QString textOf(const JsonDocument &document, const char *member)
{
    const auto value = document.root().member(member);
    return value ? value->toText().value_or(QString()) : QString();
}

} // namespace

UnreadSale unreadSale(const QVariant &stored, const Error &fault, int number)
{
    UnreadSale sale{stored, {}, {}, fault};
    const auto document = JsonDocument::parse(stored.toString().toUtf8());
    if (document && document->root().isObject()) {
        sale.name = inOneLine(textOf(*document, "name"));
        if (const QString uuid = textOf(*document, "saleUUID"); uuidBytes(uuid))
            sale.saleUuid = uuid;
    }
    if (sale.name.isEmpty())
        sale.name = sale.saleUuid;
    if (sale.name.isEmpty())
        sale.name = UnreadSaleText::tr("number %1 of your list").arg(number);
    return sale;
}

QString quotedNames(const QList<UnreadSale> &sales)
{
    QStringList names;
    for (const UnreadSale &sale : sales.first(std::min(sales.size(), mostNamed)))
        names << UnreadSaleText::tr("“%1”").arg(sale.name);
    if (sales.size() > mostNamed)
        names << QStringLiteral("…");
    return names.join(QLatin1String(", "));
}

Error unreadSalesError(const QList<UnreadSale> &sales)
{
    Error error{ErrorKind::Malformed, {}, {}, {}, 0};
    if (sales.size() == 1)
        error.summary =
            UnreadSaleText::tr("The remembered sale %1 can't be read.").arg(quotedNames(sales));
    else
        error.summary =
            UnreadSaleText::tr("Remembered sales can't be read: %1.").arg(quotedNames(sales));
    QStringList faults;
    for (const UnreadSale &sale : sales.first(std::min(sales.size(), mostNamed))) {
        faults << (sales.size() == 1 ? sale.fault.summary
                                     : UnreadSaleText::tr("“%1”: %2", "sale, what is wrong with it")
                                           .arg(sale.name, sale.fault.summary));
        if (!sale.fault.details.isEmpty())
            error.details += (error.details.isEmpty() ? QString() : QStringLiteral("\n")) +
                             sale.name + QLatin1String(": ") + sale.fault.details;
    }
    error.advice = UnreadSaleText::tr(
                       "%1 Your settings keep it as it is. To go on with it, add the sale again "
                       "with a sale file from the people who run it, which takes its place. To "
                       "give it up, choose “Remove unread sales…” in the File menu.")
                       .arg(faults.join(QLatin1Char(' ')));
    return error;
}

} // namespace sonar
