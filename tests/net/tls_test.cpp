// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that do speak TLS, with certificates that are good and that aren't.
#include "tests/net/posting.h"

#include <QFile>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A certificate that signed itself, for one name.
struct Identity
{
    explicit Identity(const QString &alternativeName)
    {
        const QTemporaryDir folder;
        const QString keyPath = folder.filePath(QStringLiteral("key.pem"));
        const QString certificatePath = folder.filePath(QStringLiteral("certificate.pem"));
        QProcess openssl;
        openssl.start(
            QStringLiteral("openssl"),
            {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
             QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-subj"),
             QStringLiteral("/CN=test"), QStringLiteral("-addext"),
             QStringLiteral("subjectAltName=") + alternativeName, QStringLiteral("-keyout"),
             keyPath, QStringLiteral("-out"), certificatePath});
        openssl.waitForFinished();
        key = QSslKey(contentsOf(keyPath), QSsl::Rsa);
        certificate = QSslCertificate(contentsOf(certificatePath));
    }

    QSslKey key;
    QSslCertificate certificate;
};

std::unique_ptr<QTcpServer> secureListener(const Identity &identity)
{
    auto server = std::make_unique<QSslServer>();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(identity.certificate);
    configuration.setPrivateKey(identity.key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    server->setSslConfiguration(configuration);
    return server;
}

/// Everybody trusts `certificate` while this lives.
class Trust
{
public:
    explicit Trust(const QSslCertificate &certificate)
        : m_before(QSslConfiguration::defaultConfiguration())
    {
        QSslConfiguration trusting = m_before;
        trusting.addCaCertificate(certificate);
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    ~Trust() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(Trust)

private:
    QSslConfiguration m_before;
};

struct SecureServer
{
    explicit SecureServer(const Identity &identity)
        : server({}, secureListener(identity))
    {
        server.play(answered(200, "{}"));
    }
    Result<JsonReply> posted() const
    {
        QUrl url = server.url();
        url.setScheme(QStringLiteral("https"));
        JsonTransport transport({15'000, 20'000, 64 * 1024});
        return post(transport, url);
    }

    ScriptedServer server;
};

const QString ourName = QStringLiteral("IP:127.0.0.1");

} // namespace

TEST(Tls, ATrustedCertificateOfTheHostIsTaken)
{
    const Identity identity(ourName);
    ASSERT_FALSE(identity.certificate.isNull() || identity.key.isNull());
    const SecureServer secure(identity);
    const Trust trust(identity.certificate);
    const Result<JsonReply> result = secure.posted();
    ASSERT_TRUE(result) << qPrintable(result.error().report());
    EXPECT_EQ(result->body, "{}");
    EXPECT_EQ(secure.server.requests.size(), 1);
}

TEST(Tls, ACertificateNobodyVouchesForEndsItBeforeTheRequest)
{
    const Identity identity(ourName);
    ASSERT_FALSE(identity.certificate.isNull() || identity.key.isNull());
    const SecureServer secure(identity);
    const Result<JsonReply> result = secure.posted();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Tls) << qPrintable(result.error().report());
    EXPECT_TRUE(secure.server.requests.isEmpty()) << "sent to a peer without a verified identity";
}

TEST(Tls, ATrustedCertificateOfAnotherHostEndsItBeforeTheRequest)
{
    for (const char *name : {"DNS:api.sonar.invalid", "IP:127.0.0.2", "DNS:127.0.0.1.invalid"}) {
        const Identity identity(QString::fromLatin1(name));
        ASSERT_FALSE(identity.certificate.isNull() || identity.key.isNull());
        const SecureServer secure(identity);
        const Trust trust(identity.certificate);
        const Result<JsonReply> result = secure.posted();
        ASSERT_FALSE(result) << name;
        EXPECT_EQ(result.error().kind, ErrorKind::Tls) << qPrintable(result.error().report());
        EXPECT_TRUE(secure.server.requests.isEmpty()) << name;
    }
}
