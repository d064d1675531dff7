// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/permits/importverification.h"

#include <QDialog>

class QLabel;
class QListWidget;

namespace sonar {

class CheckList;
class Chip;
class FactList;
class TonedFrame;

/// The permits of a file with their checks, made on this computer without asking anyone.
class VerifyDialog : public QDialog
{
    Q_OBJECT
public:
    /// `path` only names the file.
    VerifyDialog(const QString &path, const PermitImport &import, const QList<KnownSigner> &known,
                 const Clock *clock = &systemClock(), QWidget *parent = nullptr);

private:
    QWidget *makeDetails();
    void verify();
    void fillList();
    void showPermit(int row);
    void showFacts(const ImportedPermit &permit, const VerifiedImport &verified);
    void copyReport();

    PermitImport m_import;
    QList<KnownSigner> m_known;
    const Clock *m_clock;
    qint64 m_verifiedAt = 0; ///< Unix seconds
    QList<VerifiedImport> m_verified;
    QLabel *m_summary;
    QListWidget *m_list;
    QWidget *m_details;
    QLabel *m_title;
    Chip *m_chip;
    TonedFrame *m_basis;
    QLabel *m_basisText;
    CheckList *m_checks;
    FactList *m_facts;
};

} // namespace sonar
