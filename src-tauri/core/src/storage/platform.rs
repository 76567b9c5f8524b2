//! What differs between the systems about folders and files, chosen once.
//!
//! Not the keychain's stores and not the mark on downloads: they have files of their own.

#[cfg(unix)]
#[path = "platform/unix.rs"]
mod chosen;
#[cfg(windows)]
#[path = "platform/windows.rs"]
mod chosen;

#[cfg(unix)]
pub(crate) use chosen::insist_on_private_folder;
pub(crate) use chosen::{
    control_socket, create_private_folder, free_bytes, make_ordinary, make_ordinary_folder, private_options,
    sync_folder, write_back,
};
