// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/session.h"
#include "app/auth/tokenstore.h"
#include "app/workspace/embeddedsandbox.h"
#include "app/workspace/markedtokenstore.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"

#include <QPointer>

#include <functional>
#include <map>

namespace sonar {

inline bool isSameSale(const QString &saleUuid, const QString &other)
{
    return saleUuid.compare(other, Qt::CaseInsensitive) == 0;
}

class Workbench::Impl
{
public:
    Impl(Workbench *workbench, Options theOptions, TokenStore *theStore, const Clock *theClock)
        : q(workbench)
        , options(std::move(theOptions))
        , clock(theClock)
        , preferences(options.preferencesPath)
        , store(std::make_shared<MarkedTokenStore>(theStore, &preferences))
    {}
    ~Impl() { store->detach(); }
    Q_DISABLE_COPY_MOVE(Impl)

    using Pair =
        std::pair<QString, QString>; ///< account id, sale UUID (or service id for sessions)

    std::optional<Sale> saleOf(const QString &saleUuid) const;
    Account accountInView();
    std::shared_ptr<Session> sessionOf(const QString &accountId, const Sale &sale);
    std::shared_ptr<Session> sessionAt(const TokenPlace &place);
    std::shared_ptr<Session> newSession(const TokenKey &key, const QUrl &apiUrl) const;
    std::shared_ptr<CallQueue> callsAt(const Sale &sale);
    bool openAtStart();
    void show(const Sale &sale);
    void showNothing();
    void sandboxStarted(const Result<Sale> &sale);
    void dropWorkspaces(const std::function<bool(const Pair &)> &which);
    int permitsAtStake(const std::function<bool(const Pair &)> &which) const;
    Result<void> refusal(const Sale &sale) const;
    static QCoro::Task<> forgetTokens(QPointer<Workbench> workbench, Account account,
                                      QList<std::shared_ptr<Session>> sessions);
    static QCoro::Task<> clearLeftTokens(QPointer<Workbench> workbench);

    Workbench *q;
    Options options;
    const Clock *clock;
    Preferences preferences;
    std::shared_ptr<MarkedTokenStore> store;
    std::unique_ptr<EmbeddedSandbox> sandbox;
    QString sandboxUuid; ///< of the sandbox that starts or runs
    std::optional<Sale> sandboxSale;
    bool sandboxStarting = false;
    std::map<Pair, std::shared_ptr<Session>> sessions;
    std::map<QString, std::shared_ptr<CallQueue>> queues; ///< by service id
    std::map<Pair, std::unique_ptr<Workspace>> workspaces;
    Workspace *current = nullptr;
};

} // namespace sonar
