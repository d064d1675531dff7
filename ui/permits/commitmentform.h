// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/commitmentfields.h"

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

    void setPermit(const PurchasePermit &permit, const AmountFormat &format,
                   const CommitmentFields &fields);
    const PurchasePermit &permit() const { return m_permit; }
    CommitmentFields fields() const;
    /// Nothing while a field is empty or wrong.
    std::optional<CommitmentEntry> entry() const { return m_entry; }

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
    void showLimits();
    void check();
    static void showProblem(const Field &field, const QString &problem);

    PurchasePermit m_permit;
    AmountFormat m_format;
    Field m_total;
    Field m_committed;
    Field m_price;
    QCheckBox *m_lockup;
    QLabel *m_lockupNote;
    std::optional<CommitmentEntry> m_entry;
};

} // namespace sonar
