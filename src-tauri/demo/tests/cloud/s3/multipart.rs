//! Uploads in parts: their life, their rules, and what becomes of them.

use axum::http::Method;
use sidelight_demo::Options;

use super::client::{Client, client, refusal, refused};
use crate::support::{Answer, Outcome, cloud, cloud_with};

const MIB: usize = 1024 * 1024;

/// An upload that has begun.
struct Upload<'a> {
    client: Client<'a>,
    id: String,
}

impl<'a> Upload<'a> {
    async fn begin(client: Client<'a>, headers: &[(&str, &str)]) -> Outcome<Self> {
        let begun = client.send(Method::POST, "/big?uploads", headers, "").await?;
        assert_eq!((begun.status.as_u16(), begun.element("Key").as_str()), (200, "big"), "{}", begun.text());
        Ok(Self { client, id: begun.element("UploadId") })
    }

    fn address(&self) -> String {
        format!("/big?uploadId={}", self.id)
    }

    async fn put(&self, number: &str, headers: &[(&str, &str)], bytes: Vec<u8>) -> Outcome<Answer> {
        self.client.put(&format!("{}&partNumber={number}", self.address()), headers, bytes).await
    }

    async fn complete(&self, headers: &[(&str, &str)], parts: &[String]) -> Outcome<Answer> {
        let parts = parts.concat();
        let body = format!(
            "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{parts}</CompleteMultipartUpload>"
        );
        self.client.send(Method::POST, &self.address(), headers, body).await
    }
}

/// A part as the body of CompleteMultipartUpload lists it.
fn listed(number: u16, etag: &str) -> String {
    format!("<Part><ETag>{}</ETag><PartNumber>{number}</PartNumber></Part>", etag.replace('"', "&quot;"))
}

#[tokio::test]
async fn parts_become_one_object_whatever_the_order_they_came_in() -> Outcome {
    let cloud = cloud()?;
    let upload = Upload::begin(client(&cloud), &[("content-type", "text/plain")]).await?;
    let last = upload.put("7", &[], b"the end".to_vec()).await?.header("etag").to_owned();
    upload.put("2", &[], b"not this one".to_vec()).await?;
    let first = upload.put("2", &[], vec![b'a'; 5 * MIB]).await?.header("etag").to_owned();
    assert_eq!(upload.client.head("/big", &[]).await?.status, 404);
    let done = upload.complete(&[], &[listed(2, &first), listed(7, &last)]).await?;
    assert_eq!((done.status.as_u16(), done.element("ChecksumType").as_str()), (200, "FULL_OBJECT"), "{}", done.text());
    let got = upload.client.get("/big", &[("x-amz-checksum-mode", "ENABLED")]).await?;
    assert_eq!(got.body.len(), 5 * MIB + 7);
    assert!(got.body.ends_with(b"aathe end"));
    assert_eq!(got.header("content-type"), "text/plain");
    assert_eq!(got.header("etag"), done.element("ETag").replace("&quot;", "\""));
    assert!(got.header("etag").ends_with("-2\""), "{}", got.header("etag"));
    assert_eq!(got.header("x-amz-checksum-crc64nvme"), done.element("ChecksumCRC64NVME"));
    assert_eq!(refusal(&upload.complete(&[], &[listed(2, &first)]).await?), refused(404, "NoSuchUpload"));
    Ok(())
}

#[tokio::test]
async fn parts_are_listed_page_by_page() -> Outcome {
    let cloud = cloud()?;
    let upload = Upload::begin(client(&cloud), &[]).await?;
    for number in ["1", "3", "10000"] {
        upload.put(number, &[], b"bytes".to_vec()).await?;
    }
    let first = upload.client.get(&format!("{}&max-parts=2", upload.address()), &[]).await?;
    assert_eq!((first.element("IsTruncated"), first.element("NextPartNumberMarker")), ("true".into(), "3".into()));
    assert_eq!((first.element("PartNumber"), first.element("Size")), ("1".into(), "5".into()));
    assert_eq!(first.text().matches("<Part>").count(), 2);
    let rest = upload.client.get(&format!("{}&part-number-marker=3", upload.address()), &[]).await?;
    assert_eq!((rest.element("IsTruncated"), rest.element("PartNumber")), ("false".into(), "10000".into()));
    for number in ["0", "10001", "one"] {
        assert_eq!(refusal(&upload.put(number, &[], vec![]).await?), refused(400, "InvalidArgument"), "{number}");
    }
    Ok(())
}

#[tokio::test]
async fn an_upload_is_completed_only_with_the_parts_it_has() -> Outcome {
    let cloud = cloud()?;
    let upload = Upload::begin(client(&cloud), &[]).await?;
    let bad = upload.put("1", &[("x-amz-checksum-crc32", "AAAAAA==")], b"one".to_vec()).await?;
    assert_eq!(refusal(&bad), refused(400, "BadDigest"));
    let one = upload.put("1", &[], b"one".to_vec()).await?.header("etag").to_owned();
    let two = upload.put("2", &[], b"two".to_vec()).await?.header("etag").to_owned();
    let other_sum = "<ChecksumCRC64NVME>AAAAAAAAAAA=</ChecksumCRC64NVME></Part>";
    let cases = [
        (vec![listed(1, &two)], "InvalidPart"),
        (vec![listed(3, &two)], "InvalidPart"),
        (vec![listed(1, &one).replace("</Part>", other_sum)], "InvalidPart"),
        (vec![listed(2, &two), listed(1, &one)], "InvalidPartOrder"),
        (vec![listed(1, &one), listed(1, &one)], "InvalidPartOrder"),
        (vec![listed(1, &one), listed(2, &two)], "EntityTooSmall"),
        (vec![], "MalformedXML"),
    ];
    for (parts, code) in cases {
        assert_eq!(refusal(&upload.complete(&[], &parts).await?), refused(400, code), "{parts:?}");
    }
    let wrong = upload.complete(&[("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=")], &[listed(1, &one)]).await?;
    assert_eq!(refusal(&wrong), refused(400, "BadDigest"));
    assert_eq!(upload.complete(&[], &[listed(1, one.trim_matches('"'))]).await?.status, 200);
    assert_eq!(upload.client.get("/big", &[]).await?.text(), "one");
    Ok(())
}

#[tokio::test]
async fn an_upload_that_must_be_new_leaves_the_object_that_came_first() -> Outcome {
    let cloud = cloud()?;
    let upload = Upload::begin(client(&cloud), &[]).await?;
    let etag = upload.put("1", &[], b"late".to_vec()).await?.header("etag").to_owned();
    upload.client.put("/big", &[], "early").await?;
    let late = upload.complete(&[("if-none-match", "*")], &[listed(1, &etag)]).await?;
    assert_eq!(refusal(&late), refused(412, "PreconditionFailed"));
    assert_eq!(upload.client.get("/big", &[]).await?.text(), "early");
    assert_eq!(upload.complete(&[], &[listed(1, &etag)]).await?.status, 200);
    assert_eq!(upload.client.get("/big", &[]).await?.text(), "late");
    Ok(())
}

#[tokio::test]
async fn an_aborted_upload_is_gone_and_leaves_its_room() -> Outcome {
    let cloud = cloud_with(Options { kept_mib: 1, ..Options::default() })?;
    let upload = Upload::begin(client(&cloud), &[]).await?;
    upload.put("1", &[], vec![7; MIB]).await?;
    assert_eq!(upload.put("1", &[], vec![8; MIB]).await?.status, 200);
    assert_eq!(refusal(&upload.put("2", &[], vec![7]).await?), refused(400, "EntityTooLarge"));
    let elsewhere = format!("/other?uploadId={}", upload.id);
    let other = upload.client.send(Method::DELETE, &elsewhere, &[], "").await?;
    assert_eq!((refusal(&other), other.element("UploadId")), (refused(404, "NoSuchUpload"), upload.id.clone()));
    let abort = async || upload.client.send(Method::DELETE, &upload.address(), &[], "").await;
    assert_eq!(abort().await?.status, 204);
    assert_eq!(refusal(&abort().await?), refused(404, "NoSuchUpload"));
    assert_eq!(refusal(&upload.put("1", &[], vec![7]).await?), refused(404, "NoSuchUpload"));
    assert_eq!(refusal(&upload.client.get(&upload.address(), &[]).await?), refused(404, "NoSuchUpload"));
    assert_eq!(upload.client.put("/other", &[], vec![7; MIB]).await?.status, 200);
    Ok(())
}
