// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>
#include <QString>

#include <memory>

class QLocalServer;

namespace sonar {

/// Two programs on the same tokens would race each other's refresh, so a second start hands over to
/// the first. Programs with different preferences files don't meet.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    enum class Role {
        First,      ///< this is the program
        HandedOver, ///< the first one has been told; end
        Unanswered, ///< another one holds the lock but doesn't answer
    };

    /// What a start asks the program for.
    struct Wishes
    {
        QString saleFile; ///< absolute path; empty: none
        bool sandbox = false;
    };

    explicit SingleInstance(const QString &preferencesPath, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// `wishes` are handed over to the first program.
    Role claim(const Wishes &wishes);

Q_SIGNALS:
    /// Somebody started the program again.
    void raiseRequested(const sonar::SingleInstance::Wishes &wishes);

private:
    bool handOver(const Wishes &wishes);
    void listen();
    void answer();

    QString m_socketName;
    std::unique_ptr<QLockFile> m_lock;
    QLocalServer *m_server = nullptr;
};

} // namespace sonar
