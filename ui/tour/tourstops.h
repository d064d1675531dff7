// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/permitdesk.h"

#include <QString>
#include <QStringList>

class QDialog;

namespace sonar {

class ConnectDialog;
class ExportDialog;
class TourAlbum;
class TourBrowser;
class TourHand;
class TourWorld;
class WelcomePage;
class WindowActions;
enum class ExportFormat;

/// The stops of the tour, in their order. Each does what a user does in the window, and looks at
/// what comes of it.
class TourStops
{
public:
    /// All must outlive it.
    TourStops(TourWorld *world, TourBrowser *browser, TourHand *hand, TourAlbum *album);

    void welcome();
    void denied();
    void connected();
    void entities();
    void wallets();
    void permits();
    void liveness();
    void exports();
    void dark();
    void restart();
    void disconnected();

private:
    void begin(const QString &step);
    WindowActions *actions() const;
    ConnectDialog *connectDialog() const;
    void chooseAppearance(const QString &name);
    WelcomePage *welcomePage();
    void openSandbox();
    void showEntities();
    void showPermits();
    /// A picture of the dialog, which is left as it came.
    void passDialog(QDialog *dialog, const QString &name, const QString &line);
    void chooseWallet(const QString &address);
    void request(const QStringList &entities, const QString &wallet);
    void check(const QStringList &entities, const QString &wallet);
    void untilQuiet();
    const PermitRow *row(const QString &entity, const QString &wallet) const;
    bool isUnused(const QString &wallet) const; ///< no row has it
    void selectPermit(const QString &entity, const QString &wallet);
    ExportDialog *openExport(ExportFormat format);
    void save(ExportDialog *dialog, const QString &path);
    void compareExport(const QString &path);
    /// A picture of the checks of the permit in view.
    void checks(const QString &name);
    /// A picture of one permit's commitment, filled in.
    void commitment(ExportFormat format, const QString &name, const QString &line);
    /// A picture of the exported file, opened again.
    void verification(const QString &name);

    TourWorld *m_world;
    TourBrowser *m_browser;
    TourHand *m_hand;
    TourAlbum *m_album;
};

} // namespace sonar
