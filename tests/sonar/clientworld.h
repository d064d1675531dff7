// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sonar/endpoints.h"

#include <QPointer>

#include <algorithm>

namespace sonar::test {

inline const Scripted profile = answered(200, R"({"EntityID":"e"})");
inline const RetryPolicy quick{3, 1, 50};

/// A client, its service and its tokens.
struct World
{
    explicit World(const RetryPolicy &retry = quick, std::shared_ptr<CallQueue> queue = nullptr)
        : client(std::make_unique<SonarClient>(server.url(), &tokens, TransportLimits(), retry,
                                               std::move(queue)))
    {
        server.play(profile);
    }
    Calling call(const CancelToken &cancel = {}) { return begin(client->myProfile(cancel)); }

    ScriptedServer server;
    FixedTokens tokens;
    std::unique_ptr<SonarClient> client;
};

inline bool allEnded(const QList<Calling> &calls)
{
    return waitUntil([&] {
        return std::all_of(calls.begin(), calls.end(), [](const auto &c) { return c->ended; });
    });
}

/// Alarms that ring when the test says so. Outlives the client.
class Alarms
{
public:
    Alarm alarm()
    {
        return [this](int milliseconds, QObject *context, const std::function<void()> &then) {
            asked << milliseconds;
            m_set << Set{context, then};
        };
    }
    void ring(qsizetype number)
    {
        if (m_set[number].context)
            m_set[number].then();
    }
    void ringAll()
    {
        for (const Set &set : std::exchange(m_set, {})) {
            if (set.context)
                set.then();
        }
    }

    QList<int> asked; ///< milliseconds of every alarm ever set

private:
    struct Set
    {
        QPointer<QObject> context;
        std::function<void()> then;
    };
    QList<Set> m_set;
};

} // namespace sonar::test
