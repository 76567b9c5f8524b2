//! What is long, Sidelight takes from the page's engine, if it gets the same answer: in the real app.

use sidelight_tests::Outcome;
use sidelight_tests::fault_server::sha256;

use crate::download_site::{Site, WAYS, hash_of};

const SIZE: u64 = 12_000_000;

/// What goes wrong, and how often it is asked for.
struct Case {
    query: &'static str,
    requests: usize,
}

#[tokio::test]
async fn a_long_file_is_taken_from_the_page_and_a_link_that_works_once_is_not() -> Outcome {
    let cases = [
        Case { query: "", requests: 2 },
        // Ours begins where the page's engine was led to.
        Case { query: "&redirect=1", requests: 3 },
        Case { query: "&chunked=1", requests: 2 },
        // Ours breaks off, and goes on.
        Case { query: "&fault=reset:5000000&after=1&faults=1", requests: 3 },
        // The page's engine goes on with the answer that it has.
        Case { query: "&fault=status:403&after=1", requests: 2 },
        Case { query: "&fault=status:503&after=1&faults=1", requests: 2 },
        Case { query: "&fault=expired&after=1", requests: 2 },
        Case { query: "&fault=etag", requests: 2 },
        Case { query: "&fault=mute&after=1", requests: 2 },
        // No part of it can be asked for: it stays where it is.
        Case { query: "&ranges=0", requests: 1 },
        Case { query: "&etag=weak&modified=0", requests: 1 },
    ];
    let site = Site::open().await?;
    for (number, Case { query, requests }) in (1..).zip(cases) {
        let (way, seed) = (&WAYS[0], number as u64);
        let body = way.body(&site.server, &format!("size={SIZE}&seed={seed}&key={number}{query}"));
        site.show(&body, way.by_click, query).await?;
        let row = site.ended(number, query)?;
        assert_eq!(row["state"], "done", "{query}: {row}");
        assert_eq!(hash_of(row["path"].as_str().unwrap_or_default())?, sha256(SIZE, seed), "{query}");
        let asked = site.server.requests(&number.to_string()).len();
        assert_eq!(asked, requests, "{query}");
    }
    let all = crate::download_site::files(&site.stage)?;
    assert!(all.len() == 11 && !all.iter().any(|name| name.starts_with('.')), "{all:?}");
    site.stage.close().await
}
