//! Wishes: what the user wants, and who does it.
//!
//! One line for each wish; what follows from it is in the file of its concern.

use super::App;
use super::event::{Target, Wish};
use super::lock::LockWish;
use super::settings::Switch;
use crate::domain::input::{Field, InputError, Problem};

impl App {
    /// Does what the user wants.
    pub(super) fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::OpenTab { profile, target, reply } => {
                let outcome = self.open_tab(&profile, &target);
                let about = self.state.profile(&profile).map(|profile| profile.name.to_string());
                self.answer(reply, about, outcome);
            }
            Wish::OpenNamed { name, target, reply } => {
                let outcome = match self.state.book.find(&name).map(|profile| profile.id.clone()) {
                    Some(profile) => self.open_tab(&profile, &target),
                    None => Err(InputError::new(Field::Name, Problem::Unknown).into()),
                };
                self.answer(reply, Some(name), outcome);
            }
            Wish::OpenRecent { profile, page } => {
                let seen = self.state.workspace.recent_pages();
                let known = seen.of(&profile).find(|recent| recent.below_console() == page);
                if let Some(page) = known.map(|recent| recent.url.to_string()) {
                    let target = Target { page: Some(page), ..Target::default() };
                    self.wish(Wish::OpenTab { profile, target, reply: None });
                }
            }
            Wish::ShowProfile(profile) => match self.state.workspace.last_of(&profile, None).cloned() {
                Some(tab) => self.show_tab(&tab),
                None => self.wish(Wish::OpenTab { profile, target: Target::default(), reply: None }),
            },
            Wish::ShowTab(tab, reply) => {
                let outcome = self.known(&tab).map(|()| self.show_tab(&tab));
                self.answer(reply, None, outcome);
            }
            Wish::ChooseTab(choice) => {
                if let Some(tab) = self.state.workspace.choose(choice).cloned() {
                    self.show_tab(&tab);
                }
            }
            Wish::CloseTab(tab, reply) => {
                let outcome = self.known(&tab).map(|()| self.close_tab(&tab));
                self.answer(reply, None, outcome);
            }
            Wish::ReopenTab => self.reopen_tab(),
            Wish::WithActive(wish) => {
                if let Some(tab) = self.state.workspace.active().map(|tab| tab.id.clone()) {
                    self.with_tab(&tab, wish);
                }
            }
            Wish::With(tab, wish) => self.with_tab(&tab, wish),
            Wish::OpenLink { text, target, comes_from_outside, reply } => {
                self.open_link(&text, &target, comes_from_outside, reply);
            }
            Wish::Panes(wish) => self.panes(wish),
            Wish::Drawer(wish) => self.drawer(wish),
            Wish::ConfirmOpen { tab, name, reply } => self.confirm_open(&tab, name.as_deref(), reply),
            Wish::ShareScreen(on) => self.share_screen(on),
            Wish::SetRules(rules, reply) => self.set_rules(rules, reply),
            Wish::Act(action) => self.act(action),
            Wish::ActIn(tab, action) => self.act_in(&tab, action),
            Wish::Bind(action, chords, reply) => {
                let bound = self.state.settings.bindings.bind(action, chords);
                self.index_again();
                self.answer(reply, None, bound.map_err(Into::into));
            }
            Wish::SaveProfile { profile, draft, secret, reply } => self.save_profile(profile, *draft, secret, reply),
            Wish::DuplicateProfile { profile, copy } => self.duplicate_profile(&profile, copy),
            Wish::RemoveProfile { profile, at_once, reply } => self.remove_profile(&profile, at_once, reply),
            Wish::UndoRemove(profile) => self.undo_remove(profile),
            Wish::MoveProfile { profile, group, before } => self.move_profile(profile, group, before),
            Wish::TestProfile(profile) => self.test_profile(profile),
            Wish::Renew(profile) => self.renew_profile(&profile),
            Wish::SignOut(profile, reply) => self.sign_out(profile.as_ref(), reply),
            Wish::ForgetBrowserData(profile) => self.forget_browser_data(&profile),
            Wish::Switch(switch, on) => self.switch(switch, on),
            Wish::Bookmark(id, wish, reply) => self.with_bookmark(&id, wish, reply),
            Wish::Lock => self.wish_lock(LockWish::Now),
            Wish::Covered => self.covered = None,
            Wish::Unlock => self.unlock(),
            Wish::SetLockAfter(after) => {
                self.state.settings.lock_after = after;
                self.check_lock();
            }
            Wish::GiveCode { device, code, reply } => self.give_code(&device, &code, reply),
            Wish::CancelCode(device) => self.cancel_code(&device),
            Wish::KeepSeed { device, seed, reply } => self.keep_seed(device, seed, reply),
            Wish::ForgetSeed(device, reply) => self.forget_seed(device, reply),
            Wish::ListPortal { portal, by, reply } => self.list_portal(portal, by, reply),
            Wish::CancelPortal => self.cancel_portal(),
            Wish::CopyPortalLink => self.copy_portal_link(),
            Wish::AddAssigned(choices, reply) => self.add_assigned(&choices, reply),
            Wish::FindImports => self.find_imports(),
            Wish::Import(choices, reply) => self.import(choices, reply),
            Wish::ImportFile { file, given, reply } => self.import_file(file, given, reply),
            Wish::SavePartition(draft, reply) => self.save_partition(*draft, reply),
            Wish::RemovePartition(name, reply) => self.remove_partition(name, reply),
            Wish::ReadBook(reply) => self.read_book(reply),
            Wish::Download(id, wish) => self.with_download(id, wish),
            Wish::SetDownloadPlaces { by_profile, asks, keep_time, limit } => {
                let places = &mut self.state.settings.downloads;
                (places.by_profile, places.asks, places.keep_time, places.limit) = (by_profile, asks, keep_time, limit);
                self.world.transfers.limit(limit);
            }
            Wish::ChooseDownloadFolder(profile) => self.window.ask_folder(&profile, &self.folder_of(&profile)),
            Wish::ForgetDownloadFolder(profile) => {
                self.state.settings.downloads.folders.remove(&profile);
            }
            Wish::Copy { profile, wanted, reply } => {
                let about = Some(wanted.at.to_string());
                let outcome = self.copy(&profile, *wanted);
                self.answer(reply, about, outcome);
            }
            Wish::ClearDownloads => self.clear_downloads(),
            Wish::DismissNotice(id) => self.state.notices.retain(|notice| notice.id != id),
            Wish::Show(surface) => self.state.surface = surface,
            Wish::SetSidebarWidth(width) => self.state.settings.sidebar_width = width.clamp(200.0, 480.0),
            Wish::SetTheme(theme) => self.state.settings.theme = theme,
            Wish::SetLanguage(language) => self.state.settings.language = language,
            Wish::NoteWindow(frame) => self.state.settings.window = Some(frame),
            Wish::SleepOthers => self.sleep_others(),
            Wish::SetSleepAfter(after) => self.state.settings.sleep_after = after,
            Wish::SetTray(tray) => self.state.settings.tray = tray,
            Wish::SaveLayout(name) => self.state.workspace.save_layout(name),
            Wish::OpenLayout(name) => self.open_layout(&name),
            Wish::RemoveLayout(name) => self.state.workspace.remove_layout(&name),
            Wish::Present => self.present(),
        }
    }

    fn switch(&mut self, switch: Switch, on: bool) {
        self.state.settings.switch(switch, on);
        match switch {
            Switch::LockOnSleep => self.check_lock(),
            Switch::TakesLinks => self.window.take_links(on),
            Switch::AutoRenew | Switch::Banner => {}
        }
    }
}
