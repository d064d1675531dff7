// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSplitter>

namespace sonar {

/// A list and, at its side, the details of what is selected in it. Where there isn't the width for
/// both, the details go below.
class SideBySide : public QSplitter
{
    Q_OBJECT
public:
    explicit SideBySide(QWidget *parent = nullptr);

    /// How the width is shared; what is shared while the details are below isn't kept.
    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int narrow() const; ///< pixels; below that the details are below the list

    QByteArray m_beside;  ///< the state before the details went below
    bool m_moved = false; ///< by a person, since they did
};

} // namespace sonar
