// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include <optional>

class QLabel;
class QPushButton;

namespace sonar {

class AuthorizationFlow;
class ScrollBody;
class StepRow;
class TonedFrame;
class Workspace;

/// Walks through one sign-in of a workspace: preparing, browser, finishing, connected or what went
/// wrong. Opens the browser; closing the dialog withdraws the sign-in.
class ConnectDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ConnectDialog(Workspace *workspace, QWidget *parent = nullptr);
    ~ConnectDialog() override;

    Workspace *workspace() const;
    /// Starts a sign-in, or starts over.
    void start();
    void reject() override;

protected:
    bool event(QEvent *event) override;

private:
    enum class Stage {
        Preparing,
        Waiting,
        Exchanging,
        Storing,
        Connected,
        Failed,
        NotStored,
        Closed
    };

    void build();
    void follow(AuthorizationFlow *flow);
    void signInFinished(const std::optional<Error> &error);
    void enter(Stage stage);
    void tryAgain();
    void openBrowser();
    void showBrowser();
    void copyLink();
    QString details() const;
    void showTimeLeft();
    void showWarning(const QString &text);
    void showSteps();
    void showActions();
    void fit();

    QPointer<Workspace> m_workspace;
    QPointer<AuthorizationFlow> m_flow;
    Stage m_stage = Stage::Preparing;
    int m_reached = 1; ///< the step that a failure befell
    bool m_browserFailed = false;
    bool m_hindered = false;    ///< the browser came back in vain: its link is the way on
    bool m_endReported = false; ///< perhaps by Sonar: offers to start over
    std::optional<Error> m_error;
    QTimer m_second;
    QTimer m_closing;

    QLabel *m_title;
    ScrollBody *m_body = nullptr; ///< all but the buttons
    StepRow *m_prepare;
    StepRow *m_browser;
    StepRow *m_exchange;
    StepRow *m_store;
    QLabel *m_timeLeft;
    TonedFrame *m_warning;
    QLabel *m_warningText;
    TonedFrame *m_problem;
    QLabel *m_problemSummary;
    QLabel *m_problemAdvice;
    QPushButton *m_copyDetails;
    QPushButton *m_copyLink;
    QPushButton *m_openAgain;
    QPushButton *m_tryAgain;
    QPushButton *m_sessionOnly;
    QPushButton *m_close;
};

} // namespace sonar
