// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/config/sale.h"
#include "ui/style/questions.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QDialog;
class QWidget;

namespace sonar {

class SaleEditor;
class Workbench;

/// The dialogs by which sales come and go: opening a sale file, the question whether to replace,
/// editing, saving, removing.
class SaleDialogs : public QObject
{
    Q_OBJECT
public:
    /// `workbench` must outlive it; `window` is the parent of every dialog and of this.
    SaleDialogs(Workbench *workbench, QWidget *window);

    void choose();
    /// True when its sale is in view now.
    bool open(const QString &path);
    /// Adds the sale; asks first if there is another one of the same UUID, instead of what was
    /// asked about another file and isn't answered yet. True when it is in view now.
    bool offer(const Sale &sale);
    void edit(const Sale &sale);
    void saveAs(const Sale &sale);
    void remove(const Sale &sale);
    void removeUnread();

Q_SIGNALS:
    void added();
    void unreadRemoved();
    void saved(const QString &path); ///< a sale file
    void failed(const sonar::Error &error);

private:
    void chooseTarget(const Sale &sale);
    std::optional<Sale> rememberedSale(const QString &saleUuid) const;
    Question replaceQuestion(const Sale &known, const Sale &sale) const;
    void change(SaleEditor *editor, const Sale &before, const Sale &after);

    Workbench *m_workbench;
    QWidget *m_window;
    QPointer<QDialog> m_replacing; ///< the question that is open
    Sale m_offered;                ///< what it is about
};

} // namespace sonar
