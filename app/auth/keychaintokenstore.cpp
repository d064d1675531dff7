// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/tokenstore.h"

#include "app/auth/keychainerrors.h"
#include "app/auth/keychainjob.h"
#include "app/auth/storedtokens.h"

#include <QCoro/QCoroFuture>
#include <QPromise>

#include <utility>

namespace sonar {

using namespace storedtokens;

/// Lets one operation after the other through, in the order in which they came.
class KeychainTokenStore::Queue
{
public:
    class Turn
    {
    public:
        explicit Turn(Queue &queue)
        {
            m_done.start();
            m_before = std::exchange(queue.m_last, m_done.future());
        }
        ~Turn() { m_done.finish(); }
        Q_DISABLE_COPY_MOVE(Turn)

        QFuture<void> before() const { return m_before; }

    private:
        QPromise<void> m_done;
        QFuture<void> m_before;
    };

private:
    QFuture<void> m_last;
};

namespace {

Error tooLong()
{
    return {ErrorKind::Keychain,
            KeychainText::tr("The service's tokens are too long to be stored."),
            KeychainText::tr("You can stay connected until you close Sonar Desktop."),
            {}};
}

/// Something of a set is gone or spoiled, so that nothing can be done with the rest.
Error incomplete()
{
    return {
        ErrorKind::Malformed,
        KeychainText::tr("The stored session is incomplete. Connect again."),
        KeychainText::tr("Another program may have removed or changed an entry of Sonar Desktop in "
                         "your keychain. Connecting again stores a new session."),
        {}};
}

/// One token set in one service of the keychain. A value, so that an operation outlives its store.
struct Place
{
    QString service;
    TokenKey key;
    int milliseconds = 0;
    qsizetype roomInEntry = 0;

    QString piece(Slot slot, Secret secret, int index) const
    {
        return pieceEntry(key, slot, secret, index);
    }
};

QCoro::Task<Result<std::optional<QString>>> readManifest(Place place)
{
    const QString entry = manifestEntry(place.key);
    Result<std::optional<QString>> text =
        co_await keychain::read(place.service, entry, place.milliseconds);
    co_return text;
}

/// The first `count` pieces, or fewer if there are no more.
QCoro::Task<Result<QStringList>> readPieces(Place place, Slot slot, Secret secret, int count)
{
    QStringList pieces;
    for (int i = 0; i < count; ++i) {
        const QString entry = place.piece(slot, secret, i);
        const Result<std::optional<QString>> piece =
            co_await keychain::read(place.service, entry, place.milliseconds);
        if (!piece)
            co_return failure(piece.error());
        if (!*piece)
            break;
        pieces << **piece;
    }
    co_return pieces;
}

/// Upwards, as erasePieces() goes downwards: what a killed program leaves begins at 0 without gaps.
QCoro::Task<Result<void>> writePieces(Place place, Slot slot, Secret secret, QStringList pieces)
{
    for (int i = 0; i < int(pieces.size()); ++i) {
        const QString entry = place.piece(slot, secret, i);
        const Result<void> written =
            co_await keychain::write(place.service, entry, pieces[i], place.milliseconds);
        if (!written)
            co_return written;
    }
    co_return Result<void>();
}

/// Erases the pieces from number `first` on.
QCoro::Task<Result<void>> erasePieces(Place place, Slot slot, Secret secret, int first)
{
    int end = first;
    for (; end < mostPieces; ++end) {
        const QString entry = place.piece(slot, secret, end);
        const Result<bool> piece = co_await keychain::has(place.service, entry, place.milliseconds);
        if (!piece)
            co_return failure(piece.error());
        if (!*piece)
            break;
    }
    for (int i = end - 1; i >= first; --i) {
        const QString entry = place.piece(slot, secret, i);
        const Result<void> erased =
            co_await keychain::erase(place.service, entry, place.milliseconds);
        if (!erased)
            co_return erased;
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> eraseSlot(Place place, Slot slot, int firstAccess, int firstRefresh)
{
    const Result<void> access = co_await erasePieces(place, slot, Secret::Access, firstAccess);
    if (!access)
        co_return access;
    const Result<void> refresh = co_await erasePieces(place, slot, Secret::Refresh, firstRefresh);
    co_return refresh;
}

QCoro::Task<Result<std::optional<TokenSet>>> loadSet(Place place)
{
    const Result<std::optional<QString>> text = co_await readManifest(place);
    if (!text)
        co_return failure(text.error());
    std::optional<TokenSet> tokens = *text ? decodeWhole(place.key, **text) : std::nullopt;
    if (const auto manifest = *text ? decodeManifest(**text) : std::nullopt) {
        const Result<QStringList> access =
            co_await readPieces(place, manifest->slot, Secret::Access, manifest->accessPieces);
        if (!access)
            co_return failure(access.error());
        const Result<QStringList> refresh =
            co_await readPieces(place, manifest->slot, Secret::Refresh, manifest->refreshPieces);
        if (!refresh)
            co_return failure(refresh.error());
        tokens = decode(place.key, *manifest, *access, *refresh);
    }
    if (!tokens && *text)
        co_return failure(incomplete());
    co_return tokens;
}

QCoro::Task<Result<void>> saveWhole(Place place, QString value)
{
    const QString entry = manifestEntry(place.key);
    const Result<void> saved =
        co_await keychain::write(place.service, entry, value, place.milliseconds);
    if (!saved)
        co_return saved;
    // Nothing but this entry counts any more; what is left of others is swept, now or by the next
    // save.
    co_await eraseSlot(place, Slot::A, 0, 0);
    co_await eraseSlot(place, Slot::B, 0, 0);
    co_return Result<void>();
}

QCoro::Task<Result<void>> saveSet(Place place, TokenSet tokens)
{
    if (const auto whole = encodeWhole(place.key, tokens, place.roomInEntry)) {
        const Result<void> saved = co_await saveWhole(place, *whole);
        co_return saved;
    }
    const Result<std::optional<QString>> text = co_await readManifest(place);
    if (!text)
        co_return failure(text.error());
    const std::optional<Manifest> old = *text ? decodeManifest(**text) : std::nullopt;
    const Slot oldSlot = old ? old->slot : Slot::B;
    const Slot slot = oldSlot == Slot::A ? Slot::B : Slot::A;
    const std::optional<Encoded> set = encode(place.key, tokens, slot);
    if (!set)
        co_return failure(tooLong());
    const Result<void> access = co_await writePieces(place, slot, Secret::Access, set->access);
    if (!access)
        co_return access;
    const Result<void> refresh = co_await writePieces(place, slot, Secret::Refresh, set->refresh);
    if (!refresh)
        co_return refresh;
    const QString entry = manifestEntry(place.key);
    const Result<void> manifest =
        co_await keychain::write(place.service, entry, set->manifest, place.milliseconds);
    if (!manifest)
        co_return manifest;
    // The new set counts; what is left of older ones is swept, now or by the next save.
    co_await eraseSlot(place, slot, int(set->access.size()), int(set->refresh.size()));
    co_await eraseSlot(place, oldSlot, 0, 0);
    co_return Result<void>();
}

QCoro::Task<Result<void>> removeSet(Place place)
{
    const QString entry = manifestEntry(place.key);
    const Result<void> manifest =
        co_await keychain::erase(place.service, entry, place.milliseconds);
    if (!manifest)
        co_return manifest;
    const Result<void> slotA = co_await eraseSlot(place, Slot::A, 0, 0);
    if (!slotA)
        co_return slotA;
    const Result<void> slotB = co_await eraseSlot(place, Slot::B, 0, 0);
    co_return slotB;
}

} // namespace

KeychainTokenStore::KeychainTokenStore(QString service, int jobMilliseconds, qsizetype roomInEntry)
    : m_service(std::move(service))
    , m_jobMilliseconds(jobMilliseconds)
    , m_roomInEntry(roomInEntry)
    , m_queue(std::make_shared<Queue>())
{}

// Nothing below looks at the store after its first wait, so that an operation may outlive it.

QCoro::Task<Result<std::optional<TokenSet>>> KeychainTokenStore::load(TokenKey key)
{
    const Place place{m_service, key, m_jobMilliseconds, m_roomInEntry};
    const std::shared_ptr<Queue> queue = m_queue;
    const Queue::Turn turn(*queue);
    const QFuture<void> before = turn.before();
    co_await before;
    Result<std::optional<TokenSet>> loaded = co_await loadSet(place);
    co_return loaded;
}

QCoro::Task<Result<void>> KeychainTokenStore::save(TokenKey key, TokenSet tokens)
{
    const Place place{m_service, key, m_jobMilliseconds, m_roomInEntry};
    const std::shared_ptr<Queue> queue = m_queue;
    const Queue::Turn turn(*queue);
    const QFuture<void> before = turn.before();
    co_await before;
    Result<void> saved = co_await saveSet(place, tokens);
    co_return saved;
}

QCoro::Task<Result<void>> KeychainTokenStore::remove(TokenKey key)
{
    const Place place{m_service, key, m_jobMilliseconds, m_roomInEntry};
    const std::shared_ptr<Queue> queue = m_queue;
    const Queue::Turn turn(*queue);
    const QFuture<void> before = turn.before();
    co_await before;
    Result<void> removed = co_await removeSet(place);
    co_return removed;
}

} // namespace sonar
