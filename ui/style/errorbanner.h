// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "ui/style/theme.h"

#include <QFrame>

namespace sonar {

/// An error above content that stays usable: summary, advice, "Copy details", "Try again", close.
/// Hidden until showError.
class ErrorBanner : public QFrame
{
    Q_OBJECT
public:
    explicit ErrorBanner(QWidget *parent = nullptr);

    /// Something that went well, with what can be done next: retryTriggered. The tone stays.
    void showMessage(const QString &text, const QString &action);
    void showError(const Error &error, const QString &retryText = {});
    void setTone(Tone tone); ///< Negative unless set
    void clear();

Q_SIGNALS:
    void retryTriggered();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    class Impl;
    Impl *m_impl;
};

} // namespace sonar
