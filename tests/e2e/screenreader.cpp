// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/screenreader.h"

#include "tests/support/waiting.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCall>
#include <QDBusReply>
#include <QDBusVariant>

#include <algorithm>

namespace sonar::test {

namespace {

struct Reference
{
    QString service;
    QDBusObjectPath path;
};

const QDBusArgument &operator>>(const QDBusArgument &argument, Reference &reference)
{
    argument.beginStructure();
    argument >> reference.service >> reference.path;
    argument.endStructure();
    return argument;
}

const QString accessibleInterface = QStringLiteral("org.a11y.atspi.Accessible");
const QString rootPath = QStringLiteral("/org/a11y/atspi/accessible/root");

// AtspiStateType
constexpr int stateActive = 1;
constexpr int stateChecked = 4;
constexpr int stateEnabled = 8;
constexpr int stateFocused = 12;
constexpr int stateShowing = 25;

} // namespace

/// As Qt 6.4 says it; other versions and bridges have other words for some.
static QString roleName(const QString &role)
{
    if (role == QLatin1String("table cell"))
        return QStringLiteral("cell");
    if (role == QLatin1String("alert message"))
        return QStringLiteral("alert");
    return role == QLatin1String("button") ? QStringLiteral("push button") : role;
}

ScreenReader::ScreenReader(qint64 pid, const QString &sessionBus)
    : m_pid(pid)
    , m_sessionBus(sessionBus)
{}

static QDBusPendingCall begin(const QDBusConnection &bus, const QString &service,
                              const QString &path, const QString &interface, const QString &method,
                              const QVariantList &arguments = {})
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    return bus.asyncCall(message, 10'000);
}

static QDBusMessage replyTo(QDBusPendingCall call)
{
    call.waitForFinished();
    return call.reply();
}

static QDBusMessage call(const QDBusConnection &bus, const QString &service, const QString &path,
                         const QString &interface, const QString &method,
                         const QVariantList &arguments = {})
{
    return replyTo(begin(bus, service, path, interface, method, arguments));
}

static QList<Reference> childrenIn(const QDBusMessage &reply)
{
    QList<Reference> children;
    if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().isEmpty())
        return children;
    const auto argument = reply.arguments().constFirst().value<QDBusArgument>();
    argument.beginArray();
    while (!argument.atEnd()) {
        Reference child;
        argument >> child;
        children << child;
    }
    argument.endArray();
    return children;
}

static QList<Reference> childrenOf(const QDBusConnection &bus, const QString &service,
                                   const QString &path)
{
    return childrenIn(call(bus, service, path, accessibleInterface, QStringLiteral("GetChildren")));
}

QString ScreenReader::busAddress() const
{
    const QDBusConnection session =
        m_sessionBus.isEmpty()
            ? QDBusConnection::sessionBus()
            : QDBusConnection::connectToBus(m_sessionBus, QStringLiteral("session-%1").arg(m_pid));
    return call(session, QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
                QStringLiteral("org.a11y.Bus"), QStringLiteral("GetAddress"))
        .arguments()
        .value(0)
        .toString();
}

bool ScreenReader::connectToBus() const
{
    if (!m_service.isEmpty())
        return true;
    if (!m_bus) {
        m_bus = QDBusConnection::connectToBus(busAddress(), QStringLiteral("a11y-%1").arg(m_pid));
        if (!m_bus->isConnected()) {
            m_bus.reset();
            return false;
        }
    }
    for (const Reference &program :
         childrenOf(*m_bus, QStringLiteral("org.a11y.atspi.Registry"), rootPath)) {
        const QDBusReply<uint> pid = m_bus->interface()->servicePid(program.service);
        if (pid.isValid() && qint64(pid.value()) == m_pid) {
            m_service = program.service;
            return true;
        }
    }
    return false;
}

void ScreenReader::collect(const QString &service, const QString &path, int depth, int limit,
                           std::vector<Accessible> *into, QStringList *lines) const
{
    if (depth > 40 || int(into->size()) >= limit)
        return;
    Accessible object;
    object.service = service;
    object.path = path;
    // All four at once: the way there and back is what takes the time.
    const QDBusPendingCall nameCall =
        begin(*m_bus, service, path, QStringLiteral("org.freedesktop.DBus.Properties"),
              QStringLiteral("Get"), {accessibleInterface, QStringLiteral("Name")});
    const QDBusPendingCall roleCall =
        begin(*m_bus, service, path, accessibleInterface, QStringLiteral("GetRoleName"));
    const QDBusPendingCall stateCall =
        begin(*m_bus, service, path, accessibleInterface, QStringLiteral("GetState"));
    const QDBusPendingCall childrenCall =
        begin(*m_bus, service, path, accessibleInterface, QStringLiteral("GetChildren"));
    const QDBusMessage name = replyTo(nameCall);
    const QDBusMessage state = replyTo(stateCall);
    const QList<Reference> children = childrenIn(replyTo(childrenCall));
    object.role = roleName(replyTo(roleCall).arguments().value(0).toString());
    if (name.type() != QDBusMessage::ReplyMessage)
        return;
    object.name = name.arguments().constFirst().value<QDBusVariant>().variant().toString();
    quint64 bits = 0;
    // An error has a text there, which reads as an argument without an end.
    if (state.type() == QDBusMessage::ReplyMessage && !state.arguments().isEmpty()) {
        QList<uint> words;
        state.arguments().constFirst().value<QDBusArgument>() >> words;
        bits = words.value(0) | quint64(words.value(1)) << 32;
    }
    const auto has = [bits](int bit) { return (bits >> bit & 1) != 0; };
    object.active = has(stateActive);
    object.showing = has(stateShowing);
    object.enabled = has(stateEnabled);
    object.focused = has(stateFocused);
    object.checked = has(stateChecked);
    if (depth > 1 && !object.showing)
        return;
    if (lines)
        *lines << QString(depth * 2, QLatin1Char(' ')) + object.role + QStringLiteral(" \"") +
                      object.name +
                      (object.enabled ? QStringLiteral("\"") : QStringLiteral("\" (disabled)"));
    into->push_back(object);
    for (const Reference &child : children)
        collect(child.service, child.path.path(), depth + 1, limit, into, lines);
}

std::vector<Accessible> ScreenReader::all(int limit) const
{
    std::vector<Accessible> objects;
    if (connectToBus())
        collect(m_service, rootPath, 0, limit, &objects, nullptr);
    return objects;
}

QString ScreenReader::dump() const
{
    std::vector<Accessible> objects;
    QStringList lines;
    if (connectToBus())
        collect(m_service, rootPath, 0, 2000, &objects, &lines);
    return lines.join(QLatin1Char('\n'));
}

static bool matches(const QString &name, const QString &wanted)
{
    return wanted.endsWith(QLatin1Char('*')) ? name.startsWith(QStringView(wanted).chopped(1))
                                             : name == wanted;
}

std::optional<Accessible> ScreenReader::find(const QString &role, const QString &name,
                                             bool enabledOnly) const
{
    for (const Accessible &object : all()) {
        if (object.role == role && matches(object.name, name) && (object.enabled || !enabledOnly))
            return object;
    }
    return std::nullopt;
}

std::optional<Accessible> ScreenReader::waitFor(const QString &role, const QString &name,
                                                int milliseconds) const
{
    std::optional<Accessible> found;
    waitUntil([&] { return (found = find(role, name)).has_value(); }, milliseconds);
    return found;
}

bool ScreenReader::waitForText(const QString &text, int milliseconds) const
{
    return waitUntil(
        [&] {
            for (const Accessible &object : all()) {
                if (object.name.contains(text))
                    return true;
            }
            return false;
        },
        milliseconds);
}

bool ScreenReader::isActive() const
{
    const std::vector<Accessible> objects = all();
    return std::any_of(objects.begin(), objects.end(),
                       [](const Accessible &object) { return object.active; });
}

bool ScreenReader::press(const QString &name, const QString &role) const
{
    const std::optional<Accessible> object = waitFor(role, name);
    if (!object)
        return false;
    const QDBusMessage done =
        call(*m_bus, object->service, object->path, QStringLiteral("org.a11y.atspi.Action"),
             QStringLiteral("DoAction"), {0});
    return done.type() == QDBusMessage::ReplyMessage;
}

bool ScreenReader::setText(const Accessible &field, const QString &text) const
{
    const QDBusMessage done =
        call(*m_bus, field.service, field.path, QStringLiteral("org.a11y.atspi.EditableText"),
             QStringLiteral("SetTextContents"), {text});
    return done.arguments().value(0).toBool();
}

QString ScreenReader::text(const Accessible &field) const
{
    return call(*m_bus, field.service, field.path, QStringLiteral("org.a11y.atspi.Text"),
                QStringLiteral("GetText"), {0, -1})
        .arguments()
        .value(0)
        .toString();
}

bool ScreenReader::grabFocus(const Accessible &object) const
{
    return call(*m_bus, object.service, object.path, QStringLiteral("org.a11y.atspi.Component"),
                QStringLiteral("GrabFocus"))
        .arguments()
        .value(0)
        .toBool();
}

} // namespace sonar::test
