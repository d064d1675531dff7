// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/importverification.h"

#include <QScrollArea>

class QLabel;

namespace sonar {

class CheckList;
class Chip;
class FactList;
class TonedFrame;

/// One permit of a file: what may be done with it, its checks, what it says.
class ImportedPermitPane : public QScrollArea
{
    Q_OBJECT
public:
    explicit ImportedPermitPane(QWidget *parent = nullptr);

    /// `sale` as the file has it.
    void showPermit(const ImportedPermit &permit, const VerifiedImport &verified, const Sale &sale);

private:
    void showFacts(const PurchasePermit &permit, const VerifiedImport &verified, const Sale &sale);

    QLabel *m_title;
    Chip *m_chip;
    TonedFrame *m_basis;
    QLabel *m_basisText;
    CheckList *m_checks;
    FactList *m_facts;
};

} // namespace sonar
