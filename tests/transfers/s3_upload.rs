//! Files and folders to S3, by the native engine.

use std::path::Path;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{CopyOrder, Transfers};
use sidelight_core::domain::s3::{S3Copy, S3Way};
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::around::{Around, End, hash_of};
use crate::stand_in::{StandIn, file};

const MIB: u64 = 1 << 20;

async fn done(around: &Around, order: CopyOrder) -> Outcome {
    match around.copy(order).end(&around.folder).await? {
        End::Whole(_) => Ok(()),
        other => panic!("it ended as {other:?}"),
    }
}

fn uploads(s3: &StandIn) -> Outcome<String> {
    s3.python("print(len(s3.list_multipart_uploads(Bucket='reports').get('Uploads', [])))", &[])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_arrives_whole_whatever_its_length_and_through_broken_connections() -> Outcome {
    let (s3, around) = (StandIn::start()?, Around::new()?);
    for (length, cuts) in [(0, 0), (1, 2), (16 * MIB, 0), (16 * MIB + 1, 2), (60 * MIB, 4)] {
        let source = file(&around.folder, "source.bin", length, length)?;
        let key = format!("up/{length}");
        s3.cut(cuts, 0);
        done(&around, s3.order(S3Way::Up, &key, &source)?).await?;
        assert!(s3.left_to_cut() <= 0, "the connections broke");
        assert_eq!(s3.hash(&key)?, hash_of(&source)?, "{length}");
    }
    assert_eq!(uploads(&s3)?, "0");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_is_there_stays_unless_it_shall_be_replaced() -> Outcome {
    let (s3, around) = (StandIn::start()?, Around::new()?);
    // moto says no checksum of an object of parts.
    let source = file(&around.folder, "source.bin", 10 * MIB, 1)?;
    let order = s3.order(S3Way::Up, "up/a", &source)?;
    done(&around, order.clone()).await?;
    s3.sent();
    done(&around, order.clone()).await?;
    assert!(s3.sent() < MIB, "the same content is not sent again");
    file(&around.folder, "source.bin", 10 * MIB, 2)?;
    let before = s3.hash("up/a")?;
    match around.copy(order.clone()).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Exists { name }, .. }), _) => assert_eq!(name, "s3://reports/up/a"),
        other => panic!("it ended as {other:?}"),
    }
    assert_eq!(s3.hash("up/a")?, before);
    let copy = S3Copy { replaces: true, ..order.copy.clone() };
    done(&around, CopyOrder { copy, ..order }).await?;
    assert_eq!(s3.hash("up/a")?, hash_of(&source)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_with_the_parts_that_are_missing_and_can_be_given_up() -> Outcome {
    let (s3, around) = (StandIn::start()?, Around::new()?);
    let source = file(&around.folder, "source.bin", 100 * MIB, 1)?;
    let order = s3.order(S3Way::Up, "up/a", &source)?;
    let mut copied = around.copy_until(order.clone(), 40 * MIB).await?;
    match copied.end(&around.folder).await? {
        End::Stopped(None, Some(kept)) => assert!((40 * MIB..100 * MIB).contains(&kept), "{kept}"),
        other => panic!("it ended as {other:?}"),
    }
    let copy = S3Copy { upload: copied.upload.clone(), ..order.copy.clone() };
    let onward = CopyOrder { copy, announced: copied.announced.clone(), ..order };
    assert_eq!(uploads(&s3)?, "1");

    s3.sent();
    done(&around, onward.clone()).await?;
    let sent = s3.sent();
    assert!(sent < 70 * MIB, "what was there is not sent again: {sent}");
    assert_eq!(s3.hash("up/a")?, hash_of(&source)?);

    let order = s3.order(S3Way::Up, "up/b", &source)?;
    let mut copied = around.copy_until(order.clone(), 40 * MIB).await?;
    copied.end(&around.folder).await?;
    let copy = S3Copy { upload: copied.upload.clone(), ..order.copy.clone() };
    around.engine.abandon(CopyOrder { copy, ..order });
    wait_until("the upload to end", std::time::Duration::from_secs(30), || Ok((uploads(&s3)? == "0").then_some(())))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_has_changed_is_sent_anew() -> Outcome {
    let (s3, around) = (StandIn::start()?, Around::new()?);
    let source = file(&around.folder, "source.bin", 40 * MIB, 1)?;
    let order = s3.order(S3Way::Up, "up/a", &source)?;
    let mut copied = around.copy_until(order.clone(), 16 * MIB).await?;
    copied.end(&around.folder).await?;
    file(&around.folder, "source.bin", 40 * MIB, 2)?;
    let copy = S3Copy { upload: copied.upload.clone(), ..order.copy.clone() };
    done(&around, CopyOrder { copy, announced: copied.announced.clone(), ..order }).await?;
    assert_eq!(s3.hash("up/a")?, hash_of(&source)?);
    assert_eq!(uploads(&s3)?, "0", "the first one's parts cost nothing any more");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_arrives_with_all_below_it() -> Outcome {
    let (s3, around) = (StandIn::start()?, Around::new()?);
    let folder = around.folder.join("site");
    std::fs::create_dir_all(folder.join("img/空")).map_err(HarnessError::io("make folders"))?;
    for (name, length) in [("index.html", 10), ("img/空/a b.png", 10 * MIB), (".well-known", 0)] {
        file(&folder, name, length, 5)?;
    }
    done(&around, s3.order(S3Way::Up, "www/", &folder)?).await?;
    let keys = s3.python(
        "print(json.dumps([o['Key'] for o in s3.list_objects_v2(Bucket='reports')['Contents']], ensure_ascii=False))",
        &[],
    )?;
    assert_eq!(keys, r#"["www/.well-known", "www/img/空/a b.png", "www/index.html"]"#);
    assert_eq!(s3.hash("www/img/空/a b.png")?, hash_of(&folder.join("img/空/a b.png"))?);
    // One that is another in S3 holds up none of the others.
    file(&folder, "index.html", 11, 6)?;
    file(&folder, "new.html", 12, 7)?;
    match around.copy(s3.order(S3Way::Up, "www/", &folder)?).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Exists { name }, detail: Some(words) }), _) => {
            assert!(name == "s3://reports/www/index.html" && words.contains("index.html"), "{name} {words}");
        }
        other => panic!("it ended as {other:?}"),
    }
    assert_eq!(s3.hash("www/new.html")?, hash_of(&folder.join("new.html"))?);

    // A folder's files that were under way when it was stopped cost nothing.
    file(&folder, "large", 200 * MIB, 8)?;
    let mut copied = around.copy(s3.order(S3Way::Up, "other/", &folder)?);
    copied.reached(60 * MIB).await?;
    copied.stop();
    copied.end(&around.folder).await?;
    assert_eq!(uploads(&s3)?, "0");
    let nothing = s3.order(S3Way::Up, "www/", Path::new("/nonexistent/site"))?;
    match around.copy(nothing).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Input(_), .. }), _) => Ok(()),
        other => panic!("it ended as {other:?}"),
    }
}
