// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QWidget>

namespace sonar {

/// What a page shows in place of its content: loading, empty, or an error, each with words and at
/// most two actions. All texts are plain.
class StateView : public QWidget
{
    Q_OBJECT
public:
    explicit StateView(QWidget *parent = nullptr);

    void showLoading(const QString &title, const QString &text = {});
    /// Empty action texts hide the buttons.
    void showMessage(const QString &title, const QString &text, const QString &primaryAction = {},
                     const QString &secondaryAction = {});
    /// With "Copy details" when there are any; `retryText` empty hides the retry button.
    void showError(const Error &error, const QString &retryText);

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    void primaryTriggered(); ///< also retry
    void secondaryTriggered();

private:
    class Impl;
    Impl *m_impl;
};

} // namespace sonar
