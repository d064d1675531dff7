// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/preferences.h"

#include "app/base/uuid.h"
#include "app/config/addressshape.h"
#include "app/config/salefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSet>
#include <QStandardPaths>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

namespace sonar {

namespace {

Q_LOGGING_CATEGORY(log, "sonar.config")

// A damaged file may claim any number of entries.
constexpr int mostEntries = 10'000;
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// Makes the file so that nobody else may read it, before anything is written to it.
QString privateFile(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.exists() && !file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
        qCWarning(log) << "the preferences can't be kept:" << file.errorString();
    return path;
}

struct PreferencesText
{
    Q_DECLARE_TR_FUNCTIONS(Preferences)
};

/// Copies a damaged file to a name of its own; empty when it can't be.
QString keepBeside(const QString &path)
{
    for (int number = 1; number < 100; ++number) {
        const QString copy = QStringLiteral("%1.damaged-%2").arg(path).arg(number);
        if (QFile::exists(copy))
            continue;
        return QFile::copy(path, copy) ? copy : QString();
    }
    return {};
}

Error damaged(const QString &path, const QString &copy)
{
    return {ErrorKind::File, PreferencesText::tr("Your settings couldn't be read completely."),
            copy.isEmpty()
                ? PreferencesText::tr("What could be read of %1 is used. Check your sales, "
                                      "accounts and wallets.")
                      .arg(path)
                : PreferencesText::tr("What could be read is used. Check your sales, accounts and "
                                      "wallets. The file as it was is kept as %1.")
                      .arg(copy),
            path};
}

Error unreadable(const QString &path)
{
    return {
        ErrorKind::File, PreferencesText::tr("Your settings can't be read."),
        PreferencesText::tr("Sonar Desktop leaves %1 as it is and starts without your settings. "
                            "What you change now is forgotten when you close it, and sign-ins "
                            "can't be saved. Check who may read the file, then start again.")
            .arg(path),
        path};
}

Error unwritable(const QString &path)
{
    return {
        ErrorKind::File, PreferencesText::tr("Your settings can't be saved."),
        PreferencesText::tr("What you change now is forgotten when you close Sonar Desktop, and "
                            "new sign-ins can't be saved. Check that %1 can be written and that "
                            "the disk isn't full.")
            .arg(path),
        path};
}

QString part(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString walletsKey(ChainType type)
{
    return type == ChainType::Svm ? QStringLiteral("wallets-svm") : QStringLiteral("wallets-evm");
}

QString signerKey(const QString &serviceId, const QString &saleUuid)
{
    return QLatin1String("signers/") + part(serviceId) + QLatin1Char('|') +
           part(saleUuid.toLower());
}

QString layoutKey(const QString &widget)
{
    return QLatin1String("layout/") + part(widget);
}

template <typename Value, typename Key>
bool holds(const QList<Value> &values, const Value &value, Key key)
{
    return std::any_of(values.begin(), values.end(),
                       [&](const Value &other) { return other.*key == value.*key; });
}

/// Of those with the same key the first.
template <typename Value, typename Key>
QList<Value> firstOfEach(const QList<Value> &values, Key key)
{
    QList<Value> firsts;
    QSet<std::remove_cvref_t<decltype(std::declval<Value>().*key)>> seen;
    for (const Value &value : values) {
        if (seen.contains(value.*key))
            continue;
        seen.insert(value.*key);
        firsts << value;
    }
    return firsts;
}

/// The entries of an array that `read` makes a value of; the rest is passed over.
template <typename Read> auto readEntries(QSettings &settings, const QString &name, Read read)
{
    QList<typename std::invoke_result_t<Read>::value_type> values;
    const int count = std::min(settings.beginReadArray(name), mostEntries);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        if (auto value = read())
            values << *std::move(value);
    }
    settings.endArray();
    return values;
}

template <typename Value, typename Write>
void writeEntries(QSettings &settings, const QString &name, const QList<Value> &values, Write write)
{
    settings.remove(name);
    settings.beginWriteArray(name, int(values.size()));
    for (int i = 0; i < values.size(); ++i) {
        settings.setArrayIndex(i);
        write(values[i]);
    }
    settings.endArray();
}

} // namespace

QString Preferences::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
           QLatin1String("/preferences.ini");
}

Preferences::Preferences(const QString &path)
    : m_settings(privateFile(path), QSettings::IniFormat)
{
    QFile::setPermissions(path, ownerOnly);
    Q_UNUSED(m_settings.allKeys()); // or some of the file isn't looked at yet
    if (m_settings.status() == QSettings::FormatError) {
        qCWarning(log) << "the preferences are damaged; what can be read of them is used";
        tell(damaged(path, keepBeside(path)));
    } else if (m_settings.status() == QSettings::AccessError && QFileInfo::exists(path)) {
        qCWarning(log) << "the preferences can't be read";
        m_writeFaultTold = true; // it isn't overwritten either
        tell(unreadable(path));
    }
    // Qt remembers what it couldn't write to a file of that name.
    if (QFileInfo(path).isFile())
        m_keptPlaces = tokenPlaces();
}

void Preferences::setFaultHandler(std::function<void(const Error &)> handler)
{
    m_faultHandler = std::move(handler);
    const QList<Error> untold = std::exchange(m_untold, {});
    for (const Error &fault : untold)
        m_faultHandler(fault);
}

void Preferences::tell(const Error &fault)
{
    if (m_faultHandler)
        m_faultHandler(fault);
    else
        m_untold << fault;
}

QList<Sale> Preferences::sales() const
{
    const auto read = [this]() -> std::optional<Sale> {
        const auto sale =
            parseSaleFile(m_settings.value(QStringLiteral("file")).toString().toUtf8());
        return sale ? std::optional(*sale) : std::nullopt;
    };
    return firstOfEach(readEntries(m_settings, QStringLiteral("sales"), read), &Sale::saleUuid);
}

QList<UnreadSale> Preferences::unreadSales() const
{
    return unreadBeside(sales());
}

QList<UnreadSale> Preferences::unreadBeside(const QList<Sale> &sales) const
{
    int number = 0;
    const auto read = [&]() -> std::optional<UnreadSale> {
        ++number;
        const QVariant stored = m_settings.value(QStringLiteral("file"));
        if (!stored.isValid() || stored == QVariant(QString()))
            return std::nullopt;
        const auto sale = parseSaleFile(stored.toString().toUtf8());
        if (sale)
            return std::nullopt;
        const UnreadSale unread = unreadSale(stored, sale.error(), number);
        const bool replaced =
            std::any_of(sales.cbegin(), sales.cend(), [&unread](const Sale &other) {
                return other.saleUuid.compare(unread.saleUuid, Qt::CaseInsensitive) == 0;
            });
        return replaced ? std::nullopt : std::optional(unread);
    };
    return readEntries(m_settings, QStringLiteral("sales"), read);
}

void Preferences::setSales(const QList<Sale> &sales)
{
    writeSales(sales, unreadBeside(sales));
}

void Preferences::removeUnreadSales()
{
    writeSales(sales(), {});
}

void Preferences::writeSales(const QList<Sale> &sales, const QList<UnreadSale> &unread)
{
    QVariantList files;
    for (const Sale &sale : sales)
        files << QString::fromUtf8(toSaleFile(sale));
    for (const UnreadSale &sale : unread)
        files << sale.stored;
    writeEntries(m_settings, QStringLiteral("sales"), files, [this](const QVariant &file) {
        m_settings.setValue(QStringLiteral("file"), file);
    });
    save();
}

QList<Account> Preferences::accounts() const
{
    const auto read = [this]() -> std::optional<Account> {
        Account account{m_settings.value(QStringLiteral("id")).toString(),
                        m_settings.value(QStringLiteral("name")).toString()};
        return uuidBytes(account.id) ? std::optional(account) : std::nullopt;
    };
    return firstOfEach(readEntries(m_settings, QStringLiteral("accounts"), read), &Account::id);
}

void Preferences::setAccounts(const QList<Account> &accounts)
{
    writeEntries(m_settings, QStringLiteral("accounts"), accounts, [this](const Account &account) {
        m_settings.setValue(QStringLiteral("id"), account.id);
        m_settings.setValue(QStringLiteral("name"), account.name);
    });
    save();
}

struct Preferences::MarkedPlace
{
    TokenPlace place;
    bool toBeCleared = false;
};

QList<Preferences::MarkedPlace> Preferences::markedPlaces() const
{
    const auto read = [this]() -> std::optional<MarkedPlace> {
        MarkedPlace marked{{m_settings.value(QStringLiteral("account")).toString(),
                            m_settings.value(QStringLiteral("service")).toString()},
                           m_settings.value(QStringLiteral("clear")).toBool()};
        return uuidBytes(marked.place.accountId) && !marked.place.serviceId.isEmpty()
                   ? std::optional(marked)
                   : std::nullopt;
    };
    QList<MarkedPlace> places;
    for (const MarkedPlace &marked :
         readEntries(m_settings, QStringLiteral("token-places"), read)) {
        if (!holds(places, marked, &MarkedPlace::place))
            places << marked;
    }
    return places;
}

void Preferences::setMarkedPlaces(const QList<MarkedPlace> &places)
{
    writeEntries(m_settings, QStringLiteral("token-places"), places,
                 [this](const MarkedPlace &marked) {
                     m_settings.setValue(QStringLiteral("account"), marked.place.accountId);
                     m_settings.setValue(QStringLiteral("service"), marked.place.serviceId);
                     if (marked.toBeCleared)
                         m_settings.setValue(QStringLiteral("clear"), true);
                 });
    save();
}

QList<TokenPlace> Preferences::tokenPlaces() const
{
    QList<TokenPlace> places;
    for (const MarkedPlace &marked : markedPlaces())
        places << marked.place;
    return places;
}

void Preferences::rememberTokenPlace(const TokenPlace &place)
{
    const QList<MarkedPlace> places = markedPlaces();
    const MarkedPlace marked{place, false};
    if (!holds(places, marked, &MarkedPlace::place))
        setMarkedPlaces(QList<MarkedPlace>(places) << marked);
}

bool Preferences::isTokenPlaceKept(const TokenPlace &place)
{
    if (m_keptPlaces.contains(place))
        return true;
    rememberTokenPlace(place);
    save();
    return m_keptPlaces.contains(place);
}

void Preferences::forgetTokenPlace(const TokenPlace &place)
{
    QList<MarkedPlace> places = markedPlaces();
    if (places.removeIf([&](const MarkedPlace &marked) { return marked.place == place; }) > 0)
        setMarkedPlaces(places);
}

bool Preferences::isToBeCleared(const TokenPlace &place) const
{
    const QList<MarkedPlace> places = markedPlaces();
    return std::any_of(places.cbegin(), places.cend(), [&](const MarkedPlace &marked) {
        return marked.toBeCleared && marked.place == place;
    });
}

void Preferences::setToBeCleared(const TokenPlace &place, bool toBeCleared)
{
    QList<MarkedPlace> places = markedPlaces();
    for (MarkedPlace &marked : places) {
        if (marked.place != place || marked.toBeCleared == toBeCleared)
            continue;
        marked.toBeCleared = toBeCleared;
        setMarkedPlaces(places);
        return;
    }
}

QString Preferences::currentAccount() const
{
    return m_settings.value(QStringLiteral("current/account")).toString();
}

QString Preferences::currentSale() const
{
    return m_settings.value(QStringLiteral("current/sale")).toString();
}

void Preferences::setCurrent(const QString &accountId, const QString &saleUuid)
{
    m_settings.setValue(QStringLiteral("current/account"), accountId);
    m_settings.setValue(QStringLiteral("current/sale"), saleUuid);
    save();
}

quint16 Preferences::sandboxPort() const
{
    const uint port = m_settings.value(QStringLiteral("sandbox/port")).toUInt();
    return port <= std::numeric_limits<quint16>::max() ? quint16(port) : quint16(0);
}

void Preferences::setSandboxPort(quint16 port)
{
    m_settings.setValue(QStringLiteral("sandbox/port"), port);
    save();
}

QList<Wallet> Preferences::wallets(ChainType type) const
{
    // A file that was changed by hand may have the same address in several ways.
    const auto read = [this, type]() -> std::optional<Wallet> {
        const auto address =
            displayedAddress(type, m_settings.value(QStringLiteral("address")).toString());
        if (!address || isZeroAddress(*address))
            return std::nullopt;
        return Wallet{*address, m_settings.value(QStringLiteral("name")).toString()};
    };
    return firstOfEach(readEntries(m_settings, walletsKey(type), read), &Wallet::address)
        .mid(0, mostWallets);
}

void Preferences::setWallets(ChainType type, const QList<Wallet> &wallets)
{
    writeEntries(m_settings, walletsKey(type), wallets, [this](const Wallet &wallet) {
        m_settings.setValue(QStringLiteral("address"), wallet.address);
        m_settings.setValue(QStringLiteral("name"), wallet.name);
    });
    save();
}

QString Preferences::firstSeenSigner(const QString &serviceId, const QString &saleUuid) const
{
    return m_settings.value(signerKey(serviceId, saleUuid)).toString();
}

void Preferences::setFirstSeenSigner(const QString &serviceId, const QString &saleUuid,
                                     const QString &signer)
{
    m_settings.setValue(signerKey(serviceId, saleUuid), signer);
    save();
}

QByteArray Preferences::layout(const QString &widget) const
{
    return m_settings.value(layoutKey(widget)).toByteArray();
}

void Preferences::setLayout(const QString &widget, const QByteArray &state)
{
    m_settings.setValue(layoutKey(widget), state);
    save();
}

bool Preferences::isWritten(const QString &mark) const
{
    QFile file(m_settings.fileName());
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(mark.toLatin1());
}

void Preferences::save()
{
    // Of this very save: QSettings reports its first fault for ever, and a disk may lose what it
    // took.
    const QString mark = QUuid::createUuid().toString(QUuid::Id128);
    m_settings.setValue(QStringLiteral("saved"), mark);
    m_settings.sync();
    if (isWritten(mark)) {
        m_keptPlaces = tokenPlaces();
    } else if (!std::exchange(m_writeFaultTold, true)) {
        qCWarning(log) << "the preferences can't be saved in" << m_settings.fileName();
        tell(unwritable(m_settings.fileName()));
    }
    // A file that went away meanwhile was made anew with the process's mask.
    if (QFile::permissions(m_settings.fileName()) & (QFile::ReadGroup | QFile::ReadOther))
        QFile::setPermissions(m_settings.fileName(), ownerOnly);
}

} // namespace sonar
