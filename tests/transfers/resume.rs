//! Going on from what has arrived: only within one version of a file, and whatever an app left of it.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::Order;
use sidelight_core::domain::download::{Announced, Version};
use sidelight_tests::fault_server::{content, content_from, sha256};
use sidelight_tests::{HarnessError, Outcome};

use crate::around::{Around, End, hash_of};

const SIZE: u64 = 300_001;
const SEED: u64 = 7;
const FILE: &str = "size=300001&seed=7";

fn beginning(seed: u64, length: usize) -> Vec<u8> {
    content(SIZE, seed).flatten().take(length).collect()
}

/// The hidden file of a download that an app has left, ending so.
fn left(around: &Around, end: &str, bytes: &[u8]) -> Outcome<PathBuf> {
    let partial = around.folder.join(".file.bin.0123abcd.sidelight-part");
    let written = PathBuf::from(format!("{}{end}", partial.display()));
    std::fs::write(written, bytes).map_err(HarnessError::io("write what an app left"))?;
    Ok(partial)
}

async fn whole(around: &Around, order: Order, hash: &str) -> Outcome {
    match around.carry(order).end(&around.folder).await? {
        End::Whole(path) => assert_eq!(hash_of(&path)?, hash),
        other => return Err(HarnessError::missing(format!("a whole file; it ended as {other:?}"))),
    }
    assert_eq!(around.all()?.len(), 1, "nothing is left beside it");
    Ok(())
}

async fn cause(around: &Around, order: Order) -> Outcome<Cause> {
    match around.carry(order).end(&around.folder).await? {
        End::Stopped(Some(Error { cause, .. }), _) => Ok(cause),
        other => Err(HarnessError::missing(format!("an error; it ended as {other:?}"))),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_app_leaves_what_another_one_goes_on_from_wherever_it_lies() -> Outcome {
    for end in ["", ".wkdownload", ".held"] {
        let around = Around::new()?;
        let known = around.announced(FILE).await?;
        let partial = left(&around, end, &beginning(SEED, 100_000))?;
        let order = Order { announced: known, partial: Some(partial), ..around.order("size=300001&seed=7&key=rest") };
        whole(&around, order, &sha256(SIZE, SEED)).await?;
        let seen = around.server.requests("rest");
        assert_eq!(seen[0].range.as_deref(), Some("bytes=100000-"), "{end}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_of_a_file_never_come_together() -> Outcome {
    let around = Around::new()?;
    let known = around.announced("size=300001&seed=8").await?;
    for version in [known.version.clone(), Some(Version::ETag("\"another\"".to_owned()))] {
        let announced = Announced { version, ..known.clone() };
        let partial = left(&around, "", &beginning(8, 100_000))?;
        let order = Order { announced, partial: Some(partial), ..around.order(FILE) };
        whole(&around, order, &sha256(SIZE, SEED)).await?;
        std::fs::remove_file(around.folder.join("file.bin")).map_err(HarnessError::io("remove a file"))?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_sends_another_part_than_was_asked_for_is_not_believed() -> Outcome {
    let around = Around::new()?;
    let known = around.announced(FILE).await?;
    let partial = left(&around, "", &beginning(SEED, 100_000))?;
    let order = Order {
        announced: known,
        partial: Some(partial),
        ..around.order("size=300001&seed=7&key=wrong&fault=wrong-range")
    };
    whole(&around, order, &sha256(SIZE, SEED)).await?;
    let ranges: Vec<Option<String>> = around.server.requests("wrong").into_iter().map(|seen| seen.range).collect();
    assert_eq!(ranges, [Some("bytes=100000-".to_owned()), None], "then the whole of it is asked for");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_all_there_is_whole_and_what_is_more_than_all_is_begun_anew() -> Outcome {
    for more in [0, 1] {
        let around = Around::new()?;
        let known = around.announced(FILE).await?;
        let mut bytes = beginning(SEED, usize::try_from(SIZE).unwrap_or_default());
        bytes.extend(std::iter::repeat_n(b'x', more));
        let partial = left(&around, "", &bytes)?;
        let order = Order { announced: known, partial: Some(partial), ..around.order("size=300001&seed=7&key=all") };
        whole(&around, order, &sha256(SIZE, SEED)).await?;
        assert_eq!(around.server.requests("all").len(), 1 + more);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_file_that_is_gone_or_never_was_ours_is_left_alone_and_the_download_begun_anew() -> Outcome {
    let around = Around::new()?;
    let known = around.announced(FILE).await?;
    let mine = around.folder.join("mine.txt");
    std::fs::write(&mine, "mine").map_err(HarnessError::io("write a file"))?;
    for partial in [around.folder.join(".gone.sidelight-part"), mine.clone(), "/etc/hostname".into()] {
        let order = Order { announced: known.clone(), partial: Some(partial), ..around.order(FILE) };
        match around.carry(order).end(&around.folder).await? {
            End::Whole(path) => std::fs::remove_file(path).map_err(HarnessError::io("remove a file"))?,
            other => return Err(HarnessError::missing(format!("a whole file; it ended as {other:?}"))),
        }
    }
    assert_eq!(std::fs::read(&mine).map_err(HarnessError::io("read"))?, b"mine");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn content_that_is_not_what_s3_announced_gets_no_name() -> Outcome {
    let around = Around::new()?;
    let found = cause(&around, around.order("size=300001&seed=7&checksum=wrong")).await?;
    assert_eq!(found, Cause::Damaged);
    assert!(around.all()?.is_empty(), "nothing of it is left");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_host_is_no_file_and_leaves_what_has_arrived() -> Outcome {
    let around = Around::new()?;
    let known = around.announced(FILE).await?;
    let partial = left(&around, "", &beginning(SEED, 100_000))?;
    let order = Order {
        announced: known,
        partial: Some(partial.clone()),
        ..around.order("size=9&ranges=0&redirect=1&type=text%2Fhtml")
    };
    assert_eq!(cause(&around, order).await?, Cause::LinkExpired);
    assert_eq!(std::fs::metadata(partial).map_err(HarnessError::io("look"))?.len(), 100_000);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_trusts_is_not_asked_twice() -> Outcome {
    let around = Around::new()?;
    let order = around.order_at(&around.server.tls_origin(), "size=300001&seed=7&key=tls");
    assert!(matches!(cause(&around, order).await?, Cause::Certificate { .. }));
    assert!(around.server.requests("tls").is_empty(), "nothing was sent");
    assert!(around.seen()?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_goes_to_the_host_that_it_is_of_and_no_further() -> Outcome {
    let around = Around::new()?;
    whole(&around, around.order("size=300001&seed=7&key=hops&redirect=1"), &sha256(SIZE, SEED)).await?;
    let cookies: Vec<Option<String>> = around.server.requests("hops").into_iter().map(|seen| seen.cookie).collect();
    assert_eq!(cookies, [Some("session=abc".to_owned()), None]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_file_arrives_and_a_files_time_is_its_servers_where_that_is_wanted() -> Outcome {
    let around = Around::new()?;
    whole(&around, around.order("size=0"), &sha256(0, 0)).await?;
    let order = Order { keep_time: true, name: "dated".to_owned(), ..around.order(FILE) };
    let End::Whole(path) = around.carry(order).end(&around.folder).await? else {
        return Err(HarnessError::missing("a whole file"));
    };
    let time_of = |path| std::fs::metadata(path).and_then(|found| found.modified()).map_err(HarnessError::io("look"));
    let (changed, undated) = (time_of(path)?, time_of(around.folder.join("file.bin"))?);
    assert!(undated.duration_since(changed).is_ok_and(|age| age.as_secs() > 3600), "{changed:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_gigabytes_go_on_from_their_last_megabytes() -> Outcome {
    const SIZE: u64 = 50_000_000_000;
    const ARRIVED: u64 = SIZE - 3_000_001;
    let around = Around::new()?;
    let query = format!("size={SIZE}&seed=3&key=large");
    // A file with a hole takes no room.
    let partial = left(&around, "", &[])?;
    let file = std::fs::File::options().write(true).open(&partial).map_err(HarnessError::io("open what was left"))?;
    file.set_len(ARRIVED).map_err(HarnessError::io("make it long"))?;
    let announced = Announced {
        length: Some(SIZE),
        accepts_ranges: true,
        version: Some(Version::ETag(format!("\"content-3-{SIZE}\""))),
        ..Announced::default()
    };
    let order = Order { announced, partial: Some(partial), arrived: ARRIVED, ..around.order(&query) };
    let path = match around.carry(order).end(&around.folder).await? {
        End::Whole(path) => path,
        other => return Err(HarnessError::missing(format!("a whole file; it ended as {other:?}"))),
    };
    let mut file = std::fs::File::open(&path).map_err(HarnessError::io("open the download"))?;
    assert_eq!(file.metadata().map_err(HarnessError::io("look at it"))?.len(), SIZE);
    file.seek(SeekFrom::Start(ARRIVED)).map_err(HarnessError::io("go to its end"))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).map_err(HarnessError::io("read its end"))?;
    assert!(end == content_from(SIZE, 3, ARRIVED).flatten().collect::<Vec<_>>(), "its end differs");
    let seen = around.server.requests("large");
    assert_eq!((seen.len(), seen[0].range.as_deref()), (1, Some(format!("bytes={ARRIVED}-").as_str())));
    Ok(())
}
