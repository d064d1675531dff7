// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sidebar.h"

#include "ui/shell/accountcard.h"
#include "ui/shell/sidebarbutton.h"
#include "ui/style/labels.h"
#include "ui/style/tokens.h"

#include <QButtonGroup>
#include <QMenu>
#include <QPainter>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sonar {

namespace {

/// One of several that are chosen from. Assistive technology toggles such a button instead of
/// clicking it, so what follows is tied to toggled().
void makeChoice(SidebarButton *button, QButtonGroup *group, int id)
{
    button->setCheckable(true);
    button->setAutoExclusive(true); // the group sees to it; this makes it a radio button to others
    group->addButton(button, id);
}

/// By the program, which nobody needs to be told of.
void setChosen(QAbstractButton *button, bool chosen)
{
    const QSignalBlocker quiet(button);
    button->setChecked(chosen);
}

} // namespace

Sidebar::Sidebar(QWidget *parent)
    : QFrame(parent)
    , m_account(new AccountCard(this))
    , m_salesLayout(new QVBoxLayout)
    , m_sales(new QButtonGroup(this))
    , m_pages(new QButtonGroup(this))
{
    setAccessibleName(tr("Account, sales and pages"));
    setMinimumWidth(176);

    auto *list = new QWidget;
    list->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(12, 4, 12, 12);
    layout->setSpacing(2);
    const auto section = [&](const QString &title) {
        auto *label = new SectionLabel(title, list);
        label->setContentsMargins(10, 12, 10, 4);
        layout->addWidget(label);
    };

    section(tr("Sale"));
    m_salesLayout->setSpacing(2);
    layout->addLayout(m_salesLayout);
    auto *add = new SidebarButton(tr("Add a sale…"), list);
    connect(add, &QPushButton::clicked, this, &Sidebar::addSaleRequested);
    layout->addWidget(add);

    section(tr("View"));
    m_entities = new SidebarButton(tr("Entities"), list);
    m_permits = new SidebarButton(tr("Permits"), list);
    for (const auto &[button, page] :
         {std::pair(m_entities, Page::Entities), std::pair(m_permits, Page::Permits)}) {
        makeChoice(button, m_pages, int(page));
        layout->addWidget(button);
        connect(button, &QPushButton::toggled, this, [this, page = page](bool chosen) {
            if (chosen)
                Q_EMIT pageChosen(page);
        });
    }
    setPage(Page::Entities);
    layout->addStretch(1);

    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(list);
    scroll->viewport()->setAutoFillBackground(false);

    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 12, 1, 0);
    outer->setSpacing(0);
    auto *cardPlace = new QVBoxLayout;
    cardPlace->setContentsMargins(12, 0, 12, 0);
    cardPlace->addWidget(m_account);
    outer->addLayout(cardPlace);
    outer->addWidget(scroll, 1);
    setTabOrder(m_account, add);
}

void Sidebar::setAccountMenu(QMenu *menu)
{
    m_account->setMenu(menu);
}

void Sidebar::setSaleMenu(QMenu *menu)
{
    m_saleMenu = menu;
}

void Sidebar::setPerson(const QString &name, const QString &secondLine)
{
    m_account->setPerson(name, secondLine);
}

void Sidebar::setSales(const QList<Sale> &sales, const QString &inView)
{
    const auto sameFace = [](const Sale &one, const Sale &other) {
        return one.saleUuid == other.saleUuid && one.name == other.name &&
               one.isSandbox() == other.isSandbox();
    };
    // Buttons stay while they say the same: one of them may have the focus.
    if (!std::equal(sales.cbegin(), sales.cend(), m_shownSales.cbegin(), m_shownSales.cend(),
                    sameFace)) {
        m_shownSales = sales;
        rebuildSales();
    }
    const QList<QAbstractButton *> buttons = m_sales->buttons();
    for (QAbstractButton *button : buttons) {
        const bool shown = m_shownSales.at(m_sales->id(button)).saleUuid == inView;
        setChosen(button, shown);
        // Of the sale in view, by right click or the menu key.
        button->setContextMenuPolicy(shown ? Qt::CustomContextMenu : Qt::DefaultContextMenu);
    }
}

void Sidebar::rebuildSales()
{
    auto *const focused = qobject_cast<QAbstractButton *>(focusWidget());
    bool hadFocus = focused && focused->hasFocus() && m_sales->id(focused) >= 0;
    while (QLayoutItem *item = m_salesLayout->takeAt(0)) {
        auto *button = static_cast<QAbstractButton *>(item->widget());
        m_sales->removeButton(button);
        // May be the one whose click led here.
        button->hide();
        button->deleteLater();
        delete item;
    }
    QWidget *before = m_account;
    for (const Sale &sale : m_shownSales) {
        auto *button = new SidebarButton(sale.name, m_salesLayout->parentWidget());
        button->setSandbox(sale.isSandbox());
        makeChoice(button, m_sales, int(m_salesLayout->count()));
        m_salesLayout->addWidget(button);
        button->show(); // at once: what isn't visible yet takes no focus
        connect(button, &QPushButton::toggled, this, [this, uuid = sale.saleUuid](bool chosen) {
            if (chosen)
                Q_EMIT saleChosen(uuid);
        });
        connect(button, &QWidget::customContextMenuRequested, this,
                [this, button](const QPoint &place) {
                    if (m_saleMenu)
                        m_saleMenu->popup(button->mapToGlobal(place));
                });
        setTabOrder(before, button);
        before = button;
        if (std::exchange(hadFocus, false))
            button->setFocus();
    }
}

void Sidebar::setPage(Page page)
{
    setChosen(page == Page::Entities ? m_entities : m_permits, true);
}

void Sidebar::setCounts(int entities, int permits)
{
    m_entities->setCount(entities);
    m_permits->setCount(permits);
}

void Sidebar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &colors = tokens(isDark(palette()));
    painter.fillRect(rect(), colors.window);
    painter.setPen(colors.line);
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace sonar
