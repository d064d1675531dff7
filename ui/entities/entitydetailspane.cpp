// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitydetailspane.h"

#include "ui/entities/permitrequestbox.h"
#include "ui/style/chip.h"
#include "ui/style/factlist.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace sonar {

EntityDetailsPane::EntityDetailsPane(QWidget *parent)
    : SidePane(tr("Details of the selected entity"), parent)
{
    setObjectName(QStringLiteral("entityDetails"));
    m_title = paneTitle(content());
    m_standing = new Chip(content());
    m_facts = new FactList(content());
    m_nextStep = mutedLabel({}, content());
    m_link = externalLinkButton({}, content());
    m_line = separator(content());
    m_permit = new PermitRequestBox(content());

    column()->addWidget(m_title);
    column()->addWidget(m_standing, 0, Qt::AlignLeft);
    column()->addSpacing(8);
    column()->addWidget(m_facts);
    column()->addSpacing(8);
    column()->addWidget(m_nextStep);
    column()->addWidget(m_link, 0, Qt::AlignLeft);
    column()->addSpacing(8);
    column()->addWidget(m_line);
    column()->addSpacing(8);
    column()->addWidget(m_permit);
    column()->addStretch(1);

    connect(m_link, &QPushButton::clicked, this, [this] { Q_EMIT pageRequested(m_page); });
    showNone();
}

void EntityDetailsPane::setEntities(const QList<Entity> &entities)
{
    if (entities == m_entities)
        return;
    m_entities = entities;
    m_permit->setEntities(entities);
    if (entities.isEmpty())
        showNone();
    else if (entities.size() == 1)
        showOne(entities.first());
    else
        showSeveral();
}

void EntityDetailsPane::showNone()
{
    m_title->setText(tr("No entity selected"));
    m_nextStep->setText(tr("Select an entity to see its details and to request a permit for it. "
                           "Several can be selected at once."));
    m_facts->clear();
    for (QWidget *part : {static_cast<QWidget *>(m_standing), static_cast<QWidget *>(m_facts),
                          static_cast<QWidget *>(m_link), static_cast<QWidget *>(m_line),
                          static_cast<QWidget *>(m_permit)})
        part->hide();
}

void EntityDetailsPane::showOne(const Entity &entity)
{
    static constexpr int longestFault = 200;
    const NextStep step = nextStep(entity);
    m_title->setText(entityName(entity));
    m_standing->setText(eligibilityWords(entity));
    m_standing->setTone(eligibilityTone(entity));
    m_standing->show();
    m_facts->clear();
    if (entity.isReadable()) {
        m_facts->addFact(tr("Type"), entityTypeWords(entity));
        m_facts->addFact(tr("Region"), regionWords(entity));
        m_facts->addFact(tr("Set-up"), setUpWords(entity));
        m_facts->addAddress(tr("Entity ID in this sale"), entity.saleSpecificEntityId);
    } else {
        m_facts->addFact(tr("Fault"), shownText(entity.fault, longestFault));
    }
    if (entity.isIdKnown)
        m_facts->addAddress(tr("Entity ID"), entity.entityId);
    m_facts->show();
    m_nextStep->setText(step.text);
    m_page = step.page;
    setExternalLinkText(m_link, step.linkText);
    m_link->setVisible(step.page != SonarPage::None);
    m_line->setVisible(entity.isReadable());
    m_permit->setVisible(entity.isReadable());
}

void EntityDetailsPane::showSeveral()
{
    static constexpr int namesShown = 8;
    m_title->setText(tr("%1 entities selected").arg(m_entities.size()));
    QStringList names;
    int able = 0;
    for (const Entity &entity : m_entities) {
        able += entity.canTakePart() ? 1 : 0;
        if (names.size() < namesShown)
            names << entityName(entity);
    }
    if (m_entities.size() > namesShown)
        names << tr("and %1 more").arg(m_entities.size() - namesShown);
    m_standing->setText(tr("%1 of %2 can take part").arg(able).arg(m_entities.size()));
    m_standing->setTone(able > 0 ? Tone::Positive : Tone::Neutral);
    m_standing->show();
    m_facts->clear();
    m_facts->hide();
    m_nextStep->setText(names.join(QLatin1Char('\n')));
    m_link->hide();
    m_line->show();
    m_permit->show();
}

} // namespace sonar
