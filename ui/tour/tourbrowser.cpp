// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tourbrowser.h"

#include <QDesktopServices>

namespace sonar {

namespace {

/// The sandbox is on loopback and speaks plain http.
const QString opensScheme = QStringLiteral("http");

} // namespace

TourBrowser::TourBrowser()
{
    QDesktopServices::setUrlHandler(opensScheme, this, "open");
}

TourBrowser::~TourBrowser()
{
    QDesktopServices::unsetUrlHandler(opensScheme);
}

void TourBrowser::open(const QUrl &url)
{
    m_url = url;
    m_outcome.reset();
}

void TourBrowser::close()
{
    m_url.clear();
    m_outcome.reset();
}

void TourBrowser::press(const QString &button)
{
    const QUrl url = m_url;
    close();
    QCoro::connect(m_visitor.press(url, button), this,
                   [this](const Result<QString> &outcome) { m_outcome = outcome; });
}

} // namespace sonar
