// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace sonar {

/// One step of a procedure: a numbered mark that becomes a tick or a cross, a title, and a text
/// below it. Says where it stands in its accessible name.
class StepRow : public QWidget
{
    Q_OBJECT
public:
    enum class State { Pending, Active, Done, Failed };

    StepRow(int number, int count, QWidget *parent = nullptr);

    State state() const { return m_state; }
    /// Also announced to screen readers when it changes.
    void setStep(State state, const QString &title);
    /// Plain text under the title; empty hides it.
    void setText(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();
    void announce();

    int m_number;
    int m_count;
    State m_state = State::Pending;
    QWidget *m_mark;
    QLabel *m_title;
    QLabel *m_text;
};

} // namespace sonar
