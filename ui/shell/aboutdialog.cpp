// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/aboutdialog.h"

#include "ui/style/factlist.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sonar {

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Sonar Desktop"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);

    auto *top = new QHBoxLayout;
    top->setSpacing(16);
    auto *icon = new QLabel(this);
    icon->setPixmap(QApplication::windowIcon().pixmap(64));
    icon->setAccessibleName(tr("Icon of Sonar Desktop"));
    top->addWidget(icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    QLabel *name = plainLabel(tr("Sonar Desktop"), this);
    name->setFont(heading(font(), 2));
    words->addWidget(name);
    QLabel *what = mutedLabel(tr("A desktop client for Echo's Sonar token-sale service. Free "
                                 "software, without any warranty; not made by Echo."),
                              this);
    what->setMinimumWidth(340);
    words->addWidget(what);
    top->addLayout(words, 1);
    layout->addLayout(top);

    auto *facts = new FactList(this);
    facts->addFact(tr("Version"), QLatin1String(SONAR_VERSION));
    facts->addFact(tr("Licence"), tr("GNU General Public License, version 3 or later"));
    facts->addFact(
        tr("Qt"),
        tr("%1, built with %2").arg(QLatin1String(qVersion()), QLatin1String(QT_VERSION_STR)));
    layout->addWidget(facts);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    QPushButton *close = buttons->button(QDialogButtonBox::Close);
    close->setIcon(QIcon());
    close->setDefault(true);
}

} // namespace sonar
