// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/windowmanager.h"

#include "tests/support/waiting.h"

#include <QFile>

#include <cstdlib>
#include <cstring>

namespace sonar::test {

WindowManager::WindowManager()
    : m_connection(xcb_connect(nullptr, nullptr))
{
    m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
    // It runs this when it has looked at the windows that are there; one that comes up while it
    // does is sometimes never told to paint.
    m_process.start(QStringLiteral("openbox"),
                    {QStringLiteral("--sm-disable"), QStringLiteral("--startup"),
                     QStringLiteral("touch ") + m_folder.filePath(QStringLiteral("ready"))});
    waitUntil([this] { return isRunning(); });
}

WindowManager::~WindowManager()
{
    m_process.terminate();
    m_process.waitForFinished(5000);
    xcb_disconnect(m_connection);
}

bool WindowManager::isRunning() const
{
    return QFile::exists(m_folder.filePath(QStringLiteral("ready")));
}

qint64 WindowManager::activeProcess() const
{
    const quint32 window = property(m_root, "_NET_ACTIVE_WINDOW").value(0);
    return window == XCB_NONE ? 0 : property(window, "_NET_WM_PID").value(0);
}

bool WindowManager::isDialogActive() const
{
    const quint32 window = property(m_root, "_NET_ACTIVE_WINDOW").value(0);
    return window != XCB_NONE && !property(window, "WM_TRANSIENT_FOR").isEmpty();
}

void WindowManager::closeMainWindow(qint64 pid) const
{
    for (const quint32 window : property(m_root, "_NET_CLIENT_LIST")) {
        if (property(window, "_NET_WM_PID").value(0) != pid ||
            !property(window, "WM_TRANSIENT_FOR").isEmpty())
            continue;
        // What the window manager sends; openbox itself would send it to the dialog.
        xcb_client_message_event_t message{};
        message.response_type = XCB_CLIENT_MESSAGE;
        message.format = 32;
        message.window = window;
        message.type = atom("WM_PROTOCOLS");
        message.data.data32[0] = atom("WM_DELETE_WINDOW");
        xcb_send_event(m_connection, 0, window, XCB_EVENT_MASK_NO_EVENT,
                       reinterpret_cast<const char *>(&message));
        xcb_flush(m_connection);
    }
}

xcb_atom_t WindowManager::atom(const char *name) const
{
    auto *reply = xcb_intern_atom_reply(
        m_connection, xcb_intern_atom(m_connection, 0, quint16(std::strlen(name)), name), nullptr);
    const xcb_atom_t found = reply ? reply->atom : xcb_atom_t(XCB_NONE);
    std::free(reply);
    return found;
}

QList<quint32> WindowManager::property(xcb_window_t window, const char *name) const
{
    QList<quint32> values;
    auto *reply = xcb_get_property_reply(
        m_connection, xcb_get_property(m_connection, 0, window, atom(name), XCB_ATOM_ANY, 0, 1024),
        nullptr);
    if (reply && reply->format == 32) {
        const auto *first = static_cast<const quint32 *>(xcb_get_property_value(reply));
        values = QList<quint32>(first, first + xcb_get_property_value_length(reply) / 4);
    }
    std::free(reply);
    return values;
}

} // namespace sonar::test
