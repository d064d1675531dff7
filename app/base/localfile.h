// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

namespace sonar {

/// The content of a regular file of at most `mostBytes`. The error's summary is the reason, a
/// sentence; it is of kind File, or Malformed when the file is larger.
Result<QByteArray> readLocalFile(const QString &path, qsizetype mostBytes);

} // namespace sonar
