// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/welcomepage.h"

#include "ui/style/errorbanner.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sonar {

namespace {

constexpr int columnWidth = 640;
constexpr int narrowest = 480; ///< of the page, pixels
constexpr int lowest = 200;
constexpr int longestName = 48; ///< characters of a sale's name on its button
constexpr int longestHost = 26;

} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
    , m_error(new ErrorBanner(this))
    , m_sandbox(new QPushButton(tr("Try the sandbox"), this))
    , m_add(new QPushButton(tr("Add a sale…"), this))
{
    setAccessibleName(tr("Welcome"));
    setMinimumSize(narrowest, lowest);
    auto *column = new QWidget;
    column->setMaximumWidth(columnWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 24, 0, 24);
    layout->setSpacing(8);

    auto *mark = new QLabel(column);
    mark->setTextFormat(Qt::PlainText);
    mark->setPixmap(QApplication::windowIcon().pixmap(56));
    mark->setAccessibleName(tr("Icon of Sonar Desktop"));
    layout->addWidget(mark);
    layout->addSpacing(4);
    QLabel *title = fixedWords(plainLabel(tr("Welcome to Sonar Desktop"), column));
    title->setFont(heading(font(), 3));
    layout->addWidget(title);
    layout->addWidget(fixedWords(mutedLabel(
        tr("See which of your entities may take part in a token sale on Echo's Sonar, get purchase "
           "permits for your wallets, and hand them to the wallet that buys."),
        column)));
    layout->addSpacing(8);
    layout->addWidget(m_error);

    m_salesBox = new QWidget(column);
    m_salesLayout = new QVBoxLayout(m_salesBox);
    m_salesLayout->setContentsMargins(0, 8, 0, 16);
    m_salesLayout->setSpacing(8);
    layout->addWidget(m_salesBox);
    m_salesBox->hide();

    auto *cards = new QHBoxLayout;
    cards->setSpacing(16);
    cards->addWidget(card(tr("Practise first"),
                          tr("The sandbox is a copy of Sonar on this computer with made-up "
                             "people and money. You don't need an account."),
                          m_sandbox),
                     1);
    cards->addWidget(card(tr("Take part in a sale"),
                          tr("Open the sale file (.sonarsale) that the sale's team gave you, or "
                             "drop it anywhere on this window."),
                          m_add),
                     1);
    layout->addLayout(cards);
    setPrimary(m_sandbox);

    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *centred = new QWidget;
    auto *centring = new QVBoxLayout(centred);
    centring->addStretch(2);
    // Stretches, not an alignment: that would forget that the texts wrap.
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(column, 100);
    row->addStretch(1);
    centring->addLayout(row);
    centring->addStretch(3);
    scroll->setWidget(centred);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(8, 8, 8, 8);
    outer->addWidget(scroll);

    connect(m_sandbox, &QPushButton::clicked, this, &WelcomePage::sandboxRequested);
    connect(m_add, &QPushButton::clicked, this, &WelcomePage::addSaleRequested);
}

QFrame *WelcomePage::card(const QString &title, const QString &text, QPushButton *button)
{
    auto *frame = new QFrame;
    frame->setProperty("card", true);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(20, 18, 20, 20);
    layout->setSpacing(8);
    QLabel *head = fixedWords(plainLabel(title, frame));
    head->setFont(heading(font(), 1));
    QLabel *body = fixedWords(mutedLabel(text, frame));
    button->setAccessibleDescription(text);
    layout->addWidget(head);
    layout->addWidget(body);
    layout->addStretch(1);
    layout->addSpacing(8);
    layout->addWidget(button, 0, Qt::AlignLeft);
    frame->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    return frame;
}

void WelcomePage::setSales(const QList<Sale> &sales)
{
    while (QLayoutItem *item = m_salesLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!sales.isEmpty())
        m_salesLayout->addWidget(new SectionLabel(tr("Your sales"), m_salesBox));
    for (const Sale &sale : sales) {
        const QString name = sale.isSandbox()
                                 ? tr("%1 (sandbox)").arg(shownText(sale.name, longestName))
                                 : shownText(sale.name, longestName);
        auto *open = new QPushButton(m_salesBox);
        open->setProperty("row", true);
        open->setAccessibleName(name);
        open->setAccessibleDescription(sale.apiUrl.host());
        setPlainToolTip(open, name);
        open->setAccessibleDescription(sale.apiUrl.host());
        auto *title = new ElidedLabel(name, open);
        // Two sales may have one name.
        auto *host = new ElidedLabel(shownText(sale.apiUrl.host(), longestHost), open);
        host->setProperty("muted", true);
        host->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
        auto *inside = new QHBoxLayout(open);
        inside->setContentsMargins(12, 0, 12, 0);
        inside->setSpacing(16);
        inside->addWidget(title, 3);
        inside->addWidget(host, 2);
        for (QLabel *label : {title, host})
            label->setAttribute(Qt::WA_TransparentForMouseEvents);
        connect(open, &QPushButton::clicked, this,
                [this, uuid = sale.saleUuid] { Q_EMIT saleRequested(uuid); });
        m_salesLayout->addWidget(open);
    }
    m_salesBox->setVisible(!sales.isEmpty());
    setPrimary(m_sandbox, sales.isEmpty());
}

void WelcomePage::setSandboxStarting(bool starting)
{
    m_sandbox->setEnabled(!starting);
    m_sandbox->setText(starting ? tr("Starting the sandbox…") : tr("Try the sandbox"));
}

void WelcomePage::setDropExpected(bool expected)
{
    m_dropExpected = expected;
    update();
}

void WelcomePage::showError(const Error &error)
{
    m_error->showError(error);
}

void WelcomePage::clearError()
{
    m_error->clear();
}

void WelcomePage::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (!m_dropExpected)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ToneColors colors = toneColors(Tone::Accent, palette());
    painter.setPen(QPen(colors.text, 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 8, 8);
}

} // namespace sonar
