// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace sonar {

/// A strip over the page that says that nothing here is real money.
class SandboxBand : public QWidget
{
    Q_OBJECT
public:
    explicit SandboxBand(QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace sonar
