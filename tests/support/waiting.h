// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QCoro/QCoroTask>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QObject>
#include <QTimer>

#include <functional>

namespace sonar::test {

/// Runs the event loop until `condition` holds; false if it still doesn't after `milliseconds`,
/// which is a limit for broken code, not a time that a test waits.
inline bool waitUntil(const std::function<bool()> &condition, int milliseconds = 20'000)
{
    const QDeadlineTimer deadline(milliseconds);
    // Looks again after every event, and now and then where no event tells: sleeping in between
    // leaves the processor to what is waited for.
    QTimer glance;
    glance.start(5);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

/// Runs the event loop until an event that is posted now, and one that is posted by it, have come:
/// what was posted before has been handled.
inline bool handlePosted()
{
    QObject here;
    bool handled = false;
    QMetaObject::invokeMethod(
        &here,
        [&] {
            QMetaObject::invokeMethod(
                &here, [&] { handled = true; }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
    return waitUntil([&] { return handled; });
}

} // namespace sonar::test
