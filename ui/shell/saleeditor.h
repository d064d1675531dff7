// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/config/sale.h"

#include <QDialog>
#include <QList>

#include <functional>

class QComboBox;
class QGridLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QScrollArea;

namespace sonar {

class ErrorBanner;

/// The values of one sale as a form. Keeps what a sale file says beyond them.
class SaleEditor : public QDialog
{
    Q_OBJECT
public:
    explicit SaleEditor(const Sale &sale, QWidget *parent = nullptr);

    /// Why what was typed couldn't be taken after all.
    void showError(const Error &error);

    /// By Esc, or by closing the window: asks before it discards changes.
    void reject() override;

Q_SIGNALS:
    /// The user wants this, and it is sound. Whoever takes it accepts the dialog; until then
    /// nothing that was typed is lost.
    void edited(const sonar::Sale &sale);

private:
    /// Returns the sentence that refuses what was typed, with %1 for the field's label.
    using Check = std::function<QString(const QString &)>;
    struct Field
    {
        QWidget *widget;
        QLabel *note;                   ///< below it: what is wrong
        std::function<QString()> check; ///< the same for the widget, with the label filled in
    };

    QWidget *buildSale();
    QWidget *buildChain();
    QLineEdit *line(QGridLayout *form, const QString &label, const QString &value,
                    const Check &check);
    void addField(QGridLayout *form, const QString &label, QWidget *widget,
                  const std::function<QString()> &check);
    std::optional<ChainType> typedChainType() const;
    QStringList typedRedirectUris() const;
    Sale typed() const;
    std::optional<Chain> typedChain() const;
    void save();
    /// Puts a message below each field that needs one; true if none does.
    bool checkFields();
    void alignFields();
    static void note(const Field &field, const QString &text);

    Sale m_sale;
    Sale m_before; ///< what the fields said at first
    ErrorBanner *m_error;
    QScrollArea *m_area; ///< with all its faults a form is higher than a small screen
    QList<QLabel *> m_captions;
    QList<Field> m_fields;
    QLineEdit *m_name;
    QLineEdit *m_saleUuid;
    QLineEdit *m_clientUuid;
    QPlainTextEdit *m_redirectUris;
    QLineEdit *m_frontendUrl;
    QLineEdit *m_apiUrl;
    QLineEdit *m_permitSigner;
    QGroupBox *m_chain;
    QComboBox *m_chainType;
    QLineEdit *m_chainId;
    QLineEdit *m_rpcUrl;
    QLineEdit *m_saleContract;
    QLineEdit *m_paymentToken;
    QLineEdit *m_symbol;
    QLineEdit *m_decimals;
};

} // namespace sonar
