// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/jsontransport.h"

namespace sonar {

CancelToken::CancelToken()
    : m_source(std::make_shared<CancelSource>())
{}

void CancelToken::cancel() const
{
    m_source->cancel();
}

bool CancelToken::isCancelled() const
{
    return m_source->isCancelled();
}

CancelSource *CancelToken::source() const
{
    return m_source.get();
}

void CancelSource::cancel()
{
    if (m_cancelled)
        return;
    m_cancelled = true;
    Q_EMIT cancelled();
}

} // namespace sonar
