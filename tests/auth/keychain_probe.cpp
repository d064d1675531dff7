// SPDX-License-Identifier: GPL-3.0-or-later
// Saves a set of tokens, loads it again and removes it: keychain_probe SERVICE MILLISECONDS. Prints
// "kept" and "removed", or an error's report in their place, and before that "waiting" once the
// event loop has come round often.
#include "app/auth/tokenstore.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

namespace {

QCoro::Task<> probe(sonar::TokenStore *store)
{
    const sonar::TokenKey key{QStringLiteral("probe"), QStringLiteral("https://api.example:443")};
    const sonar::TokenSet tokens{"access-s3cret", "refresh-s3cret", 5};
    const auto saved = co_await store->save(key, tokens);
    if (!saved) {
        std::printf("%s\n", qPrintable(saved.error().report()));
    } else {
        const auto loaded = co_await store->load(key);
        const bool kept = loaded && *loaded == tokens;
        std::printf("%s\n",
                    loaded ? (kept ? "kept" : "lost") : qPrintable(loaded.error().report()));
        std::fflush(stdout);
        const auto removed = co_await store->remove(key);
        std::printf("%s\n", removed ? "removed" : qPrintable(removed.error().report()));
    }
    QCoreApplication::quit();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3)
        return 2;
    sonar::KeychainTokenStore store(arguments[1], arguments[2].toInt());
    constexpr int many = 50;
    int beats = 0;
    QTimer pulse;
    QObject::connect(&pulse, &QTimer::timeout, &pulse, [&beats] {
        if (++beats == many) {
            std::printf("waiting\n");
            std::fflush(stdout);
        }
    });
    pulse.start(10);
    QTimer::singleShot(0, &application, [&store] { probe(&store); });
    QCoreApplication::exec();
    return 0;
}
