// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace sonar {

/// What came to a sign-in's port and wasn't its callback, for "Copy details". Bounded: equal lines
/// are counted, and of different ones the first are kept.
class StrayLog
{
public:
    static constexpr int mostLines = 20;

    /// `line` is plain text without secrets.
    void add(const QString &line, qint64 unixSeconds);
    bool isEmpty() const { return m_entries.isEmpty(); }
    /// One line each, with the time of the first; empty when nothing came.
    QString report() const;

private:
    struct Entry
    {
        QString line;
        qint64 first; ///< Unix seconds
        int count;
    };
    QList<Entry> m_entries;
    int m_more = 0; ///< came when the list was full
};

} // namespace sonar
