// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

namespace sonar {

class Preferences;

/// Light, dark, or as the system says: what the user chose last.
Appearance rememberedAppearance(const Preferences &preferences);
void rememberAppearance(Preferences &preferences, Appearance appearance);

} // namespace sonar
