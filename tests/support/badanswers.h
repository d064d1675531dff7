// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include "tests/support/scriptedserver.h"

#include <QList>

namespace sonar::test {

/// An answer that no endpoint may give, and the kind of error that it has to become.
struct BadAnswer
{
    const char *name;
    Scripted script;
    ErrorKind kind;
};

/// What holds for every endpoint. `whole` is a right answer's JSON object.
inline QList<BadAnswer> badAnswers(const QByteArray &whole)
{
    const QByteArray inside = whole.mid(1); // after the brace
    const QByteArray name = whole.mid(1, whole.indexOf(':') - 1);
    const auto json = [](const QByteArray &body) { return answered(200, body); };
    static const QByteArray compressed = qCompress(QByteArray(64 * 1024 * 1024, ' '), 9).mid(4);
    return {
        {"empty", json({}), ErrorKind::Malformed},
        {"no content", answered(204, {}), ErrorKind::Malformed},
        {"HTML", answered(200, "<!doctype html><title>Welcome</title>"), ErrorKind::Malformed},
        {"truncated", json(whole.left(whole.size() / 2)), ErrorKind::Malformed},
        {"one byte short", json(whole.chopped(1)), ErrorKind::Malformed},
        {"something after it", json(whole + "x"), ErrorKind::Malformed},
        {"twice", json(whole + whole), ErrorKind::Malformed},
        {"null", json("null"), ErrorKind::Malformed},
        {"a number", json("1"), ErrorKind::Malformed},
        {"a string", json("\"x\""), ErrorKind::Malformed},
        {"an array", json('[' + whole + ']'), ErrorKind::Malformed},
        {"an empty object", json("{}"), ErrorKind::Malformed},
        {"UTF-16", json(QByteArray("\xff\xfe{\0}\0", 6)), ErrorKind::Malformed},
        {"invalid UTF-8", json("{\"x\":\"\xc3\x28\xff\"," + inside), ErrorKind::Malformed},
        {"half a surrogate pair", json("{\"x\":\"\\ud800\"," + inside), ErrorKind::Malformed},
        {"duplicate key", json("{" + name + ":null," + inside), ErrorKind::Malformed},
        {"single quotes", json(QByteArray(whole).replace('"', '\'')), ErrorKind::Malformed},
        {"1,000 deep",
         json("{\"x\":" + QByteArray(1'000, '[') + QByteArray(1'000, ']') + "," + inside),
         ErrorKind::Malformed},
        {"100,000 deep", json(QByteArray(100'000, '[')), ErrorKind::Malformed},
        {"10 MB string", json("{\"x\":\"" + QByteArray(10'000'000, 'x') + "\"," + inside),
         ErrorKind::Malformed},
        {"compressed bomb", answered(200, compressed, {"Content-Encoding: deflate"}),
         ErrorKind::Malformed},
        {"no gzip", answered(200, whole, {"Content-Encoding: gzip"}), ErrorKind::Malformed},
        {"closed without an answer", {{}, Scripted::Then::Close}, ErrorKind::Network},
        {"reset without an answer", {{}, Scripted::Then::Reset}, ErrorKind::Network},
        {"closed midway",
         {"HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(whole.size()) + "\r\n\r\n" +
          whole.chopped(3)},
         ErrorKind::Network},
        {"length too long",
         {"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + whole},
         ErrorKind::Network},
        {"length too short",
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + whole},
         ErrorKind::Malformed},
        {"400", answered(400, R"({"message":"no"})"), ErrorKind::Rejected},
        {"403", answered(403, R"({"message":"no"})"), ErrorKind::Rejected},
        {"404", answered(404, "nothing"), ErrorKind::NotFound},
        {"429", answered(429, "{}", {"Retry-After: 0"}), ErrorKind::RateLimited},
        {"500", answered(500, "<html>"), ErrorKind::ServerFault},
        {"503", answered(503, {}), ErrorKind::ServerFault},
        {"redirect", answered(302, whole, {"Location: /elsewhere"}), ErrorKind::Rejected},
    };
}

/// Right answers with one member each missing, null or of another type: all are Malformed.
/// `members` are the top-level members that have to be there.
inline QList<BadAnswer> spoiltMembers(const QByteArray &whole, const QList<QByteArray> &members)
{
    const QList<QByteArray> lists{"Entities", "Investments", "Commitments"};
    QList<BadAnswer> all;
    for (const QByteArray &member : members) {
        const QByteArray quoted = '"' + member + "\":";
        const QByteArray renamed = QByteArray(whole).replace(quoted, "\"not" + member + "\":");
        all << BadAnswer{"member missing", answered(200, renamed), ErrorKind::Malformed};
        for (const QByteArray &value :
             {QByteArray("null"), QByteArray("[[]]"), QByteArray("{\"y\":{}}"), QByteArray("-1"),
              QByteArray("1.5"), QByteArray("18446744073709551616")}) {
            // Any object may be a permit until it is decoded.
            if (member == "PermitJSON" && value.startsWith('{'))
                continue;
            // A list that is null is an empty one.
            if (value == "null" && lists.contains(member))
                continue;
            // What is in a list of entities costs that entry alone.
            if (value == "[[]]" && member == "Entities")
                continue;
            // Seconds needn't be whole.
            if (value == "1.5" && member == "expires_in")
                continue;
            const QByteArray spoilt = QByteArray(renamed).insert(1, quoted + value + ',');
            all << BadAnswer{"member of another type", answered(200, spoilt), ErrorKind::Malformed};
        }
    }
    return all;
}

} // namespace sonar::test
