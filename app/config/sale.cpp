// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/sale.h"

namespace sonar {

namespace {

QUrl page(const Sale &sale, const QString &path)
{
    QUrl url = sale.frontendUrl;
    url.setPath(sale.frontendUrl.path() + QLatin1String("/sonar/") + sale.saleUuid + path);
    return url;
}

} // namespace

QString Sale::serviceId() const
{
    // The port always stands there, so that one service has one spelling.
    const int port = apiUrl.port(apiUrl.scheme() == QLatin1String("http") ? 80 : 443);
    QString host = apiUrl.host().toLower();
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    QString path = apiUrl.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    return apiUrl.scheme() + QLatin1String("://") + host + QLatin1Char(':') +
           QString::number(port) + path;
}

QUrl Sale::setUpPage() const
{
    return page(*this, {});
}

QUrl Sale::homePage() const
{
    return page(*this, QStringLiteral("/home"));
}

ChainType Sale::chainType() const
{
    return chain ? chain->type : ChainType::Evm;
}

} // namespace sonar
