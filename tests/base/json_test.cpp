// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace sonar;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace {

JsonDocument parsed(const QByteArray &text)
{
    const auto document = JsonDocument::parse(text);
    if (!document)
        throw std::runtime_error(document.error().report().toStdString());
    return *document;
}

/// The details of the error; fails the test if there is none.
std::string refusal(const QByteArray &text, JsonLimits limits = {})
{
    const auto document = JsonDocument::parse(text, limits);
    EXPECT_FALSE(document) << text.left(200).toStdString();
    if (document)
        return {};
    EXPECT_EQ(document.error().kind, ErrorKind::Malformed);
    EXPECT_FALSE(document.error().summary.isEmpty());
    return document.error().details.toStdString();
}

QByteArray nested(int depth)
{
    return QByteArray(depth, '[') + QByteArray(depth, ']');
}

std::optional<quint64> number(const QByteArray &text)
{
    return parsed("{\"n\":" + text + "}").root().member("n")->toUint64();
}

} // namespace

TEST(Json, ReadsIntegersExactly)
{
    EXPECT_EQ(number("18446744073709551615"), 18446744073709551615ULL);
    EXPECT_EQ(number("9223372036854775808"), 9223372036854775808ULL);
    EXPECT_EQ(number("9007199254740993"), 9007199254740993ULL);
    EXPECT_EQ(number("0"), 0U);
}

TEST(Json, TakesNoOtherNumberForAnUnsignedInteger)
{
    for (const char *text : {"-1", "1.0", "1e3", "0.5", "\"1\"", "true", "null", "[1]", "{}",
                             "-9223372036854775808", "1.8446744073709551615e19"})
        EXPECT_FALSE(number(text)) << text;
}

TEST(Json, NumbersOutOfRangeAreThereButNotRead)
{
    constexpr const char *largest =
        "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    for (const char *text : {"18446744073709551616", "-9223372036854775809", "1e400", "-1E+400",
                             "99999999999999999999.5e999", largest}) {
        const auto document = parsed("{\"large\":" + QByteArray(text) +
                                     ",\"text\":\"18446744073709551616 \\\" 1e400\","
                                     "\"exact\":18446744073709551615,\"in\":[{\"a\":[" +
                                     text + " ,-7, 1e400]}]}");
        const JsonValue large = *document.root().member("large");
        EXPECT_FALSE(large.toUint64()) << text;
        EXPECT_FALSE(large.toText() || large.toBool() || large.isNull()) << text;
        EXPECT_FALSE(large.isObject() || large.isArray()) << text;
        EXPECT_EQ(document.exactText("large"), QByteArray(text));
        // What stands beside it is what it was.
        EXPECT_EQ(document.root().member("exact")->toUint64(), 18446744073709551615ULL);
        EXPECT_EQ(document.root().member("text")->toText(),
                  QStringLiteral("18446744073709551616 \" 1e400"));
        EXPECT_EQ(document.root().member("in")->elements()[0].member("a")->elements().size(), 3U);
    }
    const auto document = parsed("{\"n\":18446744073709551616}");
    JsonFields fields(document.root(), QStringLiteral("Reply"));
    fields.uint64("n");
    EXPECT_THAT(fields.fault().toStdString(), HasSubstr("n is no integer"));
}

TEST(Json, ALargeNumberExcusesNoOtherFault)
{
    for (const char *text :
         {"{\"n\":1e400", "{\"n\":1e400}}", "[1e400 1]", "[1e400,01]", "[1e400,1.]", "[1e400,-]",
          "[1e400,1e]", "[1e400,.5]", "[1e400,+1]", "[1e400x]", "[x1e400]", "[1e400,\"]",
          "[1e400,\"\\", "[018446744073709551616]", "[-018446744073709551616]", "[1e400e1]",
          "[1e400.5]", "[18446744073709551616-]", "[1e400,\"\xff\"]"})
        refusal(text);
    refusal("{\"a\":1e400,\"a\":1}");
    refusal("[1e400," + nested(40) + "]");
    EXPECT_THAT(refusal("[\n1e400,\n\nnope\n]"), StartsWith("line 4: "));
    // Long ones, and many.
    EXPECT_TRUE(JsonDocument::parse("[" + QByteArray(1'000'000, '9') + "]"));
    EXPECT_TRUE(JsonDocument::parse("[1e" + QByteArray(1'000'000, '9') + "]"));
    QByteArray many = "[0";
    for (int i = 0; i < 40'000; ++i)
        many += ",18446744073709551616";
    EXPECT_EQ(parsed(many + "]").root().elements().size(), 40'001U);
}

TEST(Json, ReadsValuesByTheirType)
{
    const auto document = parsed(
        R"({"text":"a\u0062\n\ud83d\ude00","yes":true,"no":false,"none":null,"list":[1,"2"]})");
    const JsonValue root = document.root();
    EXPECT_TRUE(root.isObject());
    EXPECT_EQ(root.member("text")->toText(), QStringLiteral("ab\n😀"));
    EXPECT_EQ(root.member("yes")->toBool(), true);
    EXPECT_EQ(root.member("no")->toBool(), false);
    EXPECT_TRUE(root.member("none")->isNull());
    EXPECT_FALSE(root.member("absent"));
    ASSERT_EQ(root.member("list")->elements().size(), 2U);
    EXPECT_EQ(root.member("list")->elements()[1].toText(), QStringLiteral("2"));
    EXPECT_FALSE(root.member("text")->toBool());
    EXPECT_FALSE(root.member("yes")->toText());
    EXPECT_TRUE(root.member("text")->elements().empty());
    EXPECT_FALSE(root.member("text")->member("x"));
}

TEST(Json, RefusesWhatIsNotOneWholeValue)
{
    for (const char *text : {"",
                             " ",
                             "{",
                             "}",
                             "{\"a\"",
                             "{\"a\":",
                             "{\"a\":1",
                             "{\"a\":1,}",
                             "[1,]",
                             "[1 2]",
                             "{} {}",
                             "{a:1}",
                             "{'a':1}",
                             "\"",
                             "tru",
                             "nul",
                             "01",
                             "+1",
                             ".5",
                             "1.",
                             "// x\n{}",
                             "{\"a\":NaN}",
                             "<html></html>",
                             "{\"a\":\"\x01\"}",
                             "{\"a\":\"\\x\"}",
                             "{\"a\":\"\\ud800\"}",
                             "{\"a\":1}x"})
        refusal(text);
    refusal(QByteArray("{\"a\":1}\0", 8));
}

TEST(Json, RefusesEveryTruncation)
{
    const QByteArray text = R"({"PermitJSON":{"a":[1,"x\n"],"b":18446744073709551615},"S":"0xff"})";
    parsed(text);
    for (qsizetype length = 0; length < text.size(); ++length)
        EXPECT_FALSE(JsonDocument::parse(text.left(length))) << text.left(length).toStdString();
}

TEST(Json, RefusesInvalidUtf8)
{
    for (const char *bytes : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xe2\x82", "\xf5\x80\x80\x80"})
        refusal("{\"a\":\"" + QByteArray(bytes) + "\"}");
}

TEST(Json, RefusesAMemberNamedTwice)
{
    EXPECT_THAT(refusal(R"({"a":1,"a":1})"), HasSubstr("“a”"));
    refusal(R"({"a":1,"\u0061":2})");
    refusal(R"({"x":[{"y":{"b":1,"c":2,"b":3}}]})");
    parsed(R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})");
}

TEST(Json, BoundsTheNumberOfBytes)
{
    const QByteArray text = R"({"a":"0123456789"})";
    EXPECT_TRUE(JsonDocument::parse(text, {text.size(), 32}));
    EXPECT_THAT(refusal(text, {text.size() - 1, 32}), HasSubstr("larger"));
}

TEST(Json, BoundsTheDepth)
{
    EXPECT_TRUE(JsonDocument::parse(nested(31)));
    EXPECT_TRUE(JsonDocument::parse("{\"a\":" + nested(8) + "}", {1000, 10}));
    refusal(nested(33));
    refusal(nested(1000));
    refusal(nested(1'000'000));
    refusal(QByteArray(1'000'000, '['));
    // The limit holds for large texts, too.
    refusal("{\"pad\":\"" + QByteArray(100'000, 'x') + "\",\"a\":" + nested(40) + "}");
}

TEST(Json, SaysTheLineOfAFault)
{
    EXPECT_THAT(refusal("{\n  \"a\": 1,\n  \"b\": nope\n}"), StartsWith("line 3: "));
    EXPECT_THAT(refusal("{\n\"a\": \"open\n}\n"), StartsWith("line "));
    EXPECT_THAT(refusal("{\n\"a\": 1,\n\"c\": {\"x\": 1,\n \"y\": 2,\n \"x\": 3}}"),
                StartsWith("line 5: "));
    EXPECT_THAT(refusal("x"), StartsWith("line 1: "));
}

TEST(JsonExactText, KeepsTheMemberByteForByte)
{
    const QByteArray value = "{ \"MaxAmount\" :\t\"115792\" ,\r\n "
                             "\"MinPrice\":18446744073709551615,\"p\":[ 1.50 , -0e+1 ],"
                             "\"\\u0061\":\"\\u00e9 é \\\" } , ] \\\\\"  }";
    const auto document = parsed("  {\"before\": {\"x\":[]} ,\n\"PermitJSON\" : \n " + value +
                                 " \n,\"after\":1}  \n");
    EXPECT_EQ(document.exactText("PermitJSON"), value);
}

TEST(JsonExactText, KnowsEveryKindOfValue)
{
    const auto document = parsed("{ \"s\" : \"a, \\\"b\\\" \" , \"n\" : 1.0e0 ,\"t\":true , \"z\": "
                                 "null\n, \"l\": [ ] , \"o\": { }\t}");
    EXPECT_EQ(document.exactText("s"), QByteArray("\"a, \\\"b\\\" \""));
    EXPECT_EQ(document.exactText("n"), QByteArray("1.0e0"));
    EXPECT_EQ(document.exactText("t"), QByteArray("true"));
    EXPECT_EQ(document.exactText("z"), QByteArray("null"));
    EXPECT_EQ(document.exactText("l"), QByteArray("[ ]"));
    EXPECT_EQ(document.exactText("o"), QByteArray("{ }"));
    EXPECT_FALSE(document.exactText("absent"));
}

TEST(JsonExactText, FindsAnEscapedName)
{
    const auto document = parsed(R"({"\u0050ermit\u004aSON":{"a": 1}})");
    EXPECT_EQ(document.exactText("PermitJSON"), QByteArray("{\"a\": 1}"));
    EXPECT_EQ(document.root().member("PermitJSON")->member("a")->toUint64(), 1U);
}

TEST(JsonExactText, LooksAtTheRootAlone)
{
    const auto document = parsed(R"({"x":{"PermitJSON":1},"y":"PermitJSON"})");
    EXPECT_FALSE(document.exactText("PermitJSON"));
    EXPECT_FALSE(parsed("[{\"PermitJSON\":1}]").exactText("PermitJSON"));
    EXPECT_FALSE(parsed("7").exactText("PermitJSON"));
}

TEST(JsonExactText, SurvivesTheDocumentsCopies)
{
    std::optional<JsonDocument> first = parsed(R"({"a": "kept"})");
    const JsonDocument second = *first;
    first.reset();
    EXPECT_EQ(second.exactText("a"), QByteArray("\"kept\""));
    EXPECT_EQ(second.root().member("a")->toText(), QStringLiteral("kept"));
}

TEST(JsonLine, IsWhereTheValueBegins)
{
    const auto document = parsed("{ \"a\": 1,\n \"b\": [\n 2 ],\r\n\n \"c\":\n {} }");
    EXPECT_EQ(document.lineOf("a"), 1);
    EXPECT_EQ(document.lineOf("b"), 2);
    EXPECT_EQ(document.lineOf("c"), 6);
    EXPECT_EQ(document.lineOf("absent"), 0);
    EXPECT_EQ(parsed("\n[]").lineOf("a"), 0);
}

TEST(JsonMembers, StandInTheirOrderWithTheirText)
{
    const auto members = parsed("{\n\"z\": [1,  2],\n\"\\u0061\" : \"x\" ,\"m\":{}}").members();
    ASSERT_EQ(members.size(), 3U);
    EXPECT_EQ(members[0].name, QStringLiteral("z"));
    EXPECT_EQ(members[0].text, QByteArray("[1,  2]"));
    EXPECT_EQ(members[0].line, 2);
    EXPECT_EQ(members[1].name, QStringLiteral("a"));
    EXPECT_EQ(members[1].text, QByteArray("\"x\""));
    EXPECT_EQ(members[2].text, QByteArray("{}"));
    EXPECT_EQ(members[2].line, 3);
    EXPECT_TRUE(parsed("[1]").members().empty());
    EXPECT_TRUE(parsed("{}").members().empty());
}

TEST(JsonQuoted, IsReadBackAsItWas)
{
    for (const QString &text :
         {QString(), QStringLiteral("a \"b\" \\ /"), QStringLiteral("line\n\ttab\u0001\u007f"),
          QStringLiteral("é 😀 \u2028"), QString(QChar(0))}) {
        const auto document = parsed("{" + jsonQuoted(text) + ":" + jsonQuoted(text) + "}");
        ASSERT_EQ(document.members().size(), 1U);
        EXPECT_EQ(document.members()[0].name, text);
        const auto list = parsed("[" + jsonQuoted(text) + "]");
        EXPECT_EQ(list.root().elements()[0].toText(), text);
    }
}
