// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QToolButton>

namespace sonar {

/// Copies a text to the clipboard and says so for a moment.
class CopyButton : public QToolButton
{
    Q_OBJECT
public:
    /// `what` names the text for the tooltip and screen readers: "Copy entity ID".
    explicit CopyButton(const QString &what, const QString &content = {},
                        QWidget *parent = nullptr);

    void setContent(const QString &content) { m_content = content; }

private:
    void copy();
    void showIdle();

    QString m_what;
    QString m_content;
    QTimer m_feedback;
};

} // namespace sonar
