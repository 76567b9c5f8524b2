//! The wire on Windows: a named pipe. Its default access rights let only this user,
//! administrators and the system write to it, and remote clients are refused.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions};

/// `ERROR_PIPE_BUSY`: all instances are taken just now.
const PIPE_BUSY: i32 = 231;

/// Where `side`'s connections come in.
pub(super) struct Listener {
    name: OsString,
    next: NamedPipeServer,
}

impl Listener {
    /// Fails where another process made a pipe of this name first.
    pub(super) fn bind(socket: &Path) -> io::Result<Self> {
        let name = socket.as_os_str().to_owned();
        let next = ServerOptions::new().first_pipe_instance(true).create(&name)?;
        Ok(Self { name, next })
    }

    pub(super) async fn accept(&mut self) -> io::Result<NamedPipeServer> {
        self.next.connect().await?;
        let next = ServerOptions::new().create(&self.name)?;
        Ok(std::mem::replace(&mut self.next, next))
    }
}

/// `None` where nobody listens.
pub(super) async fn connect(socket: &Path) -> io::Result<Option<NamedPipeClient>> {
    loop {
        match ClientOptions::new().open(socket.as_os_str()) {
            Ok(client) => return Ok(Some(client)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.raw_os_error() == Some(PIPE_BUSY) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// The pipe's access rights have decided that already.
pub(super) fn is_this_user<Stream>(_stream: &Stream) -> bool {
    true
}
