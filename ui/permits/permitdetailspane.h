// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/sidepane.h"

#include <QUrl>

class QGridLayout;
class QLabel;
class QPushButton;

namespace sonar {

class CheckList;
class Chip;
class FactList;
struct Fact;

/// All about the row in view: where it stands, what to do next, the permit's facts and checks.
class PermitDetailsPane : public SidePane
{
    Q_OBJECT
public:
    explicit PermitDetailsPane(QWidget *parent = nullptr);

    void showRow(const PermitRow &row, std::optional<qint64> secondsLeft,
                 const AmountFormat &format);
    /// The countdowns to the end and to the window, as the PermitDesk counts them for `row`;
    /// nothing when another row is shown.
    /// `opensAt`: PermitDesk::opensAt.
    void tick(const PermitRow &row, std::optional<qint64> secondsLeft,
              std::optional<qint64> secondsUntilOpen, std::optional<quint64> opensAt);
    /// How old the contract's answer is that the checks rest on; `now` in Unix seconds.
    void showContractAge(qint64 now);
    /// Whose pages the links lead to.
    void setSale(const Sale &sale) { m_salePage = sale.homePage(); }
    void clear();
    /// Whether actions that call the service can be taken.
    void setConnected(bool connected);

Q_SIGNALS:
    void checkRequested();
    void requestRequested();
    void retryRequested();
    void exportRequested();
    void anotherWalletRequested();
    /// The permit of this pair is in the clipboard, whole.
    void replyCopied(const QString &entityId, const QString &wallet);
    void editSaleRequested();

private:
    void makeContent();
    QPushButton *makeButton(const QString &text, void (PermitDetailsPane::*signal)());
    void showFacts(const AmountFormat &format);
    QList<Fact> permitFacts(const ExportedPermit &exported, const AmountFormat &format) const;
    void showSecondsLeft(std::optional<qint64> secondsLeft);
    void showSecondsUntilOpen(std::optional<qint64> seconds, std::optional<quint64> opensAt);
    void showLiveness();
    void showActions(PermitState state);
    void openLiveness();
    void openSale();
    void openPage(const QUrl &url);
    void copyReply();
    void copyDetails();

    PermitRow m_row;
    bool m_shown = false;
    QLabel *m_placeholder;
    QLabel *m_heading;
    Chip *m_chip;
    QLabel *m_timeLeft;
    QLabel *m_opensIn;
    QLabel *m_reason;
    QLabel *m_nextStep;
    QLabel *m_failure; ///< of the last call, beside a permit that it left as it was
    QLabel *m_note;
    QGridLayout *m_actions;
    QPushButton *m_liveness;
    QPushButton *m_openSale;
    QPushButton *m_anotherWallet;
    QUrl m_salePage;
    QPushButton *m_request;
    QPushButton *m_check;
    QPushButton *m_retry;
    QPushButton *m_copyDetails;
    QPushButton *m_export;
    QPushButton *m_copyReply;
    FactList *m_facts;
    QWidget *m_checksBlock;
    CheckList *m_checks;
    QLabel *m_contractAge;
    QPushButton *m_editSale;
    QList<QPushButton *> m_calls; ///< need a connection
};

} // namespace sonar
