// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QCoreApplication>

#include <qt6keychain/keychain.h>

namespace sonar {

/// The words of keychain faults.
struct KeychainText
{
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

/// What a failed keychain job says to the user: each fault its own message and way on. On Linux
/// most faults come as OtherError with a text. That one may stay connected without the keychain is
/// for the place to say that has a button for it.
Error keychainFault(QKeychain::Error error, const QString &errorText);

Error keychainTimedOut(int milliseconds);

/// What the keychain did in spite of the answer it gave, as another look at it showed.
Error keychainRefusedToRead();
Error keychainDidNotSave();
Error keychainDidNotRemove();
Error keychainWithoutDefault();

/// False when this Linux session has no D-Bus that answers. Always true elsewhere.
bool isSessionBusReachable();

} // namespace sonar
