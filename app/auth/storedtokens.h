// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenset.h"

#include <QString>
#include <QStringList>

#include <optional>

/// How a set of tokens lies in the keychain. Format 2, where it fits: one entry, since some
/// keychains ask the user about each. Format 1: a manifest in that entry and, in one of two slots,
/// the pieces of the secrets; every piece names the set it belongs to. The manifest is written last
/// and alone makes a set count. Older versions wrote format 1 always.
namespace sonar::storedtokens {

/// Windows Credential Manager takes 2,560 bytes a value.
constexpr qsizetype longestValue = 2400;
/// What one entry holds here, in bytes.
#ifdef Q_OS_WIN
constexpr qsizetype usualRoom = longestValue;
#else
constexpr qsizetype usualRoom = qsizetype(64) * 1024;
#endif
/// More pieces than this are no set of ours.
constexpr int mostPieces = 16;

enum class Slot { A, B };
enum class Secret { Access, Refresh };

struct Manifest
{
    QString generation; ///< random; the same in every piece
    Slot slot = Slot::A;
    int accessPieces = 0;
    int refreshPieces = 0;
    qint64 expiresAt = 0;
    QString digest; ///< of the whole set and whose it is
};

/// The name of the whole set's entry, or of the manifest's.
QString manifestEntry(const TokenKey &key);
QString pieceEntry(const TokenKey &key, Slot slot, Secret secret, int index);

/// Format 2; nothing when it would be longer than `room` bytes.
std::optional<QString> encodeWhole(const TokenKey &key, const TokenSet &tokens, qsizetype room);
/// Nothing unless `text` is a set of format 2 and `key`'s.
std::optional<TokenSet> decodeWhole(const TokenKey &key, const QString &text);

/// Format 1: the values to write for `tokens`; nothing when they are too long.
struct Encoded
{
    QString manifest;
    QStringList access;
    QStringList refresh;
};
std::optional<Encoded> encode(const TokenKey &key, const TokenSet &tokens, Slot slot);

/// Nothing for another version, or for what we never wrote.
std::optional<Manifest> decodeManifest(const QString &text);

/// Nothing unless every piece belongs to the manifest's set and the set is `key`'s.
std::optional<TokenSet> decode(const TokenKey &key, const Manifest &manifest,
                               const QStringList &access, const QStringList &refresh);

} // namespace sonar::storedtokens
