// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QPixmap>
#include <QPointer>
#include <QString>
#include <QStringList>

class QWidget;

namespace sonar {

class TourHand;

/// What the tour leaves behind: numbered pictures and the text that goes with them.
class TourAlbum
{
public:
    /// `hand` must outlive it, and learns what can't be written.
    TourAlbum(const QString &folder, TourHand *hand);

    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// A line of tour.txt.
    void write(const QString &line) { m_lines << line; }
    /// A picture of the window, with what stands over it in the middle, and its line in tour.txt.
    void take(const QString &name, const QString &line, QWidget *window, QWidget *over = nullptr);
    /// tour.txt, with how it ended.
    void finish();

private:
    QPixmap settled(const QPointer<QWidget> &window, const QPointer<QWidget> &over) const;

    QDir m_folder;
    TourHand *m_hand;
    int m_pictures = 0;
    QStringList m_lines;
};

} // namespace sonar
