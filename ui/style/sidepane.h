// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace sonar {

/// The pane beside a table: one column of content that scrolls up and down when it is too high.
class SidePane : public QFrame
{
    Q_OBJECT
public:
    explicit SidePane(const QString &accessibleName, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    QWidget *content() const { return m_content; } ///< parent of what stands in the column
    QVBoxLayout *column() const { return m_column; }
    QScrollArea *area() const { return m_area; } ///< around the content

private:
    QScrollArea *m_area;
    QWidget *m_content;
    QVBoxLayout *m_column;
};

/// The heading of a pane: a name that someone chose, of which a few lines are enough.
QLabel *paneTitle(QWidget *parent);
/// A thin line between what stands above it and below.
QFrame *separator(QWidget *parent);

} // namespace sonar
