// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/pages.h"

#include <QCryptographicHash>
#include <QFile>

// Outside any namespace: the resource belongs to a static library.
static void loadSandboxResource()
{
    Q_INIT_RESOURCE(sandbox);
}

namespace sonar::sandbox {

namespace {

QString resource(const QString &name)
{
    QFile file(QStringLiteral(":/sonar/sandbox/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

Pages::Pages()
{
    loadSandboxResource();
    m_style = resource(QStringLiteral("sandbox.css"));
    m_styleHash = QCryptographicHash::hash(m_style.toUtf8(), QCryptographicHash::Sha256).toBase64();
}

QString Pages::part(const QString &name, const Values &values) const
{
    const QString text = resource(name + QStringLiteral(".html"));
    QString filled;
    qsizetype from = 0;
    for (qsizetype open = text.indexOf(QLatin1String("{{")); open >= 0;
         open = text.indexOf(QLatin1String("{{"), from)) {
        const qsizetype close = text.indexOf(QLatin1String("}}"), open);
        const QString key = text.mid(open + 2, close - open - 2);
        const QString value = values.value(key);
        filled += QStringView(text).mid(from, open - from);
        filled += key.endsWith(QLatin1String("Html")) ? value : value.toHtmlEscaped();
        from = close + 2;
    }
    return filled + text.mid(from);
}

HttpResponse Pages::page(const QString &name, const Values &values, const QStringList &formTargets,
                         int status) const
{
    Values frame;
    frame.insert(QStringLiteral("styleHtml"), m_style);
    frame.insert(QStringLiteral("title"), values.value(QStringLiteral("title")));
    frame.insert(QStringLiteral("bodyHtml"), part(name, values));
    // A form's answer may be a redirect, which the browser holds to form-action as well.
    const QString policy =
        QStringLiteral("default-src 'none'; style-src 'sha256-%1'; form-action %2; "
                       "base-uri 'none'; frame-ancestors 'none'")
            .arg(QLatin1String(m_styleHash),
                 (QStringList{QStringLiteral("'self'")} + formTargets).join(QLatin1Char(' ')));
    HttpResponse reply;
    reply.status = status;
    reply.body = part(QStringLiteral("frame"), frame).toUtf8();
    reply.with("Content-Type", "text/html; charset=utf-8")
        .with("Content-Security-Policy", policy.toUtf8())
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "same-origin")
        .with("X-Content-Type-Options", "nosniff")
        .with("X-Frame-Options", "DENY");
    return reply;
}

HttpResponse Pages::message(int status, const QString &title, const QString &text) const
{
    return page(QStringLiteral("message"),
                {{QStringLiteral("title"), title}, {QStringLiteral("text"), text}}, {}, status);
}

} // namespace sonar::sandbox
