// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/config/account.h"
#include "app/config/sale.h"
#include "app/config/unreadsale.h"

#include <QByteArray>
#include <QList>
#include <QSettings>

#include <functional>

namespace sonar {

/// A wallet the user has entered, with a name of their own.
struct Wallet
{
    QString address; ///< checked: EIP-55 text, or base58
    QString name;    ///< may be empty; plain text

    bool operator==(const Wallet &) const = default;
};

/// No more than these are kept in a wallet book.
constexpr int mostWallets = 5000;

/// What the program remembers between starts, in one INI file of the user's. Holds no secret: no
/// token, code, verifier, state.
class Preferences
{
public:
    /// The file of the user's configuration folder (QStandardPaths::AppConfigLocation).
    static QString defaultPath();

    /// A file that can't be read whole is kept as it was, beside the one that is written from then
    /// on.
    explicit Preferences(const QString &path);

    /// Told that the file couldn't be read or can't be written, each once, now or when it happens;
    /// kind File.
    void setFaultHandler(std::function<void(const Error &)> handler);

    QList<Sale> sales() const;
    /// Keeps, after these, the unread ones whose place none of them takes.
    void setSales(const QList<Sale> &sales);

    /// Remembered sales that can't be read, and whose place none of sales() takes.
    QList<UnreadSale> unreadSales() const;
    void removeUnreadSales();

    QList<Account> accounts() const;
    void setAccounts(const QList<Account> &accounts);

    /// Kept from before the first token is stored until the keychain is known to have none left.
    QList<TokenPlace> tokenPlaces() const;
    void rememberTokenPlace(const TokenPlace &place);
    /// True when the file names the place, so that the next start finds what is stored there.
    /// Tries once more to write it.
    bool isTokenPlaceKept(const TokenPlace &place);
    void forgetTokenPlace(const TokenPlace &place);
    /// The user has disconnected there, and the keychain isn't known to have let go of the tokens:
    /// they must not be used again. Kept only while the place is.
    bool isToBeCleared(const TokenPlace &place) const;
    void setToBeCleared(const TokenPlace &place, bool toBeCleared);

    /// The pair in view: account id and sale UUID; empty when none was chosen. The embedded
    /// sandbox's sale isn't among sales(); its saleUuid may be remembered here.
    QString currentAccount() const;
    QString currentSale() const;
    void setCurrent(const QString &accountId, const QString &saleUuid);

    /// The port that the embedded sandbox had last; 0 before its first start.
    quint16 sandboxPort() const;
    void setSandboxPort(quint16 port);

    /// Wallets by kind of chain: each address once, in its display form, the first mostWallets.
    QList<Wallet> wallets(ChainType type) const;
    void setWallets(ChainType type, const QList<Wallet> &wallets);

    /// The signer that a sale's permits were first seen to have, when nothing else tells (protocol
    /// reference §12); empty before.
    QString firstSeenSigner(const QString &serviceId, const QString &saleUuid) const;
    void setFirstSeenSigner(const QString &serviceId, const QString &saleUuid,
                            const QString &signer);

    /// Opaque state of a window or a header (QMainWindow::saveState and the like) under a widget's
    /// name.
    QByteArray layout(const QString &widget) const;
    void setLayout(const QString &widget, const QByteArray &state);

private:
    struct MarkedPlace;
    QList<UnreadSale> unreadBeside(const QList<Sale> &sales) const;
    void writeSales(const QList<Sale> &sales, const QList<UnreadSale> &unread);
    QList<MarkedPlace> markedPlaces() const;
    void setMarkedPlaces(const QList<MarkedPlace> &places);
    /// Writes to the file at once, and looks whether it is there: a killed program forgets nothing.
    void save();
    bool isWritten(const QString &mark) const;
    void tell(const Error &fault);

    mutable QSettings m_settings;
    QList<TokenPlace> m_keptPlaces; ///< which the file is known to name
    std::function<void(const Error &)> m_faultHandler;
    QList<Error> m_untold;
    bool m_writeFaultTold = false;
};

} // namespace sonar
