// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractNativeEventFilter>
#include <QtGlobal>

namespace sonar {

/// When a window manager asks a window to close while a dialog stands open over it, Qt drops the
/// request without a word: here the dialog comes to the front and answers for the window. X11 only,
/// since Qt's Wayland plugin doesn't tell anybody of such requests. Lives as long as the
/// QApplication's event loop.
class BlockedClose : public QAbstractNativeEventFilter
{
public:
    BlockedClose();
    ~BlockedClose() override;
    Q_DISABLE_COPY_MOVE(BlockedClose)

    bool nativeEventFilter(const QByteArray &eventType, void *message, qintptr *result) override;

private:
    quint32 m_protocols = 0; ///< X11's atoms; 0: there is no X11
    quint32 m_deleteWindow = 0;
};

} // namespace sonar
