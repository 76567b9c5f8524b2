//! Every kind of file x every fault x {run to its end, cancel, pause and go on}.

use std::path::PathBuf;

use futures_util::stream::{self, StreamExt};
use sidelight_core::app::ports::Transfers;
use sidelight_tests::fault_server::{content, sha256};
use sidelight_tests::{HarnessError, Outcome};

use crate::around::{Around, Carried, End, hash_of};

/// A few pieces of the server's, and not a multiple of them.
const SIZE: u64 = 300_001;
const SEED: u64 = 7;

/// Transfers under way at a time.
const AT_ONCE: usize = 24;

/// How a server gives a file.
struct Kind {
    name: &'static str,
    query: &'static str,
    /// It can be gone on from where it stopped.
    onward: bool,
}

const KINDS: [Kind; 14] = [
    Kind { name: "plain", query: "", onward: true },
    Kind { name: "only dated", query: "etag=none", onward: true },
    Kind { name: "weak tag", query: "etag=weak&modified=0", onward: false },
    Kind { name: "no version", query: "etag=none&modified=0", onward: false },
    Kind { name: "no ranges", query: "ranges=0", onward: false },
    Kind { name: "s3 md5", query: "etag=md5", onward: true },
    Kind { name: "sha256", query: "checksum=sha256", onward: true },
    Kind { name: "crc32", query: "checksum=crc32", onward: true },
    Kind { name: "crc32c", query: "checksum=crc32c", onward: true },
    Kind { name: "chunked", query: "chunked=1", onward: true },
    Kind { name: "redirected", query: "redirect=3", onward: true },
    Kind { name: "cookie", query: "cookie=session%3Dabc", onward: true },
    Kind { name: "presigned", query: "X-Amz-Signature=0123&X-Amz-Expires=300", onward: true },
    Kind { name: "attachment", query: "disposition=attachment%3B%20filename%3D%22x.bin%22", onward: true },
];

/// What a fault must lead to where a transfer runs to its end.
#[derive(Clone, Copy, PartialEq)]
enum Leads {
    /// It is whole in the end.
    Whole,
    /// It is whole where it can go on from where it stopped; failed with this otherwise.
    WholeIfOnward(&'static str),
    /// It is failed with this.
    Fails(&'static str),
}

struct Fault {
    name: &'static str,
    query: &'static str,
    leads: Leads,
}

const FAULTS: [Fault; 22] = [
    Fault { name: "fine", query: "", leads: Leads::Whole },
    Fault { name: "slow", query: "fault=slow:3000000", leads: Leads::Whole },
    Fault { name: "reset once", query: "fault=reset:100000&faults=1", leads: Leads::Whole },
    Fault { name: "reset at once, thrice", query: "fault=reset:0&faults=3", leads: Leads::Whole },
    Fault { name: "reset each time", query: "fault=reset:100000", leads: Leads::WholeIfOnward("network") },
    Fault { name: "short once", query: "fault=short:65536&faults=1", leads: Leads::Whole },
    Fault { name: "short each time", query: "fault=short:150000", leads: Leads::WholeIfOnward("network") },
    Fault { name: "truncated once", query: "fault=truncate:70000&faults=1", leads: Leads::Whole },
    Fault { name: "truncated each time", query: "fault=truncate:150000", leads: Leads::WholeIfOnward("network") },
    Fault { name: "403", query: "fault=status:403", leads: Leads::Fails("refused") },
    Fault { name: "404", query: "fault=status:404", leads: Leads::Fails("refused") },
    Fault { name: "410", query: "fault=status:410", leads: Leads::Fails("refused") },
    Fault { name: "416", query: "fault=status:416", leads: Leads::Fails("refused") },
    Fault { name: "500 twice", query: "fault=status:500&faults=2", leads: Leads::Whole },
    Fault { name: "500", query: "fault=status:500", leads: Leads::Fails("refused") },
    Fault { name: "502 once", query: "fault=status:502&faults=1", leads: Leads::Whole },
    Fault { name: "503 once", query: "fault=status:503&faults=1", leads: Leads::Whole },
    Fault { name: "429 once", query: "fault=status:429&faults=1", leads: Leads::Whole },
    Fault { name: "expired", query: "fault=expired", leads: Leads::Fails("link-expired") },
    Fault { name: "loop", query: "fault=loop", leads: Leads::Fails("refused") },
    Fault { name: "hang once", query: "fault=hang:120000&faults=1", leads: Leads::Whole },
    Fault { name: "hang each time", query: "fault=hang:120000", leads: Leads::WholeIfOnward("network") },
];

fn query(kind: &Kind, more: &str, key: &str) -> String {
    let parts = [format!("size={SIZE}&seed={SEED}&key={key}"), kind.query.to_owned(), more.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

/// What must be there: the whole file and nothing else, or nothing that looks whole and, of what
/// arrived, only the file's own beginning.
fn insist(around: &Around, case: &str, end: &End, partial: Option<&PathBuf>) -> Outcome {
    let wrong = |what: String| Err(HarnessError::missing(format!("{case}: {what}; it ended as {end:?}")));
    match end {
        End::Whole(path) => {
            if hash_of(path)? != sha256(SIZE, SEED) {
                return wrong("the file has another content".to_owned());
            }
            if around.all()?.len() != 1 {
                return wrong(format!("there is more than the file: {:?}", around.all()?));
            }
        }
        End::Declined(..) => return wrong("no page stands by".to_owned()),
        End::Stopped(_, kept) => {
            if !around.seen()?.is_empty() {
                return wrong(format!("something looks whole: {:?}", around.seen()?));
            }
            let (Some(kept), Some(partial)) = (kept, partial) else { return Ok(()) };
            let arrived = std::fs::read(partial).map_err(HarnessError::io("read what arrived"))?;
            let whole: Vec<u8> = content(SIZE, SEED).flatten().collect();
            if arrived.len() as u64 != *kept || !whole.starts_with(&arrived) {
                return wrong(format!("{} bytes are kept that are not its beginning", arrived.len()));
            }
        }
    }
    Ok(())
}

async fn to_its_end(kind: &Kind, fault: &Fault) -> Outcome {
    let case = format!("{} x {}", kind.name, fault.name);
    let around = Around::new()?;
    let mut carried = around.carry(around.order(&query(kind, fault.query, "k")));
    let end = carried.end(&around.folder).await?;
    insist(&around, &case, &end, carried.partial.as_ref())?;
    let code = match &end {
        End::Whole(_) => "whole",
        End::Stopped(Some(error), _) => error.cause.code(),
        End::Stopped(None, _) => "stopped",
        End::Declined(..) => "declined",
    };
    let wanted = match fault.leads {
        Leads::Whole => "whole",
        Leads::WholeIfOnward(_) if kind.onward => "whole",
        Leads::WholeIfOnward(code) | Leads::Fails(code) => code,
    };
    if code != wanted {
        return Err(HarnessError::missing(format!("{case}: {wanted}; it ended as {end:?}")));
    }
    Ok(())
}

/// Some has arrived: the transfer, its hidden file, and what is known of it.
async fn some_of(around: &Around, kind: &Kind) -> Outcome<(Carried, PathBuf)> {
    // The first request is held at its gate; what comes after it is another key's.
    let mut carried = around.carry(around.order(&query(kind, "fault=gate:120000", "held")));
    carried.arrived().await?;
    let partial = carried.partial.clone().ok_or_else(|| HarnessError::missing("a partial file"))?;
    carried.stop();
    Ok((carried, partial))
}

async fn cancelled(kind: &Kind) -> Outcome {
    let around = Around::new()?;
    let (mut carried, partial) = some_of(&around, kind).await?;
    let end = carried.end(&around.folder).await?;
    insist(&around, kind.name, &end, Some(&partial))?;
    around.engine.discard(&partial);
    match around.all()?.is_empty() {
        true => Ok(()),
        false => Err(HarnessError::missing(format!("{}: an empty folder; there is {:?}", kind.name, around.all()?))),
    }
}

async fn paused(kind: &Kind, after: &Fault) -> Outcome {
    let case = format!("{}, paused, then {}", kind.name, after.name);
    let around = Around::new()?;
    let (mut carried, partial) = some_of(&around, kind).await?;
    let end = carried.end(&around.folder).await?;
    insist(&around, &case, &end, Some(&partial))?;
    let mut order = around.order(&query(kind, after.query, "again"));
    order.announced = carried.announced.clone();
    order.partial = Some(partial);
    let mut again = around.carry(order);
    let end = again.end(&around.folder).await?;
    insist(&around, &case, &end, again.partial.as_ref())?;
    let parts = around.server.requests("again").into_iter().filter_map(|seen| seen.range).count();
    if !matches!(end, End::Whole(_)) || (parts > 0) != kind.onward {
        return Err(HarnessError::missing(format!(
            "{case}: whole; {parts} parts were asked for, and it ended as {end:?}"
        )));
    }
    Ok(())
}

/// Runs all, a few at a time, and tells of every one that went wrong.
async fn all<Case: Future<Output = Outcome>>(cases: Vec<Case>) {
    let ended: Vec<Outcome> = stream::iter(cases).buffer_unordered(AT_ONCE).collect().await;
    let wrong: Vec<String> = ended.into_iter().filter_map(|end| end.err()).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{} went wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_through_every_fault_is_whole_or_named_failed() {
    let cases: Vec<_> = KINDS.iter().flat_map(|kind| FAULTS.iter().map(move |fault| to_its_end(kind, fault))).collect();
    assert!(cases.len() >= 300, "{}", cases.len());
    all(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_that_is_cancelled_leaves_nothing() {
    all(KINDS.iter().map(cancelled).collect()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_that_is_paused_goes_on_through_faults_from_where_it_stopped_if_the_server_allows() {
    let passing = || FAULTS.iter().filter(|fault| fault.leads == Leads::Whole);
    all(KINDS.iter().flat_map(|kind| passing().map(move |fault| paused(kind, fault))).collect()).await;
}
