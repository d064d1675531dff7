// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/precompiled.h"

#include <gtest/gtest.h>
