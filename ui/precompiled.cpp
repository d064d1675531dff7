// SPDX-License-Identifier: GPL-3.0-or-later
// Gives a precompiled header a target to belong to.
