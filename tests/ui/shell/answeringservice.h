// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/scriptedserver.h"
#include "tests/ui/permits/samples.h"

#include <map>

namespace sonar::test {

/// A whole Sonar on loopback: answers well, but for the paths that a test spoils.
class AnsweringService
{
public:
    explicit AnsweringService(const Clock *clock);

    QUrl url() const { return server.url(); }
    QByteArray goodAnswer(const SeenRequest &request);
    int asked(const QByteArray &path) const;

    static inline const QByteArray refreshPath = "/oauth.RefreshAccessToken";
    static inline const QByteArray profilePath = "/externalapi.MyProfile";
    static inline const QByteArray entitiesPath = "/externalapi.ListAvailableEntities";
    static inline const QByteArray checkPath = "/externalapi.PrePurchaseCheck";
    static inline const QByteArray permitPath = "/externalapi.GenerateSalePurchasePermit";
    static inline const QByteArray limitsPath = "/externalapi.Limits";

    ScriptedServer server;
    std::map<QByteArray, Scripted> spoilt; ///< by path
    QList<Entity> entities;
    QByteArray email = "ada@example.test";
    QByteArray most = "2000000"; ///< of the limits
    int lifetime = 3'600;        ///< of tokens, seconds
    int permitLifetime = 100'000'000;

private:
    const Clock *m_clock;
    int m_refreshes = 0;
};

} // namespace sonar::test
