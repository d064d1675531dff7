// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "ui/connect/connectdialog.h"
#include "ui/permits/permitwords.h"
#include "ui/permits/showinfolder.h"
#include "ui/shell/aboutdialog.h"
#include "ui/shell/accountdialogs.h"
#include "ui/shell/appearance.h"
#include "ui/shell/attentionnotice.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/saledialogs.h"
#include "ui/shell/saledrop.h"
#include "ui/shell/sandboxband.h"
#include "ui/shell/sessionbanner.h"
#include "ui/shell/sessionwords.h"
#include "ui/shell/statusline.h"
#include "ui/shell/windowactions.h"
#include "ui/shell/windowlayout.h"
#include "ui/style/announce.h"
#include "ui/style/errorbanner.h"
#include "ui/style/pageheader.h"
#include "ui/style/plaintext.h"
#include "ui/style/pressbyenter.h"
#include "ui/style/questions.h"
#include "ui/style/windowattention.h"
#include "ui/verify/verifydialog.h"
#include "ui/welcome/welcomepage.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDialog>
#include <QDir>
#include <QFileDialog>
#include <QMenuBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace sonar {

MainWindow::MainWindow(Workbench *workbench, QWidget *parent)
    : QMainWindow(parent)
    , m_workbench(workbench)
    , m_actions(new WindowActions(this))
    , m_saleDialogs(new SaleDialogs(workbench, this))
    , m_accountDialogs(new AccountDialogs(workbench, this))
    , m_attention(new AttentionNotice(this))
    , m_pages(new MainPages(workbench, this))
{
    prepareAccessibility();
    pressButtonsByEnter();
    m_counts.setSingleShot(true);
    m_counts.setInterval(100);
    connect(&m_counts, &QTimer::timeout, this, &MainWindow::showCounts);
    build();
    connectActions();
    connectWorkbench();
    connectPages();
    restoreWindowLayout(*this, *m_splitter, workbench->preferences());
    m_actions->setAppearance(rememberedAppearance(workbench->preferences()));
    showSales();
    workspaceChanged(workbench->current());
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    setWindowTitle(QApplication::applicationDisplayName());
    m_actions->fill(menuBar());

    m_sidebar = new Sidebar(this);
    m_sidebar->setAccountMenu(m_actions->accountMenu());
    m_sidebar->setSaleMenu(m_actions->saleMenu());

    m_sandboxBand = new SandboxBand(this);
    m_header = new PageHeader({}, this);
    m_header->addActionButton(m_actions->refresh);
    m_header->addActionButton(m_actions->exportPermits);
    m_header->addActionButton(m_actions->disconnectAccount);

    m_sessionBanner = new SessionBanner(this);
    m_errorBanner = new ErrorBanner(this);
    // Their own margins, which go with them when they are hidden.
    for (ErrorBanner *banner : std::initializer_list<ErrorBanner *>{m_sessionBanner, m_errorBanner})
        banner->layout()->setContentsMargins(16, 8, 16, 0);

    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sandboxBand);
    column->addWidget(m_header);
    column->addWidget(m_sessionBanner);
    column->addWidget(m_errorBanner);
    column->addWidget(m_pages, 1);

    m_splitter = new QSplitter(this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(content);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({228, 1000});
    setCentralWidget(m_splitter);
    // Nothing is marked before the first key; that goes on into the page.
    m_pages->setFocus();

    m_status = new StatusLine(this);
    setStatusBar(m_status);

    auto *drop = new SaleDrop(this);
    connect(drop, &SaleDrop::dropped, this, &MainWindow::openSaleFile);
    connect(drop, &SaleDrop::permitFileDropped, this, &MainWindow::openPermitFile);
    connect(drop, &SaleDrop::hoveringChanged, m_pages, &MainPages::setDropExpected);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto act) {
        connect(action, &QAction::triggered, this, act);
    };
    // Of the workspace in view when the action comes.
    const auto onWorkspace = [this, on](QAction *action, auto act) {
        on(action, [this, act] {
            if (m_workspace)
                act(m_workspace.data());
        });
    };
    on(m_actions->addSale, [this] { m_saleDialogs->choose(); });
    on(m_actions->openSandbox, [this] { openSandbox(); });
    onWorkspace(m_actions->editSale, [this](Workspace *w) { m_saleDialogs->edit(w->sale()); });
    onWorkspace(m_actions->saveSale, [this](Workspace *w) { m_saleDialogs->saveAs(w->sale()); });
    onWorkspace(m_actions->removeSale, [this](Workspace *w) { m_saleDialogs->remove(w->sale()); });
    on(m_actions->removeUnreadSales, [this] { m_saleDialogs->removeUnread(); });
    on(m_actions->walletBook, [this] {
        showPage(Page::Permits);
        m_pages->openWalletBook();
    });
    on(m_actions->exportPermits, [this] {
        showPage(Page::Permits);
        m_pages->exportPermits();
    });
    on(m_actions->verifyPermits, [this] { choosePermitFile(); });
    on(m_actions->quit, [] { QApplication::quit(); });

    on(m_actions->connectAccount, [this] { connectAccount(); });
    onWorkspace(m_actions->disconnectAccount,
                [this](Workspace *w) { m_accountDialogs->disconnect(w); });
    on(m_actions->addAccount, [this] { m_accountDialogs->add(); });
    // Accounts are there without a sale, too.
    const auto onAccount = [this, on](QAction *action, auto act) {
        on(action, [this, act] {
            if (const auto account = m_workbench->currentAccount())
                act(*account);
        });
    };
    onAccount(m_actions->renameAccount, [this](const Account &a) { m_accountDialogs->rename(a); });
    onAccount(m_actions->forgetAccount, [this](const Account &a) { m_accountDialogs->forget(a); });
    connect(m_actions, &WindowActions::accountChosen, m_workbench, &Workbench::showAccount);

    on(m_actions->entities, [this] { showPage(Page::Entities); });
    on(m_actions->permits, [this] { showPage(Page::Permits); });
    onWorkspace(m_actions->refresh, [](Workspace *w) { w->refresh(); });
    connect(m_actions, &WindowActions::appearanceChosen, this, [this](Appearance appearance) {
        rememberAppearance(m_workbench->preferences(), appearance);
        applyTheme(*qApp, appearance);
        m_actions->setAppearance(appearance);
    });

    on(m_actions->about, [this] {
        auto *about = new AboutDialog(this);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->open();
    });
    on(m_actions->aboutQt, [] { QApplication::aboutQt(); });
}

void MainWindow::connectWorkbench()
{
    connect(m_workbench, &Workbench::currentChanged, this, &MainWindow::workspaceChanged);
    connect(m_workbench, &Workbench::salesChanged, this, &MainWindow::showSales);
    connect(m_workbench, &Workbench::accountsChanged, this, &MainWindow::showAccount);
    connect(m_workbench, &Workbench::sandboxStartingChanged, this, &MainWindow::showCurrent);
    connect(m_workbench, &Workbench::replaceQuestion, m_saleDialogs, &SaleDialogs::offer);
    connect(m_workbench, &Workbench::failed, this, &MainWindow::showError);
    connect(m_saleDialogs, &SaleDialogs::failed, this, &MainWindow::showError);
    connect(m_saleDialogs, &SaleDialogs::saved, this, &MainWindow::showSaved);
    connect(m_errorBanner, &ErrorBanner::retryTriggered, this,
            [this] { showInFolder(this, m_savedFile); });
    connect(m_saleDialogs, &SaleDialogs::added, this, &MainWindow::clearError);
    connect(m_saleDialogs, &SaleDialogs::unreadRemoved, this, &MainWindow::clearError);
    connect(m_sessionBanner, &SessionBanner::connectRequested, this, &MainWindow::connectAccount);
}

void MainWindow::connectPages()
{
    connect(m_sidebar, &Sidebar::pageChosen, this, &MainWindow::showPage);
    connect(m_sidebar, &Sidebar::saleChosen, m_workbench, &Workbench::showSale);
    connect(m_sidebar, &Sidebar::addSaleRequested, m_saleDialogs, &SaleDialogs::choose);
    connect(m_pages, &MainPages::saleRequested, this, [this](const QString &saleUuid) {
        clearError();
        m_workbench->showSale(saleUuid);
    });
    connect(m_pages, &MainPages::addSaleRequested, m_saleDialogs, &SaleDialogs::choose);
    connect(m_pages, &MainPages::sandboxRequested, this, &MainWindow::openSandbox);
    connect(m_pages, &MainPages::connectRequested, this, &MainWindow::connectAccount);
    // Disabled for the embedded sandbox, which is made anew each time.
    connect(m_pages, &MainPages::editSaleRequested, m_actions->editSale, &QAction::trigger);
    connect(m_pages, &MainPages::pageRequested, this, &MainWindow::showPage);
}

void MainWindow::openSaleFile(const QString &path)
{
    m_saleDialogs->open(path);
}

void MainWindow::open(const QString &saleFile, bool sandbox)
{
    if (saleFile.isEmpty()) {
        if (sandbox)
            openSandbox();
    } else if (!m_saleDialogs->open(saleFile) && sandbox) {
        m_workbench->openSandbox(); // what is wrong with the file stays to be read
    }
}

void MainWindow::openPermitFile(const QString &path)
{
    auto *dialog = new VerifyDialog(
        path, knownSigners(m_workbench->sales(), m_workbench->preferences()), &systemClock(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::choosePermitFile()
{
    auto *dialog = new QFileDialog(this, tr("Verify a permit file"), QString(),
                                   tr("Permits (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPermitFile);
    dialog->open();
}

void MainWindow::openSandbox()
{
    clearError();
    m_workbench->openSandbox();
}

void MainWindow::connectAccount()
{
    if (!m_workspace)
        return;
    // Another account's may be open, too: each speaks of its own.
    for (ConnectDialog *open : findChildren<ConnectDialog *>()) {
        if (open->isVisible() && open->workspace() == m_workspace) {
            bringToFront(open);
            return;
        }
    }
    auto *dialog = new ConnectDialog(m_workspace, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    dialog->start();
}

void MainWindow::showPage(Page page)
{
    m_page = page;
    showCurrent();
}

void MainWindow::workspaceChanged(Workspace *workspace)
{
    if (m_workspace) {
        m_workspace->disconnect(this);
        m_workspace->permits()->disconnect(this);
        clearError();
    }
    m_workspace = workspace;
    m_sessionBanner->setWorkspace(workspace);
    m_status->setWorkspace(workspace);
    if (workspace)
        followWorkspace(workspace);
    // What went wrong while nothing was open is still news.
    if (workspace && m_error)
        m_errorBanner->showError(*m_error);
    showSales();
    showAccount();
    showCurrent();
    showSession();
}

void MainWindow::followWorkspace(Workspace *workspace)
{
    connect(workspace, &Workspace::sessionStateChanged, this, &MainWindow::showSession);
    connect(workspace, &Workspace::profileChanged, this, &MainWindow::showAccount);
    connect(workspace, &Workspace::signInFinished, this, [this](const std::optional<Error> &error) {
        if (error && error->kind == ErrorKind::Cancelled)
            return;
        m_attention->tell(error ? tr("Not connected to Sonar") : tr("Connected to Sonar"),
                          tr("Click to go back to Sonar Desktop."));
    });
    connect(workspace, &Workspace::entitiesChanged, this, &MainWindow::showCounts);
    connect(workspace, &Workspace::disconnected, this, [this](const std::optional<Error> &error) {
        // What became of the keychain is said over the page already, with a way to try again.
        if (error && !sessionNews(*m_workspace->session()))
            showError(*error);
    });
    PermitDesk *permits = workspace->permits();
    const auto soon = [this] {
        if (!m_counts.isActive())
            m_counts.start();
    };
    connect(permits, &PermitDesk::rowsAdded, this, soon);
    connect(permits, &PermitDesk::rowsRemoved, this, soon);
    connect(permits, &PermitDesk::rowsChanged, this, soon);
    connect(permits, &PermitDesk::reset, this, &MainWindow::showCounts);
}

void MainWindow::showSales()
{
    const QList<Sale> sales = m_workbench->sales();
    m_sidebar->setSales(sales, m_workspace ? m_workspace->sale().saleUuid : QString());
    m_pages->setSales(sales);
    m_actions->removeUnreadSales->setVisible(!m_workbench->unreadSales().isEmpty());
    updateActions();
}

void MainWindow::showAccount()
{
    const std::optional<Account> account = m_workbench->currentAccount();
    m_actions->setAccounts(m_workbench->accounts(), account ? account->id : QString());
    updateActions();
    if (m_workspace)
        m_sidebar->setPerson(m_workspace->account().name, m_workspace->emailAddress());
}

void MainWindow::showCurrent()
{
    m_pages->show(m_workspace, m_page, m_started);
    const bool open = m_workspace || m_pages->expectsSale();
    m_sidebar->setVisible(open);
    m_header->setVisible(open);
    m_status->setVisible(open);
    m_sandboxBand->setVisible(m_workspace && m_workspace->sale().isSandbox());
    m_sidebar->setPage(m_page);
    m_actions->entities->setChecked(m_page == Page::Entities);
    m_actions->permits->setChecked(m_page == Page::Permits);
    m_header->setTitle(m_page == Page::Entities ? tr("Entities") : tr("Permits"));
    setWindowTitle(!m_workspace ? QApplication::applicationDisplayName()
                   : m_workspace->sale().isSandbox()
                       ? tr("%1 (sandbox)").arg(shownText(m_workspace->sale().name))
                       : shownText(m_workspace->sale().name));
    showSessionBanner();
    showCounts();
}

void MainWindow::showSession()
{
    const SessionWords words = m_workspace ? sessionWords(*m_workspace->session()) : SessionWords();
    m_header->setStatus(words.chip, words.tone);
    showSessionBanner();
    showCounts();
}

void MainWindow::showSessionBanner()
{
    m_sessionBanner->refresh(m_page == Page::Entities);
}

void MainWindow::showCounts()
{
    m_counts.stop();
    const bool known = m_workspace && m_workspace->entitiesState() == Workspace::Entities::Loaded;
    const int pairs = m_workspace ? int(m_workspace->permits()->rows().size()) : 0;
    m_sidebar->setCounts(known ? int(m_workspace->entities().size()) : -1, pairs > 0 ? pairs : -1);
    m_status->refresh();
    updateActions();
}

void MainWindow::updateActions()
{
    const Session::State state =
        m_workspace ? m_workspace->session()->state() : Session::State::Unknown;
    const bool connected = state == Session::State::Connected;
    const bool ended = state == Session::State::Ended;
    const bool mayConnect = m_workspace && (ended || state == Session::State::NotConnected);
    const bool embedded =
        m_workspace && m_workbench->isEmbeddedSandbox(m_workspace->sale().saleUuid);
    m_actions->connectAccount->setVisible(mayConnect);
    m_actions->disconnectAccount->setVisible(connected || ended);
    m_actions->refresh->setEnabled(connected && !m_workspace->isRefreshing());
    m_actions->exportPermits->setEnabled(m_workspace && m_workspace->permits()->hasPermits());
    m_actions->openSandbox->setEnabled(!m_workbench->isSandboxStarting() && !embedded);
    for (QAction *action : {m_actions->entities, m_actions->permits, m_actions->addAccount,
                            m_actions->saveSale, m_actions->walletBook})
        action->setEnabled(m_workspace);
    const bool hasAccount = m_workbench->currentAccount().has_value();
    m_actions->renameAccount->setEnabled(hasAccount);
    m_actions->forgetAccount->setEnabled(hasAccount);
    // The embedded sandbox's sale is made anew each time.
    m_actions->editSale->setEnabled(m_workspace && !embedded);
    m_actions->removeSale->setEnabled(m_workspace && !embedded);
}

void MainWindow::showError(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    m_error = error;
    m_errorBanner->setTone(Tone::Negative);
    if (m_workspace)
        m_errorBanner->showError(error);
    else
        m_pages->showWelcomeError(error);
}

void MainWindow::showSaved(const QString &path)
{
    clearError();
    m_savedFile = path;
    m_errorBanner->setTone(Tone::Positive);
    m_errorBanner->showMessage(tr("Saved to %1").arg(QDir::toNativeSeparators(path)),
                               tr("Show in folder"));
}

void MainWindow::clearError()
{
    m_error.reset();
    m_errorBanner->clear();
    m_pages->clearWelcomeError();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (const int lost = m_workbench->permitsAtStake(); lost > 0 && !m_mayClose) {
        event->ignore();
        askToQuit(lost);
        return;
    }
    saveLayouts();
    QMainWindow::closeEvent(event);
}

void MainWindow::askToQuit(int lost)
{
    if (m_quitQuestion)
        return;
    Question question{tr("Quit?"),
                      tr("Quit Sonar Desktop?"),
                      lossWords(lost) + QLatin1Char(' ') +
                          tr("They are kept only while the program runs."),
                      tr("Quit"),
                      {}};
    if (m_workspace && m_workspace->permits()->hasPermits())
        question.other = tr("Export…");
    m_quitQuestion = ask(
        this, question,
        [this] {
            m_mayClose = true;
            QApplication::quit();
        },
        [this] { m_actions->exportPermits->trigger(); });
}

void MainWindow::endAtOnce()
{
    saveLayouts();
    QCoreApplication::exit(0);
}

void MainWindow::saveLayouts()
{
    saveWindowLayout(*this, *m_splitter, m_workbench->preferences());
    m_pages->saveLayouts();
}

bool MainWindow::event(QEvent *event)
{
    const bool done = QMainWindow::event(event);
    if (event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        // After what is being painted has reached the screen.
        QTimer::singleShot(0, this, [this] {
            Q_EMIT painted();
            m_started = true;
            showCurrent();
        });
    }
    return done;
}

} // namespace sonar
