// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tourbrowser.h"

#include "ui/style/externallink.h"

namespace sonar {

TourBrowser::TourBrowser()
{
    setExternalOpener([this](const QUrl &url) { open(url); });
}

TourBrowser::~TourBrowser()
{
    setExternalOpener({});
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
