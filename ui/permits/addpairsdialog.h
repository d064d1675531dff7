// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/config/preferences.h"
#include "app/permits/walletinput.h"
#include "app/sonar/entity.h"
#include "ui/permits/permitaction.h"

#include <QDialog>
#include <QHash>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace sonar {

class ScrollBody;
class WalletField;

/// Which entities, with which wallet or wallets, go into the permits table.
class AddPairsDialog : public QDialog
{
    Q_OBJECT
public:
    AddPairsDialog(const QList<Entity> &entities, const QList<Wallet> &known,
                   const WalletRules &rules, QWidget *parent = nullptr);

    QList<Entity> chosenEntities() const;
    /// Checked addresses in their display form.
    QList<Wallet> chosenWallets() const { return m_chosen; }
    PermitAction action() const;

    void accept() override;
    /// By Esc, or by closing the window: asks before it discards what was entered.
    void reject() override;

protected:
    bool event(QEvent *event) override;

private:
    QWidget *makeEntityList();
    QWidget *makeWalletFields();
    void fillEntities();
    void filterEntities(const QString &text);
    void checkAllAble();
    void updateCount();
    void walletEdited();
    void showNameOf(const QString &address);
    /// The addresses typed, or what is wrong with them.
    Result<QList<Wallet>> readWallets() const;
    void showEntityError(const QString &text);
    void showWalletError(const QString &text);

    QList<Entity> m_entities;
    QList<Entity> m_atFirst;         ///< chosen by the dialog itself
    QHash<QString, QString> m_names; ///< of the wallet book, by address
    WalletRules m_rules;
    QList<Wallet> m_chosen;
    QLineEdit *m_filter;
    ScrollBody *m_body = nullptr; ///< all but the buttons
    QListWidget *m_list;
    QPushButton *m_checkAll;
    QLabel *m_count;
    QLabel *m_entityError;
    WalletField *m_wallet;
    QLabel *m_walletError;
    QLineEdit *m_name;
    bool m_nameIsKnown = false; ///< the wallet book's, not typed
    QCheckBox *m_checkNow;
};

} // namespace sonar
