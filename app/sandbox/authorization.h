// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/config/sale.h"
#include "app/sandbox/pages.h"
#include "app/sandbox/sessions.h"
#include "app/sandbox/story.h"

#include <deque>

namespace sonar::sandbox {

/// Sign-in (protocol reference §3): the authorize page, its two buttons, and the two endpoints that
/// hand out tokens.
class Authorization
{
public:
    Authorization(const Clock &clock, const Sale &sale, int codeSeconds, const Pages &pages,
                  Sessions &sessions, Story &story);

    HttpResponse authorize(const HttpRequest &request); ///< GET /oauth/authorize
    HttpResponse decide(const HttpRequest &request);    ///< POST /oauth/decision
    HttpResponse exchange(const HttpRequest &request);  ///< POST /oauth.ExchangeAuthorizationCodeV2
    HttpResponse refresh(const HttpRequest &request);   ///< POST /oauth.RefreshAccessToken

private:
    /// An authorize page that waits for its button.
    struct Question
    {
        QString ticket; ///< one-time value of the form: nobody else can press the button
        QString redirectUri;
        QString state;
        QString challenge;
        qint64 expiresAt = 0; ///< steady milliseconds
    };
    struct Code
    {
        QString hash;
        QString person;
        QString redirectUri;
        QString challenge;
        qint64 expiresAt = 0; ///< steady milliseconds
        bool used = false;
        QString session; ///< opened with it
    };

    QString issueCode(const Question &question, const QString &person);
    HttpResponse tokenReply(const IssuedTokens &tokens);

    const Clock &m_clock;
    const Sale &m_sale;
    int m_codeSeconds;
    const Pages &m_pages;
    Sessions &m_sessions;
    Story &m_story;
    std::deque<Question> m_questions;
    std::deque<Code> m_codes;
};

} // namespace sonar::sandbox
