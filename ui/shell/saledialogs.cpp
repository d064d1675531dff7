// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/saledialogs.h"

#include "app/base/loopback.h"
#include "app/config/salefile.h"
#include "app/workspace/workbench.h"
#include "ui/permits/permitwords.h"
#include "ui/shell/saleeditor.h"
#include "ui/style/plaintext.h"

#include <QDialog>
#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace sonar {

namespace {

QString filter()
{
    return SaleDialogs::tr("Sale files (*.sonarsale);;All files (*)");
}

/// What every file system takes as a name.
QString fileNameFor(const Sale &sale)
{
    static const QRegularExpression awkward(QStringLiteral("[^\\w .-]+"),
                                            QRegularExpression::UseUnicodePropertiesOption);
    const QString name = shownText(sale.name).replace(awkward, QStringLiteral("-")).trimmed();
    return (name.isEmpty() || name.startsWith(QLatin1Char('.')) ? QStringLiteral("sale") : name) +
           QStringLiteral(".sonarsale");
}

QString permitsLost(int permits)
{
    return QStringLiteral("%1 %2").arg(
        lossWords(permits), SaleDialogs::tr("Export them first if you still need them."));
}

/// What the two have different, by the names of the fields.
QStringList differingFields(const Sale &one, const Sale &other)
{
    QStringList names;
    const auto compare = [&names](const auto &left, const auto &right, const QString &name) {
        if (left != right)
            names << name;
    };
    compare(one.name, other.name, SaleDialogs::tr("name"));
    compare(one.saleUuid, other.saleUuid, SaleDialogs::tr("sale UUID"));
    compare(one.clientUuid, other.clientUuid, SaleDialogs::tr("client UUID"));
    compare(one.redirectUris, other.redirectUris, SaleDialogs::tr("redirect URIs"));
    compare(one.frontendUrl, other.frontendUrl, SaleDialogs::tr("frontend URL"));
    compare(one.apiUrl, other.apiUrl, SaleDialogs::tr("API URL"));
    compare(one.permitSigner, other.permitSigner, SaleDialogs::tr("permit signer"));
    if (!one.chain || !other.chain) {
        compare(one.chain, other.chain, SaleDialogs::tr("chain"));
        return names;
    }
    const Chain &left = *one.chain;
    const Chain &right = *other.chain;
    compare(left.type, right.type, SaleDialogs::tr("kind of chain"));
    compare(left.chainId, right.chainId, SaleDialogs::tr("chain ID"));
    compare(left.rpcUrl, right.rpcUrl, SaleDialogs::tr("RPC URL"));
    compare(left.saleContract, right.saleContract, SaleDialogs::tr("sale contract"));
    compare(left.paymentToken, right.paymentToken, SaleDialogs::tr("payment token"));
    compare(left.paymentTokenSymbol, right.paymentTokenSymbol, SaleDialogs::tr("token symbol"));
    compare(left.paymentTokenDecimals, right.paymentTokenDecimals,
            SaleDialogs::tr("token decimals"));
    return names;
}

QString differenceText(const Sale &known, const Sale &sale)
{
    const QStringList names = differingFields(known, sale);
    if (names.isEmpty()) // other spaces, or keys of a later version
        return SaleDialogs::tr(
            "Both files contain the same values; only their formatting differs.");
    return SaleDialogs::tr("The new one differs in: %1.").arg(names.join(QStringLiteral(", ")));
}

} // namespace

SaleDialogs::SaleDialogs(Workbench *workbench, QWidget *window)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window)
{}

void SaleDialogs::choose()
{
    auto *dialog = new QFileDialog(m_window, tr("Add a sale"), QString(), filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SaleDialogs::open);
    dialog->open();
}

bool SaleDialogs::open(const QString &path)
{
    const Result<Sale> sale = readSaleFile(path);
    if (sale)
        return offer(*sale);
    Q_EMIT failed(sale.error());
    return false;
}

bool SaleDialogs::offer(const Sale &sale)
{
    const std::optional<Sale> known = rememberedSale(sale.saleUuid);
    if (known && *known == sale) {
        m_workbench->showSale(known->saleUuid);
        Q_EMIT added();
        return true;
    }
    const auto put = [this, sale](bool replace) {
        const Result<void> done = m_workbench->addSale(sale, replace);
        if (done)
            Q_EMIT added();
        else
            Q_EMIT failed(done.error());
        return done.has_value();
    };
    if (!known)
        return put(false);
    const bool asked = m_replacing && m_replacing->isVisible();
    if (asked && m_offered == sale)
        return false;
    if (asked)
        m_replacing->reject();
    m_offered = sale;
    m_replacing = ask(m_window, replaceQuestion(*known, sale), [put] { put(true); });
    return false;
}

std::optional<Sale> SaleDialogs::rememberedSale(const QString &saleUuid) const
{
    if (m_workbench->isEmbeddedSandbox(saleUuid))
        return std::nullopt; // the workbench refuses to replace it
    const QList<Sale> sales = m_workbench->sales();
    const auto known = std::find_if(sales.cbegin(), sales.cend(), [&](const Sale &other) {
        return other.saleUuid.compare(saleUuid, Qt::CaseInsensitive) == 0;
    });
    return known == sales.cend() ? std::nullopt : std::optional(*known);
}

Question SaleDialogs::replaceQuestion(const Sale &known, const Sale &sale) const
{
    QString consequence =
        tr("“%1” has the same sale UUID, %2. Replacing it changes where you sign in and whose "
           "permits are accepted: do it only if this file comes from the sale's team.")
            .arg(shownText(known.name), known.saleUuid);
    consequence += QStringLiteral("\n\n") + differenceText(known, sale);
    if (known.serviceId() != sale.serviceId()) {
        consequence +=
            QStringLiteral("\n\n") + tr("The new one talks to %1 instead of %2.")
                                         .arg(shownText(sale.apiUrl.host() + sale.apiUrl.path()),
                                              shownText(known.apiUrl.host() + known.apiUrl.path()));
    }
    if (const int lost = m_workbench->permitsAtStake(known.saleUuid); lost > 0)
        consequence += QStringLiteral("\n\n") + permitsLost(lost);
    const QString before = shownText(known.name);
    const QString after = shownText(sale.name);
    return {tr("Replace the sale?"),
            before == after ? tr("Replace “%1” with a different version of it?").arg(before)
                            : tr("Replace “%1” with “%2”?").arg(before, after),
            consequence, tr("Replace")};
}

void SaleDialogs::edit(const Sale &sale)
{
    auto *editor = new SaleEditor(sale, m_window);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &SaleEditor::edited, this,
            [this, editor, before = sale](const Sale &after) { change(editor, before, after); });
    editor->open();
}

/// Takes what was typed, or asks about what that would cost; the editor stays open until then.
void SaleDialogs::change(SaleEditor *editor, const Sale &before, const Sale &after)
{
    const auto put = [this, editor, before, after] {
        const Result<void> done = m_workbench->changeSale(before.saleUuid, after, true);
        if (!done) {
            editor->showError(done.error());
            return;
        }
        editor->accept();
        Q_EMIT added();
    };
    const std::optional<Sale> other = rememberedSale(after.saleUuid);
    if (after == before)
        editor->accept();
    else if (other && other->saleUuid != before.saleUuid)
        ask(editor, replaceQuestion(*other, after), put);
    else if (const int lost = m_workbench->permitsAtStake(before.saleUuid); lost > 0)
        ask(editor,
            {tr("Change the sale?"), tr("Change “%1”?").arg(shownText(before.name)),
             permitsLost(lost), tr("Change")},
            put);
    else
        put();
}

void SaleDialogs::saveAs(const Sale &sale)
{
    // A server on this computer asks for no key.
    if (!sale.chain || sale.chain->rpcUrl.isEmpty() || isLoopbackHost(sale.chain->rpcUrl.host())) {
        chooseTarget(sale);
        return;
    }
    Sale without = sale;
    without.chain->rpcUrl.clear();
    ask(
        m_window,
        {tr("Save the sale"), tr("Save the RPC server's address in the file?"),
         tr("The address of %1 may hold a key that is yours alone, and whoever gets the file could "
            "use it. Leave it out if you pass the file on. Without it permits aren't compared with "
            "the sale's contract until an address is entered by “Edit sale”.")
             .arg(shownText(sale.chain->rpcUrl.host())),
         tr("Save without it"), tr("Save with it")},
        [this, without] { chooseTarget(without); }, [this, sale] { chooseTarget(sale); });
}

void SaleDialogs::chooseTarget(const Sale &sale)
{
    auto *dialog = new QFileDialog(m_window, tr("Save the sale"), QString(), filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QStringLiteral("sonarsale"));
    dialog->selectFile(fileNameFor(sale));
    connect(dialog, &QFileDialog::fileSelected, this, [this, sale](const QString &path) {
        const Result<void> written = writeSaleFile(sale, path);
        if (written)
            Q_EMIT saved(path);
        else
            Q_EMIT failed(written.error());
    });
    dialog->open();
}

void SaleDialogs::remove(const Sale &sale)
{
    const int lost = m_workbench->permitsAtStake(sale.saleUuid);
    ask(m_window,
        {tr("Remove the sale?"), tr("Remove “%1” from your list?").arg(shownText(sale.name)),
         (lost > 0 ? lossWords(lost) + QLatin1Char(' ') : QString()) +
             tr("You can add it again with its sale file; your account stays connected."),
         tr("Remove")},
        [this, uuid = sale.saleUuid] { m_workbench->removeSale(uuid); });
}

void SaleDialogs::removeUnread()
{
    const QString names = quotedNames(m_workbench->unreadSales());
    ask(m_window,
        {tr("Remove unread sales?"), tr("Remove %1 from your settings?").arg(names),
         tr("What they hold is deleted. A sale can be added again with its sale file; accounts "
            "stay "
            "connected."),
         tr("Remove")},
        [this] {
            m_workbench->removeUnreadSales();
            Q_EMIT unreadRemoved();
        });
}

} // namespace sonar
