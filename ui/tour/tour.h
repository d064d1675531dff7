// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QApplication;

namespace sonar {

/// Drives a window of its own through the whole job against the embedded sandbox, in the place of
/// the user and the browser, with preferences and keychain entries of its own. Leaves numbered
/// pictures, permits.json, permits.csv and tour.txt in `folder`. The program's exit code: 0 only
/// when every step worked; otherwise the step is named on standard error.
int runTour(QApplication &application, const QString &folder);

} // namespace sonar
