// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/permitdesk.h"

#include <QFrame>

class QLabel;

namespace sonar {

/// Over the permits when a sale's permits come from another signer than before, and nobody has
/// confirmed either.
class SignerWarning : public QFrame
{
    Q_OBJECT
public:
    explicit SignerWarning(QWidget *parent = nullptr);

    void setChange(const std::optional<SignerChange> &change);

Q_SIGNALS:
    void accepted(const QString &signer); ///< to be compared with from now on; confirmed by nobody
    void editSaleRequested();             ///< to name the right one

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *m_summary;
    QLabel *m_signers;
    std::optional<SignerChange> m_change;
};

} // namespace sonar
