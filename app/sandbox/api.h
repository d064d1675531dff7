// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/config/sale.h"
#include "app/sandbox/commitments.h"
#include "app/sandbox/jsonbody.h"
#include "app/sandbox/liveness.h"
#include "app/sandbox/permitissuer.h"
#include "app/sandbox/sandboxworld.h"
#include "app/sandbox/sessions.h"
#include "app/sandbox/story.h"

#include <QSet>

#include <functional>

namespace sonar::sandbox {

/// The endpoints of protocol reference §5.
class Api
{
public:
    Api(const Clock &clock, const Sale &sale, Sessions &sessions, Liveness &liveness,
        const PermitIssuer &permits, CommitmentNames names, Story &story);

    using Endpoint = std::function<HttpResponse(const HttpRequest &)>;
    /// By path; all are POST.
    QHash<QByteArray, Endpoint> endpoints();

private:
    using Body = QHash<QString, QString>;
    using Answer = HttpResponse (Api::*)(const Person &, const Body &);
    struct Pair
    {
        const Entity *entity = nullptr;
        QByteArray wallet;
        WalletRule rule;
    };
    struct Readiness
    {
        bool ready = false;
        QString reason;
        QString livenessUrl;
    };

    Endpoint signedIn(Answer answer, const QStringList &required, const QStringList &optional = {});
    Endpoint open();

    HttpResponse myProfile(const Person &person, const Body &body);
    HttpResponse listEntities(const Person &person, const Body &body);
    HttpResponse readEntity(const Person &person, const Body &body);
    HttpResponse checkPair(const Person &person, const Body &body);
    HttpResponse issuePermit(const Person &person, const Body &body);
    HttpResponse limits(const Person &person, const Body &body);
    HttpResponse investments(const Person &person, const Body &body);

    std::optional<HttpResponse> refusedSale(const Body &body) const;
    tl::expected<Pair, HttpResponse> readPair(const Person &person, const Body &body,
                                              const QString &what);
    Readiness readiness(const Pair &pair);

    const Clock &m_clock;
    const qint64 m_startedAt; ///< of the sandbox: the latest commitment was made then
    const Sale &m_sale;
    Sessions &m_sessions;
    Liveness &m_liveness;
    const PermitIssuer &m_permits;
    const CommitmentNames m_names;
    Story &m_story;
    QSet<QString> m_toldBusy; ///< what has been answered 429 once
};

} // namespace sonar::sandbox
