// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace sonar::sandbox {

struct IssuedTokens
{
    QString person;
    QString accessToken;
    QString refreshToken;
    int expiresIn = 0; ///< seconds
};

/// Who is signed in. A session begins with a code and lives as long as its refresh tokens are used
/// once each, in turn; using a spent one ends it (RFC 9700 §4.14.2). On disk lie hashes only.
class Sessions
{
public:
    Sessions(const Clock &clock, int accessTokenSeconds, QString statePath);

    /// Reads what an earlier run left. A file that isn't ours, or is damaged, counts as none and is
    /// set aside with ".unread" after its name.
    void restore();
    /// False if the state can't be written; true without a state path.
    bool save() const;

    /// A new session; its id.
    QString open(const QString &person);
    IssuedTokens issue(const QString &session);
    /// Spends a refresh token; nothing if it is unknown or was spent before.
    std::optional<IssuedTokens> rotate(const QString &refreshToken);
    /// Whose access token it is, if it is ours, not expired, and its session lives.
    std::optional<QString> personOf(const QString &accessToken) const;
    void end(const QString &session);

private:
    struct Session
    {
        QString id;
        QString person;
        QString live;      ///< hash of the refresh token
        QStringList spent; ///< hashes, oldest first
    };

    bool read(const QByteArray &text);
    Session *find(const QString &id);

    const Clock &m_clock;
    int m_accessTokenSeconds;
    QString m_statePath;
    QByteArray m_key;
    std::vector<Session> m_sessions; ///< oldest first
};

} // namespace sonar::sandbox
