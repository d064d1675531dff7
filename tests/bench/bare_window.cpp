// SPDX-License-Identifier: GPL-3.0-or-later
// What start-up is measured against: the least that a Qt program with a table can be.
#include <QApplication>
#include <QMainWindow>
#include <QTableWidget>
#include <QTimer>

#include <cstdio>

namespace {

/// Tells of its first paint when the program does: when what was painted has reached the screen.
class Window : public QMainWindow
{
protected:
    bool event(QEvent *event) override
    {
        const bool done = QMainWindow::event(event);
        if (event->type() == QEvent::Paint && !m_painted) {
            m_painted = true;
            QTimer::singleShot(0, this, [] { std::fputs("first paint\n", stderr); });
        }
        return done;
    }

private:
    bool m_painted = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Window window;
    window.setCentralWidget(new QTableWidget(20, 6));
    window.resize(1280, 800);
    window.show();
    return application.exec();
}
