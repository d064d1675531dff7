// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/blockedclose.h"

#include "ui/style/windowattention.h"

#include <QApplication>
#include <QWidget>

#include <cstdlib>
#include <cstring>
#include <xcb/xcb.h>

namespace sonar {

namespace {

xcb_atom_t namedAtom(xcb_connection_t *connection, const char *name)
{
    const auto cookie = xcb_intern_atom(connection, 0, quint16(std::strlen(name)), name);
    xcb_intern_atom_reply_t *reply = xcb_intern_atom_reply(connection, cookie, nullptr);
    const xcb_atom_t atom = reply ? reply->atom : xcb_atom_t(XCB_NONE);
    std::free(reply);
    return atom;
}

/// The dialog that blocks the window; none when it isn't blocked.
QWidget *dialogOver(const QWidget *window)
{
    QWidget *const dialog = QApplication::activeModalWidget();
    const bool blocks = dialog && window && dialog != window &&
                        (dialog->windowModality() == Qt::ApplicationModal || [&] {
                            const QWidget *above = dialog->parentWidget();
                            while (above && above->window() != window)
                                above = above->window()->parentWidget();
                            return above != nullptr;
                        }());
    return blocks ? dialog : nullptr;
}

} // namespace

BlockedClose::BlockedClose()
{
    const auto *x11 = qApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11)
        return;
    m_protocols = namedAtom(x11->connection(), "WM_PROTOCOLS");
    m_deleteWindow = namedAtom(x11->connection(), "WM_DELETE_WINDOW");
    qApp->installNativeEventFilter(this);
}

BlockedClose::~BlockedClose()
{
    if (qApp)
        qApp->removeNativeEventFilter(this);
}

bool BlockedClose::nativeEventFilter(const QByteArray &eventType, void *message, qintptr *)
{
    constexpr quint8 typeBits = 0x7f; // the highest bit tells who sent it
    if (eventType != "xcb_generic_event_t")
        return false;
    const auto *event = static_cast<const xcb_client_message_event_t *>(message);
    if ((event->response_type & typeBits) != XCB_CLIENT_MESSAGE || event->type != m_protocols ||
        event->data.data32[0] != m_deleteWindow)
        return false;
    if (QWidget *dialog = dialogOver(QWidget::find(event->window))) {
        bringToFront(dialog);
        QApplication::beep(); // it may be in front already
    }
    return false;
}

} // namespace sonar
