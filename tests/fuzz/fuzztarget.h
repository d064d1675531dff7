// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <cstdlib>

namespace sonar::fuzz {

/// A copy of its own size, so that reading past its end is seen.
inline QByteArray bytesOf(const uint8_t *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), qsizetype(size)};
}

/// What must hold whatever comes from outside; the fuzzer stops where it doesn't.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace sonar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
