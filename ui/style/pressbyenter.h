// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sonar {

/// From now on Enter presses the button that has the focus, as Space does, in every window of the
/// program. By itself Qt lets it press a dialog's default button instead, or nothing. May be called
/// more than once; needs the QApplication.
void pressButtonsByEnter();

} // namespace sonar
