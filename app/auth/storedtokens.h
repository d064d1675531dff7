// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenset.h"

#include <QString>
#include <QStringList>

#include <optional>

/// How a set of tokens lies in the keychain, format 1. A set is a manifest and, in one of two
/// slots, the pieces of its secrets; every piece names the set it belongs to. The manifest is
/// written last and alone makes a set count.
namespace sonar::storedtokens {

/// Windows Credential Manager takes 2,560 bytes a value.
constexpr qsizetype longestValue = 2400;
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

QString manifestEntry(const TokenKey &key);
QString pieceEntry(const TokenKey &key, Slot slot, Secret secret, int index);

/// The values to write for `tokens`; nothing when they are too long.
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
