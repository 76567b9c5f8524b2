//! GetObject and HeadObject by signed headers.

use axum::http::Method;

use super::client::{client, refusal, refused};
use crate::support::{Outcome, cloud};

const SALES: &str = "/%E5%A3%B2%E4%B8%8A%202026-10.csv";

#[tokio::test]
async fn head_says_what_get_would_send() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let got = client.get(SALES, &[]).await?;
    assert!(got.text().contains("day,service,usage_hours,cost_usd"), "{}", got.text());
    let head = client.head(SALES, &[]).await?;
    assert!(head.body.is_empty());
    for name in ["content-length", "content-type", "etag", "last-modified", "accept-ranges"] {
        assert_eq!(head.header(name), got.header(name), "{name}");
        assert!(!head.header(name).is_empty(), "{name}");
    }
    let range = client.head(SALES, &[("range", "bytes=0-9")]).await?;
    assert_eq!((range.status.as_u16(), range.header("content-length")), (206, "10"));
    Ok(())
}

#[tokio::test]
async fn a_missing_object_is_told_with_words_to_get_and_without_to_head() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let got = client.get("/a%26b", &[]).await?;
    assert_eq!(refusal(&got), refused(404, "NoSuchKey"));
    assert_eq!(got.element("Key"), "a&amp;b");
    let head = client.head("/a%26b", &[]).await?;
    assert_eq!((head.status.as_u16(), head.body.len()), (404, 0));
    Ok(())
}

#[tokio::test]
async fn an_object_that_changed_is_not_sent_in_the_place_of_another() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let etag = client.head("/logs.tar.gz", &[]).await?.header("etag").to_owned();
    let same = client.get("/logs.tar.gz", &[("if-match", &etag), ("range", "bytes=5-9")]).await?;
    assert_eq!((same.status.as_u16(), same.body.len()), (206, 5));
    let other = client.get("/logs.tar.gz", &[("if-match", "\"other\"")]).await?;
    assert_eq!(refusal(&other), refused(412, "PreconditionFailed"));
    assert_eq!(other.element("Condition"), "If-Match");
    Ok(())
}

#[tokio::test]
async fn a_whole_object_comes_with_its_checksum_and_a_range_without() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    client.put("/digits", &[], "123456789").await?;
    let asked = ("x-amz-checksum-mode", "ENABLED");
    let sum = |answer: &crate::support::Answer| {
        let [sum, kind] =
            ["x-amz-checksum-crc64nvme", "x-amz-checksum-type"].map(|name| answer.header(name).to_owned());
        (sum, kind)
    };
    let whole = client.get("/digits", &[asked]).await?;
    // The value that every description of CRC-64/NVME gives for these nine digits.
    assert_eq!(sum(&whole), ("rosUhgp5mIg=".to_owned(), "FULL_OBJECT".to_owned()));
    assert_eq!(sum(&client.head("/digits", &[asked]).await?), sum(&whole));
    let nothing = (String::new(), String::new());
    assert_eq!(sum(&client.get("/digits", &[asked, ("range", "bytes=0-3")]).await?), nothing);
    assert_eq!(sum(&client.get("/digits", &[]).await?), nothing);
    Ok(())
}

#[tokio::test]
async fn what_is_not_implemented_is_said_and_not_done() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let copied = client.put("/copy", &[("x-amz-copy-source", "/any/object")], "").await?;
    assert_eq!(refusal(&copied), refused(501, "NotImplemented"));
    assert_eq!(client.head("/copy", &[]).await?.status, 404);
    for (method, below) in
        [(Method::GET, "?location"), (Method::GET, "/empty.txt?acl"), (Method::DELETE, "/empty.txt"), (Method::PUT, "")]
    {
        let answer = client.send(method, below, &[], "").await?;
        assert_eq!(refusal(&answer), refused(501, "NotImplemented"), "{below}");
    }
    Ok(())
}
