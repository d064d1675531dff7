// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxvisitor.h"

#include "app/base/loopback.h"

#include <QCoro/QCoroNetworkReply>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QUrlQuery>

#include <memory>
#include <optional>

namespace sonar {

namespace {

struct DeleteLater
{
    void operator()(QNetworkReply *reply) const { reply->deleteLater(); }
};
using Reply = std::unique_ptr<QNetworkReply, DeleteLater>;

Error stuck(const QString &where)
{
    return {ErrorKind::SignIn,
            QStringLiteral("The sandbox's page could not be used: %1.").arg(where),
            {},
            {},
            0};
}

QString attribute(const QString &tag, const QString &name)
{
    const QRegularExpression pattern(QStringLiteral("\\b%1=\"([^\"]*)\"").arg(name));
    QString value = pattern.match(tag).captured(1);
    return value.replace(QLatin1String("&quot;"), QLatin1String("\""))
        .replace(QLatin1String("&lt;"), QLatin1String("<"))
        .replace(QLatin1String("&gt;"), QLatin1String(">"))
        .replace(QLatin1String("&amp;"), QLatin1String("&"));
}

/// The fields that a browser would send with the form that holds the button, or nothing without it.
std::optional<QUrlQuery> formWith(const QString &page, const QString &button, QString *action)
{
    static const QRegularExpression form(QStringLiteral("<form\\b[^>]*>.*?</form>"),
                                         QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression control(QStringLiteral("<(?:input|button)\\b[^>]*>"));
    auto forms = form.globalMatch(page);
    while (forms.hasNext()) {
        const QString text = forms.next().captured();
        if (!text.contains(QStringLiteral("id=\"%1\"").arg(button)))
            continue;
        *action = attribute(text.left(text.indexOf(QLatin1Char('>'))), QStringLiteral("action"));
        QUrlQuery fields;
        auto controls = control.globalMatch(text);
        while (controls.hasNext()) {
            const QString tag = controls.next().captured();
            const QString name = attribute(tag, QStringLiteral("name"));
            const QString type = attribute(tag, QStringLiteral("type"));
            const bool radio = type == QLatin1String("radio") || type == QLatin1String("checkbox");
            const bool isButton =
                tag.startsWith(QLatin1String("<button")) || type == QLatin1String("submit");
            if (name.isEmpty() || (radio && !tag.contains(QLatin1String(" checked"))) ||
                (isButton && attribute(tag, QStringLiteral("id")) != button))
                continue;
            fields.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(
                                          attribute(tag, QStringLiteral("value")))));
        }
        return fields;
    }
    return std::nullopt;
}

QNetworkRequest requestFor(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(30'000);
    return request;
}

} // namespace

SandboxVisitor::SandboxVisitor(QObject *parent)
    : QObject(parent)
    , m_network(new QNetworkAccessManager(this))
{}

SandboxVisitor::~SandboxVisitor()
{
    m_leaving = true;
    // A reply that is deleted says nothing, and who waits for it would wait for ever.
    for (QNetworkReply *reply : m_network->findChildren<QNetworkReply *>())
        reply->abort();
}

QCoro::Task<Result<QString>> SandboxVisitor::press(QUrl authorizeUrl, QString button,
                                                   QString person)
{
    if (!isLoopbackHost(authorizeUrl.host()))
        co_return failure(stuck(QStringLiteral("not on this computer")));
    const Reply page(m_network->get(requestFor(authorizeUrl)));
    co_await page.get();
    if (m_leaving)
        co_return failure(stuck(QStringLiteral("withdrawn")));
    QString action;
    std::optional<QUrlQuery> fields = formWith(QString::fromUtf8(page->readAll()), button, &action);
    if (!fields)
        co_return failure(stuck(QStringLiteral("no button \"%1\"").arg(button)));

    if (!person.isEmpty()) {
        fields->removeAllQueryItems(QStringLiteral("person"));
        fields->addQueryItem(QStringLiteral("person"), person);
    }

    QNetworkRequest request = requestFor(authorizeUrl.resolved(QUrl(action)));
    request.setHeader(QNetworkRequest::ContentTypeHeader,
                      QStringLiteral("application/x-www-form-urlencoded"));
    request.setRawHeader("Origin",
                         authorizeUrl.adjusted(QUrl::RemovePath | QUrl::RemoveQuery).toEncoded());
    Reply answer(m_network->post(request, fields->query(QUrl::FullyEncoded).toUtf8()));
    co_await answer.get();
    for (int hop = 0; hop < 4; ++hop) {
        if (m_leaving)
            co_return failure(stuck(QStringLiteral("withdrawn")));
        const QUrl target = answer->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
        if (target.isEmpty())
            break;
        const QUrl next = answer->url().resolved(target);
        if (!isLoopbackHost(next.host()))
            co_return failure(stuck(QStringLiteral("sent away from this computer")));
        answer.reset(m_network->get(requestFor(next)));
        co_await answer.get();
    }
    if (answer->error() != QNetworkReply::NoError)
        co_return failure(stuck(answer->errorString()));
    co_return QString::fromUtf8(answer->readAll());
}

} // namespace sonar
