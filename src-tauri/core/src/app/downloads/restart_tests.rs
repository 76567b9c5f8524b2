//! What a restart of the app leaves of downloads.

use std::sync::Arc;

use super::tests::{begins, begun, happens, long, network, offer, offered, page_stops, row, stops, tried, wants};
use crate::app::error::Cause;
use crate::app::event::{DownloadEvent, DownloadWish};
use crate::domain::download::{Again, Download, DownloadState, Offer};

#[tokio::test]
async fn after_a_restart_one_goes_on_by_what_the_keychain_has_kept() {
    let mut tried = tried();
    let id = offered(&mut tried, long(1));
    happens(
        &mut tried,
        DownloadEvent::Began {
            id,
            name: "1.csv".to_owned(),
            folder: "/downloads".into(),
            partial: "/downloads/.1".into(),
        },
    );
    let mut again = super::tests::tried();
    again.app.state.downloads = vec![row(&tried, id).after_restart(|_| Cause::Bug.into()).into()];
    again.fake.with(|fake| fake.secrets = tried.fake.with(|fake| fake.secrets.clone()));
    assert_eq!(row(&again, id).state, DownloadState::Paused(None));
    wants(&mut again, id, DownloadWish::Again);
    again.settle().await;
    assert_eq!(again.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
    happens(&mut again, DownloadEvent::Finished { id, name: "1.csv".to_owned(), bytes: 8 << 20 });
    assert!(again.fake.with(|fake| fake.secrets.is_empty()), "it is forgotten with its end");
}

#[tokio::test]
async fn after_a_restart_a_lost_name_is_still_looked_for() {
    let mut tried = tried();
    for number in 1..=3 {
        begun(&mut tried, number, true);
    }
    let lost = Offer { name: "\u{fffd}.csv".to_owned(), announced: long(4).announced, ..offer(4, true) };
    let id = offered(&mut tried, lost);
    let mut again = super::tests::tried();
    again.app.state.downloads = vec![row(&tried, id).after_restart(|_| Cause::Bug.into()).into()];
    again.fake.with(|fake| fake.secrets = tried.fake.with(|fake| fake.secrets.clone()));
    wants(&mut again, id, DownloadWish::Again);
    again.settle().await;
    assert_eq!(again.fake.said(), ["d4 carried from None, named anew"]);
    begins(&mut again, id);
    page_stops(&mut again, id, network(), Some(4));
    stops(&mut again, id, network(), Some(4));
    wants(&mut again, id, DownloadWish::Again);
    assert_eq!(again.fake.said(), ["d4 carried from Some(\"/downloads/.4\")"], "it has its name");
}

#[tokio::test]
async fn after_a_restart_one_whose_address_was_not_kept_leads_to_its_page() {
    let mut tried = tried();
    let short = begun(&mut tried, 1, true);
    let long = offered(&mut tried, long(2));
    let rows = [short, long].map(|id| Download { partial: Some("/downloads/.1".into()), ..row(&tried, id) });
    let mut again = super::tests::tried();
    again.app.state.downloads = rows.map(|row| Arc::new(row.after_restart(|_| Cause::Bug.into()))).to_vec();
    let failed = row(&again, short);
    assert!(matches!(failed.state, DownloadState::Failed(_)) && failed.again == Again::Never, "{failed:?}");
    wants(&mut again, long, DownloadWish::Again);
    again.settle().await;
    let failed = row(&again, long);
    assert!(matches!(&failed.state, DownloadState::Failed(error) if error.cause == Cause::LinkExpired), "{failed:?}");
    assert!(failed.page.is_some());
}

#[tokio::test]
async fn one_that_a_restart_has_paused_can_be_cancelled() {
    let mut tried = tried();
    let id = offered(&mut tried, long(1));
    let kept = Download { partial: Some("/downloads/.1".into()), ..row(&tried, id) };
    let mut again = super::tests::tried();
    again.app.state.downloads = vec![kept.after_restart(|_| Cause::Bug.into()).into()];
    wants(&mut again, id, DownloadWish::Cancel);
    assert_eq!(row(&again, id).state, DownloadState::Cancelled);
    assert_eq!(again.fake.said(), ["/downloads/.1 discarded"]);
}
