// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QTemporaryDir>

#include <xcb/xcb.h>

namespace sonar::test {

/// openbox on the test's X server, and what a taskbar sees of it and may ask of it (Extended Window
/// Manager Hints).
class WindowManager
{
public:
    WindowManager();
    ~WindowManager();
    Q_DISABLE_COPY_MOVE(WindowManager)

    bool isRunning() const;
    /// The process whose window has the input; 0: none.
    qint64 activeProcess() const;
    /// The active window is a dialog over another window.
    bool isDialogActive() const;
    /// Closes that process's window as the button in its title bar does; its dialogs stay.
    void closeMainWindow(qint64 pid) const;

private:
    xcb_atom_t atom(const char *name) const;
    QList<quint32> property(xcb_window_t window, const char *name) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    xcb_connection_t *m_connection;
    xcb_window_t m_root = XCB_NONE;
};

} // namespace sonar::test
