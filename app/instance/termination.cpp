// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/termination.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace sonar {

namespace {

int writeEnd = -1; // the only thing a signal handler may touch

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = write(writeEnd, &byte, 1);
}

constexpr int signalsThatEnd[] = {SIGTERM, SIGINT, SIGHUP};

} // namespace

Termination::Termination(QObject *parent)
    : QObject(parent)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_readEnd = ends[0];
    writeEnd = ends[1];
    auto *notifier = new QSocketNotifier(m_readEnd, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (read(m_readEnd, &byte, 1) == 1)
            Q_EMIT requested();
    });
    struct sigaction action
    {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : signalsThatEnd)
        sigaction(number, &action, nullptr);
}

Termination::~Termination()
{
    if (m_readEnd < 0)
        return;
    for (const int number : signalsThatEnd)
        signal(number, SIG_DFL);
    close(m_readEnd);
    close(writeEnd);
    writeEnd = -1;
}

} // namespace sonar
