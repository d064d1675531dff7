// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QByteArrayList>

#include <QCoro/QCoroTask>

namespace sonar {

/// Where SonarClient gets its access tokens from; auth's Session is the real one.
class AccessTokenProvider
{
public:
    virtual ~AccessTokenProvider() = default;
    /// A token with enough time left, refreshed first if need be; NotConnected when there is none.
    virtual QCoro::Task<Result<QByteArray>> accessToken() = 0;
    /// The service answered 401 to `rejected`: another token to try once, or NotConnected.
    virtual QCoro::Task<Result<QByteArray>> replaceRejected(QByteArray rejected) = 0;
    /// The service answered 401 to the replacement, too: the session is over.
    virtual void refused(const QByteArray &rejected) = 0;
    /// What no message of the service may show, beside the access token that a call is made with:
    /// the service knows the refresh token, too.
    virtual QByteArrayList secrets() const { return {}; }
    /// A person asks: a refresh that was put off after a fault is tried at once.
    virtual void resume() {}
};

} // namespace sonar
