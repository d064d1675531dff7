// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/saleeditor.h"

#include "app/config/salefields.h"
#include "app/config/salefile.h"
#include "ui/style/announce.h"
#include "ui/style/errorbanner.h"
#include "ui/style/labels.h"
#include "ui/style/questions.h"
#include "ui/style/screenfit.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace sonar {

namespace {

constexpr int longestLine = 4096;
constexpr int longestQuote = 80;
constexpr int mostDecimals = 77;
constexpr int scrollBar = 12; ///< with a little room

QString urlText(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded);
}

QString withoutMnemonic(QString label)
{
    return label.remove(QLatin1Char('&'));
}

std::optional<int> decimalsFrom(const QString &text)
{
    bool whole = false;
    const int decimals = text.toInt(&whole);
    return whole && decimals >= 0 && decimals <= mostDecimals ? std::optional(decimals)
                                                              : std::nullopt;
}

/// Not a QFormLayout: that one gives too little height when texts wrap.
QGridLayout *formIn(QWidget *widget)
{
    auto *form = new QGridLayout(widget);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setColumnStretch(1, 1);
    return form;
}

} // namespace

SaleEditor::SaleEditor(const Sale &sale, QWidget *parent)
    : QDialog(parent)
    , m_sale(sale)
    , m_error(new ErrorBanner(this))
    , m_area(new QScrollArea(this))
{
    setWindowTitle(tr("Edit sale"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    // The scroll bar stands in the margin.
    layout->setContentsMargins(24, 20, 24 - scrollBar, 20);
    layout->setSpacing(12);
    m_error->layout()->setContentsMargins(0, 0, scrollBar, 0);
    layout->addWidget(m_error);
    auto *form = new QWidget;
    auto *parts = new QVBoxLayout(form);
    parts->setContentsMargins(0, 0, scrollBar, 0);
    parts->setSpacing(16);
    parts->addWidget(buildSale());
    parts->addWidget(buildChain());
    parts->addStretch(1);
    alignFields();
    m_before = typed();
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(form);
    m_area->viewport()->setAutoFillBackground(false); // the dialog's own ground
    form->setAutoFillBackground(false);
    layout->addWidget(m_area, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(0, 0, scrollBar, 0);
    foot->addWidget(buttons);
    layout->addLayout(foot);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon(QIcon());
    setPrimary(buttons->button(QDialogButtonBox::Save));
    connect(buttons, &QDialogButtonBox::accepted, this, &SaleEditor::save);
    connect(buttons, &QDialogButtonBox::rejected, this, [this] { done(QDialog::Rejected); });
    setMinimumWidth(600);
    // What is around the form: its margins, the buttons and the space before them.
    const int rest = buttons->sizeHint().height() + 12 + 2 * 20;
    resizeWithinScreen(this, {minimumWidth(), form->sizeHint().height() + rest});
}

void SaleEditor::addField(QGridLayout *form, const QString &label, QWidget *widget,
                          const std::function<QString()> &check)
{
    auto *note = plainLabel({}, form->parentWidget());
    note->setProperty("invalid", true);
    note->hide();
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(widget);
    column->addWidget(note);
    auto *caption = new QLabel(label, form->parentWidget());
    caption->setBuddy(widget);
    m_captions << caption;
    caption->setMinimumHeight(m_fields.isEmpty() ? widget->sizeHint().height()
                                                 : m_fields.first().widget->sizeHint().height());
    const int row = form->rowCount();
    form->addWidget(caption, row, 0, Qt::AlignTop);
    form->addLayout(column, row, 1);
    m_fields << Field{widget, note, check};
}

QLineEdit *SaleEditor::line(QGridLayout *form, const QString &label, const QString &value,
                            const Check &check)
{
    auto *field = new QLineEdit(value, form->parentWidget());
    field->setMaxLength(longestLine);
    field->setCursorPosition(0);
    field->setAccessibleName(withoutMnemonic(label));
    addField(form, label, field, [field, check, name = withoutMnemonic(label)] {
        const QString sentence = check(field->text().trimmed());
        return sentence.isEmpty() ? sentence : sentence.arg(name);
    });
    connect(field, &QLineEdit::textEdited, this, [this, place = m_fields.size() - 1] {
        note(m_fields.at(place), {}); // being corrected
    });
    return field;
}

QWidget *SaleEditor::buildSale()
{
    auto *part = new QWidget(this);
    QGridLayout *form = formIn(part);
    form->setContentsMargins(0, 0, 0, 0);
    m_name = line(form, tr("&Name"), m_sale.name, refusedName);
    m_saleUuid = line(form, tr("Sale &UUID"), m_sale.saleUuid, refusedUuid);
    m_clientUuid = line(form, tr("C&lient UUID"), m_sale.clientUuid, refusedUuid);

    m_redirectUris = new QPlainTextEdit(m_sale.redirectUris.join(QLatin1Char('\n')), part);
    m_redirectUris->setAccessibleName(tr("Redirect URIs, one per line"));
    m_redirectUris->setTabChangesFocus(true);
    m_redirectUris->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_redirectUris->setFixedHeight(3 * fontMetrics().lineSpacing() + 12);
    m_redirectUris->setToolTip(
        tr("One per line, character for character as registered for the client"));
    addField(form, tr("&Redirect URIs"), m_redirectUris, [this] {
        const QStringList uris = typedRedirectUris();
        for (const QString &uri : uris) {
            if (const QString sentence = refusedRedirectUri(uri); !sentence.isEmpty())
                return sentence.arg(QLatin1Char('"') + uri.left(longestQuote) + QLatin1Char('"'));
        }
        return uris.isEmpty() ? tr("At least one redirect URI is needed") : QString();
    });
    connect(m_redirectUris, &QPlainTextEdit::textChanged, this,
            [this, place = m_fields.size() - 1] { note(m_fields.at(place), {}); });

    m_frontendUrl = line(form, tr("&Frontend URL"), urlText(m_sale.frontendUrl), refusedServiceUrl);
    m_apiUrl = line(form, tr("&API URL"), urlText(m_sale.apiUrl), refusedServiceUrl);
    m_permitSigner =
        line(form, tr("Permit &signer"), m_sale.permitSigner,
             [this](const QString &value) { return refusedAddress(value, typedChainType()); });
    m_permitSigner->setPlaceholderText(tr("Not known"));
    return part;
}

QWidget *SaleEditor::buildChain()
{
    const Chain chain = m_sale.chain.value_or(Chain());
    m_chain = new QGroupBox(tr("&On chain"), this);
    m_chain->setCheckable(true);
    m_chain->setChecked(m_sale.chain.has_value());
    QGridLayout *form = formIn(m_chain);
    form->setContentsMargins(0, 8, 0, 0);
    m_chainType = new QComboBox(m_chain);
    m_chainType->addItem(tr("EVM"), int(ChainType::Evm));
    m_chainType->addItem(tr("Solana"), int(ChainType::Svm));
    m_chainType->setCurrentIndex(chain.type == ChainType::Svm ? 1 : 0);
    m_chainType->setAccessibleName(tr("Kind of chain"));
    addField(form, tr("&Kind"), m_chainType, [] { return QString(); });
    // A chain that is switched off may hold anything.
    const auto onChain = [this](const Check &check) {
        return [this, check](const QString &value) {
            return m_chain->isChecked() ? check(value) : QString();
        };
    };
    const Check chainAddress =
        onChain([this](const QString &value) { return refusedAddress(value, typedChainType()); });
    m_chainId =
        line(form, tr("Chain &ID"), chain.chainId == 0 ? QString() : QString::number(chain.chainId),
             onChain([this](const QString &value) {
                 bool whole = false;
                 const bool fine = value.toULongLong(&whole) > 0 && whole;
                 return fine || typedChainType() != ChainType::Evm
                            ? QString()
                            : tr("%1 must be a whole number from 1 on");
             }));
    m_rpcUrl = line(form, tr("R&PC URL"), urlText(chain.rpcUrl), onChain([](const QString &value) {
                        return value.isEmpty() ? QString() : refusedRpcUrl(value);
                    }));
    m_saleContract = line(form, tr("Sale &contract"), chain.saleContract, chainAddress);
    m_paymentToken = line(form, tr("Payment &token"), chain.paymentToken, chainAddress);
    m_symbol = line(form, tr("Token s&ymbol"), chain.paymentTokenSymbol, onChain(refusedSymbol));
    const std::optional<int> decimals = chain.paymentTokenDecimals;
    m_decimals = line(
        form, tr("Token &decimals"), decimals ? QString::number(*decimals) : QString(),
        onChain([this](const QString &value) {
            if (value.isEmpty())
                return m_paymentToken->text().trimmed().isEmpty()
                           ? QString()
                           : tr("%1 are needed with a payment token");
            return decimalsFrom(value) ? QString() : tr("%1 must be a whole number from 0 to 77");
        }));
    m_decimals->setPlaceholderText(tr("Not known"));

    const auto follow = [this] {
        m_chainId->setEnabled(m_chain->isChecked() &&
                              m_chainType->currentData().toInt() == int(ChainType::Evm));
    };
    connect(m_chainType, &QComboBox::currentIndexChanged, this, follow);
    connect(m_chain, &QGroupBox::toggled, this, follow);
    follow();
    return m_chain;
}

std::optional<ChainType> SaleEditor::typedChainType() const
{
    if (!m_chain->isChecked())
        return std::nullopt;
    return ChainType(m_chainType->currentData().toInt());
}

QStringList SaleEditor::typedRedirectUris() const
{
    QStringList uris;
    for (const QString &line : m_redirectUris->toPlainText().split(QLatin1Char('\n'))) {
        if (const QString uri = line.trimmed(); !uri.isEmpty())
            uris << uri;
    }
    return uris;
}

std::optional<Chain> SaleEditor::typedChain() const
{
    if (!m_chain->isChecked())
        return std::nullopt;
    Chain chain;
    chain.type = *typedChainType();
    if (chain.type == ChainType::Evm)
        chain.chainId = m_chainId->text().trimmed().toULongLong();
    chain.rpcUrl = QUrl(m_rpcUrl->text().trimmed());
    chain.saleContract = m_saleContract->text().trimmed();
    chain.paymentToken = m_paymentToken->text().trimmed();
    chain.paymentTokenSymbol = m_symbol->text().trimmed();
    chain.paymentTokenDecimals = decimalsFrom(m_decimals->text().trimmed());
    return chain;
}

Sale SaleEditor::typed() const
{
    Sale sale = m_sale; // with fileText, so that unknown keys stay
    sale.name = m_name->text().trimmed();
    sale.saleUuid = m_saleUuid->text().trimmed();
    sale.clientUuid = m_clientUuid->text().trimmed();
    sale.redirectUris = typedRedirectUris();
    sale.frontendUrl = QUrl(m_frontendUrl->text().trimmed());
    sale.apiUrl = QUrl(m_apiUrl->text().trimmed());
    sale.permitSigner = m_permitSigner->text().trimmed();
    sale.chain = typedChain();
    return sale;
}

void SaleEditor::reject()
{
    if (typed() == m_before)
        QDialog::reject();
    else
        askToDiscard(this);
}

void SaleEditor::save()
{
    if (!checkFields())
        return;
    // The same door as for a sale file, so that nothing gets in here that couldn't there.
    const Result<Sale> sale = parseSaleFile(toSaleFile(typed()));
    if (sale)
        Q_EMIT edited(*sale);
    else
        showError(sale.error());
}

void SaleEditor::showError(const Error &error)
{
    m_error->showError(error);
}

bool SaleEditor::checkFields()
{
    m_error->clear();
    QWidget *first = nullptr;
    for (const Field &field : m_fields) {
        const QString sentence = field.check();
        note(field, sentence.isEmpty() ? QString() : sentence + QLatin1Char('.'));
        if (!first && !sentence.isEmpty())
            first = field.widget;
    }
    if (first) {
        first->setFocus();
        m_area->widget()->layout()->activate();
        m_area->ensureWidgetVisible(first);
    }
    return !first;
}

void SaleEditor::alignFields()
{
    int widest = 0;
    for (const QLabel *caption : std::as_const(m_captions))
        widest = std::max(widest, caption->sizeHint().width());
    for (QLabel *caption : std::as_const(m_captions))
        caption->setMinimumWidth(widest);
}

void SaleEditor::note(const Field &field, const QString &text)
{
    field.note->setText(text);
    field.note->setVisible(!text.isEmpty());
    setFieldProblem(field.widget, text);
}

} // namespace sonar
