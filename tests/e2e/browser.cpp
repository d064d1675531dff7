// SPDX-License-Identifier: GPL-3.0-or-later
// Stands where the desktop's URL opener is found: opens the page in headless Chromium through
// ChromeDriver and clicks what the test asks for. What the tab showed at the end goes into a
// report.
//   SONAR_E2E_CLICK   authorize, deny, or empty (look, click nothing)
//   SONAR_E2E_REPORT  file: first line the final address, then the page's text
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

namespace {

/// Limits for broken code: a machine that builds something else meanwhile takes its time.
constexpr int patience = 240'000;

class WebDriver
{
public:
    explicit WebDriver(quint16 port)
        : m_base(QStringLiteral("http://127.0.0.1:%1").arg(port))
    {}

    QJsonValue call(const QByteArray &method, const QString &path, const QJsonObject &body = {})
    {
        QNetworkRequest request{QUrl(m_base + path)};
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setTransferTimeout(patience);
        const QByteArray json = method == "POST" ? QJsonDocument(body).toJson() : QByteArray();
        QNetworkReply *reply = m_network.sendCustomRequest(request, method, json);
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        const QJsonObject answer = QJsonDocument::fromJson(reply->readAll()).object();
        reply->deleteLater();
        return answer.value(QLatin1String("value"));
    }

    QString session;

private:
    QString m_base;
    QNetworkAccessManager m_network;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString url = application.arguments().value(1);
    const QString click = qEnvironmentVariable("SONAR_E2E_CLICK");

    QTemporaryDir profile;
    QProcess driver;
    driver.setProcessChannelMode(QProcess::MergedChannels);
    driver.start(QStringLiteral("chromedriver"), {QStringLiteral("--port=0")});
    quint16 port = 0;
    while (port == 0 && driver.waitForReadyRead(patience)) {
        while (driver.canReadLine()) {
            const QString line = QString::fromUtf8(driver.readLine());
            const qsizetype at = line.indexOf(QLatin1String("on port "));
            if (line.contains(QLatin1String("successfully")) && at >= 0)
                port = line.mid(at + 8).trimmed().remove(QLatin1Char('.')).toUShort();
        }
    }
    if (port == 0) {
        std::fputs("chromedriver did not start\n", stderr);
        return 1;
    }

    QJsonArray flags;
    for (const char *flag :
         {"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--disable-dev-shm-usage", "--no-proxy-server"})
        flags.append(QLatin1String(flag));
    flags.append(QStringLiteral("--user-data-dir=") + profile.path());
    WebDriver web(port);
    const QJsonObject options{{QStringLiteral("args"), flags},
                              {QStringLiteral("browserStartupTimeout"), patience}};
    const QJsonObject match{{QStringLiteral("goog:chromeOptions"), options}};
    const QJsonValue session = web.call(
        "POST", QStringLiteral("/session"),
        {{QStringLiteral("capabilities"), QJsonObject{{QStringLiteral("alwaysMatch"), match}}}});
    const QString base =
        QStringLiteral("/session/") + session[QLatin1String("sessionId")].toString();
    web.call("POST", base + QStringLiteral("/timeouts"),
             {{QStringLiteral("implicit"), patience}, {QStringLiteral("pageLoad"), patience}});
    web.call("POST", base + QStringLiteral("/url"), {{QStringLiteral("url"), url}});
    const auto element = [&](const QString &selector) {
        const QJsonObject found =
            web.call("POST", base + QStringLiteral("/element"),
                     {{QStringLiteral("using"), QStringLiteral("css selector")},
                      {QStringLiteral("value"), selector}})
                .toObject();
        return base + QStringLiteral("/element/") +
               (found.isEmpty() ? QString() : found.begin().value().toString());
    };
    const auto address = [&] { return web.call("GET", base + QStringLiteral("/url")).toString(); };
    const QString before = address();
    if (!click.isEmpty())
        web.call("POST", element(QLatin1Char('#') + click) + QStringLiteral("/click"));
    // A click is over before the page that it leads to is there, redirects and all.
    const auto text = [&] {
        return web.call("GET", element(QStringLiteral("body")) + QStringLiteral("/text"))
            .toString();
    };
    QString last;
    QString shown;
    for (const QDeadlineTimer limit(patience); !limit.hasExpired();) {
        last = address();
        shown = text();
        if (!shown.isEmpty() && (click.isEmpty() || last != before))
            break;
    }
    if (const QString path = qEnvironmentVariable("SONAR_E2E_REPORT"); !path.isEmpty()) {
        QSaveFile report(path);
        if (report.open(QIODevice::WriteOnly)) {
            report.write((last + QLatin1Char('\n') + shown + QLatin1Char('\n')).toUtf8());
            report.commit();
        }
    }
    web.call("DELETE", base);
    driver.terminate();
    driver.waitForFinished(5000);
    return 0;
}
