// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace sonar {

/// A line edit for searching a list: a glass, a button that clears, Escape clears too, and the
/// arrow down goes to `list`.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(const QString &name, QWidget *list, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *m_list;
};

} // namespace sonar
