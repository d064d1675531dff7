// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMimeData;
class QWidget;

namespace sonar {

/// Lets a sale file, or a file of permits to verify, be dropped anywhere on a window.
class SaleDrop : public QObject
{
    Q_OBJECT
public:
    explicit SaleDrop(QWidget *window);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void hoveringChanged(bool hovering); ///< of a sale file
    void dropped(const QString &path);   ///< a sale file
    void permitFileDropped(const QString &path);
};

} // namespace sonar
