// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/walletbookdialog.h"

#include "app/base/localfile.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/walletbookmodel.h"
#include "ui/style/announce.h"
#include "ui/style/celldelegates.h"
#include "ui/style/labels.h"
#include "ui/style/questions.h"
#include "ui/style/screenfit.h"
#include "ui/style/scrollbody.h"
#include "ui/style/searchfield.h"
#include "ui/style/stateview.h"
#include "ui/style/tables.h"
#include "ui/style/theme.h"

#include <QAction>
#include <QCollator>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QUndoCommand>
#include <QVBoxLayout>

#include <functional>
#include <utility>

namespace sonar {

namespace {

/// From one book to the next, and back.
class BookChange : public QUndoCommand
{
public:
    using Apply = std::function<void(const QList<Wallet> &)>;

    BookChange(QList<Wallet> before, QList<Wallet> after, Apply apply)
        : m_before(std::move(before))
        , m_after(std::move(after))
        , m_apply(std::move(apply))
    {}

    void undo() override { m_apply(m_before); }
    void redo() override
    {
        // The first time it has happened already.
        if (std::exchange(m_done, true))
            m_apply(m_after);
    }

private:
    QList<Wallet> m_before;
    QList<Wallet> m_after;
    Apply m_apply;
    bool m_done = false;
};

constexpr int lowest = 120; ///< of the list, pixels
constexpr qint64 largestWalletFile = 4 * 1024 * 1024;

/// By name as people count, those without one last.
class WalletOrder : public QSortFilterProxyModel
{
public:
    explicit WalletOrder(QObject *parent)
        : QSortFilterProxyModel(parent)
    {
        m_names.setNumericMode(true);
        m_names.setCaseSensitivity(Qt::CaseInsensitive);
    }

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override
    {
        if (left.column() == WalletBookModel::NameColumn) {
            const QString leftName = left.data().toString();
            const QString rightName = right.data().toString();
            if (leftName.isEmpty() != rightName.isEmpty())
                return rightName.isEmpty() == (sortOrder() == Qt::AscendingOrder);
            return m_names.compare(leftName, rightName) < 0;
        }
        return QSortFilterProxyModel::lessThan(left, right);
    }

private:
    /// The locale "C" knows no order but that of the code points.
    QCollator m_names{QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale()};
};

/// As high as `most` lines, or lower on a low screen.
void setLines(QPlainTextEdit *edit, int least, int most)
{
    const int line = edit->fontMetrics().lineSpacing();
    edit->setMinimumHeight(line * least + 20);
    edit->setMaximumHeight(line * most + 20);
}

} // namespace

WalletBookDialog::WalletBookDialog(const QList<Wallet> &wallets, const WalletRules &rules,
                                   QWidget *parent)
    : QDialog(parent)
    , m_rules(rules)
    , m_model(new WalletBookModel(this))
    , m_filtered(new WalletOrder(this))
{
    setWindowTitle(tr("Wallet book"));
    resizeWithinScreen(this, {680, 700});
    m_model->setWallets(wallets);
    m_book = wallets;
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setSortCaseSensitivity(Qt::CaseInsensitive);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *body = new ScrollBody(this);
    QVBoxLayout *const column = body->column();
    column->setSpacing(8);
    column->addWidget(mutedLabel(
        m_rules.type == ChainType::Evm
            ? tr("Wallets you buy with (EVM). Only public addresses are stored, never keys.")
            : tr("Wallets you buy with (Solana). Only public addresses are stored, never keys."),
        this));
    column->addSpacing(8);
    column->addWidget(makeBook(), 1);
    column->addSpacing(8);
    column->addWidget(makeEntry());
    column->addWidget(makeReport());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(body, 1);
    layout->addWidget(buttons);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);

    connect(m_model, &WalletBookModel::edited, this, &WalletBookDialog::bookEdited);
    showCount();
    m_entry->setFocus();
}

QWidget *WalletBookDialog::makeBook()
{
    auto *block = new QWidget(this);
    m_table = new QTableView(block);
    m_table->setAccessibleName(tr("Wallet book"));
    m_table->setModel(m_filtered);
    prepareTable(m_table);
    installCopyAction(m_table);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setItemDelegateForColumn(WalletBookModel::AddressColumn,
                                      new MonospacedDelegate(m_table));
    // The addresses in full, and to the names what is left.
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(WalletBookModel::NameColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(
        WalletBookModel::AddressColumn,
        QFontMetrics(monospaced(font())).horizontalAdvance(QLatin1Char('0')) * 43 + 32);
    m_table->setMinimumHeight(lowest);
    m_table->sortByColumn(WalletBookModel::NameColumn, Qt::AscendingOrder);
    auto *search = new SearchField(tr("Search wallets"), m_table, block);
    connect(search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterFixedString(text);
        showCount();
    });
    m_empty = new StateView(block);
    m_list = new QStackedWidget(block);
    m_list->setMinimumHeight(lowest);
    m_list->addWidget(m_table);
    m_list->addWidget(m_empty);
    m_count = mutedLabel({}, block);
    m_count->setWordWrap(false);
    m_rename = new QPushButton(tr("Rename"), block);
    m_remove = new QPushButton(tr("Remove"), block);
    connect(m_rename, &QPushButton::clicked, this, &WalletBookDialog::renameSelected);
    connect(m_remove, &QPushButton::clicked, this, &WalletBookDialog::removeSelected);
    auto *remove = new QAction(tr("Remove"), m_table);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, &WalletBookDialog::removeSelected);
    m_table->addAction(remove);

    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_count, 1);
    foot->addWidget(makeUndo(block));
    foot->addWidget(m_rename);
    foot->addWidget(m_remove);
    auto *layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(search);
    layout->addWidget(m_list, 1);
    layout->addLayout(foot);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &WalletBookDialog::showCount);
    return block;
}

QWidget *WalletBookDialog::makeEntry()
{
    auto *block = new QWidget(this);
    m_entry = new QPlainTextEdit(block);
    m_entry->setAccessibleName(tr("Add wallets"));
    m_entry->setPlaceholderText(m_rules.type == ChainType::Evm ? tr("0x…, Treasury")
                                                               : tr("Solana address, Treasury"));
    m_entry->setFont(monospaced(font()));
    m_entry->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_entry->setTabChangesFocus(true);
    setLines(m_entry, 2, 4);
    auto *label = new QLabel(tr("&Add wallets (one per line: address, optional name)"), block);
    label->setBuddy(m_entry);
    m_add = new QPushButton(tr("Add"), block);
    setPrimary(m_add);
    m_add->setEnabled(false);
    auto *import = new QPushButton(tr("Import CSV…"), block);
    connect(m_add, &QPushButton::clicked, this, &WalletBookDialog::addTyped);
    connect(import, &QPushButton::clicked, this, &WalletBookDialog::chooseFile);
    connect(m_entry, &QPlainTextEdit::textChanged, this,
            [this] { m_add->setEnabled(!m_entry->toPlainText().trimmed().isEmpty()); });

    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addStretch(1);
    foot->addWidget(import);
    foot->addWidget(m_add);
    auto *layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(label);
    layout->addWidget(m_entry);
    layout->addLayout(foot);
    return block;
}

QWidget *WalletBookDialog::makeReport()
{
    m_report = new QWidget(this);
    m_summary = plainLabel({}, m_report);
    m_refused = new QPlainTextEdit(m_report);
    m_refused->setReadOnly(true);
    m_refused->setTabChangesFocus(true);
    m_refused->setAccessibleName(tr("Lines that were refused"));
    setLines(m_refused, 2, 4);
    auto *layout = new QVBoxLayout(m_report);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_summary);
    layout->addWidget(m_refused);
    m_report->hide();
    return m_report;
}

QList<Wallet> WalletBookDialog::wallets() const
{
    return m_model->wallets();
}

void WalletBookDialog::addTyped()
{
    const QString typed = m_entry->toPlainText();
    const WalletReading reading = readWalletLines(typed, m_rules);
    take(reading);
    // What was refused stays, to be put right.
    const QStringList lines = typed.split(QLatin1Char('\n'));
    QStringList left;
    for (const RefusedLine &line : reading.refused)
        left << lines.value(line.number - 1);
    m_entry->setPlainText(left.join(QLatin1Char('\n')));
    m_entry->setFocus();
}

void WalletBookDialog::chooseFile()
{
    auto *chooser = new QFileDialog(this, tr("Import wallets"), {},
                                    tr("CSV or text (*.csv *.txt *.tsv);;All files (*)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, &WalletBookDialog::importFile);
    chooser->open();
}

void WalletBookDialog::importFile(const QString &path)
{
    const auto text = readLocalFile(path, largestWalletFile);
    WalletReading reading;
    if (text)
        reading = readWalletCsv(*text, m_rules);
    else if (text.error().kind == ErrorKind::Malformed)
        reading.refused << RefusedLine{0, {}, tr("The file is larger than a list of wallets is.")};
    else
        reading.refused << RefusedLine{
            0, {}, tr("The file can't be read: %1").arg(text.error().summary)};
    take(reading);
}

void WalletBookDialog::take(const WalletReading &reading)
{
    const WalletMerge merge = mergeWallets(m_model->wallets(), reading.wallets);
    if (merge.wallets != m_model->wallets()) {
        m_model->setWallets(merge.wallets);
        bookEdited();
    }
    showReport(reading, merge);
    showCount();
}

void WalletBookDialog::showReport(const WalletReading &reading, const WalletMerge &merge)
{
    const auto counted = [](const QString &one, const QString &many, int count) {
        return count == 1 ? one : many.arg(QLocale().toString(count));
    };
    QStringList parts;
    if (merge.added > 0)
        parts << counted(tr("1 wallet added"), tr("%1 wallets added"), merge.added);
    if (merge.renamed > 0)
        parts << counted(tr("1 renamed"), tr("%1 renamed"), merge.renamed);
    if (merge.unchanged + reading.repeated > 0)
        parts << tr("%1 already known").arg(QLocale().toString(merge.unchanged + reading.repeated));
    if (!reading.refused.isEmpty())
        parts << counted(tr("1 line refused"), tr("%1 lines refused"),
                         int(reading.refused.size()) + reading.moreRefused);
    if (merge.left > 0)
        parts << tr("%1 left out: a wallet book holds %2")
                     .arg(QLocale().toString(merge.left), QLocale().toString(mostWallets));
    if (parts.isEmpty())
        parts << tr("Nothing to add was found");
    m_summary->setText(parts.join(QStringLiteral(" · ")));
    QStringList lines;
    for (const RefusedLine &line : reading.refused) {
        const QString reason = shownText(line.reason, 200);
        lines << (line.number == 0
                      ? reason
                      : tr("Line %1: %2")
                            .arg(line.number)
                            .arg(line.text.isEmpty() ? reason
                                                     : QStringLiteral("%1  –  %2")
                                                           .arg(shownText(line.text, 80), reason)));
    }
    m_refused->setPlainText(lines.join(QLatin1Char('\n')));
    m_refused->setVisible(!lines.isEmpty());
    m_report->show();
    announce(m_report, m_summary->text());
}

void WalletBookDialog::removeSelected()
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows << m_filtered->mapToSource(index).row();
    if (!rows.isEmpty())
        m_model->removeWallets(rows);
}

/// What a person did by mistake, most of all removing wallets, is taken back by the button or key.
QWidget *WalletBookDialog::makeUndo(QWidget *parent)
{
    auto *undo = new QPushButton(tr("Undo"), parent);
    undo->setObjectName(QStringLiteral("undo"));
    undo->setToolTip(tr("Takes back the last change of the wallet book (Ctrl+Z)"));
    undo->hide();
    connect(undo, &QPushButton::clicked, &m_changes, &QUndoStack::undo);
    connect(&m_changes, &QUndoStack::canUndoChanged, undo, &QWidget::setVisible);
    const auto key = [this](QKeySequence::StandardKey keys, void (QUndoStack::*act)()) {
        auto *shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, &m_changes, act);
    };
    key(QKeySequence::Undo, &QUndoStack::undo);
    key(QKeySequence::Redo, &QUndoStack::redo);
    return undo;
}

void WalletBookDialog::bookEdited()
{
    const QList<Wallet> before = std::exchange(m_book, m_model->wallets());
    if (before != m_book)
        m_changes.push(new BookChange(before, m_book, [this](const QList<Wallet> &wallets) {
            m_book = wallets;
            m_model->setWallets(wallets);
            m_report->hide();
            showCount();
            Q_EMIT walletsChanged(wallets);
        }));
    m_report->hide(); // it told of an earlier change
    showCount();
    Q_EMIT walletsChanged(m_book);
}

void WalletBookDialog::reject()
{
    if (m_entry->toPlainText().trimmed().isEmpty())
        QDialog::reject();
    else
        askToDiscard(this);
}

void WalletBookDialog::renameSelected()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        m_table->edit(current.siblingAtColumn(WalletBookModel::NameColumn));
}

void WalletBookDialog::showCount()
{
    const int count = m_model->rowCount();
    m_count->setText(count == 1 ? tr("1 wallet") : tr("%1 wallets").arg(QLocale().toString(count)));
    if (count == 0)
        m_empty->showMessage(tr("No wallets yet"), tr("Add them below, or import a CSV file."));
    else
        m_empty->showMessage(tr("No wallet matches"), tr("Nothing here fits the search."));
    m_list->setCurrentIndex(m_filtered->rowCount() > 0 ? 0 : 1);
    const auto selected = m_table->selectionModel()->selectedRows().size();
    m_rename->setEnabled(selected == 1);
    m_remove->setEnabled(selected > 0);
}

} // namespace sonar
