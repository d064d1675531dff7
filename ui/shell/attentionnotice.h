// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/windowattention.h"

#include <QObject>

namespace sonar {

class DesktopNotifier;

/// A notification of the desktop in the place of a window's call for attention, where windows have
/// no such call and nobody looks at one of this program's.
class AttentionNotice : public QObject
{
    Q_OBJECT
public:
    /// `window` is the parent, and what a click on the notification brings to the front.
    explicit AttentionNotice(QWidget *window, bool windowsCanAsk = canAskForAttention());

    /// Plain text of our own: some desktops take it for markup.
    void tell(const QString &title, const QString &text);

private:
    QWidget *m_window;
    bool m_windowsCanAsk;
    DesktopNotifier *m_notifier = nullptr; ///< made for the first message
};

} // namespace sonar
