// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace sonar {

/// The text of a file as UTF-8 without a byte order mark. Takes UTF-8, and UTF-16 and UTF-32 as
/// Windows saves them ("Unicode", PowerShell's `>`): with a mark, or without one when the text
/// begins with two ASCII characters, as JSON, CSV and wallet addresses do. For anything else the
/// error is Malformed; its summary is the reason, a sentence, and its advice how to save the file.
Result<QByteArray> utf8Text(const QByteArray &bytes);

} // namespace sonar
