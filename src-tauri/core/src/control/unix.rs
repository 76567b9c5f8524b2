//! The wire on Unix: a socket in a folder that only this user can enter.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use crate::storage::platform;

/// Where `side`'s connections come in.
pub(super) struct Listener {
    listener: UnixListener,
    socket: PathBuf,
}

impl Listener {
    /// Takes the place of whatever lies there.
    pub(super) fn bind(socket: &Path) -> io::Result<Self> {
        if let Some(folder) = socket.parent() {
            platform::insist_on_private_folder(folder)?;
        }
        match fs::remove_file(socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(Self { listener: UnixListener::bind(socket)?, socket: socket.to_owned() })
    }

    pub(super) async fn accept(&mut self) -> io::Result<UnixStream> {
        Ok(self.listener.accept().await?.0)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // One that stays is replaced by the next app, and refuses connections until then.
        let _ = fs::remove_file(&self.socket);
    }
}

/// `None` where nobody listens.
pub(super) async fn connect(socket: &Path) -> io::Result<Option<UnixStream>> {
    match UnixStream::connect(socket).await {
        Ok(stream) => Ok(Some(stream)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the other side is a process of this user.
pub(super) fn is_this_user(stream: &UnixStream) -> bool {
    stream.peer_cred().is_ok_and(|peer| peer.uid() == rustix::process::geteuid().as_raw())
}
