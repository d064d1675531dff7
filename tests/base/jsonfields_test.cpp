// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

const QByteArray sample = R"({"text":"x","flag":true,"count":18446744073709551615,"none":null,
                              "object":{"a":1},"list":[1,2]})";

/// The first fault that `read` meets in the sample.
template <typename Read> std::string faultOf(Read read)
{
    const auto document = JsonDocument::parse(sample);
    JsonFields fields(document->root(), QStringLiteral("Entities[3]"));
    read(fields);
    EXPECT_EQ(fields.ok(), fields.fault().isEmpty());
    return fields.fault().toStdString();
}

} // namespace

TEST(JsonFields, ReadEveryType)
{
    EXPECT_EQ(faultOf([](JsonFields &fields) {
                  EXPECT_EQ(fields.text("text"), QStringLiteral("x"));
                  EXPECT_TRUE(fields.boolean("flag"));
                  EXPECT_EQ(fields.uint64("count"), 18446744073709551615ULL);
                  EXPECT_TRUE(fields.object("object"));
                  EXPECT_EQ(fields.array("list").size(), 2U);
              }),
              "");
}

TEST(JsonFields, TakeNullForAbsentWhereAFieldIsOptional)
{
    EXPECT_EQ(faultOf([](JsonFields &fields) {
                  EXPECT_EQ(fields.textOr("none", QStringLiteral("usual")),
                            QStringLiteral("usual"));
                  EXPECT_EQ(fields.textOr("absent"), QString());
                  EXPECT_EQ(fields.textOr("text"), QStringLiteral("x"));
                  EXPECT_FALSE(fields.has("none"));
                  EXPECT_FALSE(fields.has("absent"));
                  EXPECT_TRUE(fields.has("flag"));
              }),
              "");
}

TEST(JsonFields, TakeNullForAnEmptyListWhereThatIsSaid)
{
    EXPECT_EQ(faultOf([](JsonFields &fields) {
                  EXPECT_TRUE(fields.arrayOrNull("none").empty());
                  EXPECT_EQ(fields.arrayOrNull("list").size(), 2U);
              }),
              "");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.array("none"); }),
              "Entities[3].none is no list");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.arrayOrNull("absent"); }),
              "Entities[3].absent is missing");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.arrayOrNull("object"); }),
              "Entities[3].object is no list");
}

TEST(JsonFields, NameTheFieldThatIsMissing)
{
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.text("absent"); }),
              "Entities[3].absent is missing");
}

TEST(JsonFields, NameTheFieldOfAnotherType)
{
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.text("count"); }),
              "Entities[3].count is no string");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.text("none"); }),
              "Entities[3].none is no string");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.boolean("text"); }),
              "Entities[3].text is neither true nor false");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.uint64("text"); }),
              "Entities[3].text is no integer from 0 to 2^64 - 1");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.object("list"); }),
              "Entities[3].list is no object");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.array("object"); }),
              "Entities[3].object is no list");
    EXPECT_EQ(faultOf([](JsonFields &fields) { fields.textOr("flag"); }),
              "Entities[3].flag is no string");
}

TEST(JsonFields, KeepTheFirstFault)
{
    EXPECT_EQ(faultOf([](JsonFields &fields) {
                  fields.refuse("text", QStringLiteral("is no UUID"));
                  fields.uint64("absent");
              }),
              "Entities[3].text is no UUID");
}

TEST(JsonFields, RefuseWhatIsNoObject)
{
    const auto document = JsonDocument::parse("[]");
    const JsonFields fields(document->root(), QStringLiteral("Reply"));
    EXPECT_FALSE(fields.ok());
    EXPECT_EQ(fields.fault().toStdString(), "Reply is no object");
}
