// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace sonar {

/// Whose entities the window shows: initial, name, email address. Opens the account menu.
class AccountCard : public QPushButton
{
    Q_OBJECT
public:
    explicit AccountCard(QWidget *parent = nullptr);

    /// Plain texts; an empty second line is left out.
    void setPerson(const QString &name, const QString &secondLine);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    QString m_secondLine;
};

} // namespace sonar
