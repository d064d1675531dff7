// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/questions.h"

#include "ui/style/labels.h"
#include "ui/style/scrollbody.h"
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

/// A dialog of ours: a column, which scrolls on a low screen, and the buttons below.
struct Frame
{
    QDialog *dialog;
    ScrollBody *body;
    QDialogButtonBox *buttons;
};

/// As high as its contents; all else in it comes before.
void show(const Frame &made)
{
    made.buttons->setFocusProxy(nullptr); // Tab would pass over the button that is it
    made.dialog->setFixedSize(sizeWithBody(made.dialog, made.body, dialogWidth));
    made.dialog->open();
}

Frame frame(QWidget *parent, const QString &title)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setBackgroundRole(QPalette::Base);
    dialog->setAutoFillBackground(true);
    auto *body = new ScrollBody(dialog);
    body->setAccessibleName(title);
    body->column()->setSpacing(8);
    auto *buttons = new QDialogButtonBox(dialog);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(body, 1);
    layout->addWidget(buttons);
    QPushButton *cancel = buttons->addButton(Questions::tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setIcon(QIcon());
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    return {dialog, body, buttons};
}

} // namespace

QDialog *ask(QWidget *parent, const Question &question, const std::function<void()> &act,
             const std::function<void()> &otherAct)
{
    const Frame made = frame(parent, question.title);
    made.dialog->setObjectName(QStringLiteral("question"));
    made.dialog->setAccessibleDescription(question.text);
    QLabel *what = plainLabel(question.text, made.body->content());
    what->setFont(heading(what->font(), 1));
    made.body->column()->addWidget(what);
    made.body->column()->addWidget(plainLabel(question.consequence, made.body->content()));
    QPushButton *cancel = made.dialog->findChild<QPushButton *>();
    QPushButton *yes = made.buttons->addButton(question.yes, QDialogButtonBox::AcceptRole);
    yes->setObjectName(QStringLiteral("yes"));
    yes->setAutoDefault(false);
    if (!question.other.isEmpty()) {
        QPushButton *other = made.buttons->addButton(question.other, QDialogButtonBox::ActionRole);
        other->setObjectName(QStringLiteral("other"));
        other->setAutoDefault(false);
        QObject::connect(other, &QPushButton::clicked, made.dialog, &QDialog::reject);
        QObject::connect(other, &QPushButton::clicked, parent, otherAct);
    }
    cancel->setDefault(true);
    cancel->setFocus();
    QObject::connect(made.dialog, &QDialog::accepted, parent, act);
    show(made);
    return made.dialog;
}

void askToDiscard(QDialog *form)
{
    for (const QDialog *asked : form->findChildren<QDialog *>(QStringLiteral("question"))) {
        if (asked->isVisible())
            return;
    }
    ask(form,
        {Questions::tr("Discard changes?"), Questions::tr("Discard what you have entered?"),
         Questions::tr("It hasn't been saved."), Questions::tr("Discard")},
        [form] { form->done(QDialog::Rejected); });
}

void askForName(QWidget *parent, const QString &title, const QString &label, const QString &now,
                const std::function<void(const QString &)> &act)
{
    const Frame made = frame(parent, title);
    auto *caption = new QLabel(label, made.body->content());
    caption->setTextFormat(Qt::PlainText);
    auto *field = new QLineEdit(now, made.body->content());
    field->setMaxLength(longestName);
    field->selectAll();
    caption->setBuddy(field);
    QString name = label;
    field->setAccessibleName(name.remove(QLatin1Char('&')));
    QPushButton *save =
        made.buttons->addButton(Questions::tr("Save"), QDialogButtonBox::AcceptRole);
    save->setDefault(true);
    setPrimary(save);
    made.body->column()->addWidget(caption);
    made.body->column()->addWidget(field);
    const auto check = [field, save] { save->setEnabled(!field->text().trimmed().isEmpty()); };
    check();
    QObject::connect(field, &QLineEdit::textChanged, save, check);
    QObject::connect(made.dialog, &QDialog::accepted, parent,
                     [field, act] { act(field->text().simplified()); });
    show(made);
    field->setFocus();
}

} // namespace sonar
