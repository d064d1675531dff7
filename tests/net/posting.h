// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/jsontransport.h"

#include "tests/support/scriptedserver.h"
#include "tests/support/waiting.h"

#include <memory>
#include <optional>

namespace sonar::test {

using Posted = std::shared_ptr<std::optional<Result<JsonReply>>>;

inline QCoro::Task<> collect(QCoro::Task<Result<JsonReply>> task, Posted posted)
{
    *posted = co_await task;
}

inline Posted begin(JsonTransport &transport, const QUrl &url, const CancelToken &cancel = {},
                    const JsonTransport::Headers &headers = {})
{
    auto posted = std::make_shared<std::optional<Result<JsonReply>>>();
    collect(transport.post(url, "{\"a\":1}", headers, cancel), posted);
    return posted;
}

inline Result<JsonReply> post(JsonTransport &transport, const QUrl &url)
{
    const Posted posted = begin(transport, url);
    if (!waitUntil([&] { return posted->has_value(); }))
        return failure({ErrorKind::Cancelled, QStringLiteral("the test waited too long"), {}, {}});
    return **posted;
}

} // namespace sonar::test
