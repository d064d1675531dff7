// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/keychainerrors.h"

#include <algorithm>

#ifdef Q_OS_LINUX
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#endif

namespace sonar {

namespace {

Error keychainError(const QString &summary, const QString &advice, const QString &details = {})
{
    return {ErrorKind::Keychain, summary, advice, details};
}

#ifdef Q_OS_LINUX
/// Connecting to a socket on this machine succeeds or fails at once.
bool accepts(const QByteArray &name, bool isAbstract)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const size_t offset = isAbstract ? 1 : 0;
    if (name.isEmpty() || size_t(name.size()) + offset >= sizeof(address.sun_path))
        return false;
    std::memcpy(address.sun_path + offset, name.constData(), size_t(name.size()));
    const int handle = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (handle < 0)
        return false;
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + offset + size_t(name.size()));
    const bool connected =
        ::connect(handle, reinterpret_cast<const sockaddr *>(&address), length) == 0;
    ::close(handle);
    return connected;
}

/// One address of the D-Bus specification ("unix:path=/run/user/1000/bus,guid=…").
bool isReachable(const QByteArray &address)
{
    if (!address.startsWith("unix:"))
        return !address.isEmpty(); // another transport: not ours to judge
    for (const QByteArray &part : address.mid(5).split(',')) {
        const QByteArray value = QByteArray::fromPercentEncoding(part.mid(part.indexOf('=') + 1));
        if (part.startsWith("path="))
            return accepts(value, false);
        if (part.startsWith("abstract="))
            return accepts(value, true);
    }
    return true;
}
#endif

bool saysNoService(const QString &text)
{
    return text.contains(QLatin1String("org.freedesktop.secrets")) ||
           text.contains(QLatin1String("ServiceUnknown")) ||
           text.contains(QLatin1String("NameHasNoOwner")) ||
           text.contains(QLatin1String("org.freedesktop.DBus.Error.Spawn"));
}

bool saysGone(const QString &text)
{
    return text.contains(QLatin1String("NoReply")) ||
           text.contains(QLatin1String("Disconnected")) ||
           text.contains(QLatin1String("disconnected from message bus"));
}

bool saysLocked(const QString &text)
{
    return text.contains(QLatin1String("locked"), Qt::CaseInsensitive) ||
           text.contains(QLatin1String("prompt"), Qt::CaseInsensitive) ||
           text.contains(QLatin1String("dismissed"), Qt::CaseInsensitive);
}

} // namespace

bool isSessionBusReachable()
{
#ifdef Q_OS_LINUX
    QByteArray addresses = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    if (addresses.isEmpty()) {
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        if (runtime.isEmpty())
            return false;
        addresses = "unix:path=" + runtime + "/bus";
    }
    for (const QByteArray &address : addresses.split(';')) {
        if (isReachable(address))
            return true;
    }
    return false;
#else
    return true;
#endif
}

Error keychainTimedOut(int milliseconds)
{
    return keychainError(
        KeychainText::tr("The keychain did not answer within %n second(s).", nullptr,
                         std::max(1, milliseconds / 1000)),
        KeychainText::tr(
            "It may be asking you, perhaps behind another window, to unlock it. Unlock it "
            "and try again."));
}

Error keychainRefusedToRead()
{
    return keychainError(
        KeychainText::tr("Access to your saved sign-in was refused."),
        KeychainText::tr("It's still in the keychain. Try again, and allow access when the "
                         "keychain asks."));
}

Error keychainDidNotSave()
{
    return keychainError(
        KeychainText::tr("The keychain didn't save your sign-in."),
        KeychainText::tr("It may have asked you and been told no. Try again, and allow it when "
                         "the keychain asks."));
}

Error keychainDidNotRemove()
{
    return keychainError(
        KeychainText::tr("Your sign-in is still in the keychain."),
        KeychainText::tr("The keychain may have asked you and been told no. Try again, and allow "
                         "the removal when the keychain asks."));
}

Error keychainWithoutDefault()
{
    return keychainError(
        KeychainText::tr("Your keychain has no default collection to save in."),
        KeychainText::tr(
            "Create one, then try again. In Passwords and Keys (Seahorse), add a password keyring "
            "and set it as default. In KeePassXC, open a database and expose it under Database "
            "Settings, Secret Service Integration."));
}

Error keychainFault(QKeychain::Error error, const QString &errorText)
{
    const QString details =
        errorText.isEmpty()
            ? QString()
            : KeychainText::tr("Keychain: %1").arg(errorText.simplified().left(300));
    if (error == QKeychain::AccessDeniedByUser)
        return keychainError(KeychainText::tr("Access to the keychain was refused."),
                             KeychainText::tr("Try again, and allow it when the keychain asks."),
                             details);
    if (error == QKeychain::AccessDenied ||
        (error == QKeychain::OtherError && saysLocked(errorText)))
        return keychainError(KeychainText::tr("The keychain is locked."),
                             KeychainText::tr("Unlock it and try again."), details);
    if (!isSessionBusReachable())
        return keychainError(
            KeychainText::tr(
                "The keychain can't be reached: there is no session bus (D-Bus) here."),
            KeychainText::tr("Start the program from your desktop session and try again."),
            details);
    if (error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented ||
        saysNoService(errorText))
        return keychainError(
            KeychainText::tr("No keychain is running on this computer."),
            KeychainText::tr(
                "Install or start one, such as GNOME Keyring or KWallet, and try again."),
            details);
    if (saysGone(errorText))
        return keychainError(KeychainText::tr("The keychain stopped while it was being used."),
                             KeychainText::tr("Try again; it usually starts again by itself."),
                             details);
    return keychainError(KeychainText::tr("The keychain reported a fault."),
                         KeychainText::tr("Check that it works and is unlocked, then try again."),
                         details);
}

} // namespace sonar
