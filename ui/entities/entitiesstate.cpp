// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitiesstate.h"

#include "app/workspace/workspace.h"

namespace sonar {

namespace {

EntitiesState::Connection connectionOf(const Session &session)
{
    switch (session.state()) {
    case Session::State::Unknown:
    case Session::State::Restoring:
        return EntitiesState::Connection::Restoring;
    case Session::State::NotConnected:
        return session.isStoreUnread() ? EntitiesState::Connection::Unread
                                       : EntitiesState::Connection::NotConnected;
    case Session::State::Disconnecting:
        return EntitiesState::Connection::Disconnecting;
    case Session::State::Connected:
        return EntitiesState::Connection::Connected;
    case Session::State::Ended:
        return EntitiesState::Connection::Ended;
    }
    return EntitiesState::Connection::NotConnected;
}

EntitiesState::Loading loadingOf(Workspace::Entities state)
{
    switch (state) {
    case Workspace::Entities::NotLoaded:
        return EntitiesState::Loading::NotLoaded;
    case Workspace::Entities::Loading:
        return EntitiesState::Loading::Loading;
    case Workspace::Entities::Loaded:
        return EntitiesState::Loading::Loaded;
    case Workspace::Entities::Failed:
        return EntitiesState::Loading::Failed;
    }
    return EntitiesState::Loading::NotLoaded;
}

} // namespace

EntitiesState entitiesStateOf(const Workspace *workspace)
{
    EntitiesState state;
    if (!workspace)
        return state;
    state.connection = connectionOf(*workspace->session());
    state.loading = loadingOf(workspace->entitiesState());
    state.refreshing = workspace->isRefreshing();
    state.entities = workspace->entities();
    state.error = workspace->entitiesError();
    state.updatedAt = workspace->entitiesUpdatedAt();
    state.setUpPage = workspace->sale().setUpPage();
    state.homePage = workspace->sale().homePage();
    state.walletRules = WalletRules::of(workspace->sale());
    return state;
}

} // namespace sonar
