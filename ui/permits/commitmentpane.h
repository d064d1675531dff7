// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/commitmentlot.h"

#include <QSet>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace sonar {

class CommitmentForm;
class TonedFrame;

/// The bids under the permits of a range: one is in view and filled in at a time, the others keep
/// what was typed. Of a single permit it is its form alone.
class CommitmentPane : public QWidget
{
    Q_OBJECT
public:
    explicit CommitmentPane(const Sale &sale, QWidget *parent = nullptr);

    /// Asks the source anew and shows where things stand; the form follows the permit in view.
    CommitmentLot look(WalletForm form, const QList<ExportItem> &items, const PermitSource &source);
    /// The form in view is complete.
    bool isComplete() const;
    QString chosenKey() const; ///< ExportItem::key of the permit in view

Q_SIGNALS:
    void edited(); ///< the form; what look gave is out of date
    void chosen(); ///< another permit, or another extent

private:
    QWidget *makeChoice();
    void setItems(const QList<ExportItem> &items);
    void showLot(WalletForm form, const QList<ExportItem> &items, const CommitmentLot &lot);
    void keepFields();
    void chooseNextMissing();
    bool makesLot(WalletForm form, const QList<ExportItem> &items) const;

    Sale m_sale;
    CommitmentBook m_book;
    QSet<QString> m_impossible;
    QSet<QString> m_missing; ///< keys
    QComboBox *m_chosen;
    QCheckBox *m_alone;
    QPushButton *m_next;
    CommitmentForm *m_form;
    TonedFrame *m_summary;
    QLabel *m_summaryText;
};

} // namespace sonar
