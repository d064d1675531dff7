// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/saledrop.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace sonar {

namespace {

/// The path of the one file with that ending that is dragged; empty if it is anything else.
QString fileIn(const QMimeData *data, QLatin1String ending)
{
    const QList<QUrl> urls = data->urls();
    if (urls.size() != 1 || !urls.constFirst().isLocalFile())
        return {};
    const QString path = urls.constFirst().toLocalFile();
    return path.endsWith(ending, Qt::CaseInsensitive) ? path : QString();
}

QString saleFileIn(const QMimeData *data)
{
    return fileIn(data, QLatin1String(".sonarsale"));
}

QString permitFileIn(const QMimeData *data)
{
    return fileIn(data, QLatin1String(".json"));
}

} // namespace

SaleDrop::SaleDrop(QWidget *window)
    : QObject(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool SaleDrop::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter: {
        // Nothing may change beneath an open dialog.
        if (QApplication::activeModalWidget())
            return false;
        auto *drag = static_cast<QDropEvent *>(event);
        const bool sale = !saleFileIn(drag->mimeData()).isEmpty();
        if (!sale && permitFileIn(drag->mimeData()).isEmpty())
            return false;
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        Q_EMIT hoveringChanged(sale);
        return true;
    }
    case QEvent::DragMove: {
        auto *drag = static_cast<QDropEvent *>(event);
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        return true;
    }
    case QEvent::DragLeave:
        Q_EMIT hoveringChanged(false);
        return true;
    case QEvent::Drop: {
        auto *drop = static_cast<QDropEvent *>(event);
        const QString saleFile = saleFileIn(drop->mimeData());
        const QString permitFile = permitFileIn(drop->mimeData());
        Q_EMIT hoveringChanged(false);
        if (saleFile.isEmpty() && permitFile.isEmpty())
            return false;
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        if (saleFile.isEmpty())
            Q_EMIT permitFileDropped(permitFile);
        else
            Q_EMIT dropped(saleFile);
        return true;
    }
    default:
        return QObject::eventFilter(watched, event);
    }
}

} // namespace sonar
