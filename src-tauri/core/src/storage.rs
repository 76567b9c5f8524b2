//! What lies on this machine: the book, the settings, secrets in the keychain, browser data, downloads.
//!
//! The only part that touches disk and keychain. Not AWS (`aws`) nor what the values mean
//! (`domain`); file formats are structs of its modules. Grows by a file for each thing kept.

pub mod access_key_csv;
pub mod app_file;
pub mod aws_config;
pub mod browser_stores;
pub mod chosen_file;
pub mod download_folder;
pub mod downloads_list;
#[cfg(target_os = "linux")]
pub mod egl_vendors;
pub mod files;
pub mod home;
pub mod import_file;
pub mod keychain;
#[cfg(target_os = "linux")]
pub mod link_handler;
pub mod lock;
pub mod other_programs;
pub(crate) mod platform;
pub mod profile_book;
pub mod sandbox_probe;
pub mod settings;
pub mod turns;
pub mod upload;
pub mod workspace_file;
