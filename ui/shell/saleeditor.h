// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"

#include <QDialog>
#include <QList>

class QComboBox;
class QFormLayout;
class QGroupBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace sonar {

class ErrorBanner;

/// The values of one sale as a form. Keeps what a sale file says beyond them.
class SaleEditor : public QDialog
{
    Q_OBJECT
public:
    explicit SaleEditor(const Sale &sale, QWidget *parent = nullptr);

Q_SIGNALS:
    void edited(const sonar::Sale &sale);

private:
    /// A field and its name in a sale file, by which errors speak of it.
    struct Field
    {
        QString name;
        QWidget *widget;
    };

    QWidget *buildSale();
    QWidget *buildChain();
    QLineEdit *line(QFormLayout *form, const QString &label, const char *name,
                    const QString &value);
    Sale typed() const;
    std::optional<Chain> typedChain() const;
    void save();
    void point(const QString &message);

    Sale m_sale;
    ErrorBanner *m_error;
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
    QSpinBox *m_decimals;
};

} // namespace sonar
