// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/instance/filelock.h"
#include "app/instance/startmessage.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QLocalServer;
class QLocalSocket;

namespace sonar {

/// Two programs on the same tokens would race each other's refresh, so a second start hands over to
/// the first. Programs with different preferences files don't meet, nor do those of two users.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    enum class Role {
        First,      ///< this is the program
        HandedOver, ///< the first one has answered; say its answer and end
        Unanswered, ///< another one holds the lock but doesn't answer
    };

    static constexpr int patience = 10'000; ///< milliseconds

    /// Keeps a lock file and, without a usable XDG_RUNTIME_DIR, a private folder for its socket
    /// beside `preferencesPath`, whose folder is made.
    explicit SingleInstance(const QString &preferencesPath, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Hands `request` over to the first program, if there is one: waits up to `milliseconds` for
    /// its answer, or for its end.
    Role claim(const StartRequest &request, int milliseconds = patience);
    /// Of the first program, after HandedOver.
    StartAnswer answer() const { return m_answer; }

    /// In the first program: what answers other starts, from the event loop.
    void setHandler(std::function<StartAnswer(const StartRequest &)> handler);
    /// In the first program: why other starts can't reach it; empty when they can.
    QString fault() const { return m_fault; }

private:
    QStringList sockets() const;
    bool handOver(const StartRequest &request, int milliseconds);
    void listen();
    void greet();
    void readFrom(QLocalSocket *socket);

    QString m_path;
    FileLock m_lock;
    QLocalServer *m_server = nullptr;
    std::function<StartAnswer(const StartRequest &)> m_handler;
    StartAnswer m_answer;
    QString m_fault;
};

} // namespace sonar
