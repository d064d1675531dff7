// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wallets/walletfield.h"

#include "ui/style/plaintext.h"
#include "ui/style/theme.h"

#include <QAbstractItemView>
#include <QAbstractListModel>
#include <QLineEdit>

#include <algorithm>

namespace sonar {

namespace {

constexpr int longestShownName = 40;
constexpr int longestText = 4096;

} // namespace

class WalletField::Choices : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    void setWallets(const QList<Wallet> &wallets)
    {
        beginResetModel();
        m_wallets = wallets;
        endResetModel();
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_wallets.size());
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || index.row() >= m_wallets.size())
            return {};
        const Wallet &wallet = m_wallets[index.row()];
        if (role == Qt::DisplayRole) {
            const QString name = shownText(wallet.name, longestShownName);
            return name.isEmpty() ? wallet.address
                                  : QStringLiteral("%1 · %2").arg(name, wallet.address);
        }
        // An editable box puts the text to edit into its line.
        return role == Qt::EditRole || role == Qt::UserRole ? QVariant(wallet.address) : QVariant();
    }

private:
    QList<Wallet> m_wallets;
};

WalletField::WalletField(QWidget *parent)
    : QComboBox(parent)
    , m_choices(new Choices(this))
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setCompleter(nullptr);
    setModel(m_choices);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    lineEdit()->setFont(monospaced(font()));
    lineEdit()->setMaxLength(longestText);
}

void WalletField::setWallets(const QList<Wallet> &wallets)
{
    const QString typed = currentText();
    const int place = lineEdit()->cursorPosition();
    const QSignalBlocker quiet(this);
    m_choices->setWallets(wallets);
    setCurrentIndex(-1);
    setEditText(typed);
    lineEdit()->setCursorPosition(place);
    // The list may be wider than the field: addresses differ in their middles, too.
    qsizetype longest = 0;
    for (int i = 0; i < int(wallets.size()); ++i)
        longest = std::max(longest, itemData(i, Qt::DisplayRole).toString().size());
    view()->setMinimumWidth(int(longest + 4) *
                            view()->fontMetrics().horizontalAdvance(QLatin1Char('0')));
}

} // namespace sonar
