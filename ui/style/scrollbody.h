// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QDialog;
class QVBoxLayout;

namespace sonar {

/// What of a dialog scrolls up and down where the screen is too low for it. The dialog's buttons
/// stand below, and are always there.
class ScrollBody : public QScrollArea
{
    Q_OBJECT
public:
    explicit ScrollBody(QWidget *parent);

    QWidget *content() const { return widget(); } ///< parent of what stands in the column
    QVBoxLayout *column() const { return m_column; }
    /// What the content needs when it is so wide.
    int contentHeight(int width) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QVBoxLayout *m_column;
};

/// The size of `dialog`, which has `body` in its layout, that shows all of it at `width` or what
/// the contents need more; no more than the screen has.
QSize sizeWithBody(const QDialog *dialog, const ScrollBody *body, int width);

} // namespace sonar
