// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/authorization.h"

#include "app/sandbox/authorizerequest.h"
#include "app/sandbox/jsonbody.h"
#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/randomtext.h"
#include "app/sandbox/sandboxworld.h"

#include <QUrl>

#include <algorithm>

namespace sonar::sandbox {

namespace {

constexpr int questionMilliseconds = 10 * 60 * 1000;
constexpr size_t questionsKept = 256;
constexpr size_t codesKept = 1024;

QString originOf(const QString &uri)
{
    return QUrl(uri).toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment |
                              QUrl::RemoveUserInfo);
}

/// RFC 7636 §4.1: 43 to 128 unreserved characters.
bool isVerifier(const QString &text)
{
    return text.size() >= 43 && text.size() <= 128 &&
           std::all_of(text.begin(), text.end(), [](QChar c) {
               return isBase64Url(QString(c)) || c == QLatin1Char('.') || c == QLatin1Char('~');
           });
}

HttpResponse badGrant(const QString &why)
{
    return errorReply(400, QStringLiteral("invalid_grant"), why);
}

/// The redirect URI with more parameters in its query.
QByteArray withQuery(const QString &uri, const QByteArray &query)
{
    return uri.toUtf8() + (uri.contains(QLatin1Char('?')) ? '&' : '?') + query;
}

} // namespace

Authorization::Authorization(const Clock &clock, const Sale &sale, int codeSeconds,
                             const Pages &pages, Sessions &sessions, Story &story)
    : m_clock(clock)
    , m_sale(sale)
    , m_codeSeconds(codeSeconds)
    , m_pages(pages)
    , m_sessions(sessions)
    , m_story(story)
{}

HttpResponse Authorization::authorize(const HttpRequest &request)
{
    const auto asked = readAuthorizeRequest(request.query, m_sale);
    if (!asked)
        return m_pages.message(400, QStringLiteral("This sign-in request was refused"),
                               asked.error());
    if (m_questions.size() >= questionsKept)
        m_questions.pop_front();
    m_questions.push_back({randomText(), asked->redirectUri, asked->state, asked->challenge,
                           m_clock.steadyMilliseconds() + questionMilliseconds});
    QString choices;
    for (const Person &one : people())
        choices +=
            m_pages.part(QStringLiteral("person"),
                         {{QStringLiteral("id"), one.id},
                          {QStringLiteral("name"), one.name},
                          {QStringLiteral("email"),
                           one.email.isEmpty() ? QStringLiteral("e-mail not shared") : one.email},
                          {QStringLiteral("remark"), one.remark},
                          {QStringLiteral("initial"), one.name.left(1)},
                          {QStringLiteral("checkedHtml"),
                           &one == &people().front() ? QStringLiteral("checked") : QString()}});
    return m_pages.page(QStringLiteral("authorize"),
                        {{QStringLiteral("title"), QStringLiteral("Allow access?")},
                         {QStringLiteral("sale"), m_sale.name},
                         {QStringLiteral("target"), originOf(asked->redirectUri)},
                         {QStringLiteral("ticket"), m_questions.back().ticket},
                         {QStringLiteral("peopleHtml"), choices}},
                        {originOf(asked->redirectUri)});
}

HttpResponse Authorization::decide(const HttpRequest &request)
{
    const auto form = parseForm(request.body);
    QHash<QString, QString> fields;
    for (const auto &[name, value] : form.value_or(QList<std::pair<QString, QString>>()))
        fields.insert(name, value);
    const QString ticket = fields.value(QStringLiteral("ticket"));
    const QString decision = fields.value(QStringLiteral("decision"));
    const auto found =
        std::find_if(m_questions.begin(), m_questions.end(),
                     [&](const Question &question) { return question.ticket == ticket; });
    if (ticket.isEmpty() || found == m_questions.end())
        return m_pages.message(403, QStringLiteral("This page was used already"),
                               QStringLiteral("Start the sign-in again from the program."));
    const Question question = *found;
    m_questions.erase(found);
    if (question.expiresAt <= m_clock.steadyMilliseconds())
        return m_pages.message(403, QStringLiteral("This page is too old"),
                               QStringLiteral("Start the sign-in again from the program."));
    const QByteArray state = "&state=" + queryValue(question.state);
    if (decision == QLatin1String("deny"))
        return redirectReply(
            withQuery(question.redirectUri,
                      "error=access_denied&error_description=" +
                          queryValue(QStringLiteral("The user denied the request")) + state));
    const Person *chosen = person(fields.value(QStringLiteral("person")));
    if (decision != QLatin1String("authorize") || !chosen)
        return m_pages.message(400, QStringLiteral("That was no answer"),
                               QStringLiteral("The form was incomplete."));
    const QString code = issueCode(question, chosen->id);
    return redirectReply(withQuery(question.redirectUri, "code=" + queryValue(code) + state));
}

QString Authorization::issueCode(const Question &question, const QString &person)
{
    const QString code = randomText();
    if (m_codes.size() >= codesKept)
        m_codes.pop_front();
    m_codes.push_back({hashText(code),
                       person,
                       question.redirectUri,
                       question.challenge,
                       m_clock.steadyMilliseconds() + m_codeSeconds * qint64(1000),
                       false,
                       {}});
    m_story.tell("code", code, m_clock.unixSeconds(), {{"person", person}});
    return code;
}

HttpResponse Authorization::exchange(const HttpRequest &request)
{
    if (request.hasHeader("authorization")) // protocol reference §3
        return errorReply(400, QStringLiteral("invalid_request"),
                          QStringLiteral("The exchange takes no authorization header."));
    const auto body = readBody(request, {QStringLiteral("code"), QStringLiteral("code_verifier"),
                                         QStringLiteral("redirect_uri")});
    if (!body)
        return body.error();
    const QString verifier = body->value(QStringLiteral("code_verifier"));
    m_story.tell("code_verifier", verifier, m_clock.unixSeconds());
    const QString hash = hashText(body->value(QStringLiteral("code")));
    const auto code = std::find_if(m_codes.begin(), m_codes.end(),
                                   [&](const Code &one) { return one.hash == hash; });
    if (code == m_codes.end())
        return badGrant(QStringLiteral("The code is not known."));
    if (code->used) {
        // RFC 6749 §4.1.2: what was issued for a code that shows up twice is withdrawn.
        if (!code->session.isEmpty())
            m_sessions.end(code->session);
        return badGrant(QStringLiteral("The code was used already."));
    }
    code->used = true;
    if (code->expiresAt <= m_clock.steadyMilliseconds())
        return badGrant(QStringLiteral("The code has expired."));
    if (body->value(QStringLiteral("redirect_uri")) != code->redirectUri)
        return badGrant(QStringLiteral("The redirect_uri is not the one the code was issued for."));
    if (!isVerifier(verifier) || hashText(verifier) != code->challenge)
        return badGrant(QStringLiteral("The code_verifier does not fit the code_challenge."));
    code->session = m_sessions.open(code->person);
    return tokenReply(m_sessions.issue(code->session));
}

HttpResponse Authorization::refresh(const HttpRequest &request)
{
    const auto body = readBody(request, {QStringLiteral("refresh_token")});
    if (!body)
        return body.error();
    const QString presented = body->value(QStringLiteral("refresh_token"));
    const auto tokens = m_sessions.rotate(presented);
    m_story.tell("refresh", presented, m_clock.unixSeconds(),
                 {{"outcome", tokens ? QStringLiteral("taken") : QStringLiteral("refused")}});
    if (!tokens)
        return badGrant(QStringLiteral("The refresh token is not valid any more."));
    return tokenReply(*tokens);
}

HttpResponse Authorization::tokenReply(const IssuedTokens &tokens)
{
    const qint64 now = m_clock.unixSeconds();
    m_story.tell("access_token", tokens.accessToken, now, {{"person", tokens.person}});
    m_story.tell("refresh_token", tokens.refreshToken, now, {{"person", tokens.person}});
    return jsonReply(JsonObject()
                         .text("access_token", tokens.accessToken)
                         .text("refresh_token", tokens.refreshToken)
                         .text("token_type", QStringLiteral("Bearer"))
                         .number("expires_in", quint64(tokens.expiresIn))
                         .done());
}

} // namespace sonar::sandbox
