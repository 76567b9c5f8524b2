//! A disk that fills up, and has room again. Only root may mount one; elsewhere this says so and is passed over.

use std::path::Path;
use std::process::Command;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{Order, Transfers};
use sidelight_tests::fault_server::sha256;
use sidelight_tests::{HarnessError, Outcome};

use crate::around::{Around, End, hash_of};

const SIZE: u64 = 3_000_000;
const FILE: &str = "size=3000000&seed=7";

/// A disk of 2 MB, until it is dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Outcome<Option<Self>> {
        let folder = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(folder.path());
        let output = mount.output().map_err(HarnessError::io("mount a small disk"))?;
        if output.status.success() {
            return Ok(Some(Self(folder)));
        }
        eprintln!("passed over: {}", String::from_utf8_lossy(&output.stderr));
        Ok(None)
    }

    fn grow(&self) -> Outcome {
        let mut mount = Command::new("mount");
        mount.args(["-o", "remount,size=8m"]).arg(self.0.path());
        let status = mount.status().map_err(HarnessError::io("grow the small disk"))?;
        status.success().then_some(()).ok_or_else(|| HarnessError::missing("a disk that grows"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // One that is busy goes when nobody uses it any more.
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_keeps_what_has_arrived_and_room_lets_it_go_on() -> Outcome {
    let Some(disk) = SmallDisk::mount()? else { return Ok(()) };
    let around = Around::at(disk.path().to_owned())?;
    // A length that is not said is not looked for before.
    let mut carried = around.carry(around.order("size=3000000&seed=7&chunked=1"));
    let end = carried.end(&around.folder).await?;
    let End::Stopped(Some(Error { cause: Cause::Disk { free_bytes: Some(_), .. }, .. }), Some(kept)) = end else {
        return Err(HarnessError::missing(format!("a full disk; it ended as {end:?}")));
    };
    assert!(kept > 1_000_000 && around.seen()?.is_empty(), "{kept}");
    assert!(!around.engine.has_room(&around.folder, SIZE - kept));
    disk.grow()?;
    assert!(around.engine.has_room(&around.folder, SIZE - kept));
    let order = Order { announced: carried.announced, partial: carried.partial, ..around.order(FILE) };
    let End::Whole(path) = around.carry(order).end(&around.folder).await? else {
        return Err(HarnessError::missing("a whole file"));
    };
    assert_eq!(hash_of(&path)?, sha256(SIZE, 7));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_the_disk_has_left_is_not_begun() -> Outcome {
    let Some(disk) = SmallDisk::mount()? else { return Ok(()) };
    let around = Around::at(disk.path().to_owned())?;
    let mut order = around.order(FILE);
    order.announced.length = Some(SIZE);
    let end = around.carry(order).end(&around.folder).await?;
    assert!(matches!(&end, End::Stopped(Some(Error { cause: Cause::Disk { .. }, .. }), None)), "{end:?}");
    assert!(around.all()?.is_empty() && around.server.requests("").is_empty());
    Ok(())
}
