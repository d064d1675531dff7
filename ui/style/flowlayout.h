// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace sonar {

/// A row of controls that goes on in the next line where the width is not enough.
class FlowLayout : public QLayout
{
    Q_OBJECT
public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    /// Takes what its line leaves over.
    void setExpanding(QWidget *widget) { m_expanding = widget; }

    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    int widthOf(const QLayoutItem &item) const;
    /// Where everything goes in `rect`, if `place`; the height that takes.
    int arrange(const QRect &rect, bool place) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
    QWidget *m_expanding = nullptr;
    int m_width = 0; ///< the last one; geometry() is empty while layouts are at work
};

} // namespace sonar
