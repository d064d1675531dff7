// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace sonar::sandbox {

/// What was issued and presented, as JSON lines for tests: {"at", "kind", "text", …}. Holds
/// secrets, so only a test asks for it; readable by its owner alone.
class Story
{
public:
    explicit Story(const QString &path);

    /// False if the file can't be written; true without a path.
    bool open();
    using Details = QList<std::pair<const char *, QString>>;
    void tell(const char *kind, const QString &text, qint64 at, const Details &details = {});

private:
    QFile m_file;
};

} // namespace sonar::sandbox
