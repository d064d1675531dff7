// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"

namespace sonar {

QCoro::Task<Result<std::optional<TokenSet>>> MemoryTokenStore::load(TokenKey key)
{
    const auto found = m_sets.find({key.accountId, key.serviceId});
    if (found == m_sets.end())
        co_return std::optional<TokenSet>();
    co_return std::optional<TokenSet>(found->second);
}

QCoro::Task<Result<void>> MemoryTokenStore::save(TokenKey key, TokenSet tokens)
{
    m_sets[{key.accountId, key.serviceId}] = std::move(tokens);
    co_return Result<void>();
}

QCoro::Task<Result<void>> MemoryTokenStore::remove(TokenKey key)
{
    m_sets.erase({key.accountId, key.serviceId});
    co_return Result<void>();
}

} // namespace sonar
