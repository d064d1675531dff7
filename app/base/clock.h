// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace sonar {

/// The two clocks that expiry is judged by; tests hand in their own.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Unix time in seconds, as the wall clock says: may jump either way.
    virtual qint64 unixSeconds() const = 0;
    /// Milliseconds since some fixed point; never goes back, counts on while the machine sleeps.
    virtual qint64 steadyMilliseconds() const = 0;
};

/// The machine's clocks. Lives as long as the program.
const Clock &systemClock();

} // namespace sonar
