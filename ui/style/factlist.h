// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QFormLayout;

namespace sonar {

/// Rows of "name   value" as in a details pane. Values are selectable plain text; an address row is
/// monospaced, shortened in the middle, whole on hover, with a button that copies it.
class FactList : public QWidget
{
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);

    void clear();
    void addFact(const QString &name, const QString &value, const QString &toolTip = {});
    void addAddress(const QString &name, const QString &address);

private:
    QFormLayout *m_layout;
};

} // namespace sonar
