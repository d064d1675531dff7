// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"

#include <QDateTime>

#include <chrono>
#include <ctime>

namespace sonar {

namespace {

class SystemClock final : public Clock
{
public:
    qint64 unixSeconds() const override { return QDateTime::currentSecsSinceEpoch(); }

    qint64 steadyMilliseconds() const override
    {
#ifdef CLOCK_BOOTTIME
        // CLOCK_MONOTONIC stands still during suspend; a token doesn't.
        timespec now{};
        if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
            return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
#endif
        using namespace std::chrono;
        return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    }
};

} // namespace

const Clock &systemClock()
{
    static const SystemClock clock;
    return clock;
}

} // namespace sonar
