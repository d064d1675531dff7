// SPDX-License-Identifier: GPL-3.0-or-later
// What nearly every file reads, parsed once for all libraries. No file relies on it: each includes what it uses.
#include <QByteArray>
#include <QCoreApplication>
#include <QCoro/QCoroTask>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QLocale>
#include <QObject>
#include <QPointer>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QUrl>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkReply>

#include <boost/multiprecision/cpp_int.hpp>
#include <simdjson.h>
#include <tl/expected.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>
