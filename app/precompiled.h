// SPDX-License-Identifier: GPL-3.0-or-later
// What nearly every file reads, parsed once for all. No file relies on it: each includes what it
// uses.
#include <QByteArray>
#include <QCoreApplication>
#include <QCoro/QCoroTask>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QLocale>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <boost/multiprecision/cpp_int.hpp>
#include <tl/expected.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <vector>
