//! Writes what arrives to disk beside the network, so that neither waits for the other.

use bytes::Bytes;
use tokio::sync::mpsc::{self, Sender};
use tokio::task::JoinHandle;

use crate::app::error::{Cause, Error};
use crate::storage::download_folder::Partial;

/// Pieces that may wait for the disk: a few hundred KB each.
const WAITING: usize = 16;

enum Line {
    Piece(Bytes),
    Clear,
}

type Work = JoinHandle<Result<(), Error>>;

/// A file that is being written.
pub struct Pen {
    /// Gone once the writer has told its error.
    work: Option<(Sender<Line>, Work)>,
    length: u64,
}

impl Pen {
    /// From the file's end on.
    pub fn new(mut file: Partial) -> Self {
        let length = file.length();
        let (lines, mut received) = mpsc::channel(WAITING);
        let work = tokio::task::spawn_blocking(move || {
            while let Some(line) = received.blocking_recv() {
                match line {
                    Line::Piece(piece) => file.write(&piece)?,
                    Line::Clear => file.clear()?,
                }
            }
            Ok(())
        });
        Self { work: Some((lines, work)), length }
    }

    /// Bytes that are written, or about to be.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// More of it.
    ///
    /// # Errors
    /// `Disk`, maybe of an earlier piece.
    pub async fn write(&mut self, piece: Bytes) -> Result<(), Error> {
        let length = piece.len() as u64;
        self.send(Line::Piece(piece)).await?;
        self.length += length;
        Ok(())
    }

    /// From its beginning again.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn clear(&mut self) -> Result<(), Error> {
        if self.length > 0 {
            self.send(Line::Clear).await?;
            self.length = 0;
        }
        Ok(())
    }

    /// Waits until all is written.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn put_down(mut self) -> Result<(), Error> {
        match self.work.take() {
            Some((lines, work)) => {
                drop(lines);
                work.await.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))
            }
            None => Ok(()),
        }
    }

    async fn send(&mut self, line: Line) -> Result<(), Error> {
        let sent = match &self.work {
            Some((lines, _)) => lines.send(line).await.is_ok(),
            None => false,
        };
        if sent {
            return Ok(());
        }
        // The writer is gone only for an error, which it takes along.
        match self.work.take() {
            Some((_, work)) => work.await.unwrap_or(Ok(())).and(Err(Cause::Bug.into())),
            None => Err(Cause::Bug.into()),
        }
    }
}
