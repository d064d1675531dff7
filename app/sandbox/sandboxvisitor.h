// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QCoro/QCoroTask>
#include <QObject>
#include <QUrl>

class QNetworkAccessManager;
class QNetworkReply;

namespace sonar {

/// Stands in for a person with a browser on the sandbox's own pages, for the tour and for tests:
/// opens the authorize page, presses a button, follows the redirect to the callback.
class SandboxVisitor : public QObject
{
    Q_OBJECT
public:
    explicit SandboxVisitor(QObject *parent = nullptr);
    ~SandboxVisitor() override; ///< ends what is under way, with an error

    /// `button` is the id of the button: "authorize" or "deny"; `person` the id of somebody to sign
    /// in as, if not who the page proposes. The text of the page that the tab
    /// ends on, or an error that says where it got stuck. Only loopback addresses are visited.
    QCoro::Task<Result<QString>> press(QUrl authorizeUrl, QString button, QString person = {});

private:
    QNetworkAccessManager *m_network;
    bool m_leaving = false;
};

} // namespace sonar
