// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace sonar::test {

/// One object of a program's accessibility tree, as a screen reader sees it (AT-SPI over D-Bus).
struct Accessible
{
    QString service;
    QString path;
    QString name;
    QString role;        ///< "push button", "text", "cell" …
    bool active = false; ///< a window that has the input
    bool showing = false;
    bool enabled = false;
    bool focused = false;
    bool checked = false;
};

/// Reads and drives the windows of one process through its accessibility tree, so that what these
/// tests can do a person with a screen reader can do, too.
class ScreenReader
{
public:
    /// `sessionBus`: address of the session bus that the program is on, if it isn't ours.
    explicit ScreenReader(qint64 pid, const QString &sessionBus = {});

    /// Every object that is showing, depth first. Large tables are read up to `limit` objects.
    std::vector<Accessible> all(int limit = 4000) const;
    /// Showing, enabled if `enabledOnly`, with that role and name (a name ending in * is a prefix).
    std::optional<Accessible> find(const QString &role, const QString &name,
                                   bool enabledOnly = true) const;
    /// Waits for it; nothing after `milliseconds`.
    std::optional<Accessible> waitFor(const QString &role, const QString &name,
                                      int milliseconds = 60'000) const;
    /// True once any showing object's name contains `text`.
    bool waitForText(const QString &text, int milliseconds = 60'000) const;

    /// Waits for the object and does its first action (press, toggle). False if it never came.
    bool press(const QString &name, const QString &role = QStringLiteral("push button")) const;
    bool setText(const Accessible &field, const QString &text) const;
    QString text(const Accessible &field) const;
    bool grabFocus(const Accessible &object) const;

    /// Whether one of the program's windows has the input.
    bool isActive() const;

    /// The tree as indented text, for a failure's message.
    QString dump() const;

private:
    QString busAddress() const;
    bool connectToBus() const;
    void collect(const QString &service, const QString &path, int depth, int limit,
                 std::vector<Accessible> *into, QStringList *lines) const;

    qint64 m_pid;
    QString m_sessionBus;
    mutable std::optional<QDBusConnection> m_bus;
    mutable QString m_service;
};

} // namespace sonar::test
