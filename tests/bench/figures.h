// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdio>
#include <vector>

namespace sonar::bench {

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

inline double minimum(const std::vector<double> &values)
{
    return values.empty() ? 0 : *std::min_element(values.begin(), values.end());
}

/// Prints a figure with its bound; false when it is above. The exit code follows it.
inline bool atMost(const char *what, double value, double bound, const char *unit = "")
{
    const bool kept = value <= bound;
    std::printf("%-58s %8.2f%s (at most %g)%s\n", what, value, unit, bound, kept ? "" : "  ABOVE");
    std::fflush(stdout);
    return kept;
}

inline bool atLeast(const char *what, double value, double bound, const char *unit = "")
{
    const bool kept = value >= bound;
    std::printf("%-58s %8.2f%s (at least %g)%s\n", what, value, unit, bound, kept ? "" : "  BELOW");
    std::fflush(stdout);
    return kept;
}

} // namespace sonar::bench
