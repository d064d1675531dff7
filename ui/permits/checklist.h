// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/permitverification.h"
#include "ui/style/theme.h"

#include <QList>
#include <QPair>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace sonar {

/// The checks of a permit one by one: ✓, ✕ or – and words.
class CheckList : public QWidget
{
    Q_OBJECT
public:
    explicit CheckList(QWidget *parent = nullptr);

    void setChecks(const QList<PermitCheck> &checks);

protected:
    void changeEvent(QEvent *event) override;

private:
    void recolor();

    QGridLayout *m_layout;
    QList<PermitCheck> m_checks;
    QList<QPair<QLabel *, Tone>> m_symbols;
};

} // namespace sonar
