//! All objects below a prefix, by the native engine: one folder, hidden until nothing more comes into it.

use std::collections::BTreeMap;
use std::path::Path;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::CopyOrder;
use sidelight_core::domain::s3::S3Way;
use sidelight_tests::{HarnessError, Outcome};

use crate::around::{Around, End, hash, hash_of};
use crate::stand_in::{StandIn, file};

/// More than a page of a listing.
const MANY: usize = 1_050;

/// Keys that would lead elsewhere, meet, or be no name.
const HOSTILE: [&str; 12] = [
    "../../up",
    "/etc/passwd",
    "a/../../b",
    "CON",
    "con",
    "x",
    "x/y",
    "X/y",
    "trailing./dot.",
    "売上/2026.csv",
    ".hidden",
    "folder/",
];

/// Every file below a folder, by its path there, with its hash.
fn below(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).map_err(HarnessError::io("look into a folder"))?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
                found.insert(name, hash_of(&path)?);
            }
        }
    }
    Ok(found)
}

fn fill(s3: &StandIn) -> Outcome {
    let script = format!(
        "for n in range({MANY}): s3.put_object(Bucket='reports', Key=f'all/many/{{n}}.txt', Body=f'{{n}}'.encode())\n\
         for key in json.loads(arguments[0]): s3.put_object(Bucket='reports', Key='all/' + key, Body=key.encode())"
    );
    s3.python(&script, &[&serde_json::to_string(&HOSTILE).unwrap_or_default()]).map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prefix_comes_as_one_folder_with_all_below_it_and_nothing_outside() -> Outcome {
    let (s3, around, sources) = (StandIn::start()?, Around::new()?, Around::new()?);
    fill(&s3)?;
    let large = file(&sources.folder, "large", 30 << 20, 3)?;
    s3.put("all/large.bin", &large)?;
    s3.cut(10, 600_000);
    let order = s3.order(S3Way::Down, "all/", &around.folder.join("all"))?;
    let path = match around.copy(order).end(&around.folder).await? {
        End::Whole(path) => path,
        other => panic!("it ended as {other:?}"),
    };
    assert_eq!(path, around.folder.join("all"));
    assert_eq!(around.all()?.len(), 1, "nothing lies beside the folder: {:?}", around.all()?);
    let found = below(&path)?;
    assert_eq!(found.len(), MANY + 1 + HOSTILE.len() - 1, "each object has a file, but for the one that is a folder");
    assert!(path.join("folder").is_dir());
    assert_eq!(found.get("large.bin"), Some(&hash_of(&large)?));
    for (key, file) in
        [("../../up", "download/download/up"), ("x/y", "x (3)/y"), ("X/y", "X/y"), ("売上/2026.csv", "売上/2026.csv")]
    {
        assert_eq!(found.get(file), Some(&s3.hash(&format!("all/{key}"))?), "{key}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_goes_on_where_it_stopped() -> Outcome {
    let (s3, around, sources) = (StandIn::start()?, Around::new()?, Around::new()?);
    let source = file(&sources.folder, "source", 20 << 20, 1)?;
    // Each is as long as two ranges, and none like another.
    s3.python(
        "whole = open(arguments[0], 'rb').read()\n\
         for n in range(20): s3.put_object(Bucket='reports', Key=f'all/{n}', Body=whole[n:n + (6 << 20)])",
        &[&source.display().to_string()],
    )?;
    let order = s3.order(S3Way::Down, "all/", &around.folder.join("all"))?;
    let mut copied = around.copy_until(order.clone(), 40 << 20).await?;
    let kept = match copied.end(&around.folder).await? {
        End::Stopped(None, Some(kept)) => kept,
        other => panic!("it ended as {other:?}"),
    };
    assert_eq!(around.seen()?.len(), 0, "nothing looks whole");
    let partial = copied.partial.clone().expect("there is a hidden folder");
    let arrived = below(&partial)?;
    let (parts, whole): (Vec<_>, Vec<_>) = arrived.keys().partition(|name| name.ends_with("-part"));
    assert!(!parts.is_empty() && !whole.is_empty() && whole.len() < 20, "{arrived:?}");
    // What a killed app leaves of a file that is not whole.
    std::fs::write(partial.join(".19.01234567.sidelight-part"), "x").map_err(HarnessError::io("write"))?;
    let onward = CopyOrder { partial: Some(partial), arrived: kept, ..order };
    let path = match around.copy(onward).end(&around.folder).await? {
        End::Whole(path) => path,
        other => panic!("it ended as {other:?}"),
    };
    let found = below(&path)?;
    let bytes = std::fs::read(source).map_err(HarnessError::io("read the source"))?;
    let expected = (0..20).map(|number| (number.to_string(), hash(&bytes[number..number + (6 << 20)])));
    assert_eq!(found, expected.collect());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_that_do_not_come_are_named_and_all_others_are_there() -> Outcome {
    let (s3, around) = (StandIn::start()?, Around::new()?);
    s3.python(
        "for key in ('a', 'b'): s3.put_object(Bucket='reports', Key='all/' + key, Body=key.encode())\n\
         s3.put_object(Bucket='reports', Key='all/cold', Body=b'cold', StorageClass='GLACIER')",
        &[],
    )?;
    let order = s3.order(S3Way::Down, "all/", &around.folder.join("all"))?;
    match around.copy(order).end(&around.folder).await? {
        End::Stopped(Some(Error { cause: Cause::Refused { .. }, detail: Some(words) }), None) => {
            assert!(words.contains("all/cold"), "{words}");
        }
        other => panic!("it ended as {other:?}"),
    }
    let found = below(&around.folder.join("all"))?;
    assert_eq!(found.keys().collect::<Vec<_>>(), ["a", "b"]);
    Ok(())
}
