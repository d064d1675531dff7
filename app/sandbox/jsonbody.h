// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/httpmessages.h"

#include <QHash>
#include <QStringList>

#include <tl/expected.hpp>

namespace sonar::sandbox {

/// The string members of a JSON body: exactly those of `required`, and any of `optional` that
/// isn't null. Otherwise the reply that refuses it (415 for another content type, 400 for anything
/// else).
tl::expected<QHash<QString, QString>, HttpResponse>
readBody(const HttpRequest &request, const QStringList &required, const QStringList &optional = {});

} // namespace sonar::sandbox
