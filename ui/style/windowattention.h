// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

class QWidget;

namespace sonar {

/// Brings the window of `widget`, or the dialog that stands open over it, to the front; where the
/// desktop doesn't let it, asks for attention. `token` is what the desktop gave for this by a click
/// elsewhere (XDG_ACTIVATION_TOKEN, DESKTOP_STARTUP_ID, a notification's ActivationToken), usable
/// once; without one, desktops that guard against windows that push forward only mark it.
void bringToFront(QWidget *widget, const QByteArray &token = {});

/// False where a window has no way to ask for attention (Wayland before Qt 6.5): only a
/// notification reaches the user then.
bool canAskForAttention();

/// Forgets the token that this program itself was started with, once its window is there: it is
/// used up, and no program that is started from here should get it.
void forgetStartToken();

/// The token that this program was started with. To be asked before there is a QApplication, which
/// takes it away.
QByteArray startToken();

} // namespace sonar
