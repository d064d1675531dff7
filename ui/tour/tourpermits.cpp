// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workspace.h"
#include "ui/entities/entitiespage.h"
#include "ui/entities/permitrequestbox.h"
#include "ui/permits/addpairsdialog.h"
#include "ui/permits/checklist.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitdetailspane.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/walletbookdialog.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowactions.h"
#include "ui/tour/touralbum.h"
#include "ui/tour/tourbrowser.h"
#include "ui/tour/tourhand.h"
#include "ui/tour/tourstops.h"
#include "ui/tour/tourworld.h"

#include <QComboBox>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>

// The stops with permits: wallets, requests, liveness.

namespace sonar {

namespace {

const QString ada = QStringLiteral("Ada Lovelace");
const QString borealis = QStringLiteral("Borealis Capital");
const QString cobalt = QStringLiteral("Cobalt Trust");

} // namespace

void TourStops::showPermits()
{
    m_hand->trigger(actions()->permits, QStringLiteral("the page of permits"));
}

void TourStops::chooseWallet(const QString &address)
{
    auto *box = m_world->window()->pages()->entities()->findChild<PermitRequestBox *>();
    auto *field = box ? box->findChild<QComboBox *>() : nullptr;
    if (!m_hand->expect(QStringLiteral("field for the wallet"), field) || !field)
        return;
    const int known = field->findData(address);
    if (known >= 0)
        field->setCurrentIndex(known);
    else
        field->setEditText(address);
}

void TourStops::untilQuiet()
{
    m_hand->until(QStringLiteral("the answers"),
                  [&] { return m_world->workspace()->permits()->running() == 0; });
}

const PermitRow *TourStops::row(const QString &entity, const QString &wallet) const
{
    for (const PermitRow &one : m_world->workspace()->permits()->rows()) {
        if (one.entityLabel == entity && one.wallet == wallet)
            return &one;
    }
    return nullptr;
}

bool TourStops::isUnused(const QString &wallet) const
{
    const QList<PermitRow> &rows = m_world->workspace()->permits()->rows();
    return std::none_of(rows.cbegin(), rows.cend(), [&](const PermitRow &one) {
        return one.wallet.compare(wallet, Qt::CaseInsensitive) == 0;
    });
}

void TourStops::request(const QStringList &entities, const QString &wallet)
{
    if (!m_hand->isWell())
        return;
    showEntities();
    EntitiesPage *page = m_world->window()->pages()->entities();
    m_hand->select(page->findChild<QTableView *>(), entities);
    chooseWallet(tourWallet(wallet));
    m_hand->press(page->findChild<QPushButton *>(QStringLiteral("requestPermit")),
                  QStringLiteral("a permit"));
    untilQuiet();
    for (const QString &entity : entities)
        m_hand->expect(QStringLiteral("row for %1 with %2").arg(entity, wallet),
                       row(entity, tourWallet(wallet)));
}

void TourStops::check(const QStringList &entities, const QString &wallet)
{
    if (!m_hand->isWell())
        return;
    showEntities();
    EntitiesPage *page = m_world->window()->pages()->entities();
    m_hand->select(page->findChild<QTableView *>(), entities);
    chooseWallet(tourWallet(wallet));
    m_hand->press(page->findChild<QPushButton *>(QStringLiteral("checkReadiness")),
                  QStringLiteral("the readiness"));
    untilQuiet();
}

void TourStops::wallets()
{
    begin(QStringLiteral("A wallet"));
    showPermits();
    m_hand->trigger(
        m_world->window()->pages()->permits()->findChild<QAction *>(QStringLiteral("everyPair")),
        QStringLiteral("Show every entity with every wallet"));
    m_album->take(QStringLiteral("permits-unchecked"),
                  QStringLiteral("By choice, every entity with every wallet of the wallet book; "
                                 "none is checked yet."),
                  m_world->window());
    m_hand->trigger(actions()->walletBook, QStringLiteral("Wallet book…"));
    passDialog(visibleDialog<WalletBookDialog>(m_world->window()), QStringLiteral("wallet-book"),
               QStringLiteral("The wallet book."));
    m_hand->press(buttonNamed(m_world->window()->pages()->permits(), QStringLiteral("Add…")),
                  QStringLiteral("adding rows"));
    passDialog(visibleDialog<AddPairsDialog>(m_world->window()), QStringLiteral("add-wallets"),
               QStringLiteral("Many wallets at once, pasted or from a file."));
    if (!m_hand->isWell())
        return;
    showEntities();
    EntitiesPage *page = m_world->window()->pages()->entities();
    QString mistyped = tourWallet(QStringLiteral("Treasury"));
    mistyped.replace(4, 1, QStringLiteral("8"));
    chooseWallet(mistyped);
    m_hand->press(page->findChild<QPushButton *>(QStringLiteral("checkReadiness")),
                  QStringLiteral("the readiness"));
    m_hand->expect(QStringLiteral("refusal of a mistyped address"),
                   m_hand->isWell() && isUnused(mistyped));
    m_album->take(QStringLiteral("wallet-mistyped"),
                  QStringLiteral("A mistyped address is caught by its checksum, at its field."),
                  m_world->window());

    check({borealis}, QStringLiteral("Treasury"));
    const PermitRow *ready =
        m_hand->isWell() ? row(borealis, tourWallet(QStringLiteral("Treasury"))) : nullptr;
    m_hand->expect(QStringLiteral("wallet that is ready"),
                   ready && ready->status == PermitStatus::Ready);
    m_album->take(QStringLiteral("wallet-ready"),
                  QStringLiteral("Chose a wallet and pressed “Check”: it is ready."),
                  m_world->window());
}

void TourStops::passDialog(QDialog *dialog, const QString &name, const QString &line)
{
    if (!m_hand->expect(QStringLiteral("dialog for %1").arg(name), dialog))
        return;
    m_album->take(name, line, m_world->window(), dialog);
    dialog->reject();
}

void TourStops::permits()
{
    begin(QStringLiteral("Permits"));
    request({ada, borealis}, QStringLiteral("Treasury"));
    request({borealis}, QStringLiteral("Ledger"));
    request({ada}, QStringLiteral("Phone"));
    request({borealis}, QStringLiteral("Exchange"));
    request({borealis}, QStringLiteral("Yesterday"));
    request({ada}, QStringLiteral("Round two"));
    request({borealis}, QStringLiteral("Foundation"));
    check({ada, cobalt}, QStringLiteral("Ledger"));
    check({ada, borealis}, QStringLiteral("Unreachable"));
    if (!m_hand->isWell())
        return;
    const QList<PermitRow> &rows = m_world->workspace()->permits()->rows();
    const auto count = [&](PermitStatus status) {
        return std::count_if(rows.cbegin(), rows.cend(),
                             [&](const PermitRow &one) { return one.status == status; });
    };
    m_hand->expect(QStringLiteral("permit for each wallet that may have one"),
                   count(PermitStatus::Issued) >= 5);
    m_hand->expect(QStringLiteral("wallet that isn't ready"), count(PermitStatus::NotReady) >= 3);
    m_hand->expect(QStringLiteral("wallet that is ready"), count(PermitStatus::Ready) >= 1);
    m_hand->expect(QStringLiteral("failed call"), count(PermitStatus::Failed) >= 1);
    showPermits();
    selectPermit(borealis, QStringLiteral("Treasury"));
    m_album->take(QStringLiteral("permits"),
                  QStringLiteral("Asked for %1 of the %2 pairs of entity and wallet: %3 permits "
                                 "issued, %4 not ready, %5 ready, %6 failed, as the sandbox "
                                 "answers by wallet.")
                      .arg(rows.size() - count(PermitStatus::NotChecked))
                      .arg(rows.size())
                      .arg(count(PermitStatus::Issued) + count(PermitStatus::Expired))
                      .arg(count(PermitStatus::NotReady))
                      .arg(count(PermitStatus::Ready))
                      .arg(count(PermitStatus::Failed)),
                  m_world->window());
    checks(QStringLiteral("permit-checks"));
    selectPermit(borealis, QStringLiteral("Foundation"));
    m_album->take(QStringLiteral("permit-large-numbers"),
                  QStringLiteral("A permit with numbers beyond 2^53, shown to the last digit."),
                  m_world->window());
    selectPermit(borealis, QStringLiteral("Exchange"));
    m_album->take(QStringLiteral("permit-refused"),
                  QStringLiteral("A wallet that isn't accepted, with the reason in words."),
                  m_world->window());
    if (m_hand->isWell())
        m_world->window()->pages()->permits()->findChild<QTableView *>()->selectAll();
    m_album->take(QStringLiteral("permits-selected"),
                  QStringLiteral("All pairs selected: where they stand, and what can be done with "
                                 "all of them at once."),
                  m_world->window());
}

void TourStops::checks(const QString &name)
{
    if (!m_hand->isWell())
        return;
    const auto *details = m_world->window()->pages()->permits()->findChild<PermitDetailsPane *>();
    auto *scroll = details ? details->findChild<QScrollArea *>() : nullptr;
    const bool found = scroll && details->findChild<CheckList *>();
    if (!m_hand->expect(QStringLiteral("list of checks"), found) || !found)
        return;
    scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
    m_album->take(name, QStringLiteral("What was checked, one by one."), m_world->window());
    scroll->verticalScrollBar()->setValue(0);
}

void TourStops::selectPermit(const QString &entity, const QString &wallet)
{
    if (!m_hand->isWell())
        return;
    auto *table = m_world->window()->pages()->permits()->findChild<QTableView *>();
    if (!m_hand->expect(QStringLiteral("table of permits"), table))
        return;
    const QAbstractItemModel *model = table->model();
    for (int index = 0; index < model->rowCount(); ++index) {
        const QString shown = model->index(index, 1).data().toString();
        if (model->index(index, 0).data().toString() == entity && shown.contains(wallet)) {
            table->selectRow(index);
            table->scrollToTop();
            table->scrollTo(model->index(index, 0));
            return;
        }
    }
    m_hand->expect(QStringLiteral("row for %1 with %2").arg(entity, wallet), false);
}

void TourStops::liveness()
{
    begin(QStringLiteral("Liveness check"));
    const QString wallet = QStringLiteral("Phone");
    const PermitRow *due = m_hand->isWell() ? row(ada, tourWallet(wallet)) : nullptr;
    m_hand->expect(QStringLiteral("liveness check due"),
                   due && due->reason == FailureReason::RequiresLiveness);
    selectPermit(ada, wallet);
    const auto open = [&] {
        return buttonNamed(m_world->window()->pages()->permits(),
                           QStringLiteral("Open liveness check"));
    };
    m_hand->until(QStringLiteral("the button of the liveness check"),
                  [&] { return open() != nullptr; });
    m_album->take(QStringLiteral("permit-liveness"),
                  QStringLiteral("Sonar wants to see a living person first."), m_world->window());
    m_hand->press(m_hand->isWell() ? open() : nullptr, QStringLiteral("the liveness check"));
    m_hand->until(QStringLiteral("the browser to be opened"), [&] { return m_browser->hasPage(); });
    m_browser->press(QStringLiteral("complete"));
    m_hand->until(QStringLiteral("the answer of the liveness page"),
                  [&] { return m_browser->outcome().has_value(); });
    if (m_hand->isWell() && !*m_browser->outcome())
        m_hand->fail(m_browser->outcome()->error().summary);
    request({ada}, wallet);
    m_hand->expect(QStringLiteral("permit after the liveness check"),
                   m_hand->isWell() &&
                       row(ada, tourWallet(wallet))->status == PermitStatus::Issued);
    m_album->write(QStringLiteral("Opened its page, passed, asked again: the permit is there."));
}

void TourStops::dark()
{
    begin(QStringLiteral("In the dark"));
    chooseAppearance(QStringLiteral("Dark"));
    showEntities();
    if (m_hand->isWell())
        m_hand->select(m_world->window()->pages()->entities()->findChild<QTableView *>(),
                       {borealis});
    m_album->take(QStringLiteral("entities-dark"), QStringLiteral("The entities."),
                  m_world->window());
    showPermits();
    selectPermit(borealis, QStringLiteral("Treasury"));
    m_album->take(QStringLiteral("permits-dark"), QStringLiteral("The permits."),
                  m_world->window());
    checks(QStringLiteral("permit-checks-dark"));
    QPointer<ExportDialog> dialog = openExport(ExportFormat::Json);
    m_album->take(QStringLiteral("export-dark"), QStringLiteral("The export, not saved again."),
                  m_world->window(), dialog);
    if (dialog)
        dialog->close();
    commitment(ExportFormat::SafeBatch, QStringLiteral("export-safe-dark"),
               QStringLiteral("The Safe batch again."));
    verification(QStringLiteral("verify-dark"));
}

} // namespace sonar
