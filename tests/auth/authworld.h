// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/authorizationflow.h"
#include "app/auth/memorytokenstore.h"
#include "app/auth/session.h"

#include "tests/support/scriptedserver.h"
#include "tests/support/waiting.h"

#include <QUrlQuery>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>

namespace sonar::test {

/// Both clocks, each to be turned.
class TurnedClocks : public Clock
{
public:
    qint64 unixSeconds() const override { return wall; }
    qint64 steadyMilliseconds() const override { return steady; }
    /// Time passes.
    void pass(qint64 seconds)
    {
        wall += seconds;
        steady += seconds * 1000;
    }

    qint64 wall = 1'790'000'000;
    qint64 steady = 5'000'000;
};

template <typename T> using Outcome = std::shared_ptr<std::optional<T>>;

template <typename T> QCoro::Task<> keepOutcome(QCoro::Task<T> task, Outcome<T> outcome)
{
    *outcome = co_await task;
}

/// Starts a task whose result can be looked at when it is there.
template <typename T> Outcome<T> started(QCoro::Task<T> task)
{
    auto outcome = std::make_shared<std::optional<T>>();
    keepOutcome(std::move(task), outcome);
    return outcome;
}

/// The result of a task that has to end.
template <typename T> T awaited(QCoro::Task<T> task)
{
    const Outcome<T> outcome = started(std::move(task));
    if (!waitUntil([&] { return outcome->has_value(); }))
        throw std::runtime_error("the task did not end");
    return **outcome;
}

inline QCoro::Task<> noteEnd(QCoro::Task<> task, std::shared_ptr<bool> ended)
{
    co_await task;
    *ended = true;
}

inline void awaited(QCoro::Task<> task)
{
    const auto ended = std::make_shared<bool>(false);
    noteEnd(std::move(task), ended);
    ASSERT_TRUE(waitUntil([&] { return *ended; }));
}

inline QString redirectTo(quint16 port, const char *host = "localhost",
                          const char *path = "/oauth/callback")
{
    return QStringLiteral("http://%1:%2%3")
        .arg(QLatin1String(host), QString::number(port), QLatin1String(path));
}

/// A sale whose API and pages are `service`.
inline Sale saleAt(const QUrl &service, const QStringList &redirectUris)
{
    Sale sale;
    sale.name = QStringLiteral("Sale under test");
    sale.saleUuid = QStringLiteral("2f1c7a9e-3b52-4c19-9f6e-8a7d5b0c1e23");
    sale.clientUuid = QStringLiteral("7b1d2c3e-4f50-4a6b-8c7d-9e0f1a2b3c4d");
    sale.redirectUris = redirectUris;
    sale.frontendUrl = service;
    sale.apiUrl = service;
    return sale;
}

inline QByteArray tokenAnswer(const QByteArray &access, const QByteArray &refresh,
                              int seconds = 3600)
{
    return "{\"access_token\":\"" + access + "\",\"refresh_token\":\"" + refresh +
           "\",\"token_type\":\"Bearer\",\"expires_in\":" + QByteArray::number(seconds) + "}";
}

inline QByteArray getRequest(const QByteArray &target, quint16 port,
                             const QByteArray &host = "localhost")
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + ':' + QByteArray::number(port) +
           "\r\nAccept: */*\r\n\r\n";
}

inline int statusOf(const QByteArray &answer)
{
    return answer.mid(9, 3).toInt();
}

inline QByteArray headerOf(const QByteArray &answer, const QByteArray &name)
{
    SeenRequest message;
    message.head = answer.left(answer.indexOf("\r\n\r\n") + 2);
    return message.header(name).value_or(QByteArray());
}

} // namespace sonar::test
