// SPDX-License-Identifier: GPL-3.0-or-later
// Saves a set of tokens and loads it again: keychain_probe SERVICE MILLISECONDS. Prints the first
// error's report or "kept", and how long the event loop stood still at most.
#include "app/auth/tokenstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
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
    QElapsedTimer last;
    qint64 longest = 0;
    QTimer pulse;
    QObject::connect(&pulse, &QTimer::timeout, &pulse,
                     [&] { longest = std::max(longest, last.restart()); });
    last.start();
    pulse.start(10);
    QTimer::singleShot(0, &application, [&store] { probe(&store); });
    QCoreApplication::exec();
    std::printf("longest %lld\n", static_cast<long long>(longest));
    return 0;
}
