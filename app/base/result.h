// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <tl/expected.hpp>

namespace sonar {

/// A value, or the error that stands in its place.
template <typename T> using Result = tl::expected<T, Error>;

/// `return failure({...})` from a function that returns a Result.
inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace sonar
