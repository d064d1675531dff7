// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/chip.h"

#include <QFrame>
#include <QPushButton>

class QAction;

namespace sonar {

class ElidedLabel;
class FlowLayout;

/// The bar over a page: its title, a status chip, and the page's actions at the right.
class PageHeader : public QFrame
{
    Q_OBJECT
public:
    explicit PageHeader(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setStatus(const QString &text, Tone tone); ///< an empty text hides the chip
    /// A button that follows the action's text, state and tooltip, right of those added before.
    QPushButton *addActionButton(QAction *action);

private:
    ElidedLabel *m_title;
    Chip *m_status;
    FlowLayout *m_row;
};

/// Lets `button` follow `action` (text, enabled, visible, tooltip) and trigger it.
void bindToAction(QPushButton *button, QAction *action);

} // namespace sonar
