// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxvisitor.h"

#include <QObject>
#include <QUrl>

#include <optional>

namespace sonar {

/// The user's browser for as long as it lives: takes what the program opens, and is used by hand.
class TourBrowser : public QObject
{
    Q_OBJECT
public:
    TourBrowser();
    ~TourBrowser() override;

    bool hasPage() const { return !m_url.isEmpty(); }
    /// Presses a button of the page that is open, by its id, and leaves the tab.
    void press(const QString &button);
    /// The text of the page that pressing led to, or where it got stuck; nothing before.
    const std::optional<Result<QString>> &outcome() const { return m_outcome; }
    void close(); ///< the tab, with nothing pressed

private:
    void open(const QUrl &url);

    SandboxVisitor m_visitor;
    QUrl m_url;
    std::optional<Result<QString>> m_outcome;
};

} // namespace sonar
