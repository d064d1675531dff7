// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/answererror.h"
#include "app/net/redaction.h"

#include <QDateTime>
#include <QLocale>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

Error answer(int status, const QByteArray &body, const QByteArray &retryAfter = {})
{
    return errorFromAnswer({status, "req-7", retryAfter, body});
}

} // namespace

TEST(AnswerError, StatusDecidesTheKind)
{
    struct Row
    {
        int status;
        ErrorKind kind;
    };
    for (const Row &row : {Row{300, ErrorKind::Rejected}, Row{301, ErrorKind::Rejected},
                           Row{399, ErrorKind::Rejected}, Row{400, ErrorKind::Rejected},
                           Row{401, ErrorKind::Unauthorized}, Row{403, ErrorKind::Rejected},
                           Row{404, ErrorKind::NotFound}, Row{409, ErrorKind::Rejected},
                           Row{418, ErrorKind::Rejected}, Row{429, ErrorKind::RateLimited},
                           Row{500, ErrorKind::ServerFault}, Row{503, ErrorKind::ServerFault},
                           Row{599, ErrorKind::ServerFault}}) {
        const Error error = answer(row.status, {});
        EXPECT_EQ(error.kind, row.kind) << row.status;
        EXPECT_EQ(error.httpStatus, row.status);
        EXPECT_FALSE(error.summary.isEmpty()) << row.status;
        EXPECT_FALSE(error.advice.isEmpty()) << row.status;
        EXPECT_TRUE(error.details.contains(QString::number(row.status)));
        EXPECT_TRUE(error.details.contains(QStringLiteral("req-7")));
    }
}

TEST(AnswerError, FirstNonBlankMessageWins)
{
    struct Row
    {
        QByteArray body;
        QString shown;
    };
    for (const Row &row : {
             Row{R"({"message":"one","Message":"two","error":"three","Error":"four"})",
                 QStringLiteral("one")},
             Row{R"({"Error":"four","error":"three","Message":"two"})", QStringLiteral("two")},
             Row{R"({"message":"","Message":"  ","error":"three","Error":"four"})",
                 QStringLiteral("three")},
             Row{R"({"message":7,"Message":null,"error":{"a":1},"Error":"four"})",
                 QStringLiteral("four")},
         }) {
        const QString summary = answer(400, row.body).summary;
        EXPECT_TRUE(summary.endsWith(QStringLiteral("It says: ") + row.shown))
            << qPrintable(summary);
    }
    EXPECT_FALSE(answer(400, R"({"other":"x"})").summary.contains(QStringLiteral("It says")));
}

TEST(AnswerError, CodeComesFromCodeOrCapitalCode)
{
    EXPECT_TRUE(answer(400, R"({"code":"low","Code":"high"})")
                    .details.contains(QStringLiteral("Code: low")));
    EXPECT_TRUE(answer(400, R"({"code":" ","Code":"high"})")
                    .details.contains(QStringLiteral("Code: high")));
    EXPECT_TRUE(answer(400, R"({"code":-5})").details.contains(QStringLiteral("Code: -5")));
    EXPECT_TRUE(answer(400, R"({"code":null,"Code":18446744073709551616})")
                    .details.contains(QStringLiteral("Code: 18446744073709551616")));
    EXPECT_FALSE(
        answer(400, R"({"code":[5],"Code":{"a":1}})").details.contains(QStringLiteral("Code:")));
}

TEST(AnswerError, TextThatIsNoJsonIsKeptBoundedAsDetail)
{
    const Error plain = answer(502, "upstream connect error\r\n\x1b[31m reset");
    EXPECT_TRUE(plain.details.contains(QStringLiteral("upstream connect error")));
    EXPECT_FALSE(plain.details.contains(QChar(0x1b)));
    EXPECT_LT(answer(502, QByteArray(1'000'000, 'x')).details.size(), 1'000);
    EXPECT_FALSE(answer(502, "upstream").summary.contains(QStringLiteral("upstream")));
}

TEST(AnswerError, JsonWithoutAKnownMessageIsKeptAsDetail)
{
    for (const char *body :
         {R"({"detail":"too late"})", R"(["too late"])", R"("too late")",
          R"({"error":{"message":"too late"}})", R"({"message":"","reason":"too late"})"}) {
        const Error error = answer(409, body);
        EXPECT_TRUE(error.details.contains(QStringLiteral("too late"))) << body;
        EXPECT_FALSE(error.summary.contains(QStringLiteral("too late"))) << body;
    }
    const Error large = answer(409, "{\"detail\":\"" + QByteArray(100'000, 'x') + "\"}");
    EXPECT_LT(large.details.size(), 1'000);
    // Said already.
    EXPECT_FALSE(answer(409, R"({"message":"once"})").details.contains(QStringLiteral("once")));
}

TEST(AnswerError, ASecretThatTheBoundCutsIsBlottedOut)
{
    QByteArray token = "eyJhbGciOi";
    for (int i = 0; token.size() < 800; ++i)
        token += QByteArray::number(qHash(i, 7), 36);
    const auto mostShown = [&](const QByteArray &body) {
        const QString report = withoutSecrets(answer(400, body), {token}).report();
        qsizetype most = 0;
        for (qsizetype from = 0; from < token.size(); ++from) {
            while (report.contains(QString::fromLatin1(token.mid(from, most + 1))) &&
                   from + most < token.size())
                ++most;
        }
        return most;
    };
    for (const int before : {0, 10, 250, 290, 297, 1'190}) {
        const QByteArray said = QByteArray(before, '.') + " token " + token;
        EXPECT_LT(mostShown("{\"message\":\"" + said + "\"}"), 8) << before;
        EXPECT_LT(mostShown("{\"other\":\"" + said + "\"}"), 8) << before;
        EXPECT_LT(mostShown(said), 8) << before;
    }
    // The service may quote a part of it.
    EXPECT_LT(mostShown("bad token ..." + token.mid(300, 40) + "..."), 8);
    // Without that, all of what fits would be there.
    EXPECT_GT(answer(400, token).details.count(QString::fromLatin1(token.left(200))), 0);
}

TEST(AnswerError, ServerTextIsOneBoundedPrintableLine)
{
    const Error error = answer(400, QByteArray("{\"message\":\"a\\nb\\u202Ec\\u0000d") +
                                        QByteArray(5'000, 'x') + "\"}");
    EXPECT_LT(error.summary.size(), 500);
    for (const QChar c : error.summary)
        EXPECT_TRUE(c.isPrint()) << int(c.unicode());
    EXPECT_EQ(plainLine(QStringLiteral(" a\t b\r\n")), QStringLiteral("a b"));
    EXPECT_EQ(plainLine(QString(400, u'x'), 10).size(), 10);
}

TEST(AnswerError, BodiesOfAnyKindNeverBreakIt)
{
    for (const QByteArray &body :
         {QByteArray(), QByteArray("null"), QByteArray("[]"), QByteArray("\"text\""),
          QByteArray("{\"message\":"), QByteArray("\xff\xfe\x00", 3), QByteArray(100'000, '['),
          QByteArray("{\"message\":\"\\ud800\"}")}) {
        const Error error = answer(400, body);
        EXPECT_EQ(error.kind, ErrorKind::Rejected);
        EXPECT_LT(error.report().size(), 2'000);
    }
}

TEST(AnswerError, RetryAfterInSecondsOrAsADate)
{
    EXPECT_EQ(answer(429, {}).retryAfterSeconds, -1);
    EXPECT_EQ(answer(429, {}, "7").retryAfterSeconds, 7);
    EXPECT_EQ(answer(429, {}, " 0 ").retryAfterSeconds, 0);
    EXPECT_EQ(answer(429, {}, "-3").retryAfterSeconds, -1);
    EXPECT_EQ(answer(429, {}, "soon").retryAfterSeconds, -1);
    EXPECT_EQ(answer(429, {}, "1.5").retryAfterSeconds, -1);
    EXPECT_EQ(answer(429, {}, "999999999999").retryAfterSeconds, 24 * 3600);
    EXPECT_EQ(answer(429, {}, "99999999999999999999999").retryAfterSeconds, -1);
    // RFC 9110 §5.6.7: IMF-fixdate.
    const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(90);
    const QByteArray date =
        QLocale::c().toString(later, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss")).toLatin1() +
        " GMT";
    EXPECT_NEAR(answer(429, {}, date).retryAfterSeconds, 90, 5);
    EXPECT_EQ(answer(429, {}, "Wed, 21 Oct 2015 07:28:00 GMT").retryAfterSeconds, 0);
}

TEST(AnswerError, ARedirectIsNamedAsSuch)
{
    const QString redirect = answer(301, {}).summary;
    for (const int status : {300, 399})
        EXPECT_EQ(answer(status, {}).summary, redirect) << status;
    EXPECT_NE(answer(400, {}).summary, redirect);
}

TEST(AnswerError, TheWaitIsNamed)
{
    EXPECT_TRUE(answer(429, {}, "45").advice.contains(QStringLiteral("45 second")));
    EXPECT_TRUE(answer(429, {}, "3600").advice.contains(QStringLiteral("60 minute")));
    EXPECT_TRUE(answer(429, {}, "7201").advice.contains(QStringLiteral("3 hour")));
    EXPECT_TRUE(answer(429, {}, "119").advice.contains(QStringLiteral("119 second")));
    EXPECT_TRUE(answer(429, {}, "120").advice.contains(QStringLiteral("2 minute")));
    EXPECT_TRUE(answer(503, {}, "150").advice.contains(QStringLiteral("3 minute")));
    EXPECT_FALSE(answer(429, {}).advice.isEmpty());
}

TEST(AnswerError, DetailsOfAnAnswerCarryItsStatusAndRequestId)
{
    const Error error = withAnswerDetails(
        {ErrorKind::Malformed, QStringLiteral("s"), {}, QStringLiteral("Fault: x"), 0}, 200,
        "req-8");
    EXPECT_EQ(error.httpStatus, 200);
    EXPECT_TRUE(error.details.startsWith(QStringLiteral("Fault: x\n")));
    EXPECT_TRUE(error.details.contains(QStringLiteral("200")));
    EXPECT_TRUE(error.details.contains(QStringLiteral("req-8")));
}

TEST(AnswerError, EveryNetworkFaultHasItsSentence)
{
    struct Row
    {
        QNetworkReply::NetworkError fault;
        ErrorKind kind;
    };
    QStringList sentences;
    for (const Row &row : {Row{QNetworkReply::TimeoutError, ErrorKind::Timeout},
                           Row{QNetworkReply::SslHandshakeFailedError, ErrorKind::Tls},
                           Row{QNetworkReply::HostNotFoundError, ErrorKind::Network},
                           Row{QNetworkReply::ConnectionRefusedError, ErrorKind::Network},
                           Row{QNetworkReply::RemoteHostClosedError, ErrorKind::Network},
                           Row{QNetworkReply::ProxyNotFoundError, ErrorKind::Network},
                           Row{QNetworkReply::UnknownNetworkError, ErrorKind::Network}}) {
        const Error error = errorFromNetwork(row.fault, QStringLiteral("api.example"));
        EXPECT_EQ(error.kind, row.kind) << row.fault;
        EXPECT_FALSE(sentences.contains(error.summary)) << qPrintable(error.summary);
        EXPECT_FALSE(error.advice.isEmpty());
        sentences << error.summary;
    }
    EXPECT_EQ(errorFromNetwork(QNetworkReply::OperationCanceledError, {}).kind,
              ErrorKind::Cancelled);
}
