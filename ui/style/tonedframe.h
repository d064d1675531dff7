// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QFrame>

namespace sonar {

/// A rounded ground in a tone's colour; labels on it take the tone's text colour.
class TonedFrame : public QFrame
{
    Q_OBJECT
public:
    explicit TonedFrame(Tone tone = Tone::Neutral, QWidget *parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return m_tone; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void nameToneForLabels();
    Tone m_tone;
};

} // namespace sonar
