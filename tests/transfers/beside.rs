//! Beside a page's engine that has an answer already: ours takes over the same answer, or declines and leaves nothing.

use sidelight_core::app::error::Cause;
use sidelight_core::app::ports::Order;
use sidelight_core::app::switcher::Language;
use sidelight_core::domain::download::Announced;
use sidelight_tests::Outcome;
use sidelight_tests::fault_server::sha256;

use crate::around::{Around, End, hash_of};

const FILE: &str = "size=300001&seed=7";

/// As ordered while a page's engine has had the first answer of `query`.
async fn beside(around: &Around, query: &str) -> Outcome<Order> {
    Ok(Order { announced: around.announced(query).await?, page_stands_by: true, ..around.order(query) })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_is_taken_over_and_is_whole_through_broken_connections() -> Outcome {
    for more in ["", "&chunked=1", "&fault=reset:100000&after=1&faults=2", "&redirect=1", "&etag=md5&checksum=sha256"] {
        let around = Around::new()?;
        let order = beside(&around, &format!("{FILE}&key=it{more}")).await?;
        let end = around.carry(order).end(&around.folder).await?;
        assert!(matches!(&end, End::Whole(path) if hash_of(path)? == sha256(300_001, 7)), "{more}: {end:?}");
        assert_eq!(around.all()?.len(), 1, "{more}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_answer_is_declined_at_once_and_leaves_nothing() -> Outcome {
    let refused = |status| Cause::Refused { host: "127.0.0.1".to_owned(), status };
    let silent = Cause::Network { host: "127.0.0.1".to_owned() };
    for (more, cause) in [
        ("&fault=status:403&after=1", refused(403)),
        ("&fault=status:503&after=1&faults=1", refused(503)),
        ("&fault=expired&after=1", Cause::LinkExpired),
        ("&fault=etag", Cause::Damaged),
        ("&fault=mute&after=1", silent),
        // Nothing tells it from another file.
        ("&chunked=1&etag=none&modified=0", Cause::Damaged),
    ] {
        let around = Around::new()?;
        let order = beside(&around, &format!("{FILE}&key=it{more}")).await?;
        match around.carry(order).end(&around.folder).await? {
            End::Declined(error, _) => assert_eq!(error.cause, cause, "{more}"),
            other => panic!("{more}: {other:?}"),
        }
        assert_eq!(around.server.requests("it").len(), 2, "{more}: it is not asked for again");
        assert!(around.all()?.is_empty(), "{more}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_another_length_it_is_another_file() -> Outcome {
    let around = Around::new()?;
    let order = beside(&around, FILE).await?;
    let order = Order { announced: Announced { length: Some(300_000), ..order.announced.clone() }, ..order };
    let end = around.carry(order).end(&around.folder).await?;
    assert!(matches!(&end, End::Declined(error, _) if error.cause == Cause::Damaged), "{end:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_come_is_told_also_where_nothing_more_comes() -> Outcome {
    let around = Around::new()?;
    let mut carried = around.carry(around.order(&format!("{FILE}&key=it&fault=gate:100000")));
    carried.reached(100_000).await?;
    around.server.open("it");
    let end = carried.end(&around.folder).await?;
    assert!(matches!(&end, End::Whole(path) if hash_of(path)? == sha256(300_001, 7)), "{end:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_while_no_answer_has_come() -> Outcome {
    let around = Around::new()?;
    let order = beside(&around, &format!("{FILE}&key=it&fault=mute&after=1")).await?;
    let mut carried = around.carry(order);
    carried.stop();
    let end = carried.end(&around.folder).await?;
    assert!(matches!(end, End::Stopped(None, Some(0))), "{end:?}");
    assert!(around.all()?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_in_bytes_that_are_no_utf_8_is_read_from_our_own_answer() -> Outcome {
    // Shift_JIS, whose second character ends in a backslash.
    let query = format!("{FILE}&disposition=attachment%3B%20filename%3D%22%94%84%95%5C.csv%22");
    for page_stands_by in [true, false] {
        let around = Around::new()?;
        let order = Order { name_in: Some(Language::Japanese), page_stands_by, ..beside(&around, &query).await? };
        match around.carry(order).end(&around.folder).await? {
            End::Whole(path) => assert_eq!(path, around.folder.join("売表.csv")),
            other => panic!("{other:?}"),
        }
    }
    // Nothing tells its answers apart: the page's engine goes on with its own, under the name in ours.
    let around = Around::new()?;
    let query = format!("{query}&chunked=1&etag=none&modified=0");
    let order = Order { name_in: Some(Language::Japanese), ..beside(&around, &query).await? };
    match around.carry(order).end(&around.folder).await? {
        End::Declined(_, name) => assert_eq!(name.as_deref(), Some("売表.csv")),
        other => panic!("{other:?}"),
    }
    Ok(())
}
