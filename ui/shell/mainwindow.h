// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "ui/shell/sidebar.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <optional>

class QDialog;
class QSplitter;

namespace sonar {

class AccountDialogs;
class AttentionNotice;
class ConnectDialog;
class ErrorBanner;
class MainPages;
class PageHeader;
class SaleDialogs;
class SandboxBand;
class SessionBanner;
class StatusLine;
class WindowActions;
class Workbench;
class Workspace;

/// The program's window: shows what the workbench works on, and hands it what the user wants.
/// Pages and dialogs come into being when they are first shown.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// `workbench` must outlive it, and is started by the caller on painted().
    explicit MainWindow(Workbench *workbench, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openSaleFile(const QString &path);
    /// What another start asks for. As at the first start, the sandbox comes second to a sale file
    /// that can be shown.
    void open(const QString &saleFile, bool sandbox);
    /// Shows the checks of a file of permits.
    void openPermitFile(const QString &path);
    void choosePermitFile();
    void openSandbox();
    void connectAccount();
    void showPage(Page page);

    /// Ends the program without a question, as a signal asks for it; layouts are kept.
    void endAtOnce();
    void saveLayouts(); ///< as closing the window does

    MainPages *pages() const { return m_pages; }
    AttentionNotice *attention() const { return m_attention; }

Q_SIGNALS:
    /// The window is on the screen; what is slow may begin. Once.
    void painted();

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    void connectActions();
    void connectWorkbench();
    void connectPages();
    void workspaceChanged(Workspace *workspace);
    void followWorkspace(Workspace *workspace);
    void showSales();
    void showAccount();
    void showCurrent();
    void showSession();
    void showSessionBanner();
    void showCounts();
    void updateActions();
    void showError(const Error &error);
    void clearError();
    void showSaved(const QString &path);
    void askToQuit(int lost);

    Workbench *m_workbench;
    WindowActions *m_actions;
    SaleDialogs *m_saleDialogs;
    AccountDialogs *m_accountDialogs;
    AttentionNotice *m_attention;
    QString m_savedFile; ///< that the banner speaks of
    QPointer<QDialog> m_quitQuestion;
    bool m_mayClose = false; ///< the person has agreed to what that loses
    QPointer<Workspace> m_workspace;
    Page m_page = Page::Entities;
    bool m_painted = false;
    bool m_started = false;       ///< the workbench had the chance to open something
    std::optional<Error> m_error; ///< shown until something goes well
    QTimer m_counts;              ///< rows change by the thousand: one count for many

    MainPages *m_pages;
    QSplitter *m_splitter;
    Sidebar *m_sidebar;
    SandboxBand *m_sandboxBand;
    PageHeader *m_header;
    SessionBanner *m_sessionBanner;
    ErrorBanner *m_errorBanner;
    StatusLine *m_status;
};

} // namespace sonar
