// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace sonar {

/// A small question mark in a circle, beside what needs an explanation: shows it when pressed, by
/// mouse or key, and on hover.
class HelpMark : public QToolButton
{
    Q_OBJECT
public:
    /// `help` is plain text.
    explicit HelpMark(const QString &subject, const QString &help, QWidget *parent = nullptr);
    QString help() const { return m_help; }
    /// A square as high as a line of its font.
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_help;
};

} // namespace sonar
