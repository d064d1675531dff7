// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/markedtokenstore.h"

#include "app/auth/keychainerrors.h"

#include <utility>

namespace sonar {

namespace {

/// The next start would know nothing of what is stored now, and nobody would ever remove it.
Error unkept()
{
    return {ErrorKind::Keychain,
            KeychainText::tr("Your sign-in can't be saved, because your settings can't be."),
            KeychainText::tr("Sonar Desktop has to note in its settings where a sign-in is saved. "
                             "Check that the settings file can be written and that the disk isn't "
                             "full, then try again."),
            {}};
}

} // namespace

struct MarkedTokenStore::State
{
    using Place = std::pair<QString, QString>;

    bool isMarked(const TokenKey &key) const
    {
        return preferences && preferences->isToBeCleared({key.accountId, key.serviceId});
    }
    void mark(const TokenKey &key, bool marked) const
    {
        if (preferences)
            preferences->setToBeCleared({key.accountId, key.serviceId}, marked);
    }

    static QCoro::Task<Result<void>> remove(std::shared_ptr<State> state, TokenKey key)
    {
        const Place place{key.accountId, key.serviceId};
        const quint64 removal = ++state->removals[place];
        state->mark(key, true);
        const Result<void> removed = co_await state->store->remove(key);
        if (removed && state->removals[place] == removal)
            state->mark(key, false);
        co_return removed;
    }

    TokenStore *store = nullptr;
    Preferences *preferences = nullptr;
    std::map<Place, quint64> removals; ///< so that an operation from before one leaves its mark
    std::map<Place, int> saving;
};

MarkedTokenStore::MarkedTokenStore(TokenStore *store, Preferences *preferences)
    : m_state(std::make_shared<State>())
{
    m_state->store = store;
    m_state->preferences = preferences;
}

MarkedTokenStore::~MarkedTokenStore()
{
    detach();
}

void MarkedTokenStore::detach()
{
    m_state->preferences = nullptr;
}

QCoro::Task<Result<std::optional<TokenSet>>> MarkedTokenStore::load(TokenKey key)
{
    const std::shared_ptr<State> state = m_state;
    if (state->isMarked(key)) {
        const Result<void> removed = co_await State::remove(state, key);
        if (!removed)
            co_return failure(removed.error());
        co_return std::optional<TokenSet>();
    }
    Result<std::optional<TokenSet>> loaded = co_await state->store->load(key);
    co_return loaded;
}

QCoro::Task<Result<void>> MarkedTokenStore::save(TokenKey key, TokenSet tokens)
{
    const std::shared_ptr<State> state = m_state;
    const State::Place place{key.accountId, key.serviceId};
    if (state->preferences && !state->preferences->isTokenPlaceKept({key.accountId, key.serviceId}))
        co_return failure(unkept());
    const quint64 removals = state->removals[place];
    ++state->saving[place];
    const Result<void> saved = co_await state->store->save(key, std::move(tokens));
    --state->saving[place];
    // What is stored after a save that failed may have been used up by the one who saves, or comes
    // late: nobody may use it again.
    if (state->removals[place] == removals)
        state->mark(key, !saved);
    co_return saved;
}

QCoro::Task<Result<void>> MarkedTokenStore::remove(TokenKey key)
{
    return State::remove(m_state, std::move(key));
}

QCoro::Task<Result<void>> MarkedTokenStore::clearMarked(TokenKey key)
{
    const std::shared_ptr<State> state = m_state;
    if (!state->isMarked(key) || state->saving[{key.accountId, key.serviceId}] > 0)
        co_return Result<void>();
    const Result<void> removed = co_await State::remove(state, key);
    co_return removed;
}

} // namespace sonar
