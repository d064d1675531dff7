// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/questions.h"

#include "ui/style/labels.h"
#include "ui/style/theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sonar {

namespace {

constexpr int longestName = 80;
constexpr int dialogWidth = 440;

struct Questions
{
    Q_DECLARE_TR_FUNCTIONS(sonar::Questions)
};

/// A dialog of ours with its column; what goes in comes before the buttons.
struct Frame
{
    QDialog *dialog;
    QVBoxLayout *column;
    QDialogButtonBox *buttons;
};

Frame frame(QWidget *parent, const QString &title)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setBackgroundRole(QPalette::Base);
    dialog->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    auto *buttons = new QDialogButtonBox(dialog);
    QPushButton *cancel = buttons->addButton(Questions::tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setIcon(QIcon());
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    return {dialog, column, buttons};
}

} // namespace

QDialog *ask(QWidget *parent, const Question &question, const std::function<void()> &act)
{
    const Frame made = frame(parent, question.title);
    made.dialog->setObjectName(QStringLiteral("question"));
    made.dialog->setAccessibleDescription(question.text);
    QLabel *what = plainLabel(question.text, made.dialog);
    what->setFont(heading(what->font(), 1));
    made.column->addWidget(what);
    made.column->addWidget(plainLabel(question.consequence, made.dialog));
    made.column->addSpacing(8);
    made.column->addWidget(made.buttons);
    QPushButton *yes = made.buttons->addButton(question.yes, QDialogButtonBox::AcceptRole);
    yes->setAutoDefault(false);
    QPushButton *cancel = made.dialog->findChild<QPushButton *>();
    cancel->setDefault(true);
    cancel->setFocus();
    QObject::connect(made.dialog, &QDialog::accepted, parent, act);
    made.dialog->setFixedSize(dialogWidth, made.column->totalHeightForWidth(dialogWidth));
    made.dialog->open();
    return made.dialog;
}

void askForName(QWidget *parent, const QString &title, const QString &label, const QString &now,
                const std::function<void(const QString &)> &act)
{
    const Frame made = frame(parent, title);
    auto *caption = new QLabel(label, made.dialog);
    caption->setTextFormat(Qt::PlainText);
    auto *field = new QLineEdit(now, made.dialog);
    field->setMaxLength(longestName);
    field->selectAll();
    caption->setBuddy(field);
    QString name = label;
    field->setAccessibleName(name.remove(QLatin1Char('&')));
    QPushButton *save =
        made.buttons->addButton(Questions::tr("Save"), QDialogButtonBox::AcceptRole);
    save->setDefault(true);
    setPrimary(save);
    made.column->addWidget(caption);
    made.column->addWidget(field);
    made.column->addSpacing(8);
    made.column->addWidget(made.buttons);
    made.dialog->setFixedWidth(dialogWidth);

    const auto check = [field, save] { save->setEnabled(!field->text().trimmed().isEmpty()); };
    check();
    QObject::connect(field, &QLineEdit::textChanged, save, check);
    QObject::connect(made.dialog, &QDialog::accepted, parent,
                     [field, act] { act(field->text().simplified()); });
    made.dialog->open();
    field->setFocus();
}

} // namespace sonar
