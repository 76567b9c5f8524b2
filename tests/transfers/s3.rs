//! One object from S3, by the native engine: in ranges side by side, through broken connections, and on from where it
//! was stopped.

use std::path::PathBuf;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::CopyOrder;
use sidelight_core::domain::s3::S3Way;
use sidelight_tests::Outcome;

use crate::around::{Around, Carried, End, hash_of};
use crate::stand_in::{StandIn, file};

const MIB: u64 = 1 << 20;

/// Whole, with this hash; nothing is beside it.
pub async fn whole(around: &Around, mut copied: Carried, hash: &str) -> Outcome<PathBuf> {
    match copied.end(&around.folder).await? {
        End::Whole(path) => {
            assert_eq!(hash_of(&path)?, hash);
            assert!(around.all()?.iter().all(|name| !name.ends_with("-part")), "{:?}", around.all()?);
            Ok(path)
        }
        other => panic!("it ended as {other:?}"),
    }
}

/// Stopped when so much has come; gives an order to go on.
async fn stopped_at(around: &Around, order: CopyOrder, bytes: u64) -> Outcome<CopyOrder> {
    let mut copied = around.copy_until(order.clone(), bytes).await?;
    match copied.end(&around.folder).await? {
        End::Stopped(None, Some(kept)) => Ok(CopyOrder {
            announced: copied.announced.clone(),
            partial: copied.partial.clone(),
            arrived: kept,
            ..order
        }),
        other => panic!("it ended as {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_comes_whole_whatever_its_length_and_through_broken_connections() -> Outcome {
    let (s3, around, sources) = (StandIn::start()?, Around::new()?, Around::new()?);
    for (length, cuts) in [(0, 0), (1, 0), (4 * MIB, 0), (4 * MIB + 1, 3), (50 * MIB + 7, 20)] {
        let source = file(&sources.folder, "source", length, length)?;
        s3.put("a/b.bin", &source)?;
        s3.cut(cuts, 300_000);
        let local = around.folder.join("b.bin");
        let copied = around.copy(s3.order(S3Way::Down, "a/b.bin", &local)?);
        let path = whole(&around, copied, &hash_of(&source)?).await?;
        assert_eq!(path, local);
        assert!(s3.left_to_cut() <= 0, "the connections broke");
        std::fs::remove_file(path).expect("it is there");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_where_it_stopped_and_never_in_another_version() -> Outcome {
    let (s3, around, sources) = (StandIn::start()?, Around::new()?, Around::new()?);
    let source = file(&sources.folder, "source", 80 * MIB, 1)?;
    s3.put("a.bin", &source)?;
    let order = s3.order(S3Way::Down, "a.bin", &around.folder.join("a.bin"))?;
    // None of its ranges is all there by then.
    let onward = stopped_at(&around, order, 3 * MIB).await?;
    assert!(onward.arrived > 0 && onward.arrived < 80 * MIB, "{}", onward.arrived);
    assert_eq!(around.seen()?.len(), 0, "nothing looks whole");
    let (before, mut copied) = (onward.arrived, around.copy(onward.clone()));
    copied.reached(1).await?;
    assert!(copied.bytes >= before, "it goes on from {before}, not from {}", copied.bytes);
    let path = whole(&around, copied, &hash_of(&source)?).await?;
    std::fs::remove_file(path).expect("it is there");

    let order = s3.order(S3Way::Down, "a.bin", &around.folder.join("a.bin"))?;
    let onward = stopped_at(&around, order, 20 * MIB).await?;
    let other = file(&sources.folder, "other", 80 * MIB, 2)?;
    s3.put("a.bin", &other)?;
    whole(&around, around.copy(onward), &hash_of(&other)?).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_of_another_range_is_never_taken() -> Outcome {
    let (s3, around, sources) = (StandIn::start()?, Around::new()?, Around::new()?);
    s3.put("a.bin", &file(&sources.folder, "source", 20 * MIB, 1)?)?;
    s3.knows_no_ranges();
    match around.copy(s3.order(S3Way::Down, "a.bin", &around.folder.join("a.bin"))?).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Damaged, detail: Some(detail) }), _) => {
            assert!(detail.contains("were asked for"), "{detail}");
        }
        other => panic!("it ended as {other:?}"),
    }
    assert_eq!(around.seen()?.len(), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_s3_refuses_is_no_file_and_says_why() -> Outcome {
    let (s3, around) = (StandIn::start()?, Around::new()?);
    let gone = s3.order(S3Way::Down, "gone", &around.folder.join("gone"))?;
    match around.copy(gone).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Refused { status: 404, .. }, .. }), None) => {}
        other => panic!("it ended as {other:?}"),
    }
    let nothing = s3.order(S3Way::Down, "gone/", &around.folder.join("gone"))?;
    match around.copy(nothing).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Refused { status: 404, .. }, .. }), _) => {}
        other => panic!("it ended as {other:?}"),
    }
    // No connection comes through.
    s3.cut(i64::MAX, 0);
    let unreached = s3.order(S3Way::Down, "gone", &around.folder.join("gone"))?;
    match around.copy(unreached).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Network { .. }, .. }), None) => {}
        other => panic!("it ended as {other:?}"),
    }
    assert_eq!(around.seen()?.len(), 0);
    Ok(())
}
