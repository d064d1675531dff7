// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QByteArrayList>

namespace sonar {

/// The error with every one of `secrets` blotted out: a service may quote in its message what it
/// was sent. Pieces of eight characters and more go, too: the service, or the bound on its text,
/// may have cut a secret in two.
Error withoutSecrets(Error error, const QByteArrayList &secrets);

} // namespace sonar
