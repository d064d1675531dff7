// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxserver.h"

#include "app/net/loopback/loopbackserver.h"
#include "app/sandbox/api.h"
#include "app/sandbox/authorization.h"
#include "app/sandbox/httpmessages.h"
#include "app/sandbox/sandboxsale.h"

#include <QCoreApplication>
#include <QTimer>

namespace sonar {

using namespace sandbox;

namespace {

constexpr qsizetype longestUrl = 8 * 1024;

struct Route
{
    QByteArray method;
    Api::Endpoint answer;
    bool isApi = false; ///< answered after the configured latency
};

LoopbackLimits limits()
{
    LoopbackLimits limits;
    limits.requestMilliseconds = 30'000;
    limits.connections = 256;
    return limits;
}

HttpResponse faultReply(const HttpFault &fault)
{
    const auto code = [&fault] {
        switch (fault.kind) {
        case HttpFault::Kind::TooLarge:
            return QStringLiteral("too_large");
        case HttpFault::Kind::Unsupported:
            return QStringLiteral("not_supported");
        case HttpFault::Kind::Malformed:
        case HttpFault::Kind::TlsHello:
            break;
        }
        return QStringLiteral("bad_request");
    };
    return errorReply(fault.status, code(), QString::fromLatin1(fault.what));
}

Error startFault(ErrorKind kind, const QString &summary, const QString &advice,
                 const QString &details)
{
    return {kind, summary, advice, details, 0};
}

} // namespace

class SandboxServer::Impl
{
    Q_DECLARE_TR_FUNCTIONS(sonar::SandboxServer)
public:
    explicit Impl(SandboxOptions options)
        : m_options(std::move(options))
        , m_clock(m_options.clock ? *m_options.clock : systemClock())
        , m_sessions(m_clock, m_options.accessTokenSeconds, m_options.statePath)
        , m_story(m_options.storyPath)
        , m_permits(m_options.chain, m_options.permitMutation)
        , m_liveness(m_pages)
        , m_authorization(m_clock, m_sale, m_options.codeSeconds, m_pages, m_sessions, m_story)
        , m_api(m_clock, m_sale, m_sessions, m_liveness, m_permits,
                m_options.restNames ? CommitmentNames::Rest : CommitmentNames::Core, m_story)
    {
        addRoutes();
    }

    Result<Sale> start();

private:
    void addRoutes();
    void handle(const HttpRequest &request, const HttpExchange &exchange);
    HttpResponse answer(const HttpRequest &request);
    HttpResponse answerAt(const Route &route, const HttpRequest &request);
    bool isSlow(const HttpRequest &request) const;
    HttpResponse salePage() const;
    bool isOurHost(const HttpRequest &request) const;

    const SandboxOptions m_options;
    const Clock &m_clock;
    Sale m_sale;
    Pages m_pages;
    Sessions m_sessions;
    Story m_story;
    PermitIssuer m_permits;
    Liveness m_liveness;
    Authorization m_authorization;
    Api m_api;
    QHash<QByteArray, Route> m_routes;
    std::unique_ptr<LoopbackServer> m_http; // last: its connections go first
};

Result<Sale> SandboxServer::Impl::start()
{
    if (m_options.redirectUris.isEmpty())
        return failure(startFault(ErrorKind::InvalidInput,
                                  tr("The sandbox needs at least one redirect URI."), {}, {}));
    if (!m_options.permitMutation.isEmpty() &&
        !sandboxMutations().contains(m_options.permitMutation))
        return failure(
            startFault(ErrorKind::InvalidInput,
                       tr("The sandbox knows no way to spoil permits called \u201C%1\u201D.")
                           .arg(m_options.permitMutation),
                       tr("It knows: %1.").arg(sandboxMutations().join(QStringLiteral(", "))), {}));
    m_sessions.restore();
    if (!m_sessions.save())
        return failure(
            startFault(ErrorKind::File,
                       tr("The sandbox's state can't be written to %1.").arg(m_options.statePath),
                       tr("Choose another place for it."), {}));
    if (!m_story.open())
        return failure(startFault(ErrorKind::File,
                                  tr("The story can't be written to %1.").arg(m_options.storyPath),
                                  tr("Choose another place for it."), {}));
    m_http = std::make_unique<LoopbackServer>(
        [this](const HttpRequest &request, const HttpExchange &exchange) {
            handle(request, exchange);
        },
        limits());
    m_http->setFaultHandler(faultReply);
    if (!m_http->listen(QHostAddress::LocalHost, m_options.port))
        return failure(startFault(
            ErrorKind::PortInUse,
            tr("The sandbox can't listen on port %1.").arg(QString::number(m_options.port)),
            tr("Another program uses it. Close that program, or choose another port."),
            m_http->errorText()));
    m_sale = sandboxSale(m_options, m_http->port(), m_permits.signer());
    return m_sale;
}

void SandboxServer::Impl::addRoutes()
{
    using Request = const HttpRequest &;
    const QByteArray page = "/sonar/" + m_options.saleUuid.toLatin1();
    m_routes = {
        {"/oauth/authorize", {"GET", [this](Request r) { return m_authorization.authorize(r); }}},
        {"/oauth/decision", {"POST", [this](Request r) { return m_authorization.decide(r); }}},
        {"/oauth.ExchangeAuthorizationCodeV2",
         {"POST", [this](Request r) { return m_authorization.exchange(r); }, true}},
        {"/oauth.RefreshAccessToken",
         {"POST", [this](Request r) { return m_authorization.refresh(r); }, true}},
        {"/", {"GET", [this](Request) { return salePage(); }}},
        {page, {"GET", [this](Request) { return salePage(); }}},
        {page + "/home", {"GET", [this](Request) { return salePage(); }}},
    };
    const auto endpoints = m_api.endpoints();
    for (auto endpoint = endpoints.begin(); endpoint != endpoints.end(); ++endpoint)
        m_routes.insert(endpoint.key(), {"POST", endpoint.value(), true});
}

void SandboxServer::Impl::handle(const HttpRequest &request, const HttpExchange &exchange)
{
    const HttpResponse response = answer(request);
    if (!isSlow(request) || m_options.latencyMilliseconds == 0) {
        exchange.respond(response);
        return;
    }
    QTimer::singleShot(m_options.latencyMilliseconds, Qt::PreciseTimer, m_http.get(),
                       [exchange, response] { exchange.respond(response); });
}

bool SandboxServer::Impl::isSlow(const HttpRequest &request) const
{
    const auto route = m_routes.constFind(request.path);
    return route != m_routes.constEnd() && route->isApi && route->method == request.method;
}

HttpResponse SandboxServer::Impl::answer(const HttpRequest &request)
{
    if (!isOurHost(request))
        return errorReply(421, QStringLiteral("misdirected"),
                          QStringLiteral("The Host header does not name this sandbox."));
    if (request.path.size() + request.query.size() > longestUrl)
        return errorReply(414, QStringLiteral("uri_too_long"),
                          QStringLiteral("The address is too long."));
    if (request.path.startsWith(Liveness::pathPrefix)) {
        const bool get = request.method == "GET";
        return answerAt(
            {get ? "GET" : "POST",
             [&](const HttpRequest &r) { return get ? m_liveness.page(r) : m_liveness.pass(r); }},
            request);
    }
    const auto route = m_routes.constFind(request.path);
    if (route == m_routes.constEnd())
        return errorReply(404, QStringLiteral("not_found"),
                          QStringLiteral("There is nothing at this address."));
    return answerAt(*route, request);
}

HttpResponse SandboxServer::Impl::answerAt(const Route &route, const HttpRequest &request)
{
    if (request.method != route.method) {
        HttpResponse refused = errorReply(
            405, QStringLiteral("method_not_allowed"),
            QStringLiteral("This address takes %1 only.").arg(QLatin1String(route.method)));
        return refused.with("Allow", route.method);
    }
    return route.answer(request);
}

HttpResponse SandboxServer::Impl::salePage() const
{
    return m_pages.page(QStringLiteral("sale"), {{QStringLiteral("title"), m_sale.name}});
}

bool SandboxServer::Impl::isOurHost(const HttpRequest &request) const
{
    const QByteArray port = ':' + QByteArray::number(m_http->port());
    const QByteArray host = request.header("host").value_or(QByteArray()).toLower();
    return host == "127.0.0.1" + port || host == "localhost" + port;
}

SandboxServer::SandboxServer(SandboxOptions options, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(std::move(options)))
{}

SandboxServer::~SandboxServer() = default;

Result<Sale> SandboxServer::start()
{
    return m_impl->start();
}

QStringList sandboxMutations()
{
    return {QStringLiteral("wrong-signer"), QStringLiteral("wrong-wallet"),
            QStringLiteral("wrong-sale"),   QStringLiteral("wrong-entity"),
            QStringLiteral("expired"),      QStringLiteral("changed-field"),
            QStringLiteral("high-s"),       QStringLiteral("bad-v"),
            QStringLiteral("truncated")};
}

} // namespace sonar
