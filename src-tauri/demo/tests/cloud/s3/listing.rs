//! ListObjectsV2: prefixes, pages and spellings.

use super::client::{Client, client, refusal, refused};
use crate::support::{Answer, Outcome, cloud};

/// The texts of all elements of this name, in order.
fn all(answer: &Answer, name: &str) -> Vec<String> {
    let (text, start) = (answer.text(), format!("<{name}>"));
    let pieces = text.split(&start).skip(1).map(|piece| piece.split("</").next().unwrap_or_default());
    pieces.map(str::to_owned).collect()
}

async fn put_all(client: &Client<'_>, keys: &[&str]) -> Outcome {
    for key in keys {
        assert_eq!(client.put(&format!("/{key}"), &[], "bytes").await?.status, 200, "{key}");
    }
    Ok(())
}

#[tokio::test]
async fn a_bucket_lists_its_objects_by_key_with_what_head_says_of_each() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let list = client.get("?list-type=2", &[]).await?;
    let keys = ["empty.txt", "large.bin", "logs.tar.gz", "reports/2026-10.csv", "売上 2026-10.csv"];
    assert_eq!(all(&list, "Key"), keys);
    assert_eq!((list.element("KeyCount"), list.element("IsTruncated")), ("5".to_owned(), "false".to_owned()));
    assert_eq!(all(&list, "StorageClass"), ["STANDARD"; 5]);
    assert_eq!(all(&list, "LastModified")[0], "2026-09-30T16:05:21.000Z");
    let large = client.head("/large.bin", &[]).await?;
    assert_eq!(all(&list, "Size")[1], large.header("content-length"));
    assert_eq!(all(&list, "ETag")[1].replace("&quot;", "\""), large.header("etag"));
    Ok(())
}

#[tokio::test]
async fn a_delimiter_rolls_up_what_lies_below_a_prefix() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    put_all(&client, &["photos/2026/a", "photos/2026/b", "photos/c", "photos%21"]).await?;
    let top = client.get("?list-type=2&delimiter=%2F&prefix=photos", &[]).await?;
    assert_eq!((all(&top, "Key"), top.element("KeyCount")), (vec!["photos!".to_owned()], "2".to_owned()));
    assert!(top.text().contains("<CommonPrefixes><Prefix>photos/</Prefix></CommonPrefixes>"), "{}", top.text());
    let below = client.get("?list-type=2&delimiter=%2F&prefix=photos%2F", &[]).await?;
    assert_eq!(all(&below, "Key"), ["photos/c"]);
    assert!(below.text().contains("<CommonPrefixes><Prefix>photos/2026/</Prefix></CommonPrefixes>"));
    let after = client.get("?list-type=2&prefix=photos%2F&start-after=photos%2F2026%2Fa", &[]).await?;
    assert_eq!(all(&after, "Key"), ["photos/2026/b", "photos/c"]);
    Ok(())
}

#[tokio::test]
async fn pages_hold_every_key_and_prefix_once() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    put_all(&client, &["p/a", "p/b/1", "p/b/2", "p/b/3", "p/c", "p/d/1"]).await?;
    let first = "?list-type=2&prefix=p%2F&delimiter=%2F&max-keys=1";
    let mut query = first.to_owned();
    let mut lines = vec![];
    loop {
        let page = client.get(&query, &[]).await?;
        assert_eq!((page.element("KeyCount"), page.element("MaxKeys")), ("1".to_owned(), "1".to_owned()));
        lines.extend(all(&page, "Key"));
        lines.extend(all(&page, "Prefix").into_iter().skip(1));
        let token = page.element("NextContinuationToken");
        assert_eq!(page.element("IsTruncated"), (!token.is_empty()).to_string());
        if token.is_empty() {
            break;
        }
        let token: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
        query = format!("{first}&continuation-token={token}");
    }
    assert_eq!(lines, ["p/a", "p/b/", "p/c", "p/d/"]);
    let wrong = client.get("?list-type=2&continuation-token=%21", &[]).await?;
    assert_eq!(refusal(&wrong), refused(400, "InvalidArgument"));
    let none = client.get("?list-type=2&max-keys=0", &[]).await?;
    assert_eq!((none.element("KeyCount"), none.element("IsTruncated")), ("0".to_owned(), "false".to_owned()));
    Ok(())
}

#[tokio::test]
async fn keys_that_xml_cannot_hold_come_encoded() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    client.put("/odd/%01%20%2B%26~%E5%A3%B2", &[], "bytes").await?;
    let encoded = client.get("?list-type=2&prefix=odd%2F&encoding-type=url", &[]).await?;
    assert_eq!(encoded.element("Key"), "odd/%01+%2B%26%7E%E5%A3%B2");
    assert_eq!(encoded.element("EncodingType"), "url");
    let plain = client.get("?list-type=2&prefix=odd%2F", &[]).await?;
    assert_eq!(plain.element("Key"), "odd/&#1; +&amp;~売");
    Ok(())
}
