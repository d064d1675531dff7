// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/permitdesk.h"

#include <QFrame>

class QLabel;

namespace sonar {

/// Says over the permits, in the strongest tone, that their signer isn't the one remembered. It
/// can't be closed: it goes when the user has accepted the new signer, deliberately.
class SignerWarning : public QFrame
{
    Q_OBJECT
public:
    explicit SignerWarning(QWidget *parent = nullptr);

    void setChange(const std::optional<SignerChange> &change); ///< hidden without one

Q_SIGNALS:
    void accepted(const QString &signer);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void askWhetherToTrust();

    std::optional<SignerChange> m_change;
    QLabel *m_summary;
    QLabel *m_signers;
};

} // namespace sonar
