// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/precompiled.h"

#include <QAction>
#include <QBoxLayout>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QWidget>
