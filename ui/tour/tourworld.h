// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenstore.h"

#include <QTemporaryDir>

#include <memory>

class QApplication;

namespace sonar {

class MainWindow;
class Workbench;
class Workspace;

/// A wallet of the tour's wallet book by its name there, in its display form. Its address decides
/// what the sandbox answers (app/sandbox/README.md).
QString tourWallet(const QString &name);

/// The program as it stands when it was started by a person who has nothing but a wallet book: a
/// home of its own, and a keychain service of its own.
class TourWorld
{
public:
    explicit TourWorld(QApplication *application);
    ~TourWorld();

    bool isValid() const { return m_home.isValid(); }
    void start(); ///< the program, again if it runs
    void quit();
    /// Whatever a tour that ended early has put into the keychain goes.
    void leaveNothing();
    /// The tokens of the account in view, as the keychain has them.
    bool keychainHasTokens();

    MainWindow *window() const { return m_window.get(); }
    Workbench *workbench() const { return m_workbench.get(); }
    Workspace *workspace() const;

private:
    QApplication *m_application;
    QTemporaryDir m_home;
    KeychainTokenStore m_store;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace sonar
