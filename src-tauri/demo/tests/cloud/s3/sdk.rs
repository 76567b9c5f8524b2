//! The same S3 by AWS's own client, as a native transfer uses it.
//! It is not where rules are tried. It grows with a way of the SDK that the other files do not have.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{Credentials, Region};
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::primitives::{ByteStream, SdkBody};
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use axum::body::Bytes;
use http_body_util::Full;
use sidelight_demo::{DemoCloud, Options};

use super::client::BUCKET;
use crate::support::{Outcome, acme};

const MIB: usize = 1024 * 1024;

/// At the machine's own time, which the SDK has, too.
fn cloud() -> Outcome<DemoCloud> {
    Ok(DemoCloud::start(Options { large_object_mib: 1, ..Options::default() })?)
}

fn client(cloud: &DemoCloud) -> Client {
    let keys = acme(cloud);
    let config = aws_sdk_s3::Config::builder()
        .endpoint_url(cloud.s3_url())
        .force_path_style(true)
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new(keys.id, keys.secret, keys.token, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    Client::from_conf(config)
}

/// Not in memory as the SDK sees it: over plain HTTP it signs each chunk and the trailer.
fn stream(bytes: &Bytes) -> ByteStream {
    ByteStream::new(SdkBody::from_body_1_x(Full::new(bytes.clone())))
}

fn bytes(length: usize) -> Bytes {
    (0..length).map(|at| (at % 251) as u8).collect()
}

#[tokio::test]
async fn a_stream_is_uploaded_in_signed_chunks_and_comes_back_checked() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    for length in [0, 5, 300_000] {
        let sent = bytes(length);
        let put = client.put_object().bucket(BUCKET).key("a b/売上+1").body(stream(&sent));
        let put = put.send().await?;
        assert!(put.checksum_crc32().is_some(), "{put:?}");
        let got = client.get_object().bucket(BUCKET).key("a b/売上+1").send().await?;
        assert!(got.checksum_crc64_nvme().is_some(), "{got:?}");
        assert_eq!(got.body.collect().await?.into_bytes(), sent, "{length}");
    }
    Ok(())
}

#[tokio::test]
async fn parts_are_uploaded_listed_and_completed() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let created = client.create_multipart_upload().bucket(BUCKET).key("big").send().await?;
    let id = created.upload_id().ok_or("no upload id")?;
    let whole = bytes(6 * MIB);
    for (number, part) in [(1, whole.slice(..5 * MIB)), (2, whole.slice(5 * MIB..))] {
        let part = client.upload_part().bucket(BUCKET).key("big").upload_id(id).part_number(number).body(stream(&part));
        part.send().await?;
    }
    let listed = client.list_parts().bucket(BUCKET).key("big").upload_id(id).send().await?;
    let parts = listed.parts().iter().map(|part| {
        assert!(part.checksum_crc64_nvme().is_some(), "{part:?}");
        let listed = CompletedPart::builder().set_e_tag(part.e_tag.clone()).set_part_number(part.part_number);
        listed.set_checksum_crc64_nvme(part.checksum_crc64_nvme.clone()).build()
    });
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
    let complete = client.complete_multipart_upload().bucket(BUCKET).key("big").upload_id(id).multipart_upload(parts);
    let completed = complete.if_none_match("*").send().await?;
    let got = client.get_object().bucket(BUCKET).key("big").send().await?;
    assert_eq!((got.e_tag(), got.checksum_crc64_nvme()), (completed.e_tag(), completed.checksum_crc64_nvme()));
    assert_eq!(got.body.collect().await?.into_bytes(), whole);
    Ok(())
}

#[tokio::test]
async fn a_whole_bucket_is_listed_by_its_paginator() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let bucket = client.head_bucket().bucket(BUCKET).send().await?;
    assert_eq!(bucket.bucket_region(), Some("eu-central-1"));
    let mut pages = client.list_objects_v2().bucket(BUCKET).into_paginator().page_size(2).send();
    let mut listed = vec![];
    while let Some(page) = pages.try_next().await? {
        listed.extend(page.contents.unwrap_or_default());
    }
    assert_eq!(listed.len(), 5);
    for object in listed {
        let key = object.key().ok_or("no key")?;
        let head = client.head_object().bucket(BUCKET).key(key).send().await?;
        assert_eq!((object.e_tag(), object.size()), (head.e_tag(), head.content_length()), "{key}");
        assert_eq!(object.last_modified(), head.last_modified(), "{key}");
    }
    Ok(())
}

#[tokio::test]
async fn refusals_are_the_errors_that_the_sdk_knows() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let missing = client.get_object().bucket(BUCKET).key("missing").send().await.err().ok_or("it was there")?;
    assert!(missing.into_service_error().is_no_such_key());
    let missing = client.head_object().bucket(BUCKET).key("missing").send().await.err().ok_or("it was there")?;
    assert!(missing.into_service_error().is_not_found());
    let nobodys = client.head_bucket().bucket("acme-prod-nothing").send().await.err().ok_or("it was there")?;
    assert!(nobodys.into_service_error().is_not_found());
    let abort = client.abort_multipart_upload().bucket(BUCKET).key("big").upload_id("none");
    assert!(abort.send().await.err().ok_or("it was there")?.into_service_error().is_no_such_upload());
    let put = client.put_object().bucket(BUCKET).key("empty.txt").if_none_match("*").body(stream(&bytes(100_000)));
    let exists = put.send().await.err().ok_or("it was not there")?.into_service_error();
    assert_eq!(exists.code(), Some("PreconditionFailed"));
    Ok(())
}
