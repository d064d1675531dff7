// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace sonar::sandbox {

/// Why a request is refused before its body is read, and its connection closed: RFC 9112 leaves no
/// doubt about where such a request ends only by ending there.
struct HeadFault
{
    int status;
    QByteArray reason; ///< of the status line
    QByteArray code;
    QByteArray message;
};

/// What is wrong with a request's line and header fields (without the empty line at their end);
/// nothing if an HTTP server may go on with it. `largestBody`: bytes.
std::optional<HeadFault> faultOf(const QByteArray &head, qint64 largestBody);

HeadFault tooLarge();

} // namespace sonar::sandbox
