// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/salereplyhandler.h"

#include <utility>

namespace sonar {

SaleReplyHandler::SaleReplyHandler(QString redirectUri, QObject *parent)
    : QAbstractOAuthReplyHandler(parent)
    , m_redirectUri(std::move(redirectUri))
{}

void SaleReplyHandler::networkReplyFinished(QNetworkReply *reply)
{
    reply->deleteLater();
    const auto *exchange = qobject_cast<TokenExchangeReply *>(reply);
    if (!exchange || !exchange->result())
        return;
    m_result = exchange->result();
    Q_EMIT exchangeFinished();
}

} // namespace sonar
