// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/tokenreply.h"
#include "tests/fuzz/fuzztarget.h"

#include <algorithm>

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto isVisible = [](const QByteArray &token) {
        return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; });
    };
    const Result<TokenReply> reply = parseTokenReply(fuzz::bytesOf(data, size), 1'800'000'000);
    if (!reply)
        return 0;
    fuzz::require(!reply->accessToken.isEmpty() && isVisible(reply->accessToken));
    fuzz::require(isVisible(reply->refreshToken));
    fuzz::require(reply->lifetimeSeconds > 0);
    return 0;
}
