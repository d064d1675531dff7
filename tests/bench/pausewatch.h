// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <ctime>

namespace sonar::bench {

/// Watches the event loop of its thread: the longest time in which it couldn't turn. The wall
/// clock's is what a person feels; the thread's own processor time leaves out what other programs
/// took from a busy machine.
class PauseWatch
{
public:
    PauseWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
    }

    void start()
    {
        m_longest = m_longestBusy = 0;
        m_ticks = 0;
        m_wall.start();
        m_last = 0;
        m_lastBusy = busyMilliseconds();
        m_timer.start(1);
    }
    void stop()
    {
        tick();
        m_timer.stop();
    }

    double longest() const { return m_longest; }
    double longestBusy() const { return m_longestBusy; }
    int ticks() const { return m_ticks; }

private:
    static double busyMilliseconds()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    void tick()
    {
        const double now = double(m_wall.nsecsElapsed()) / 1e6;
        const double busy = busyMilliseconds();
        m_longest = std::max(m_longest, now - m_last);
        m_longestBusy = std::max(m_longestBusy, busy - m_lastBusy);
        m_last = now;
        m_lastBusy = busy;
        ++m_ticks;
    }

    QTimer m_timer;
    QElapsedTimer m_wall;
    double m_last = 0;
    double m_lastBusy = 0;
    double m_longest = 0;
    double m_longestBusy = 0;
    int m_ticks = 0;
};

} // namespace sonar::bench
