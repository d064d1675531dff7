// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QGridLayout;

namespace sonar {

/// One row of a FactList.
struct Fact
{
    QString name;
    QString value;
    QString toolTip; ///< plain text
    bool isAddress = false;
    QString help = {}; ///< what it means, behind a mark beside the name; plain text, may be empty

    bool operator==(const Fact &) const = default;
};

Fact addressFact(const QString &name, const QString &address);

/// Rows of "name   value" as in a details pane. Values are selectable plain text; an address row is
/// monospaced, shortened in the middle, whole on hover, with a button that copies it.
class FactList : public QWidget
{
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);

    /// Rows that stay keep their widgets, and with them focus and selected text.
    void setFacts(const QList<Fact> &facts);

    void clear();
    void addFact(const QString &name, const QString &value, const QString &toolTip = {});
    void addAddress(const QString &name, const QString &address);

private:
    void insert(int row, const Fact &fact);
    void remove(int row);
    void change(int row, const Fact &fact);

    void place(); ///< what the rows have, into the layout

    /// A row's widgets; the field is a label, or holds one and a button.
    struct Row
    {
        QWidget *name;
        QWidget *field;
    };
    QGridLayout *m_layout;
    QList<Fact> m_facts; ///< as the rows show them
    QList<Row> m_rows;
};

} // namespace sonar
