// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/config/preferences.h"
#include "app/sonar/entity.h"
#include "ui/permits/permitaction.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace sonar {

/// Which entities, with which wallet or wallets, go into the permits table.
class AddPairsDialog : public QDialog
{
    Q_OBJECT
public:
    AddPairsDialog(const QList<Entity> &entities, const QList<Wallet> &known, ChainType chain,
                   QWidget *parent = nullptr);

    QList<Entity> chosenEntities() const;
    /// Checked addresses in their display form.
    QList<Wallet> chosenWallets() const { return m_chosen; }
    PermitAction action() const;

    void accept() override;

private:
    QWidget *makeEntityList();
    QWidget *makeWalletFields();
    void fillEntities();
    void filterEntities(const QString &text);
    void checkAllAble();
    void updateCount();
    void walletEdited();
    void walletPicked(int index);
    /// The addresses typed, or what is wrong with them.
    Result<QList<Wallet>> readWallets() const;
    void showEntityError(const QString &text);
    void showWalletError(const QString &text);

    QList<Entity> m_entities;
    QList<Wallet> m_known;
    ChainType m_chain;
    QList<Wallet> m_chosen;
    QLineEdit *m_filter;
    QListWidget *m_list;
    QPushButton *m_checkAll;
    QLabel *m_count;
    QLabel *m_entityError;
    QComboBox *m_wallet;
    QLabel *m_walletError;
    QLineEdit *m_name;
    QCheckBox *m_checkNow;
};

} // namespace sonar
