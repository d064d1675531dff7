// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/entities/entitywords.h"
#include "ui/style/sidepane.h"

class QLabel;
class QPushButton;

namespace sonar {

class Chip;
class FactList;
class PermitRequestBox;

/// The selected entity, or several: facts, what to do next, and the wallet to ask a permit for.
class EntityDetailsPane : public SidePane
{
    Q_OBJECT
public:
    explicit EntityDetailsPane(QWidget *parent = nullptr);

    void setEntities(const QList<Entity> &entities);
    const QList<Entity> &entities() const { return m_entities; }
    PermitRequestBox *permitBox() const { return m_permit; }

Q_SIGNALS:
    void pageRequested(sonar::SonarPage page);

private:
    void showNone();
    void showOne(const Entity &entity);
    void showSeveral();

    QLabel *m_title;
    Chip *m_standing;
    FactList *m_facts;
    QLabel *m_nextStep;
    QPushButton *m_link;
    QFrame *m_line;
    PermitRequestBox *m_permit;
    QList<Entity> m_entities;
    SonarPage m_page = SonarPage::None;
};

} // namespace sonar
