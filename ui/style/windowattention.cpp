// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/windowattention.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QVersionNumber>
#include <QWidget>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <xcb/xcb.h>

namespace sonar {

namespace {

constexpr char waylandVariable[] = "XDG_ACTIVATION_TOKEN";
constexpr char x11Variable[] = "DESKTOP_STARTUP_ID";

bool isWayland()
{
    return QGuiApplication::platformName().startsWith(QLatin1String("wayland"));
}

template <typename Reply> std::unique_ptr<Reply, decltype(&std::free)> owned(Reply *reply)
{
    return {reply, &std::free};
}

/// One window's requests to the window manager.
class X11Window
{
public:
    X11Window(xcb_connection_t *connection, xcb_window_t window)
        : m_connection(connection)
        , m_window(window)
    {
        const auto geometry = owned(
            xcb_get_geometry_reply(connection, xcb_get_geometry(connection, window), nullptr));
        m_root = geometry ? geometry->root : XCB_NONE;
    }

    /// Extended Window Manager Hints, _NET_ACTIVE_WINDOW: with the time of the user's click the
    /// window manager sees that nothing was done elsewhere since.
    void activate(quint32 time)
    {
        xcb_client_message_event_t message = messageOf("_NET_ACTIVE_WINDOW", 32);
        message.data.data32[0] = 1; // from an application
        message.data.data32[1] = time;
        send(message, XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT);
    }

    /// Startup Notification Protocol, "remove": the launcher's busy pointer ends.
    void endStartup(const QByteArray &id)
    {
        QByteArray escaped = id;
        escaped.replace('\\', "\\\\").replace('"', "\\\"");
        const QByteArray text = "remove: ID=\"" + escaped + "\"" + '\0';
        xcb_client_message_event_t message = messageOf("_NET_STARTUP_INFO_BEGIN", 8);
        const xcb_atom_t following = atom("_NET_STARTUP_INFO");
        constexpr qsizetype piece = sizeof(message.data.data8);
        for (qsizetype at = 0; at < text.size(); at += piece) {
            std::memset(message.data.data8, 0, piece);
            std::memcpy(message.data.data8, text.constData() + at,
                        size_t(std::min(piece, text.size() - at)));
            send(message, XCB_EVENT_MASK_PROPERTY_CHANGE);
            message.type = following;
        }
    }

private:
    xcb_atom_t atom(const char *name)
    {
        const auto cookie = xcb_intern_atom(m_connection, 0, quint16(std::strlen(name)), name);
        const auto reply = owned(xcb_intern_atom_reply(m_connection, cookie, nullptr));
        return reply ? reply->atom : XCB_NONE;
    }

    xcb_client_message_event_t messageOf(const char *type, quint8 format)
    {
        xcb_client_message_event_t message{};
        message.response_type = XCB_CLIENT_MESSAGE;
        message.format = format;
        message.window = m_window;
        message.type = atom(type);
        return message;
    }

    void send(const xcb_client_message_event_t &message, quint32 receivers)
    {
        xcb_send_event(m_connection, 0, m_root, receivers,
                       reinterpret_cast<const char *>(&message));
        xcb_flush(m_connection);
    }

    xcb_connection_t *m_connection;
    xcb_window_t m_window;
    xcb_window_t m_root = XCB_NONE;
};

/// The time of the click that a startup ID tells of (Startup Notification Protocol, "_TIME"), in
/// the X server's milliseconds.
std::optional<quint32> clickTime(const QByteArray &startupId)
{
    const qsizetype at = startupId.lastIndexOf("_TIME");
    bool ok = false;
    const quint32 time = at < 0 ? 0 : startupId.mid(at + 5).toUInt(&ok);
    return ok ? std::optional(time) : std::nullopt;
}

/// True when the window manager was asked with the click's own time.
bool activateByX11(const QWidget &window, const QByteArray &token)
{
    const auto *x11 = qApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11 || token.isEmpty())
        return false;
    X11Window native(x11->connection(), xcb_window_t(window.winId()));
    const auto time = clickTime(token);
    if (time)
        native.activate(*time);
    native.endStartup(token);
    return time.has_value();
}

} // namespace

void bringToFront(QWidget *widget, const QByteArray &token)
{
    QWidget *window = widget->window();
    // Without a change of size: a maximised window comes back as one.
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    if (QWidget *dialog = QApplication::activeModalWidget()) {
        window = dialog;
        window->raise();
    }
    // Qt's Wayland plugin takes the token from there (QtWayland 6.3 and later).
    if (isWayland() && !token.isEmpty())
        qputenv(waylandVariable, token);
    if (!activateByX11(*window, token))
        window->activateWindow();
    QApplication::alert(window);
}

bool canAskForAttention()
{
    return !isWayland() || QLibraryInfo::version() >= QVersionNumber(6, 5);
}

QByteArray startToken()
{
    const QByteArray token = qgetenv(waylandVariable);
    return token.isEmpty() ? qgetenv(x11Variable) : token;
}

void forgetStartToken()
{
    qunsetenv(waylandVariable);
    qunsetenv(x11Variable);
}

} // namespace sonar
