// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"

#include <QComboBox>

namespace sonar {

/// A field for a wallet's address, with a list of known wallets to choose from. The list shows
/// their names; the text is never anything but what was typed or the chosen wallet's whole address,
/// so that nothing has to find a wallet by words. It completes nothing: an address that was begun
/// could become another's.
class WalletField : public QComboBox
{
    Q_OBJECT
public:
    explicit WalletField(QWidget *parent = nullptr);

    void setWallets(const QList<Wallet> &wallets); ///< keeps what was typed

private:
    class Choices;
    Choices *m_choices;
};

} // namespace sonar
