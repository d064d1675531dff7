// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/screenreader.h"

#include <QByteArrayList>
#include <QDir>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <memory>

namespace sonar::test {

/// Long enough for a browser to start on a busy machine; a limit for broken code.
inline constexpr int patience = 300'000;

/// A port that nobody listens on at the moment.
quint16 freePort();

/// Who stands where the desktop's URL opener is found.
enum class Opener {
    Browser, ///< headless Chromium
    Failing, ///< what xdg-open is where no browser is set up
    Visitor, ///< a small program that goes through the same pages in no time
};

/// What one test has to itself: a home for configuration and data, and a folder for files.
class World
{
public:
    explicit World(Opener opener = Opener::Browser);
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString folder() const { return m_folder.path(); }
    QString read(const QString &name) const;
    /// Waits for the browser to have gone through its pages; true at once where there is none.
    bool waitForBrowser() const;
    /// Environment of a program in this world, with logging at its most talkative; the browser
    /// clicks `click`.
    QProcessEnvironment environment(const QString &click) const;

    /// What the sandboxes of this world told: everything issued and handed in, one object a line.
    QList<QJsonObject> story() const;
    /// Codes, verifiers and tokens in it.
    QByteArrayList secrets() const;
    /// Files of this world and of the home folder that hold one of `secrets`, whole or its end, as
    /// UTF-8 or UTF-16.
    QStringList filesWith(const QByteArrayList &secrets) const;

private:
    QTemporaryDir m_folder;
    Opener m_opener;
};

/// Ends every test with a search for the secrets that it brought into the world.
class EndToEnd : public ::testing::Test
{
protected:
    explicit EndToEnd(Opener opener = Opener::Browser)
        : world(opener)
    {}
    void TearDown() override;

    World world;
};

/// sonar-sandbox as its own process.
class Sandbox
{
public:
    Sandbox(const World &world, const QStringList &arguments = {}, quint16 port = 0);
    ~Sandbox();
    bool isReady() const { return !m_sale.isEmpty(); }
    QJsonObject sale() const { return m_sale; }
    quint16 redirectPort() const { return m_redirectPort; }
    QString saleFile() const { return m_saleFile; }
    QStringList saleArguments() const { return {QStringLiteral("--sale"), m_saleFile}; }
    /// How often the story tells of `kind`.
    int count(const QString &kind) const;

private:
    const World &m_world;
    quint16 m_redirectPort;
    QProcess m_process;
    QJsonObject m_sale;
    QString m_saleFile;
};

/// A session bus with a screen reader's services and no keychain to be had on it.
class KeychainlessSession
{
public:
    explicit KeychainlessSession(const World &world);
    ~KeychainlessSession();
    QProcessEnvironment environment() const { return m_environment; }

private:
    QProcess m_daemon;
    QProcessEnvironment m_environment;
};

/// sonar-desktop as its own process. What it prints goes into a file of the world, and so do its
/// arguments and its environment as others can read them.
class Desktop
{
public:
    Desktop(const World &world, const QStringList &arguments,
            const QString &click = QStringLiteral("authorize"),
            const QProcessEnvironment &extra = {});
    ~Desktop();
    ScreenReader &screen() { return *m_screen; }
    const World &world() const { return m_world; }
    QProcess &process() { return m_process; }
    /// Asks the program to end as a session manager would. True if it ended well.
    bool quit();
    /// Waits for it to end by itself; its exit code, -1 if it didn't or crashed.
    int waitForEnd();

private:
    void keepWhatOthersSee() const;

    const World &m_world;
    QProcess m_process;
    std::unique_ptr<ScreenReader> m_screen;
};

/// For failure messages: the lines of a program's output without the chatter of Qt's own.
QString ownOutput(const World &world);

} // namespace sonar::test

/// The text comes up on a Desktop's screen.
#define EXPECT_SCREEN(desktop, text)                                                               \
    EXPECT_TRUE((desktop).screen().waitForText(QStringLiteral(text)))                              \
        << qPrintable((desktop).screen().dump())
