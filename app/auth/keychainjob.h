// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QCoro/QCoroTask>
#include <QString>

#include <optional>

/// Single jobs of the OS keychain, each with a time limit that blocks nobody. A job that ends after
/// its limit is not heard of any more. No answer is believed unseen: services say "done" when the
/// user has declined, and "no such entry" when access was refused.
namespace sonar::keychain {

/// Nothing when there is no such entry; an error when there is one that may not be read.
QCoro::Task<Result<std::optional<QString>>> read(QString service, QString entry, int milliseconds);
/// The entry has this value afterwards, and is the only one of its name.
QCoro::Task<Result<void>> write(QString service, QString entry, QString value, int milliseconds);
/// The entry isn't there any more afterwards, whether or not there was one.
QCoro::Task<Result<void>> erase(QString service, QString entry, int milliseconds);
/// Asks the user nothing where the keychain tells by itself.
QCoro::Task<Result<bool>> has(QString service, QString entry, int milliseconds);

} // namespace sonar::keychain
