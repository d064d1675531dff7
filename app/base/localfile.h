// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QFileDevice>
#include <QString>

namespace sonar {

/// The content of a regular file of at most `mostBytes`. The error's summary is the reason, a
/// sentence; it is of kind File, or Malformed when the file is larger.
Result<QByteArray> readLocalFile(const QString &path, qsizetype mostBytes);

/// Puts `content` into the place of what the file held; what was there stays when that fails. The
/// error's summary is the reason, without a full stop. Without `permissions`: the usual ones.
Result<void> writeLocalFile(const QString &path, const QByteArray &content,
                            QFileDevice::Permissions permissions = {});

} // namespace sonar
