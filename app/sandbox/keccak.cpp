// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/keccak.h"

#include <QCryptographicHash>

namespace sonar::sandbox {

QByteArray keccak256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Keccak_256);
}

QByteArray derived(const QByteArray &name, int size)
{
    return keccak256("sonar-sandbox " + name).first(size);
}

} // namespace sonar::sandbox
