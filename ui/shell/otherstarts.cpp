// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/otherstarts.h"

#include "app/config/salefile.h"
#include "ui/shell/attentionnotice.h"
#include "ui/shell/mainwindow.h"
#include "ui/style/plaintext.h"
#include "ui/style/windowattention.h"

#include <QApplication>
#include <QEvent>
#include <QFileInfo>

namespace sonar {

namespace {

constexpr int unreadableCode = 2; ///< the exit code, as for a mistake on the command line
constexpr int longestSentence = 400;

StartAnswer refusal(const QString &summary, const QString &advice)
{
    return {unreadableCode, QStringLiteral("%1 %2").arg(shownText(summary, longestSentence),
                                                        shownText(advice, longestSentence))};
}

/// Of what can be said before anything is opened.
StartAnswer firstLook(const StartRequest &request)
{
    if (!request.saleFile.isEmpty()) {
        const Result<Sale> sale = readSaleFile(request.saleFile);
        if (!sale)
            return refusal(sale.error().summary, sale.error().advice);
    }
    // Its content is read beside the window, since it may be large.
    if (const QFileInfo file(request.permitFile);
        !request.permitFile.isEmpty() && (!file.isFile() || !file.isReadable()))
        return refusal(OtherStarts::tr("The permit file can't be read."), request.permitFile);
    return {};
}

} // namespace

OtherStarts::OtherStarts(MainWindow *window)
    : QObject(window)
    , m_window(window)
{}

StartAnswer OtherStarts::take(const StartRequest &request)
{
    bringToFront(m_window, request.activationToken);
    if (request.activationToken.isEmpty())
        m_window->attention()->tell(tr("Sonar Desktop is already running"),
                                    tr("Click to go to its window."));
    StartRequest asked = request;
    asked.activationToken.clear();
    if (asked == StartRequest())
        return {};
    StartAnswer answer = firstLook(asked);
    if (!m_waiting.contains(asked))
        m_waiting << asked;
    goOn();
    if (answer.exitCode == 0 && m_waiting.contains(asked))
        answer.message = tr("A dialog of Sonar Desktop is open. When it has closed, what you asked "
                            "for is done.");
    return answer;
}

void OtherStarts::goOn()
{
    while (!m_waiting.isEmpty()) {
        if (QWidget *dialog = QApplication::activeModalWidget()) {
            dialog->installEventFilter(this);
            return;
        }
        carryOut(m_waiting.takeFirst()); // which may open a dialog
    }
}

bool OtherStarts::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide) {
        watched->removeEventFilter(this);
        // It is still the active one while it hides, and may open the next one.
        QMetaObject::invokeMethod(this, &OtherStarts::goOn, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void OtherStarts::carryOut(const StartRequest &request)
{
    m_window->open(request.saleFile, request.sandbox);
    if (!request.permitFile.isEmpty())
        m_window->openPermitFile(request.permitFile);
}

} // namespace sonar
