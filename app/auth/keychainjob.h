// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QCoro/QCoroTask>
#include <QString>

#include <optional>

/// Single jobs of the OS keychain, each with a time limit that blocks nobody. A job that ends after
/// its limit is not heard of any more.
namespace sonar::keychain {

/// Nothing when there is no such entry.
QCoro::Task<Result<std::optional<QString>>> read(QString service, QString entry, int milliseconds);
QCoro::Task<Result<void>> write(QString service, QString entry, QString value, int milliseconds);
/// True when there was one.
QCoro::Task<Result<bool>> erase(QString service, QString entry, int milliseconds);

/// True when the keychain exists and is locked. An entry of a locked one, which the user did not
/// unlock when asked, is reported as if there were none.
QCoro::Task<bool> isLocked(int milliseconds);

} // namespace sonar::keychain
