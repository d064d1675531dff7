// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace sonar {

/// "Something is under way": a turning arc, still while hidden or when the style wants no
/// animation.
class Spinner : public QWidget
{
    Q_OBJECT
public:
    explicit Spinner(int side, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {m_side, m_side}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    int m_side;
    int m_angle = 0;
    QTimer m_timer;
};

} // namespace sonar
