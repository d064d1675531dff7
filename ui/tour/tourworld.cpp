// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tourworld.h"

#include "app/auth/session.h"
#include "app/permits/walletinput.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "ui/shell/appearance.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QCoro/QCoroTask>

#include <algorithm>
#include <array>

namespace sonar {

namespace {

constexpr QSize pictureSize(1280, 800);

struct BookEntry
{
    QLatin1String name;
    QLatin1String address;
};

constexpr std::array walletBook{
    BookEntry{QLatin1String("Treasury"),
              QLatin1String("0x70997970c51812dc3a010c7d01b50e0d17dc79c8")},
    BookEntry{QLatin1String("Ledger"), QLatin1String("0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc")},
    BookEntry{QLatin1String("Phone"), QLatin1String("0x90f79bf6eb2c4f870365e785982e1f101e930003")},
    BookEntry{QLatin1String("Exchange"),
              QLatin1String("0x15d34aaf54267db7d7c367839aaf71a00a2c0001")},
    BookEntry{QLatin1String("Yesterday"),
              QLatin1String("0x9965507d1a55bcc2695c58ba16fb37d819b00014")},
    BookEntry{QLatin1String("Round two"),
              QLatin1String("0x976ea74026e726554db657fa54763abd0c3a0015")},
    BookEntry{QLatin1String("Foundation"),
              QLatin1String("0x14dc79964da2c08b23698b3d3cc7ca32193d0016")},
    BookEntry{QLatin1String("Unreachable"),
              QLatin1String("0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b2000a")},
};

} // namespace

QString tourWallet(const QString &name)
{
    const auto entry = std::find_if(walletBook.begin(), walletBook.end(),
                                    [&](const BookEntry &one) { return one.name == name; });
    if (entry == walletBook.end())
        return {};
    return parseWalletAddress(entry->address, ChainType::Evm).value_or(QString());
}

TourWorld::TourWorld(QApplication *application)
    : m_application(application)
    , m_store(QStringLiteral("Sonar Desktop tour"))
{}

TourWorld::~TourWorld()
{
    quit();
}

void TourWorld::start()
{
    quit();
    Workbench::Options options;
    options.preferencesPath = m_home.filePath(QStringLiteral("preferences.ini"));
    options.sandboxStatePath = m_home.filePath(QStringLiteral("sandbox-state.json"));
    m_workbench = std::make_unique<Workbench>(options, &m_store);

    Preferences &preferences = m_workbench->preferences();
    if (preferences.wallets(ChainType::Evm).isEmpty()) {
        QList<Wallet> wallets;
        for (const BookEntry &entry : walletBook)
            wallets << Wallet{tourWallet(QString(entry.name)), QString(entry.name)};
        preferences.setWallets(ChainType::Evm, wallets);
        rememberAppearance(preferences, Appearance::Light);
    }
    applyTheme(*m_application, rememberedAppearance(preferences));
    m_window = std::make_unique<MainWindow>(m_workbench.get());
    QObject::connect(m_window.get(), &MainWindow::painted, m_workbench.get(), &Workbench::start);
    m_window->setFixedSize(pictureSize);
    m_window->show();
    m_window->activateWindow();
}

void TourWorld::quit()
{
    if (m_window)
        m_window->saveLayouts(); // as if it was closed, without a question about its permits
    m_window.reset();
    m_workbench.reset();
}

Workspace *TourWorld::workspace() const
{
    return m_workbench ? m_workbench->current() : nullptr;
}

bool TourWorld::keychainHasTokens()
{
    if (!workspace())
        return false;
    const auto stored = QCoro::waitFor(m_store.load(workspace()->session()->key()));
    return stored && stored->has_value();
}

void TourWorld::leaveNothing()
{
    if (workspace() && workspace()->session()->state() == Session::State::Connected)
        QCoro::waitFor(workspace()->session()->forget());
}

} // namespace sonar
