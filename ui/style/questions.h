// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QDialog;
class QWidget;

namespace sonar {

/// A question before something that can't be taken back. All texts are plain.
struct Question
{
    QString title;
    QString text;        ///< what will happen, as a question
    QString consequence; ///< what it means
    QString yes;         ///< the verb on the button: "Disconnect"
    QString other = {};  ///< another way to go on; empty: there is none
};

/// Asks without blocking; `act` runs when the user agrees, `otherAct` when they go the other way.
/// Esc and closing mean no. The dialog deletes itself.
QDialog *ask(QWidget *parent, const Question &question, const std::function<void()> &act,
             const std::function<void()> &otherAct = {});

/// Before a form is left by Esc or by closing its window: asks whether to discard what was typed.
void askToDiscard(QDialog *form);

/// Asks for one line of text, bounded and not blank.
void askForName(QWidget *parent, const QString &title, const QString &label, const QString &now,
                const std::function<void(const QString &)> &act);

} // namespace sonar
