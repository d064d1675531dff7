// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/pages.h"

#include <QByteArray>

#include <deque>

namespace sonar::sandbox {

/// The facial checks of the sandbox: a page with one button.
class Liveness
{
public:
    explicit Liveness(const Pages &pages);

    static constexpr const char *pathPrefix = "/sandbox/liveness/";

    bool isPassed(const QString &entityId, const QByteArray &wallet) const;
    /// The path of the page on which the check is done.
    QString pageFor(const QString &entityId, const QByteArray &wallet);

    HttpResponse page(const HttpRequest &request) const; ///< GET
    HttpResponse pass(const HttpRequest &request);       ///< POST

private:
    struct Check
    {
        QString ticket;
        QString entityId;
        QByteArray wallet;
        bool passed = false;
    };

    const Pages &m_pages;
    std::deque<Check> m_checks;
};

} // namespace sonar::sandbox
