// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenexchange.h"

#include <QAbstractOAuthReplyHandler>

namespace sonar {

/// Between the flow and the sale: reports the redirect URI unchanged, passes on callbacks whose
/// state has been checked, and hands out the exchange's answer, good or bad.
class SaleReplyHandler : public QAbstractOAuthReplyHandler
{
    Q_OBJECT
public:
    explicit SaleReplyHandler(QString redirectUri, QObject *parent = nullptr);

    QString callback() const override { return m_redirectUri; }
    void networkReplyFinished(QNetworkReply *reply) override;
    const std::optional<Result<JsonReply>> &exchangeResult() const { return m_result; }

Q_SIGNALS:
    void exchangeFinished(); ///< exchangeResult() has the answer

private:
    QString m_redirectUri;
    std::optional<Result<JsonReply>> m_result;
};

} // namespace sonar
