//! PutObject: what is kept, what it looks like from elsewhere, and what is refused.

use aws_sigv4::http_request::SignableBody;
use axum::http::Method;
use serde_json::json;
use sidelight_demo::Options;

use super::client::{BUCKET, client, link, refusal, refused};
use crate::support::{Outcome, cloud, cloud_with, get, signed_in};

const MIB: usize = 1024 * 1024;

#[tokio::test]
async fn an_uploaded_object_is_there_for_headers_links_and_the_console() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let headers = [
        ("content-type", "text/csv"),
        ("content-encoding", "gzip"),
        ("x-amz-meta-from", "laptop"),
        ("x-amz-storage-class", "STANDARD_IA"),
    ];
    let put = client.put("/new%20folder/a%26b.csv", &headers, "a,b\n").await?;
    assert_eq!((put.status.as_u16(), put.header("x-amz-checksum-type")), (200, "FULL_OBJECT"));
    let got = client.get("/new%20folder/a%26b.csv", &[]).await?;
    assert_eq!((got.text().as_str(), got.header("etag")), ("a,b\n", put.header("etag")));
    assert_eq!(got.header("last-modified"), "Mon, 23 Nov 2026 12:00:00 GMT");
    for (name, value) in headers {
        assert_eq!(got.header(name), value);
    }
    let linked = get(&link(&cloud, "new folder/a&b.csv").await?, &[]).await?;
    assert_eq!((linked.text().as_str(), linked.header("content-disposition")), ("a,b\n", "attachment"));
    let cookies = signed_in(&cloud, &cloud.accounts()[0]).await?;
    let url = format!("{}/demo/api/objects?bucket={BUCKET}", cloud.main_url());
    let listed = get(&url, &[("cookie", &cookies)]).await?.json()?;
    let line = json!({
        "key": "new folder/a&b.csv", "size": 4, "last_modified": "2026-11-23T12:00:00Z", "storage_class": "Standard"
    });
    assert_eq!(listed.as_array().and_then(|lines| lines.last()), Some(&line));
    let stats = get(&format!("{}/demo/stats", cloud.main_url()), &[]).await?.json()?;
    assert_eq!(stats["s3"], json!({ "GetObject": 2, "PutObject": 1 }));
    Ok(())
}

#[tokio::test]
async fn an_upload_takes_the_place_of_an_object_unless_it_must_be_new() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let only_new = ("if-none-match", "*");
    for key in ["/empty.txt", "/mine"] {
        client.put(key, &[], "first").await?;
        let refusing = client.put(key, &[only_new], "second").await?;
        assert_eq!(refusal(&refusing), refused(412, "PreconditionFailed"), "{key}");
        assert_eq!(client.get(key, &[]).await?.text(), "first");
        client.put(key, &[], "third").await?;
        assert_eq!(client.get(key, &[]).await?.text(), "third");
    }
    assert_eq!(refusal(&client.put("/large.bin", &[only_new], "x").await?), refused(412, "PreconditionFailed"));
    assert_eq!(client.put("/new", &[only_new], "x").await?.status, 200);
    let cookies = signed_in(&cloud, &cloud.accounts()[0]).await?;
    let url = format!("{}/demo/api/objects?bucket={BUCKET}", cloud.main_url());
    let listed = get(&url, &[("cookie", &cookies)]).await?.json()?;
    let empties = listed.as_array().into_iter().flatten().filter(|line| line["key"] == "empty.txt");
    assert_eq!(empties.map(|line| line["size"].clone()).collect::<Vec<_>>(), [5]);
    Ok(())
}

#[tokio::test]
async fn a_checksum_that_does_not_fit_refuses_the_upload() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    // Of the nine digits, and of nothing.
    let sums = [
        ("x-amz-checksum-crc32", "y/Q5Jg==", "AAAAAA=="),
        ("x-amz-checksum-crc32c", "4waSgw==", "AAAAAA=="),
        ("x-amz-checksum-crc64nvme", "rosUhgp5mIg=", "AAAAAAAAAAA="),
        (
            "x-amz-checksum-sha256",
            "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ),
        ("content-md5", "JfnnlDI7RTiF9RgfG2JNCw==", "1B2M2Y8AsgTpgAmY7PhCfg=="),
    ];
    for (name, right, wrong) in sums {
        let bad = client.put("/digits", &[(name, wrong)], "123456789").await?;
        assert_eq!(refusal(&bad), refused(400, "BadDigest"), "{name}");
        assert_eq!(client.head("/digits", &[]).await?.status, 404, "{name}");
        let malformed = client.put("/digits", &[(name, "AAA=")], "123456789").await?;
        assert_eq!(refusal(&malformed), refused(400, "InvalidRequest"), "{name}");
        let good = client.put("/good", &[(name, right)], "123456789").await?;
        assert_eq!(good.status, 200, "{name}");
        assert!(name == "content-md5" || good.header(name) == right, "{name}");
    }
    let unknown = client.put("/digits", &[("x-amz-checksum-sha1", "AAAA")], "123456789").await?;
    assert_eq!(refusal(&unknown), refused(501, "NotImplemented"));
    Ok(())
}

#[tokio::test]
async fn no_more_is_kept_than_there_is_room_for() -> Outcome {
    let cloud = cloud_with(Options { kept_mib: 1, ..Options::default() })?;
    let client = client(&cloud);
    let half = vec![7; 512 * 1024];
    for key in ["/first", "/second", "/second"] {
        assert_eq!(client.put(key, &[], half.clone()).await?.status, 200, "{key}");
    }
    let third = client.put("/third", &[], "x").await?;
    assert_eq!(refusal(&third), refused(400, "EntityTooLarge"));
    assert_eq!(third.element("MaxSizeAllowed"), MIB.to_string());
    assert_eq!(client.head("/third", &[]).await?.status, 404);
    client.put("/second", &[], "").await?;
    assert_eq!(client.put("/third", &[], half).await?.status, 200);
    Ok(())
}

/// More than a connection holds: it would be reset if the answer came before the end of the body.
#[tokio::test]
async fn a_refused_upload_is_answered_however_large_it_is() -> Outcome {
    let cloud = cloud_with(Options { kept_mib: 1, ..Options::default() })?;
    let (path, huge) = (format!("/{BUCKET}/huge"), vec![7; 64 * MIB]);
    let answer = client(&cloud).send_as(SignableBody::UnsignedPayload, Method::PUT, &path, &[], huge).await?;
    assert_eq!(refusal(&answer), refused(400, "EntityTooLarge"));
    assert_eq!(answer.element("ProposedSize"), (64 * MIB).to_string());
    Ok(())
}

#[tokio::test]
async fn a_key_has_1024_bytes_at_most() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let longest = "%E5%A3%B2".repeat(341) + "a";
    assert_eq!(client.put(&format!("/{longest}"), &[], "x").await?.status, 200);
    let longer = format!("/{longest}a");
    assert_eq!(refusal(&client.put(&longer, &[], "x").await?), refused(400, "KeyTooLongError"));
    let upload = client.send(Method::POST, &format!("{longer}?uploads"), &[], "").await?;
    assert_eq!(refusal(&upload), refused(400, "KeyTooLongError"));
    Ok(())
}
