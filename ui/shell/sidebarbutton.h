// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace sonar {

/// One line of the side list: a text, and at its right a count or a "sandbox" chip.
class SidebarButton : public QPushButton
{
    Q_OBJECT
public:
    explicit SidebarButton(const QString &text, QWidget *parent = nullptr);

    void setFullText(const QString &text); ///< plain text; elides, then the whole on hover
    void setCount(int count);              ///< negative: none
    void setSandbox(bool sandbox);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QString badge() const;
    void describe();
    QRect textRect() const;

    QString m_text;
    int m_count = -1;
    bool m_sandbox = false;
};

} // namespace sonar
