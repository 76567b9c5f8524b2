//! Actions: everything the app can be asked for by a key or by name, with its words and its keys.
//!
//! Not what follows (`app::actions`). The switcher, the cheat sheet and the keys all read this one
//! table: a new action is a line in it.

use super::workspace::panes::Edge;

/// What the app can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below has the words")]
pub enum Action {
    Switcher,
    FilterProfiles,
    NewProfile,
    OpenPageIn,
    OtherRights,
    NewTab,
    CloseTab,
    ReopenTab,
    NextTab,
    PreviousTab,
    /// 1 to 8.
    Tab(u8),
    LastTab,
    SleepOthers,
    OwnWindow,
    SplitRight,
    SplitDown,
    ClosePane,
    MaximisePane,
    FocusPane(Edge),
    LinkPanes,
    Layouts,
    Back,
    Forward,
    Reload,
    FindInPage,
    FindNext,
    FindPrevious,
    CopyLink,
    CopyAddress,
    Bookmark,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    SwitchFocus,
    ScreenShare,
    Lock,
    Downloads,
    S3Download,
    S3Upload,
    S3UploadFolder,
    Settings,
    Bookmarks,
    Rules,
    Shortcuts,
}

/// Where an action stands in the cheat sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say all")]
pub enum Section {
    Profiles,
    Tabs,
    Panes,
    Page,
    Window,
}

/// What is known of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Which.
    pub action: Action,
    /// Its name in files, and for scripts; never changes.
    pub id: &'static str,
    /// Where it stands in the cheat sheet.
    pub section: Section,
    /// In English.
    pub en: &'static str,
    /// In Japanese.
    pub ja: &'static str,
    /// Its keys, unless the user has bound others.
    pub keys: &'static [&'static str],
}

impl Action {
    /// All, in the order of the cheat sheet.
    #[must_use]
    pub fn all() -> &'static [Fact] {
        FACTS
    }

    /// What is known of it. A test sees to it that each action has its line.
    #[must_use]
    pub fn fact(self) -> &'static Fact {
        FACTS.iter().find(|fact| fact.action == self).unwrap_or(&FACTS[0])
    }

    /// Whether what follows is typed into the UI: the keyboard goes there at once, so that no letter
    /// reaches the page.
    #[must_use]
    pub fn leads_into_the_ui(self) -> bool {
        matches!(
            self,
            Self::Switcher
                | Self::FilterProfiles
                | Self::FindInPage
                | Self::Layouts
                | Self::NewProfile
                | Self::Downloads
                | Self::Settings
                | Self::Bookmarks
                | Self::Rules
                | Self::Shortcuts
        )
    }

    /// By its id.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        FACTS.iter().find(|fact| fact.id == id).map(|fact| fact.action)
    }
}

const fn fact(
    action: Action,
    section: Section,
    id: &'static str,
    en: &'static str,
    ja: &'static str,
    keys: &'static [&'static str],
) -> Fact {
    Fact { action, id, section, en, ja, keys }
}

#[rustfmt::skip]
static FACTS: &[Fact] = {
    use Action::*;
    use Section::*;
    &[
        fact(Switcher, Profiles, "switcher", "Go to anything", "何でも検索して開く", &["Ctrl+K"]),
        fact(FilterProfiles, Profiles, "filter-profiles", "Filter profiles", "プロファイルを絞り込む", &["Ctrl+Shift+K"]),
        fact(NewProfile, Profiles, "new-profile", "New profile", "新しいプロファイル", &["Ctrl+N"]),
        fact(OpenPageIn, Profiles, "open-page-in", "Open this page in another profile", "このページを別のプロファイルで開く", &["Ctrl+Shift+O"]),
        fact(OtherRights, Profiles, "other-rights", "Open this page read-only, or with full rights", "このページを読み取り専用／全権限で開く", &["Ctrl+Shift+R"]),
        fact(NewTab, Tabs, "new-tab", "Another tab of this profile", "このプロファイルの新しいタブ", &["Ctrl+T"]),
        fact(CloseTab, Tabs, "close-tab", "Close the tab", "タブを閉じる", &["Ctrl+W"]),
        fact(ReopenTab, Tabs, "reopen-tab", "Reopen the closed tab", "閉じたタブを開き直す", &["Ctrl+Shift+T"]),
        fact(NextTab, Tabs, "next-tab", "Next tab", "次のタブ", &["Ctrl+Tab", "Ctrl+PageDown"]),
        fact(PreviousTab, Tabs, "previous-tab", "Previous tab", "前のタブ", &["Ctrl+Shift+Tab", "Ctrl+PageUp"]),
        fact(Tab(1), Tabs, "tab-1", "Tab 1", "タブ 1", &["Ctrl+1"]),
        fact(Tab(2), Tabs, "tab-2", "Tab 2", "タブ 2", &["Ctrl+2"]),
        fact(Tab(3), Tabs, "tab-3", "Tab 3", "タブ 3", &["Ctrl+3"]),
        fact(Tab(4), Tabs, "tab-4", "Tab 4", "タブ 4", &["Ctrl+4"]),
        fact(Tab(5), Tabs, "tab-5", "Tab 5", "タブ 5", &["Ctrl+5"]),
        fact(Tab(6), Tabs, "tab-6", "Tab 6", "タブ 6", &["Ctrl+6"]),
        fact(Tab(7), Tabs, "tab-7", "Tab 7", "タブ 7", &["Ctrl+7"]),
        fact(Tab(8), Tabs, "tab-8", "Tab 8", "タブ 8", &["Ctrl+8"]),
        fact(LastTab, Tabs, "last-tab", "Last tab", "最後のタブ", &["Ctrl+9"]),
        fact(SleepOthers, Tabs, "sleep-others", "Put the other tabs to sleep", "ほかのタブをスリープ", &[]),
        fact(OwnWindow, Tabs, "own-window", "A window of its own for the tab, or back", "タブを独立したウィンドウへ／元に戻す", &["Ctrl+Shift+N"]),
        fact(SplitRight, Panes, "split-right", "Split right", "右に分割", &["Ctrl+\\"]),
        fact(SplitDown, Panes, "split-down", "Split down", "下に分割", &["Ctrl+Shift+\\"]),
        fact(ClosePane, Panes, "close-pane", "Close the pane", "ペインを閉じる", &["Ctrl+Shift+W"]),
        fact(MaximisePane, Panes, "maximise-pane", "Maximise the pane for a moment", "ペインを一時的に最大化", &["Ctrl+Shift+M"]),
        fact(FocusPane(Edge::Left), Panes, "focus-pane-left", "Pane on the left", "左のペイン", &["Alt+Shift+Left"]),
        fact(FocusPane(Edge::Right), Panes, "focus-pane-right", "Pane on the right", "右のペイン", &["Alt+Shift+Right"]),
        fact(FocusPane(Edge::Top), Panes, "focus-pane-up", "Pane above", "上のペイン", &["Alt+Shift+Up"]),
        fact(FocusPane(Edge::Bottom), Panes, "focus-pane-down", "Pane below", "下のペイン", &["Alt+Shift+Down"]),
        fact(LinkPanes, Panes, "link-panes", "Link the panes, or let them go", "ペインをリンク／解除", &["Ctrl+Shift+L"]),
        fact(Layouts, Panes, "layouts", "Saved layouts", "保存したレイアウト", &["Ctrl+Shift+S"]),
        fact(Back, Page, "back", "Back", "戻る", &["Alt+Left"]),
        fact(Forward, Page, "forward", "Forward", "進む", &["Alt+Right"]),
        fact(Reload, Page, "reload", "Reload", "再読み込み", &["Ctrl+R", "F5"]),
        fact(FindInPage, Page, "find-in-page", "Find in page", "ページ内を検索", &["F3"]),
        fact(FindNext, Page, "find-next", "Find next", "次を検索", &["Ctrl+G"]),
        fact(FindPrevious, Page, "find-previous", "Find previous", "前を検索", &["Ctrl+Shift+G"]),
        fact(CopyLink, Page, "copy-link", "Copy a link without tokens", "トークンなしのリンクをコピー", &["Ctrl+Shift+C"]),
        fact(CopyAddress, Page, "copy-address", "Copy the page's address alone", "ページのアドレスだけをコピー", &[]),
        fact(Bookmark, Page, "bookmark", "Bookmark this page, or forget it", "ブックマークに追加／解除", &["Ctrl+D"]),
        fact(S3Download, Page, "s3-download", "Download what this S3 page shows", "この S3 ページの内容をダウンロード", &[]),
        fact(S3Upload, Page, "s3-upload", "Upload files to this S3 page", "この S3 ページにファイルをアップロード", &[]),
        fact(S3UploadFolder, Page, "s3-upload-folder", "Upload a folder to this S3 page", "この S3 ページにフォルダーをアップロード", &[]),
        fact(ZoomIn, Page, "zoom-in", "Zoom in", "拡大", &["Ctrl++"]),
        fact(ZoomOut, Page, "zoom-out", "Zoom out", "縮小", &["Ctrl+-"]),
        fact(ZoomReset, Page, "zoom-reset", "Zoom to 100 %", "100 % に戻す", &["Ctrl+0"]),
        fact(SwitchFocus, Window, "switch-focus", "Between page and window", "ページとウィンドウの切り替え", &["F6"]),
        fact(ScreenShare, Window, "screen-share", "Hide other clients' names, or show them", "他の顧客の名前を隠す／表示", &["Ctrl+Shift+H"]),
        fact(Lock, Window, "lock", "Lock Sidelight", "Sidelight をロック", &[]),
        fact(Downloads, Window, "downloads", "Downloads", "ダウンロード", &["Ctrl+J"]),
        fact(Settings, Window, "settings", "Settings", "設定", &["Ctrl+,"]),
        fact(Bookmarks, Window, "bookmarks", "Bookmarks: rename, change, remove", "ブックマークの管理", &[]),
        fact(Rules, Window, "rules", "Rules for marks", "マークのルール", &[]),
        fact(Shortcuts, Window, "shortcuts", "All shortcuts", "ショートカット一覧", &["F1"]),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_line_with_words_in_both_languages() {
        for fact in Action::all() {
            assert_eq!(fact.action.fact().id, fact.id);
            assert_eq!(Action::by_id(fact.id), Some(fact.action));
            assert!(!fact.en.is_empty() && !fact.ja.is_ascii() || fact.ja.starts_with("タブ"), "{}", fact.id);
        }
        assert_eq!(Action::by_id("nothing"), None);
    }
}
