// SPDX-License-Identifier: GPL-3.0-or-later
// What start-up is measured against: the least that a Qt program with a table can be.
#include <QApplication>
#include <QMainWindow>
#include <QTableWidget>

#include <cstdio>

namespace {

class Window : public QMainWindow
{
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        if (!m_painted) {
            m_painted = true;
            std::fputs("first paint\n", stderr);
        }
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
