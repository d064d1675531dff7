// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sonar/sonarclient.h"

namespace sonar {

/// How long a call to the service may take and how often it is repeated.
struct CallLimits
{
    TransportLimits transport; ///< of a refresh of the tokens, too
    RetryPolicy retry;
};

} // namespace sonar
