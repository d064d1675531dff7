// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/programs.h"

namespace sonar::test {

/// A wallet that the sandbox calls ready.
inline const QString linkedWallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

/// Connects and asks for one permit for Ada Lovelace and `wallet` through the details pane.
void connectAndRequest(Desktop &desktop, const QString &wallet);
/// Saves all permits to `file`; its ending chooses nothing, the format stays the one that stands.
void exportTo(Desktop &desktop, const QString &file);

} // namespace sonar::test
