// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/bid.h"
#include "ui/permits/permitformat.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace sonar {

/// What is asked for before a bid can be written: new total, what is committed already, price,
/// lock-up. Held against the permit's limits; what doesn't fit is said at the field.
class CommitmentForm : public QWidget
{
    Q_OBJECT
public:
    explicit CommitmentForm(QWidget *parent = nullptr);

    /// Another permit starts from empty fields; the same one keeps what was typed.
    void setPermit(const PurchasePermit &permit, const AmountFormat &format);

    struct Entry
    {
        Bid bid;
        Uint256 approval; ///< new total minus what is committed already
    };
    /// Nothing while a field is empty or wrong.
    std::optional<Entry> entry() const;

Q_SIGNALS:
    void changed();

private:
    struct Field
    {
        QLineEdit *edit;
        QLabel *note; ///< the limits, or what is wrong
        QString limits;
    };
    Field makeField(QGridLayout *grid, const QString &label);
    void startOver();
    void check();
    static void showProblem(const Field &field, const QString &problem);
    QString amountProblem(const QString &text) const;

    PurchasePermit m_permit;
    AmountFormat m_format;
    Field m_total;
    Field m_committed;
    Field m_price;
    QCheckBox *m_lockup;
    QLabel *m_lockupNote;
    std::optional<Entry> m_entry;
};

} // namespace sonar
