// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/salefile.h"

#include <stdexcept>

namespace sonar::test {

/// A sale file with every field; each on the line that tests expect.
inline const QByteArray fullSaleFile = R"({
  "name": "Example sale",
  "saleUUID": "11111111-2222-3333-4444-555555555555",
  "clientUUID": "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee",
  "redirectURI": "http://localhost:3000/oauth/callback",
  "redirectURIs": ["http://localhost:3000/oauth/callback", "http://127.0.0.1:3001/cb"],
  "frontendURL": "https://app.example.org/",
  "apiURL": "https://api.example.org",
  "permitSigner": "0x1234567890abcdef1234567890abcdef12345678",
  "chain": {
    "type": "evm",
    "chainId": 84532,
    "rpcURL": "https://rpc.example.org/v1/?key=1",
    "saleContract": "0x2234567890abcdef1234567890abcdef12345678",
    "paymentToken": "0x3234567890abcdef1234567890abcdef12345678",
    "paymentTokenSymbol": "USDC",
    "paymentTokenDecimals": 6
  }
}
)";

/// The least that a sale file holds.
inline const QByteArray smallSaleFile = R"({"name":"Small",
"saleUUID":"11111111-2222-3333-4444-555555555555",
"clientUUID":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
"redirectURI":"http://localhost:3000/oauth/callback"})";

inline Sale saleOf(const QByteArray &text)
{
    const auto sale = parseSaleFile(text);
    if (!sale)
        throw std::runtime_error(sale.error().report().toStdString());
    return *sale;
}

} // namespace sonar::test
