// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/questions.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace sonar {

namespace {

constexpr int longestName = 80;

QString text(const char *source)
{
    return QCoreApplication::translate("Questions", source);
}

} // namespace

void ask(QWidget *parent, const Question &question, const std::function<void()> &act)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, question.title, question.text,
                                QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(question.consequence);
    // QMessageBox guesses the format of all but its first text.
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    QPushButton *yes = box->addButton(question.yes, QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(yes, &QPushButton::clicked, parent, act);
    box->open();
}

void askForName(QWidget *parent, const QString &title, const QString &label, const QString &now,
                const std::function<void(const QString &)> &act)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *caption = new QLabel(label, dialog);
    caption->setTextFormat(Qt::PlainText);
    auto *field = new QLineEdit(now, dialog);
    field->setMaxLength(longestName);
    field->selectAll();
    field->setMinimumWidth(320);
    caption->setBuddy(field);
    QString name = label;
    field->setAccessibleName(name.remove(QLatin1Char('&')));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    QPushButton *ok = buttons->button(QDialogButtonBox::Ok);
    ok->setText(text("Save"));

    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(8);
    layout->addWidget(caption);
    layout->addWidget(field);
    layout->addSpacing(8);
    layout->addWidget(buttons);

    const auto check = [field, ok] { ok->setEnabled(!field->text().trimmed().isEmpty()); };
    check();
    QObject::connect(field, &QLineEdit::textChanged, ok, check);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(dialog, &QDialog::accepted, parent,
                     [field, act] { act(field->text().simplified()); });
    dialog->open();
}

} // namespace sonar
