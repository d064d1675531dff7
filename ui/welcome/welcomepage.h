// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/config/sale.h"

#include <QList>
#include <QWidget>

class QFrame;
class QPushButton;
class QVBoxLayout;

namespace sonar {

class ErrorBanner;

/// What the window shows while no sale is open: what the program is for, and the ways on.
class WelcomePage : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomePage(QWidget *parent = nullptr);

    /// The remembered sales, offered again.
    void setSales(const QList<Sale> &sales);
    void setSandboxStarting(bool starting);
    /// A sale file hovers over the window.
    void setDropExpected(bool expected);
    /// What was wrong with the sale file (or the sandbox).
    void showError(const Error &error);
    void clearError();

Q_SIGNALS:
    void sandboxRequested();
    void addSaleRequested();
    void saleRequested(const QString &saleUuid);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFrame *card(const QString &title, const QString &text, QPushButton *button);

    ErrorBanner *m_error;
    QPushButton *m_sandbox;
    QPushButton *m_add;
    QWidget *m_salesBox;
    QVBoxLayout *m_salesLayout;
    bool m_dropExpected = false;
};

} // namespace sonar
