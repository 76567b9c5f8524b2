//! Frames: a message's bytes in pieces of at most 64 KiB, each with its length before it.
//!
//! The length is a big-endian `u32`; its highest bit says that the message goes on in the next
//! frame (a list of tabs may be longer than one). Not what is in a message.

use std::io;

use thiserror::Error;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// A frame's most bytes, without its length.
pub(super) const LONGEST: usize = 64 << 10;

const GOES_ON: u32 = 1 << 31;

/// Why a message could not be read.
#[derive(Debug, Error)]
pub enum FrameError {
    /// A frame or a message is longer than allowed.
    #[error("a message of more than {most} bytes")]
    TooLong {
        /// What is allowed.
        most: usize,
    },
    /// The other side is gone.
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
}

/// Reads one message of at most `most` bytes.
///
/// Memory is taken as bytes arrive, not as they are announced.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin), most: usize) -> Result<Vec<u8>, FrameError> {
    let mut message = Vec::new();
    loop {
        let head = stream.read_u32().await?;
        let length = usize::try_from(head & !GOES_ON).unwrap_or(usize::MAX);
        if length > LONGEST || length > most - message.len() {
            return Err(FrameError::TooLong { most: most.min(LONGEST) });
        }
        let announced = u64::try_from(length).unwrap_or(u64::MAX);
        if (&mut *stream).take(announced).read_to_end(&mut message).await? < length {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        if head & GOES_ON == 0 {
            return Ok(message);
        }
        if length == 0 {
            return Err(FrameError::TooLong { most });
        }
    }
}

/// Writes one message.
pub(super) async fn write(stream: &mut (impl AsyncWrite + Unpin), message: &[u8]) -> Result<(), FrameError> {
    let mut rest = message;
    loop {
        let (frame, after) = rest.split_at(rest.len().min(LONGEST));
        let length = u32::try_from(frame.len()).unwrap_or(u32::MAX);
        let head = if after.is_empty() { length } else { length | GOES_ON };
        stream.write_u32(head).await?;
        stream.write_all(frame).await?;
        if after.is_empty() {
            return Ok(stream.flush().await?);
        }
        rest = after;
    }
}
