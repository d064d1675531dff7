// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/screenreader.h"

#include <QByteArrayList>
#include <QDir>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace sonar::test {

/// A port that nobody listens on at the moment.
quint16 freePort();

/// What one test has to itself: a home for configuration and data, and a folder for files.
class World
{
public:
    World();
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString folder() const { return m_folder.path(); }
    QString read(const QString &name) const;
    /// Environment of a program in this world; its URL opener is the real browser, which clicks
    /// `click`.
    QProcessEnvironment environment(const QString &click) const;

private:
    QTemporaryDir m_folder;
};

/// sonar-sandbox as its own process, with its story beside it.
class Sandbox
{
public:
    Sandbox(const World &world, const QStringList &arguments = {}, quint16 port = 0);
    ~Sandbox();
    bool isReady() const { return !m_sale.isEmpty(); }
    QJsonObject sale() const { return m_sale; }
    quint16 redirectPort() const { return m_redirectPort; }
    QString saleFile() const { return m_saleFile; }
    /// Everything issued so far, one JSON object per line.
    QList<QJsonObject> story() const;
    int count(const QString &kind) const;

private:
    const World &m_world;
    quint16 m_redirectPort;
    QProcess m_process;
    QJsonObject m_sale;
    QString m_saleFile;
};

/// sonar-desktop as its own process with everything it printed.
class Desktop
{
public:
    Desktop(const World &world, const QStringList &arguments,
            const QString &click = QStringLiteral("authorize"),
            const QProcessEnvironment &extra = {});
    ~Desktop();
    ScreenReader &screen() { return *m_screen; }
    QProcess &process() { return m_process; }
    /// Closes the window as a user would (Ctrl+Q through the menu) and waits for the program to
    /// end.
    bool quit();
    QByteArray output() const;

private:
    const World &m_world;
    QString m_output;
    QProcess m_process;
    std::unique_ptr<ScreenReader> m_screen;
};

} // namespace sonar::test
