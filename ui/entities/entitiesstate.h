// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/permits/walletinput.h"
#include "app/sonar/entity.h"

#include <QDateTime>
#include <QList>
#include <QUrl>

#include <optional>

namespace sonar {

class Workspace;

/// What the entities page shows, as plain values.
struct EntitiesState
{
    enum class Connection {
        NoSale,    ///< no workspace
        Restoring, ///< looking into the keychain
        NotConnected,
        Unread, ///< not connected, since the keychain couldn't be read
        Connected,
        Disconnecting,
        Ended, ///< connect again; what was shown stays
    };
    enum class Loading { NotLoaded, Loading, Loaded, Failed }; ///< as Workspace::Entities

    Connection connection = Connection::NoSale;
    Loading loading = Loading::NotLoaded;
    bool refreshing = false;
    QList<Entity> entities;
    std::optional<Error> error; ///< beside Loaded: the last refresh failed
    QDateTime updatedAt;        ///< UTC
    QUrl setUpPage;
    QUrl homePage;
    WalletRules walletRules;
};

/// nullptr: NoSale.
EntitiesState entitiesStateOf(const Workspace *workspace);

} // namespace sonar
