//! The desktop's own dialogs that ask where downloads go, and what goes to S3 (through the portal, in a sandbox).

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gtk::prelude::*;
use gtk::{FileChooserAction, FileChooserNative, ResponseType, Window};
use sidelight_core::app::event::{DownloadEvent, Event};
use sidelight_core::app::window::{Chosen, UploadTo};
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::profile::ProfileId;

use crate::console::Surroundings;

/// Asks where a download goes, beginning with this place; an event answers.
pub fn ask_where(over: Option<&Window>, id: DownloadId, place: &Path, around: &Surroundings) {
    let dialog = dialog(over, FileChooserAction::Save, place.parent());
    if let Some(name) = place.file_name() {
        dialog.set_current_name(&name.to_string_lossy());
    }
    let around = around.clone();
    show(dialog, move |place| around.download(DownloadEvent::Placed { id, place }));
}

/// Asks for the folder of a profile's downloads; an event answers, where one is chosen.
pub fn ask_folder(over: Option<&Window>, profile: ProfileId, folder: &Path, around: &Surroundings) {
    let around = around.clone();
    show(dialog(over, FileChooserAction::SelectFolder, Some(folder)), move |folder| {
        if let Some(folder) = folder {
            let _ = around.events.send(Event::FolderChosen(profile.clone(), folder));
        }
    });
}

/// Asks what goes to S3; an event answers, where something is chosen.
pub fn ask_upload(over: Option<&Window>, to: UploadTo, chosen: Chosen, around: &Surroundings) {
    let action = match chosen {
        Chosen::Files => FileChooserAction::Open,
        Chosen::Folder => FileChooserAction::SelectFolder,
    };
    let (dialog, events) = (dialog(over, action, None), around.events.clone());
    dialog.set_select_multiple(chosen == Chosen::Files);
    show_all(dialog, move |paths| {
        if !paths.is_empty() {
            let _ = events.send(Event::UploadChosen(to.clone(), chosen, paths));
        }
    });
}

fn dialog(over: Option<&Window>, action: FileChooserAction, folder: Option<&Path>) -> FileChooserNative {
    let dialog = FileChooserNative::new(None, over, action, None, None);
    dialog.set_modal(true);
    if let Some(folder) = folder {
        dialog.set_current_folder(folder);
    }
    dialog
}

fn show(dialog: FileChooserNative, answer: impl Fn(Option<PathBuf>) + 'static) {
    show_all(dialog, move |paths| answer(paths.into_iter().next()));
}

fn show_all(dialog: FileChooserNative, answer: impl Fn(Vec<PathBuf>) + 'static) {
    // GTK does not keep its dialogs: this one lives until it has answered.
    let kept = Rc::new(RefCell::new(None));
    let keeper = kept.clone();
    dialog.connect_response(move |dialog, response| {
        answer(if response == ResponseType::Accept { dialog.filenames() } else { Vec::new() });
        keeper.borrow_mut().take();
    });
    dialog.show();
    kept.replace(Some(dialog));
}
