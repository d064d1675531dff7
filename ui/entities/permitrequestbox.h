// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"
#include "app/permits/walletinput.h"
#include "app/sonar/entity.h"
#include "ui/style/theme.h"

#include <QSet>
#include <QUrl>
#include <QWidget>

class QLabel;
class QPushButton;

namespace sonar {

class Chip;
class WalletField;

/// Where one entity and wallet stand, as the permits page words it.
struct PermitStatusText
{
    QString words; ///< empty: nothing known about the pair
    Tone tone = Tone::Neutral;
    QString note;  ///< why, and what to do; may be empty
    QUrl liveness; ///< the page of a check that is due; empty if none is, or it isn't to be opened
};

/// A wallet for the selected entities, and what to ask for it: readiness or a purchase permit.
class PermitRequestBox : public QWidget
{
    Q_OBJECT
public:
    explicit PermitRequestBox(QWidget *parent = nullptr);

    void setRules(const WalletRules &rules);
    void setWallets(const QList<Wallet> &wallets); ///< keeps what was typed
    void setConnected(bool connected);             ///< nothing can be asked while it isn't
    void setEntities(const QList<Entity> &entities);
    void setPermitStatus(const PermitStatusText &status);

    QString wallet() const; ///< in its display form; empty while the field holds no address
    void focusWallet();

Q_SIGNALS:
    void walletChanged(const QString &wallet);
    void readinessRequested(const QList<sonar::Entity> &entities, const QString &wallet);
    void permitRequested(const QList<sonar::Entity> &entities, const QString &wallet);

private:
    /// What was entered, in its display form, or what is wrong with it.
    Result<QString> enteredWallet() const;
    bool validate(); ///< shows what is wrong at the field
    void showWalletError(const QString &message);
    void textEdited();
    void requestPermits();
    void openLiveness();
    void updateButtons();

    WalletField *m_wallet;
    QLabel *m_walletError;
    QPushButton *m_check;
    QPushButton *m_request;
    Chip *m_status;
    QLabel *m_statusNote;
    QPushButton *m_liveness;
    QUrl m_livenessPage;
    QLabel *m_hint;
    bool m_connected = true;
    WalletRules m_rules;
    QSet<QString> m_known; ///< addresses of the wallet book
    QList<Entity> m_entities;
    QString m_knownWallet; ///< as last told by walletChanged
};

} // namespace sonar
