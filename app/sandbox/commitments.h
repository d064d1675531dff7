// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"

#include <QByteArray>

namespace sonar::sandbox {

/// The two spellings of protocol reference §5: sonar-core's, and that of the REST documentation.
enum class CommitmentNames { Core, Rest };

/// A sale in full swing: 128 commitments, one every seven minutes up to `latest` (Unix seconds), of
/// which the 100 latest are listed.
QByteArray commitmentData(const Chain &chain, qint64 latest, CommitmentNames names);

} // namespace sonar::sandbox
