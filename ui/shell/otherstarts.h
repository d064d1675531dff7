// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/instance/startmessage.h"

#include <QList>
#include <QObject>

namespace sonar {

class MainWindow;

/// What other starts of the program ask the window for. Nothing changes beneath an open dialog: the
/// dialog comes to the front, and what was asked for is done when it has closed.
class OtherStarts : public QObject
{
    Q_OBJECT
public:
    /// `window` is the parent.
    explicit OtherStarts(MainWindow *window);

    /// Brings the window to the front and answers at once, also about files that can't be read.
    StartAnswer take(const StartRequest &request);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void goOn();
    void carryOut(const StartRequest &request);

    MainWindow *m_window;
    QList<StartRequest> m_waiting;
};

} // namespace sonar
