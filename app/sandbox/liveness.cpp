// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/liveness.h"

#include "app/sandbox/randomtext.h"

#include <algorithm>

namespace sonar::sandbox {

namespace {

constexpr size_t checksKept = 1024;

} // namespace

Liveness::Liveness(const Pages &pages)
    : m_pages(pages)
{}

bool Liveness::isPassed(const QString &entityId, const QByteArray &wallet) const
{
    return std::any_of(m_checks.begin(), m_checks.end(), [&](const Check &check) {
        return check.passed && check.entityId == entityId && check.wallet == wallet;
    });
}

QString Liveness::pageFor(const QString &entityId, const QByteArray &wallet)
{
    auto check = std::find_if(m_checks.begin(), m_checks.end(), [&](const Check &one) {
        return one.entityId == entityId && one.wallet == wallet;
    });
    if (check == m_checks.end()) {
        if (m_checks.size() >= checksKept)
            m_checks.pop_front();
        check = m_checks.insert(m_checks.end(), {randomText(16), entityId, wallet});
    }
    return QLatin1String(pathPrefix) + check->ticket;
}

HttpResponse Liveness::page(const HttpRequest &request) const
{
    const QString ticket = QString::fromUtf8(request.path.sliced(qstrlen(pathPrefix)));
    const bool known = std::any_of(m_checks.begin(), m_checks.end(),
                                   [&](const Check &check) { return check.ticket == ticket; });
    if (!known)
        return m_pages.message(404, QStringLiteral("No such check"),
                               QStringLiteral("Check the wallet again to get a new link."));
    return m_pages.page(QStringLiteral("liveness"),
                        {{QStringLiteral("title"), QStringLiteral("Liveness check")},
                         {QStringLiteral("action"), QString::fromUtf8(request.path)}});
}

HttpResponse Liveness::pass(const HttpRequest &request)
{
    const QString ticket = QString::fromUtf8(request.path.sliced(qstrlen(pathPrefix)));
    const auto check = std::find_if(m_checks.begin(), m_checks.end(),
                                    [&](const Check &one) { return one.ticket == ticket; });
    if (check == m_checks.end())
        return m_pages.message(404, QStringLiteral("No such check"),
                               QStringLiteral("Check the wallet again to get a new link."));
    check->passed = true;
    return m_pages.message(200, QStringLiteral("Check passed"),
                           QStringLiteral("Close this tab, go back to the program and check the "
                                          "wallet again."));
}

} // namespace sonar::sandbox
