//! Who may do what in S3, by signed headers.

use aws_sigv4::http_request::SignableBody;
use axum::http::Method;

use super::client::{BUCKET, Client, READ_ONLY, client, refusal, refused, session};
use crate::support::{Keys, Outcome, acme, borealis, cloud, get, last_issued, sts};

#[tokio::test]
async fn a_bucket_says_where_it_is_and_whose_it_is_not() -> Outcome {
    let cloud = cloud()?;
    let acme = client(&cloud);
    let ours = acme.head("", &[]).await?;
    assert_eq!((ours.status.as_u16(), ours.header("x-amz-bucket-region")), (200, "eu-central-1"));

    let bucket = |client: &'static str| format!("/{client}?list-type=2");
    let empty = || SignableBody::Bytes(b"");
    let theirs = acme.send_as(empty(), Method::GET, &bucket("acme-stg-reports-6666"), &[], "").await?;
    assert_eq!(refusal(&theirs), refused(403, "AccessDenied"));
    let nobodys = acme.send_as(empty(), Method::GET, &bucket("acme-prod-nothing"), &[], "").await?;
    assert_eq!(refusal(&nobodys), refused(404, "NoSuchBucket"));
    assert_eq!(nobodys.element("BucketName"), "acme-prod-nothing");
    Ok(())
}

#[tokio::test]
async fn a_request_for_another_region_learns_the_right_one_even_without_a_body() -> Outcome {
    let cloud = cloud()?;
    let elsewhere = Client { region: "us-east-1", ..client(&cloud) };
    let head = elsewhere.head("", &[]).await?;
    assert_eq!((head.status.as_u16(), head.header("x-amz-bucket-region")), (301, "eu-central-1"));
    assert!(head.body.is_empty());
    let list = elsewhere.get("?list-type=2", &[]).await?;
    assert_eq!(refusal(&list), refused(301, "PermanentRedirect"));
    assert_eq!(list.header("x-amz-bucket-region"), "eu-central-1");

    let borealis = Client { keys: borealis(&cloud), region: "ap-northeast-1", ..client(&cloud) };
    let tokyo = borealis.send_as(SignableBody::Bytes(b""), Method::HEAD, "/borealis-logs-9999", &[], "").await?;
    assert_eq!((tokyo.status.as_u16(), tokyo.header("x-amz-bucket-region")), (200, "ap-northeast-1"));
    Ok(())
}

#[tokio::test]
async fn a_read_only_session_reads_and_lists_and_writes_nothing() -> Outcome {
    let cloud = cloud()?;
    let reader = session(&cloud, &[READ_ONLY]).await?;
    let upload = session(&cloud, &[]).await?.send(Method::POST, "/large?uploads", &[], "").await?.element("UploadId");
    let part = format!("/large?partNumber=1&uploadId={upload}");
    let parts = format!("/large?uploadId={upload}");
    assert_eq!(reader.get("/empty.txt", &[]).await?.status, 200);
    assert_eq!(reader.get("?list-type=2", &[]).await?.status, 200);
    assert_eq!(reader.get(&parts, &[]).await?.status, 200);
    let writes = [
        (Method::PUT, "/empty.txt", "s3:PutObject"),
        (Method::POST, "/large?uploads", "s3:PutObject"),
        (Method::PUT, part.as_str(), "s3:PutObject"),
        (Method::POST, parts.as_str(), "s3:PutObject"),
        (Method::DELETE, parts.as_str(), "s3:AbortMultipartUpload"),
    ];
    for (method, below, action) in writes {
        let answer = reader.send(method, below, &[], "bytes").await?;
        assert_eq!(refusal(&answer), refused(403, "AccessDenied"), "{below}");
        assert!(answer.element("Message").contains(&format!("perform: {action} on")), "{}", answer.text());
    }
    assert_eq!(reader.head("/empty.txt", &[]).await?.header("content-length"), "0");
    assert_eq!(reader.get(&parts, &[]).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn session_policies_add_up_and_a_federated_user_needs_one() -> Outcome {
    let cloud = cloud()?;
    let both = [READ_ONLY, ("PolicyArns.member.2.arn", "arn:aws:iam::aws:policy/PowerUserAccess")];
    assert_eq!(session(&cloud, &both).await?.put("/new", &[], "bytes").await?.status, 200);
    let federated = [("Action", "GetFederationToken"), ("Name", "jane.doe")];
    let keys = sts(&cloud, &acme(&cloud), &federated).await?.keys();
    let without = Client { keys, ..client(&cloud) };
    assert_eq!(refusal(&without.get("/empty.txt", &[]).await?), refused(403, "AccessDenied"));
    let keys = sts(&cloud, &acme(&cloud), &[&federated[..], &[READ_ONLY]].concat()).await?.keys();
    let with = Client { keys, ..client(&cloud) };
    assert_eq!(with.get("/empty.txt", &[]).await?.status, 200);
    assert_eq!(refusal(&with.put("/new", &[], "bytes").await?), refused(403, "AccessDenied"));
    Ok(())
}

#[tokio::test]
async fn a_wrong_secret_an_unknown_key_and_an_ended_session_are_told_apart() -> Outcome {
    let cloud = cloud()?;
    let with = |keys: Keys| Client { keys, ..client(&cloud) };
    let wrong = with(Keys { secret: "wrong".to_owned(), ..acme(&cloud) });
    assert_eq!(refusal(&wrong.get("/empty.txt", &[]).await?), refused(403, "SignatureDoesNotMatch"));
    let unknown = with(Keys { id: "AKIANOBODY0000000000".to_owned(), ..acme(&cloud) });
    assert_eq!(refusal(&unknown.get("/empty.txt", &[]).await?), refused(403, "InvalidAccessKeyId"));
    let session = session(&cloud, &[]).await?;
    let tokenless = with(Keys { token: None, ..session.keys.clone() });
    assert_eq!(refusal(&tokenless.get("/empty.txt", &[]).await?), refused(400, "InvalidToken"));
    assert_eq!(session.get("/empty.txt", &[]).await?.status, 200);
    let seconds = last_issued(&cloud).await?["duration_seconds"].as_i64().ok_or("no duration")?;
    cloud.clock().advance(seconds);
    assert_eq!(refusal(&session.get("/empty.txt", &[]).await?), refused(400, "ExpiredToken"));
    Ok(())
}

#[tokio::test]
async fn a_header_that_is_no_signature_is_malformed() -> Outcome {
    let cloud = cloud()?;
    let url = format!("{}/{BUCKET}/empty.txt", cloud.s3_url());
    let hash = ("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    let malformed = get(&url, &[("authorization", "Bearer token"), hash]).await?;
    assert_eq!(refusal(&malformed), refused(400, "AuthorizationHeaderMalformed"));
    Ok(())
}

#[tokio::test]
async fn a_clock_more_than_fifteen_minutes_off_is_refused_and_told_the_time() -> Outcome {
    let cloud = cloud()?;
    for (seconds_ahead, status) in [(-901, 403), (-900, 200), (900, 200), (901, 403)] {
        let answer = Client { seconds_ahead, ..client(&cloud) }.get("/empty.txt", &[]).await?;
        assert_eq!(answer.status, status, "{seconds_ahead}");
        assert_eq!(answer.header("date"), "Mon, 23 Nov 2026 12:00:00 GMT");
        if status == 403 {
            assert_eq!(refusal(&answer), refused(403, "RequestTimeTooSkewed"));
            assert_eq!(answer.element("ServerTime"), "2026-11-23T12:00:00Z");
        }
    }
    Ok(())
}
