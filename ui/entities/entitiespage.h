// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"
#include "ui/entities/entitiesstate.h"
#include "ui/entities/entitywords.h"
#include "ui/entities/permitrequestbox.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QComboBox;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace sonar {

class ColumnWidths;
class ElidedLabel;
class EntityDetailsPane;
class EntityFilterModel;
class EntityTableModel;
class ErrorBanner;
class SearchField;
class SideBySide;
class Spinner;
class StateView;
class TonedFrame;

/// The entities of the account in the sale in view, with the details of the selected ones.
class EntitiesPage : public QWidget
{
    Q_OBJECT
public:
    using PermitStatusSource =
        std::function<PermitStatusText(const Entity &, const QString &wallet)>;

    explicit EntitiesPage(QWidget *parent = nullptr);
    ~EntitiesPage() override;

    /// Shows the workspace and follows it; nullptr for none.
    void setWorkspace(Workspace *workspace);
    /// Shows these values; setWorkspace calls it whenever something has changed.
    void showState(const EntitiesState &state);

    /// The wallets offered beside typing one.
    void setWallets(const QList<Wallet> &wallets);
    /// Asked for the selected entity and wallet, also after each change of the workspace's permits.
    void setPermitStatusSource(PermitStatusSource source);
    void updatePermitStatus();

    QList<Entity> selectedEntities() const;
    void focusSearch();

    /// Columns, sorting and the splitter, for Preferences::layout.
    QByteArray saveLayout() const;
    bool restoreLayout(const QByteArray &layout); ///< false, and nothing changed, if it isn't one

Q_SIGNALS:
    void connectRequested();
    void refreshRequested(); ///< done already when the page has a workspace
    void readinessRequested(const QList<sonar::Entity> &entities, const QString &wallet);
    void permitRequested(const QList<sonar::Entity> &entities, const QString &wallet);

private:
    enum class Action { None, Connect, Refresh, SetUp };

    QWidget *buildSummary();
    QWidget *buildFilters();
    QWidget *buildList();
    void buildTable();
    void showFace(const EntitiesState &state);
    void showContent(const EntitiesState &state);
    void showSummary();
    void showMatches();
    void selectFirst();
    void selectionChanged();
    void perform(Action action);
    void openPage(SonarPage page);
    void pageNotOpened(const QUrl &url);

    QPointer<Workspace> m_workspace;
    EntitiesState m_state;
    PermitStatusSource m_statusSource;
    EntityTableModel *m_model;
    EntityFilterModel *m_filter;
    QStackedWidget *m_faces;
    StateView *m_face;
    ErrorBanner *m_error;
    TonedFrame *m_summary;
    ElidedLabel *m_summaryText;
    QPushButton *m_summaryLink;
    SonarPage m_summaryPage = SonarPage::None;
    SearchField *m_search;
    QComboBox *m_standing;
    Spinner *m_refreshing;
    QStackedWidget *m_list;
    QTableView *m_table;
    ColumnWidths *m_widths;
    StateView *m_noMatch;
    QWidget *m_content; ///< an error over list and details
    SideBySide *m_splitter;
    EntityDetailsPane *m_details;
    Action m_faceAction = Action::None;
    Action m_bannerAction = Action::None;
};

} // namespace sonar
