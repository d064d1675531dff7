// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/config/preferences.h"
#include "app/workspace/calllimits.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sonar {

class TokenStore;
class Workspace;

/// Everything the window works on: the remembered accounts, sales and wallets, the sandbox, and the
/// Workspace in view. Constructing it does no I/O but reading the preferences file.
class Workbench : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString preferencesPath = Preferences::defaultPath();
        QString sandboxStatePath; ///< keeps the embedded sandbox's sessions over restarts; empty:
                                  ///< memory
        bool sandbox = false;     ///< --sandbox
        QString saleFile;         ///< --sale FILE
        CallLimits limits;
    };

    /// `store` and `clock` must outlive it.
    Workbench(Options options, TokenStore *store, const Clock *clock = &systemClock(),
              QObject *parent = nullptr);
    ~Workbench() override;

    /// To be called after the first paint: starts the sandbox or opens the sale file if asked to,
    /// otherwise the pair that was in view last; currentChanged tells.
    void start();

    Preferences &preferences();

    QList<Sale> sales() const;       ///< remembered ones, then the embedded sandbox's while it runs
    QList<Account> accounts() const; ///< at least one once a sale is open
    /// The one in view, also while no sale is; nothing before there is any.
    std::optional<Account> currentAccount() const;

    /// The pair in view; nullptr: show the welcome page.
    Workspace *current() const;

    /// Starts the embedded sandbox (in a thread of its own) if it isn't running, and shows its
    /// sale.
    void openSandbox();
    bool isSandboxStarting() const;
    bool isEmbeddedSandbox(const QString &saleUuid) const;

    /// Remembers the sale and shows it. A sale of the same UUID is replaced only if `replace`;
    /// otherwise the error is InvalidInput. The UI asks first, by hasSale.
    Result<void> addSale(const Sale &sale, bool replace);
    bool hasSale(const QString &saleUuid) const;
    /// Puts `after` where the sale of that UUID was, and shows it. Another sale of the new UUID
    /// goes only if `replace`; otherwise the error is InvalidInput.
    Result<void> changeSale(const QString &saleUuid, const Sale &after, bool replace);
    /// Permits of that sale, of every account, that replacing or removing it would clear.
    int permitsAtStake(const QString &saleUuid) const;
    int accountPermitsAtStake(const QString &accountId) const; ///< the same, in all sales
    int permitsAtStake() const;                                ///< of all accounts in all sales
    void removeSale(const QString &saleUuid);
    /// Remembered sales that can't be read; start() tells of them by failed().
    QList<UnreadSale> unreadSales() const;
    void removeUnreadSales();
    void showSale(const QString &saleUuid);

    Account addAccount(const QString &name); ///< and shows it
    void showAccount(const QString &accountId);
    void renameAccount(const QString &accountId, const QString &name);
    /// Removes the account, its settings, and its tokens at every service it ever had any at. What
    /// the keychain keeps is removed at the next start.
    void forgetAccount(const QString &accountId);

Q_SIGNALS:
    void currentChanged(sonar::Workspace *workspace);
    void salesChanged();
    void accountsChanged();
    void sandboxStartingChanged();
    /// --sale names a file whose sale differs from the remembered one: ask, then addSale(sale,
    /// true).
    void replaceQuestion(const sonar::Sale &sale);
    void failed(const sonar::Error &error); ///< opening a sale file or the sandbox, reading
                                            ///< remembered sales, forgetting tokens, reading
                                            ///< and writing the preferences

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sonar
