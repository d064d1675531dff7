// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sessions.h"

#include "app/base/json.h"
#include "app/sandbox/accesstoken.h"
#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/randomtext.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace sonar::sandbox {

namespace {

constexpr size_t sessionsKept = 500;
constexpr qsizetype spentKept = 100;

QStringList texts(const std::vector<JsonValue> &values)
{
    QStringList all;
    for (const JsonValue &value : values)
        all << value.toText().value_or(QString());
    return all;
}

} // namespace

Sessions::Sessions(const Clock &clock, int accessTokenSeconds, QString statePath)
    : m_clock(clock)
    , m_accessTokenSeconds(accessTokenSeconds)
    , m_statePath(std::move(statePath))
    , m_key(randomBytes(32))
{}

void Sessions::restore()
{
    QFile file(m_statePath);
    if (m_statePath.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const QByteArray text = file.readAll();
    file.close();
    if (text.isEmpty() || read(text))
        return;
    const QString aside = m_statePath + QStringLiteral(".unread");
    QFile::remove(aside);
    file.rename(aside);
}

bool Sessions::read(const QByteArray &text)
{
    const auto document = JsonDocument::parse(text);
    if (!document)
        return false;
    JsonFields state(document->root(), QStringLiteral("state"));
    const quint64 version = state.uint64("version");
    const QByteArray key = QByteArray::fromHex(state.text("key").toLatin1());
    std::vector<Session> sessions;
    for (const JsonValue &value : state.array("sessions")) {
        JsonFields fields(value, QStringLiteral("session"));
        Session session{fields.text("id"), fields.text("person"), fields.text("refresh"),
                        texts(fields.array("spent"))};
        if (!fields.ok())
            return false;
        sessions.push_back(std::move(session));
    }
    if (!state.ok() || version != 1 || key.size() != 32)
        return false;
    m_key = key;
    m_sessions = std::move(sessions);
    return true;
}

bool Sessions::save() const
{
    if (m_statePath.isEmpty())
        return true;
    QByteArrayList sessions;
    for (const Session &session : m_sessions)
        sessions << JsonObject()
                        .text("id", session.id)
                        .text("person", session.person)
                        .text("refresh", session.live)
                        .json("spent", jsonStrings(session.spent))
                        .done();
    const QByteArray text = JsonObject()
                                .number("version", 1)
                                .text("key", QLatin1String(m_key.toHex()))
                                .json("sessions", jsonArray(sessions))
                                .done();
    QSaveFile file(m_statePath);
    return file.open(QIODevice::WriteOnly) &&
           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
           file.write(text) == text.size() && file.commit();
}

QString Sessions::open(const QString &person)
{
    if (m_sessions.size() >= sessionsKept)
        m_sessions.erase(m_sessions.begin());
    m_sessions.push_back({randomText(16), person, {}, {}});
    return m_sessions.back().id;
}

IssuedTokens Sessions::issue(const QString &id)
{
    Session *session = find(id);
    if (!session)
        return {};
    const qint64 now = m_clock.unixSeconds();
    IssuedTokens tokens;
    tokens.person = session->person;
    tokens.expiresIn = m_accessTokenSeconds;
    tokens.accessToken = signedToken(
        {session->person, session->id, randomText(16), now, now + m_accessTokenSeconds}, m_key);
    tokens.refreshToken = randomText();
    if (!session->live.isEmpty())
        session->spent << session->live;
    if (session->spent.size() > spentKept)
        session->spent.removeFirst();
    session->live = hashText(tokens.refreshToken);
    save();
    return tokens;
}

std::optional<IssuedTokens> Sessions::rotate(const QString &refreshToken)
{
    const QString hash = hashText(refreshToken);
    for (const Session &session : m_sessions) {
        if (session.live == hash)
            return issue(session.id);
        if (session.spent.contains(hash)) {
            end(session.id);
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<QString> Sessions::personOf(const QString &accessToken) const
{
    const auto claims = verifiedToken(accessToken, m_key);
    if (!claims || claims->expiresAt <= m_clock.unixSeconds())
        return std::nullopt;
    const bool lives = std::any_of(m_sessions.begin(), m_sessions.end(),
                                   [&](const Session &one) { return one.id == claims->session; });
    if (!lives)
        return std::nullopt;
    return claims->subject;
}

void Sessions::end(const QString &id)
{
    std::erase_if(m_sessions, [copy = id](const Session &session) { return session.id == copy; });
    save();
}

Sessions::Session *Sessions::find(const QString &id)
{
    const auto found = std::find_if(m_sessions.begin(), m_sessions.end(),
                                    [&](const Session &session) { return session.id == id; });
    return found == m_sessions.end() ? nullptr : &*found;
}

} // namespace sonar::sandbox
