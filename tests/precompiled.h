// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/precompiled.h"

#include <gtest/gtest.h>
