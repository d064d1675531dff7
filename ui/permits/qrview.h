// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/qrcode.h"

#include <QWidget>

namespace sonar {

/// A QR code with its quiet zone: black on white in every appearance, because cameras read dark
/// modules on a light ground.
class QrView : public QWidget
{
    Q_OBJECT
public:
    explicit QrView(QWidget *parent = nullptr);

    void setCode(const std::optional<QrCode> &code);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<QrCode> m_code;
};

} // namespace sonar
