//! S3 by presigned links: their end, ranges.
//! It is not S3 by signed headers, which the other files try.

use axum::http::Method;
use serde_json::json;

use super::client::{BUCKET, link};
use crate::support::{Outcome, cloud, get, post_json, request, signed_in};

#[tokio::test]
async fn every_object_arrives_whole_and_as_an_attachment() -> Outcome {
    let cloud = cloud()?;
    let sizes = [("logs.tar.gz", 2 << 20), ("large.bin", 1 << 20), ("empty.txt", 0)];
    for (key, size) in sizes {
        let answer = get(&link(&cloud, key).await?, &[]).await?;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (200, size), "{key}");
        assert_eq!(answer.header("content-length"), size.to_string());
        assert_eq!(answer.header("content-disposition"), "attachment");
        assert_eq!(answer.header("accept-ranges"), "bytes");
        assert_eq!(answer.header("etag").len(), 34);
    }
    let csv = get(&link(&cloud, "売上 2026-10.csv").await?, &[]).await?;
    assert!(csv.text().contains("day,service,usage_hours,cost_usd"), "{}", csv.text());
    let stats = get(&format!("{}/demo/stats", cloud.main_url()), &[]).await?.json()?;
    assert_eq!(stats["downloads"]["売上 2026-10.csv"], 1);
    Ok(())
}

#[tokio::test]
async fn a_range_continues_the_same_object_only() -> Outcome {
    let cloud = cloud()?;
    let url = link(&cloud, "logs.tar.gz").await?;
    let whole = get(&url, &[]).await?;
    let etag = whole.header("etag").to_owned();
    let rest = get(&url, &[("range", "bytes=1000-"), ("if-range", &etag)]).await?;
    assert_eq!(rest.status, 206);
    assert_eq!(rest.body, whole.body.slice(1000..));
    assert_eq!(rest.header("content-range"), format!("bytes 1000-{}/{}", whole.body.len() - 1, whole.body.len()));
    let changed = get(&url, &[("range", "bytes=1000-"), ("if-range", "\"other\"")]).await?;
    assert_eq!((changed.status.as_u16(), changed.body.len()), (200, whole.body.len()));
    let beyond = get(&url, &[("range", "bytes=99999999-")]).await?;
    assert_eq!((beyond.status.as_u16(), beyond.element("Code").as_str()), (416, "InvalidRange"));
    Ok(())
}

#[tokio::test]
async fn a_link_ends_after_five_minutes() -> Outcome {
    let cloud = cloud()?;
    let url = link(&cloud, "empty.txt").await?;
    cloud.clock().advance(300);
    assert_eq!(get(&url, &[]).await?.status, 200);
    cloud.clock().advance(1);
    let over = get(&url, &[]).await?;
    assert_eq!((over.status.as_u16(), over.element("Code").as_str()), (403, "AccessDenied"));
    assert_eq!(over.element("Message"), "Request has expired");
    Ok(())
}

#[tokio::test]
async fn a_changed_link_another_method_and_a_missing_key_are_told_apart() -> Outcome {
    let cloud = cloud()?;
    let url = link(&cloud, "empty.txt").await?;
    let changed = url.replace("empty.txt", "large.bin");
    assert_eq!(get(&changed, &[]).await?.element("Code"), "SignatureDoesNotMatch");
    assert_eq!(request(Method::DELETE, &url, &[], String::new()).await?.status, 403);
    assert_eq!(get(&link(&cloud, "missing").await?, &[]).await?.element("Code"), "NoSuchKey");
    let bare = url.split('?').next().unwrap_or_default();
    assert_eq!(get(bare, &[]).await?.element("Code"), "AccessDenied");
    Ok(())
}

#[tokio::test]
async fn accounts_hold_different_bytes_and_do_not_open_each_others_buckets() -> Outcome {
    let cloud = cloud()?;
    let staging = signed_in(&cloud, &cloud.accounts()[1]).await?;
    let url = format!("{}/demo/api/presign", cloud.main_url());
    let wanted = json!({ "bucket": BUCKET, "key": "logs.tar.gz" });
    assert_eq!(post_json(&url, &staging, wanted).await?.status, 404);
    let wanted = json!({ "bucket": "acme-stg-reports-6666", "key": "logs.tar.gz" });
    let answer = post_json(&url, &staging, wanted).await?.json()?;
    let theirs = get(answer["url"].as_str().unwrap_or_default(), &[]).await?;
    let ours = get(&link(&cloud, "logs.tar.gz").await?, &[]).await?;
    assert_ne!(theirs.header("etag"), ours.header("etag"));
    Ok(())
}

#[tokio::test]
async fn a_download_can_be_cut_and_held() -> Outcome {
    let cloud = cloud()?;
    let faults = format!("{}/demo/faults", cloud.main_url());
    let url = link(&cloud, "logs.tar.gz").await?;
    post_json(&faults, "", json!({ "s3_cut_after": 1000 })).await?;
    assert!(get(&url, &[]).await.is_err());
    request(Method::DELETE, &faults, &[], String::new()).await?;
    post_json(&faults, "", json!({ "s3_hold_after": 1000 })).await?;
    let (held, released) = tokio::join!(get(&url, &[]), request(Method::DELETE, &faults, &[], String::new()));
    assert_eq!(released?.status, 204);
    assert_eq!(held?.body.len(), 2 << 20);
    Ok(())
}
