// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace sonar {

/// The user's language for our texts and Qt's, as far as there are translations; English otherwise.
void installTranslations(QCoreApplication &application);

} // namespace sonar
