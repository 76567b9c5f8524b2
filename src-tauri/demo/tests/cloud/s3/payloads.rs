//! What a signature says of a body: its hash, nothing, or chunks with trailers.

use aws_sigv4::http_request::SignableBody;
use axum::http::Method;

use super::client::{BUCKET, Client, client, refusal, refused};
use crate::support::{Answer, Outcome, cloud, get};

const CHUNKED: [(&str, &str); 3] = [
    ("content-encoding", "aws-chunked"),
    ("x-amz-decoded-content-length", "9"),
    ("x-amz-trailer", "x-amz-checksum-crc32"),
];

async fn put(client: &Client<'_>, signed: SignableBody<'_>, headers: &[(&str, &str)], body: &str) -> Outcome<Answer> {
    client.send_as(signed, Method::PUT, &format!("/{BUCKET}/new"), headers, body.to_owned()).await
}

async fn put_chunked(client: &Client<'_>, body: &str) -> Outcome<Answer> {
    put(client, SignableBody::StreamingUnsignedPayloadTrailer, &CHUNKED, body).await
}

#[tokio::test]
async fn a_body_is_held_to_its_hash_unless_it_is_unsigned() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let changed = put(&client, SignableBody::Bytes(b"one"), &[], "two").await?;
    assert_eq!(refusal(&changed), refused(400, "XAmzContentSHA256Mismatch"));
    assert_eq!(client.head("/new", &[]).await?.status, 404);
    assert_eq!(put(&client, SignableBody::UnsignedPayload, &[], "two").await?.status, 200);
    assert_eq!(client.get("/new", &[]).await?.text(), "two");
    Ok(())
}

#[tokio::test]
async fn chunks_become_one_object_that_is_held_to_its_trailer() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let wrong = put_chunked(&client, "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n").await?;
    assert_eq!(refusal(&wrong), refused(400, "BadDigest"));
    let right = put_chunked(&client, "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n").await?;
    assert_eq!((right.status.as_u16(), right.header("x-amz-checksum-crc32")), (200, "y/Q5Jg=="));
    let got = client.get("/new", &[]).await?;
    assert_eq!((got.text().as_str(), got.header("content-encoding")), ("123456789", ""));
    Ok(())
}

#[tokio::test]
async fn chunks_that_are_not_whole_or_lack_their_trailer_are_refused() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let bodies = [
        ("9\r\n123456789\r\n0\r\n\r\n", "MalformedTrailerError"),
        ("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32c:4waSgw==\r\n\r\n", "MalformedTrailerError"),
        ("4\r\n1234\r\n0\r\nx-amz-checksum-crc32:m+PgoA==\r\n\r\n", "IncompleteBody"),
        ("9\r\n123456789\r\n", "IncompleteBody"),
        ("A\r\n123456789\r\n", "IncompleteBody"),
    ];
    for (body, code) in bodies {
        assert_eq!(refusal(&put_chunked(&client, body).await?), refused(400, code), "{body}");
    }
    assert_eq!(client.head("/new", &[]).await?.status, 404);
    Ok(())
}

/// That right ones are taken is shown by the SDK, which signs its chunks.
#[tokio::test]
async fn a_chunk_whose_signature_is_wrong_is_refused() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let signature = "0".repeat(64);
    let body = format!(
        "9;chunk-signature={signature}\r\n123456789\r\n0;chunk-signature={signature}\r\n\
         x-amz-checksum-crc32:y/Q5Jg==\r\nx-amz-trailer-signature:{signature}\r\n\r\n"
    );
    let answer = put(&client, SignableBody::StreamingSignedPayloadTrailer, &CHUNKED, &body).await?;
    assert_eq!(refusal(&answer), refused(403, "SignatureDoesNotMatch"));
    Ok(())
}

#[tokio::test]
async fn a_payload_and_its_length_must_be_declared() -> Outcome {
    let cloud = cloud()?;
    let client = client(&cloud);
    let odd = SignableBody::Precomputed("odd".to_owned());
    assert_eq!(refusal(&put(&client, odd, &[], "x").await?), refused(400, "InvalidArgument"));
    let lengthless = client.send(Method::PUT, "/new", &[], "").await?;
    assert_eq!(refusal(&lengthless), refused(411, "MissingContentLength"));
    let url = format!("{}/{BUCKET}/empty.txt", cloud.s3_url());
    let scope = "Credential=AKIA/20261123/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0";
    let authorization = format!("AWS4-HMAC-SHA256 {scope}");
    let undeclared = get(&url, &[("authorization", &authorization), ("x-amz-date", "20261123T120000Z")]).await?;
    assert_eq!(refusal(&undeclared), refused(400, "InvalidRequest"));
    Ok(())
}
