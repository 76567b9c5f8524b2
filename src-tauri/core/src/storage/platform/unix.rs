//! Folders and files on Unix: modes, fsync of a folder, the control socket's path.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// `sun_path` has 104 bytes on macOS and 108 on Linux, the closing zero included.
const LONGEST_SOCKET_PATH: usize = 103;

/// Makes a folder that only this user can look into, parents included. One that is there already
/// keeps its mode: it may be the user's home.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// As [`create_private_folder`], but refuses a folder that others made or can look into.
pub(crate) fn insist_on_private_folder(folder: &Path) -> io::Result<()> {
    create_private_folder(folder)?;
    let found = fs::symlink_metadata(folder)?;
    let is_ours = found.is_dir() && found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o077 == 0;
    is_ours.then_some(()).ok_or_else(|| {
        io::Error::new(io::ErrorKind::PermissionDenied, "the folder is not this user's alone (mode 0700)")
    })
}

/// Options for a file that only this user can read.
pub(crate) fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

/// Gives a finished download the mode of an ordinary file: readable by others where the umask
/// says so, never executable.
pub(crate) fn make_ordinary(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o644 & !umask()))
}

/// Gives a finished folder the mode of an ordinary one.
pub(crate) fn make_ordinary_folder(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o755 & !umask()))
}

/// Makes the names in a folder last.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Sends some bytes of a file on their way to the disk, so that a sync at the end has little left to wait for. Linux
/// begins to write what it is told not to be needed, and keeps in memory what is not on the disk yet (`mm/fadvise.c`);
/// elsewhere there is no such word.
#[cfg_attr(not(target_os = "linux"), expect(unused_variables, reason = "only Linux can be told"))]
pub(crate) fn write_back(file: &File, from: u64, bytes: u64) {
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(file, from, std::num::NonZeroU64::new(bytes), rustix::fs::Advice::DontNeed);
}

/// Bytes that this user can still write where `path` is.
pub(crate) fn free_bytes(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|ancestor| ancestor.exists())?;
    let volume = rustix::fs::statvfs(there).ok()?;
    Some(volume.f_bavail.saturating_mul(volume.f_frsize))
}

/// Where the control socket lies: in the user's runtime folder, else with the state, else in the
/// system's temporary folder, because a socket's path must be short.
pub(crate) fn control_socket(runtime: Option<&Path>, state: &Path, word: &str) -> PathBuf {
    let in_runtime = runtime.map(|runtime| runtime.join(word).join("control.sock"));
    let in_state = state.join("run").join("control.sock");
    in_runtime
        .into_iter()
        .chain([in_state])
        .find(|socket| socket.as_os_str().len() <= LONGEST_SOCKET_PATH)
        .unwrap_or_else(|| {
            let user = rustix::process::geteuid().as_raw();
            shared_folder().join(format!("{word}-{user}")).join("control.sock")
        })
}

#[expect(clippy::disallowed_methods, reason = "`side` must find the folder too; that it is ours is insisted on")]
fn shared_folder() -> PathBuf {
    std::env::temp_dir()
}

/// The umask can only be asked for by setting it, which other threads would see; a file made with
/// mode 0666 in a folder of our own shows it without a side effect.
fn umask() -> u32 {
    let probe = tempfile::Builder::new().permissions(Permissions::from_mode(0o666)).tempfile();
    let shown = probe.and_then(|probe| probe.as_file().metadata());
    shown.map_or(0o077, |metadata| !metadata.mode() & 0o777)
}
