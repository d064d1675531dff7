// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/saleeditor.h"

#include "app/config/salefile.h"
#include "ui/style/errorbanner.h"
#include "ui/style/labels.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace sonar {

namespace {

constexpr int longestLine = 4096;

QString urlText(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded);
}

QString withoutMnemonic(QString label)
{
    return label.remove(QLatin1Char('&'));
}

QFormLayout *formIn(QWidget *widget)
{
    auto *form = new QFormLayout(widget);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

} // namespace

SaleEditor::SaleEditor(const Sale &sale, QWidget *parent)
    : QDialog(parent)
    , m_sale(sale)
    , m_error(new ErrorBanner(this))
{
    setWindowTitle(tr("Edit sale"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_error);
    layout->addWidget(buildSale());
    layout->addWidget(buildChain());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    layout->addWidget(buttons);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon(QIcon());
    setPrimary(buttons->button(QDialogButtonBox::Save));
    connect(buttons, &QDialogButtonBox::accepted, this, &SaleEditor::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setMinimumWidth(560);
}

QLineEdit *SaleEditor::line(QFormLayout *form, const QString &label, const char *name,
                            const QString &value)
{
    auto *field = new QLineEdit(value, form->parentWidget());
    field->setMaxLength(longestLine);
    field->setCursorPosition(0);
    field->setAccessibleName(withoutMnemonic(label));
    form->addRow(label, field);
    m_fields << Field{QLatin1String(name), field};
    return field;
}

QWidget *SaleEditor::buildSale()
{
    auto *part = new QWidget(this);
    QFormLayout *form = formIn(part);
    form->setContentsMargins(0, 0, 0, 0);
    m_name = line(form, tr("&Name"), "name", m_sale.name);
    m_saleUuid = line(form, tr("Sale &UUID"), "saleUUID", m_sale.saleUuid);
    m_clientUuid = line(form, tr("C&lient UUID"), "clientUUID", m_sale.clientUuid);

    m_redirectUris = new QPlainTextEdit(m_sale.redirectUris.join(QLatin1Char('\n')), part);
    m_redirectUris->setAccessibleName(tr("Redirect URIs, one per line"));
    m_redirectUris->setTabChangesFocus(true);
    m_redirectUris->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_redirectUris->setFixedHeight(3 * fontMetrics().lineSpacing() + 12);
    m_redirectUris->setToolTip(
        tr("One per line, character for character as registered for the client"));
    form->addRow(tr("&Redirect URIs"), m_redirectUris);
    m_fields << Field{QStringLiteral("redirectURI"), m_redirectUris};

    m_frontendUrl = line(form, tr("&Frontend URL"), "frontendURL", urlText(m_sale.frontendUrl));
    m_apiUrl = line(form, tr("&API URL"), "apiURL", urlText(m_sale.apiUrl));
    m_permitSigner = line(form, tr("Permit &signer"), "permitSigner", m_sale.permitSigner);
    m_permitSigner->setPlaceholderText(tr("Not known"));
    return part;
}

QWidget *SaleEditor::buildChain()
{
    const Chain chain = m_sale.chain.value_or(Chain());
    m_chain = new QGroupBox(tr("&On chain"), this);
    m_chain->setCheckable(true);
    m_chain->setChecked(m_sale.chain.has_value());
    QFormLayout *form = formIn(m_chain);
    m_chainType = new QComboBox(m_chain);
    m_chainType->addItem(tr("EVM"), int(ChainType::Evm));
    m_chainType->addItem(tr("Solana"), int(ChainType::Svm));
    m_chainType->setCurrentIndex(chain.type == ChainType::Svm ? 1 : 0);
    m_chainType->setAccessibleName(tr("Kind of chain"));
    form->addRow(tr("&Kind"), m_chainType);
    m_fields << Field{QStringLiteral("chain.type"), m_chainType};
    m_chainId = line(form, tr("Chain &id"), "chain.chainId",
                     chain.chainId == 0 ? QString() : QString::number(chain.chainId));
    m_rpcUrl = line(form, tr("R&PC URL"), "chain.rpcURL", urlText(chain.rpcUrl));
    m_saleContract = line(form, tr("Sale &contract"), "chain.saleContract", chain.saleContract);
    m_paymentToken = line(form, tr("Payment &token"), "chain.paymentToken", chain.paymentToken);
    m_symbol =
        line(form, tr("Token s&ymbol"), "chain.paymentTokenSymbol", chain.paymentTokenSymbol);
    m_decimals = new QSpinBox(m_chain);
    m_decimals->setRange(0, 77);
    m_decimals->setValue(chain.paymentTokenDecimals);
    m_decimals->setAccessibleName(tr("Token decimals"));
    form->addRow(tr("Token &decimals"), m_decimals);
    m_fields << Field{QStringLiteral("chain.paymentTokenDecimals"), m_decimals};

    const auto follow = [this] {
        m_chainId->setEnabled(m_chain->isChecked() &&
                              m_chainType->currentData().toInt() == int(ChainType::Evm));
    };
    connect(m_chainType, &QComboBox::currentIndexChanged, this, follow);
    connect(m_chain, &QGroupBox::toggled, this, follow);
    follow();
    return m_chain;
}

std::optional<Chain> SaleEditor::typedChain() const
{
    if (!m_chain->isChecked())
        return std::nullopt;
    Chain chain;
    chain.type = ChainType(m_chainType->currentData().toInt());
    if (chain.type == ChainType::Evm)
        chain.chainId = m_chainId->text().trimmed().toULongLong();
    chain.rpcUrl = QUrl(m_rpcUrl->text().trimmed());
    chain.saleContract = m_saleContract->text().trimmed();
    chain.paymentToken = m_paymentToken->text().trimmed();
    chain.paymentTokenSymbol = m_symbol->text().trimmed();
    chain.paymentTokenDecimals = m_decimals->value();
    return chain;
}

Sale SaleEditor::typed() const
{
    Sale sale = m_sale; // with fileText, so that unknown keys stay
    sale.name = m_name->text().trimmed();
    sale.saleUuid = m_saleUuid->text().trimmed();
    sale.clientUuid = m_clientUuid->text().trimmed();
    sale.redirectUris.clear();
    for (const QString &uri :
         m_redirectUris->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        sale.redirectUris << uri.trimmed();
    sale.frontendUrl = QUrl(m_frontendUrl->text().trimmed());
    sale.apiUrl = QUrl(m_apiUrl->text().trimmed());
    sale.permitSigner = m_permitSigner->text().trimmed();
    sale.chain = typedChain();
    return sale;
}

void SaleEditor::save()
{
    // The same door as for a sale file, so that nothing gets in here that couldn't there.
    const Result<Sale> sale = parseSaleFile(toSaleFile(typed()));
    if (!sale) {
        m_error->showError(sale.error());
        point(sale.error().summary);
        return;
    }
    accept();
    Q_EMIT edited(*sale);
}

void SaleEditor::point(const QString &message)
{
    // Longest name first: "redirectURI" is in "redirectURIs", "name" may be in any sentence.
    QWidget *named = nullptr;
    qsizetype longest = 0;
    for (const Field &field : m_fields) {
        setStyleProperty(field.widget, "invalid", false);
        if (message.contains(field.name) && field.name.size() > longest) {
            named = field.widget;
            longest = field.name.size();
        }
    }
    if (!named)
        return;
    setStyleProperty(named, "invalid", true);
    named->setFocus();
}

} // namespace sonar
