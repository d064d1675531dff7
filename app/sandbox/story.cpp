// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/story.h"

#include "app/sandbox/jsonwriter.h"

namespace sonar::sandbox {

Story::Story(const QString &path)
    : m_file(path)
{}

bool Story::open()
{
    if (m_file.fileName().isEmpty())
        return true;
    return m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered) &&
           m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void Story::tell(const char *kind, const QString &text, qint64 at, const Details &details)
{
    if (!m_file.isOpen())
        return;
    JsonObject line;
    line.number("at", quint64(at)).text("kind", QLatin1String(kind)).text("text", text);
    for (const auto &[name, value] : details)
        line.text(name, value);
    m_file.write(line.done() + '\n');
}

} // namespace sonar::sandbox
