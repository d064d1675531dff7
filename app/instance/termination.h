// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace sonar {

/// Ends the program like the user's Quit when the session manager or a terminal asks for it
/// (SIGTERM, SIGINT, SIGHUP). One object per program.
class Termination : public QObject
{
    Q_OBJECT
public:
    explicit Termination(QObject *parent = nullptr);
    ~Termination() override;

Q_SIGNALS:
    void requested();

private:
    int m_readEnd = -1;
};

} // namespace sonar
