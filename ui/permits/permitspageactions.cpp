// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitspage.h"

#include "app/workspace/workspace.h"
#include "ui/permits/addpairsdialog.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permitnotices.h"
#include "ui/permits/permitsbar.h"
#include "ui/permits/permittablemodel.h"
#include "ui/permits/permitwords.h"
#include "ui/permits/walletbookdialog.h"
#include "ui/style/questions.h"

#include <QAction>
#include <QPromise>
#include <QTableView>

#include <algorithm>
#include <utility>

// What is done with rows.

namespace sonar {

namespace {

/// Every entity with every wallet is put into the table by itself.
bool fits(qsizetype entities, qsizetype wallets)
{
    constexpr qsizetype mostPairs = 50'000;
    return entities * wallets <= mostPairs;
}

} // namespace

void PermitsPage::check(const QList<int> &rows)
{
    if (!desk() || rows.isEmpty())
        return;
    for (const int row : rows)
        m_requested.remove({desk()->rows()[row].entityId, desk()->rows()[row].wallet});
    desk()->check(rows);
}

void PermitsPage::request(const QList<int> &rows)
{
    if (!desk() || rows.isEmpty())
        return;
    for (const int row : rows)
        m_requested.insert({desk()->rows()[row].entityId, desk()->rows()[row].wallet});
    desk()->request(rows);
}

void PermitsPage::retry(const QList<int> &rows)
{
    QList<int> checks;
    QList<int> requests;
    for (const int row : rows) {
        const PermitRow &failed = desk()->rows()[row];
        (m_requested.contains({failed.entityId, failed.wallet}) ? requests : checks) << row;
    }
    check(checks);
    request(requests);
}

void PermitsPage::addByDialog()
{
    if (!m_workspace)
        return;
    QList<Entity> entities = m_workspace->entities();
    entities.removeIf([](const Entity &entity) { return !entity.isReadable(); });
    auto *dialog =
        new AddPairsDialog(entities, m_wallets, WalletRules::of(m_workspace->sale()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        addWallets(dialog->chosenEntities(), dialog->chosenWallets(), dialog->action());
        Q_EMIT walletsUsed(dialog->chosenWallets());
    });
    dialog->open();
}

void PermitsPage::addPairs(const QList<Entity> &entities, const QString &wallet,
                           PermitAction action)
{
    const auto known = std::find_if(m_wallets.cbegin(), m_wallets.cend(),
                                    [&](const Wallet &one) { return one.address == wallet; });
    const Wallet used = known == m_wallets.cend() ? Wallet{wallet, {}} : *known;
    addWallets(entities, {used}, action);
    Q_EMIT walletsUsed({used});
}

void PermitsPage::addWallets(const QList<Entity> &entities, const QList<Wallet> &wallets,
                             PermitAction action)
{
    if (!desk())
        return;
    for (const Entity &entity : entities) {
        for (const Wallet &wallet : wallets) {
            m_removed.remove({entity.entityId, wallet.address});
            m_asked.insert({entity.entityId, wallet.address});
        }
    }
    const QList<int> rows = desk()->addAll(entities, wallets);
    m_model->flush();
    // What was just added must be seen.
    m_bar->clearFilter();
    m_filtered->setAllFolded(false);
    refresh();
    select(rows);
    m_follows = action != PermitAction::None;
    if (action == PermitAction::Check)
        check(rows);
    else if (action == PermitAction::Request)
        request(rows);
}

void PermitsPage::setWallets(const QList<Wallet> &wallets)
{
    if (wallets == m_wallets)
        return;
    const QList<Wallet> before = std::exchange(m_wallets, wallets);
    if (!desk())
        return;
    dropWallets(before);
    QSet<QString> known;
    for (const Wallet &wallet : before)
        known.insert(wallet.address);
    const bool anyNew =
        std::any_of(wallets.cbegin(), wallets.cend(),
                    [&known](const Wallet &wallet) { return !known.contains(wallet.address); });
    // Otherwise every pair stands there already, unless they were too many.
    if (anyNew || !fits(m_workspace->entities().size(), before.size()))
        fillMatrix();
    refreshSoon();
}

void PermitsPage::dropWallets(const QList<Wallet> &before)
{
    QHash<QString, QString> names;
    for (const Wallet &wallet : std::as_const(m_wallets))
        names.insert(wallet.address, wallet.name);
    QSet<QString> gone;
    for (const Wallet &wallet : before) {
        const auto known = names.constFind(wallet.address);
        if (known == names.cend())
            gone.insert(wallet.address);
        else if (*known == wallet.name)
            names.erase(known);
    }
    if (!names.isEmpty())
        desk()->renameWallets(names);
    if (gone.isEmpty() || !m_everyPair->isChecked())
        return;
    QList<int> rows;
    for (int row = 0; row < int(desk()->rows().size()); ++row) {
        const PermitRow &current = desk()->rows().at(row);
        // What a permit was given for, or is being asked for, stays until the user removes it.
        const bool inUse = showsPermit(current) || current.status == PermitStatus::Checking ||
                           current.status == PermitStatus::Requesting;
        if (!inUse && gone.contains(current.wallet))
            rows << row;
    }
    desk()->remove(rows);
}

void PermitsPage::setShowsEveryPair(bool everyPair)
{
    m_everyPair->setChecked(everyPair);
}

void PermitsPage::fillMatrix()
{
    if (!desk() || !m_everyPair->isChecked() || m_wallets.isEmpty())
        return;
    const QList<Entity> &entities = m_workspace->entities();
    if (!fits(entities.size(), m_wallets.size())) {
        m_notices->tell(
            tr("Too many pairs"),
            tr("%1 entities with %2 wallets are more than this table holds; add the "
               "pairs that you need.")
                .arg(QLocale().toString(entities.size()), QLocale().toString(m_wallets.size())));
        return;
    }
    if (m_removed.isEmpty()) {
        desk()->addAll(entities, m_wallets);
        return;
    }
    for (const Entity &entity : entities) {
        QList<Wallet> wallets = m_wallets;
        wallets.removeIf([&](const Wallet &wallet) {
            return m_removed.contains({entity.entityId, wallet.address});
        });
        desk()->addAll({entity}, wallets);
    }
}

/// Pairs that came by themselves, and that nothing is known about.
void PermitsPage::dropUnasked()
{
    if (!desk())
        return;
    QList<int> rows;
    for (int row = 0; row < int(desk()->rows().size()); ++row) {
        const PermitRow &current = desk()->rows().at(row);
        if (current.status == PermitStatus::NotChecked &&
            !m_asked.contains({current.entityId, current.wallet}))
            rows << row;
    }
    desk()->remove(rows);
}

void PermitsPage::openWalletBook()
{
    if (!m_workspace)
        return;
    auto *dialog = new WalletBookDialog(m_wallets, WalletRules::of(m_workspace->sale()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &WalletBookDialog::walletsChanged, this, [this](const QList<Wallet> &wallets) {
        setWallets(wallets);
        Q_EMIT walletBookChanged(wallets);
    });
    dialog->open();
}

void PermitsPage::foldCurrent(bool folded)
{
    const QModelIndex index = m_table->currentIndex();
    if (index.isValid() && m_filtered->isGroup(index.row()))
        m_filtered->setFolded(index.row(), folded);
}

void PermitsPage::groupClicked(const QModelIndex &index)
{
    if (index.isValid() && m_filtered->isGroup(index.row()))
        m_filtered->setFolded(index.row(), !m_filtered->isFolded(index.row()));
}

void PermitsPage::select(const QList<int> &rows)
{
    QList<int> places;
    for (const int row : rows) {
        const QModelIndex index = m_filtered->mapFromSource(m_model->index(row, 0));
        if (index.isValid())
            places << index.row();
    }
    if (places.isEmpty())
        return;
    std::sort(places.begin(), places.end());
    // Neighbours as one range: a selection of thousands of ranges is slow.
    QItemSelection selection;
    for (qsizetype i = 0; i < places.size();) {
        qsizetype end = i + 1;
        while (end < places.size() && places[end] <= places[end - 1] + 1)
            ++end;
        selection.select(m_filtered->index(places[i], 0), m_filtered->index(places[end - 1], 0));
        i = end;
    }
    const QModelIndex first = m_filtered->index(places.first(), 0);
    m_table->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect |
                                                     QItemSelectionModel::Rows);
    m_table->scrollTo(first);
}

/// Sorted by time left, rows move when their answers come.
void PermitsPage::followSelection()
{
    if (!m_follows)
        return;
    int first = m_filtered->rowCount();
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        first = std::min(first, range.top());
    if (first < m_filtered->rowCount())
        m_table->scrollTo(m_filtered->index(first, 0), QAbstractItemView::PositionAtTop);
}

void PermitsPage::removeSelected()
{
    const QList<int> rows = selectedRows();
    if (!desk() || rows.isEmpty())
        return;
    const int lost = desk()->unexportedCount(rows);
    if (lost == 0) {
        removeRows(rows);
        return;
    }
    // By key: rows may go and come, and others be selected, while the question stands.
    const QList<PairKey> asked = keysOf(rows);
    ask(this,
        {tr("Remove rows"), tr("Remove %Ln rows?", nullptr, int(rows.size())),
         QStringLiteral("%1 %2").arg(lossWords(lost),
                                     tr("You can request another one at any time.")),
         tr("Remove")},
        [this, asked] {
            if (desk())
                removeRows(rowsOf(*desk(), asked));
        });
}

void PermitsPage::removeRows(const QList<int> &rows)
{
    for (const int row : rows)
        m_removed.insert({desk()->rows().at(row).entityId, desk()->rows().at(row).wallet});
    desk()->remove(rows);
}

void PermitsPage::exportPermits()
{
    openExport(selectedRows());
}

QList<PermitsPage::PairKey> PermitsPage::keysOf(const QList<int> &rows) const
{
    QList<PairKey> keys;
    for (const int row : rows)
        keys.append({desk()->rows().at(row).entityId, desk()->rows().at(row).wallet});
    return keys;
}

QList<int> PermitsPage::rowsOf(const PermitDesk &desk, const QList<PairKey> &keys)
{
    QList<int> rows;
    for (const auto &[entityId, wallet] : keys) {
        if (const int row = desk.rowOf(entityId, wallet); row >= 0)
            rows << row;
    }
    return rows;
}

/// By key: rows may have moved since.
void PermitsPage::markExported(const QList<PairKey> &keys)
{
    if (desk())
        desk()->markExported(rowsOf(*desk(), keys));
}

void PermitsPage::openExport(const QList<int> &selected)
{
    if (!hasPermits())
        return;
    // By key: rows may move while the dialog is open.
    const QList<PairKey> keys = keysOf(selected);
    const QPointer<PermitDesk> source = desk();
    PermitSource permits;
    permits.items = [source, keys](ExportRange range) {
        QList<int> rows;
        QList<ExportItem> items;
        if (!source)
            return items;
        if (range == ExportRange::Selected) {
            rows = rowsOf(*source, keys);
            rows.removeIf([&](int row) { return !showsPermit(source->rows()[row]); });
        } else {
            rows = source->exportableRows();
        }
        for (const int row : rows) {
            const PermitRow &one = source->rows()[row];
            items.append({one.entityId, one.wallet, one.entityLabel, one.saleSpecificEntityId});
        }
        return items;
    };
    const auto rowsOfItems = [source](const QList<ExportItem> &chosen) {
        QList<int> rows;
        for (const ExportItem &item : chosen)
            rows << source->rowOf(item.entityId, item.wallet);
        return rows;
    };
    permits.permits = [source, rowsOfItems](const QList<ExportItem> &chosen) {
        return source ? source->permits(rowsOfItems(chosen)) : QList<ExportedPermit>();
    };
    permits.permitsAside = [source, rowsOfItems](const QList<ExportItem> &chosen) {
        if (source)
            return source->permitsAside(rowsOfItems(chosen));
        QPromise<QList<ExportedPermit>> none;
        none.start();
        none.addResult(QList<ExportedPermit>());
        none.finish();
        return none.future();
    };
    permits.lookAt = [source, rowsOfItems](const QList<ExportItem> &items) {
        if (!source)
            return;
        for (const int row : rowsOfItems(items))
            source->lookAt(row);
    };
    permits.consultContract = [source,
                               rowsOfItems](const QList<ExportItem> &items) -> QCoro::Task<> {
        if (source)
            co_await source->consultContract(rowsOfItems(items));
    };
    permits.exported = [page = QPointer(this), source](const QList<ExportItem> &items) {
        if (!page || !source || page->desk() != source)
            return;
        QList<PairKey> exported;
        for (const ExportItem &item : items)
            exported.append({item.entityId, item.wallet});
        page->markExported(exported);
    };
    auto *dialog = new ExportDialog(m_workspace->sale(), permits, &systemClock(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(desk(), &PermitDesk::contractAnswered, dialog, &ExportDialog::permitsChanged);
    dialog->setRange(permits.items(ExportRange::Selected).isEmpty() ? ExportRange::All
                                                                    : ExportRange::Selected);
    dialog->open();
}

} // namespace sonar
