// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/salesamples.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

Sale at(const char *api, const char *frontend = "https://app.example.org")
{
    Sale sale = test::saleOf(test::smallSaleFile);
    sale.apiUrl = QUrl(QLatin1String(api));
    sale.frontendUrl = QUrl(QLatin1String(frontend));
    return sale;
}

} // namespace

TEST(Sale, TellsServicesApartBySchemeHostPortAndPath)
{
    EXPECT_EQ(at("https://api.example.org").serviceId(),
              at("https://API.example.org:443/").serviceId());
    EXPECT_EQ(at("https://api.example.org/v1/").serviceId(),
              QStringLiteral("https://api.example.org:443/v1"));
    EXPECT_EQ(at("http://[::1]:4000").serviceId(), QStringLiteral("http://[::1]:4000"));
    const auto service = at("https://api.example.org").serviceId();
    for (const char *other :
         {"https://api.example.org:8443", "https://api.example.com", "http://api.example.org:443",
          "https://example.org", "https://api.example.org/v1", "https://api.example.org/V1"})
        EXPECT_NE(at(other).serviceId(), service) << other;
}

TEST(Sale, OnLoopbackIsNotYetASandbox)
{
    // A developer's service, or a tunnel to the real one.
    for (const char *api : {"http://127.0.0.1:4000", "http://localhost:4000", "http://[::1]:4000"})
        EXPECT_FALSE(at(api).isSandbox()) << api;
}

TEST(Sale, KnowsItsPages)
{
    const Sale sale = at("https://api.example.org", "https://app.example.org");
    const auto page =
        QStringLiteral("https://app.example.org/sonar/11111111-2222-3333-4444-555555555555");
    EXPECT_EQ(sale.setUpPage().toString(), page);
    EXPECT_EQ(sale.homePage().toString(), page + QStringLiteral("/home"));
    EXPECT_EQ(at("https://x", "http://localhost:4000/base").homePage().toString(),
              QStringLiteral("http://localhost:4000/base/sonar/"
                             "11111111-2222-3333-4444-555555555555/home"));
}

TEST(Sale, IsOnEvmUnlessItSaysOtherwise)
{
    Sale sale = test::saleOf(test::smallSaleFile);
    EXPECT_EQ(sale.chainType(), ChainType::Evm);
    sale.chain = Chain{};
    sale.chain->type = ChainType::Svm;
    EXPECT_EQ(sale.chainType(), ChainType::Svm);
}
