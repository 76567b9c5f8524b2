//! Partitions and their addresses, built in and own.

use super::*;

fn aws() -> Partition {
    Partition::BuiltIn(&BUILT_IN[0])
}

fn has_page(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| aws().has_page(&url))
}

#[test]
fn a_page_belongs_only_on_a_dot_boundary_of_a_known_host_over_https() {
    assert!(has_page("https://eu-central-1.console.aws.amazon.com/s3/buckets"));
    assert!(has_page("https://111122223333-abcd1234.eu-central-1.console.aws.amazon.com/"));
    assert!(has_page("https://us-east-1.signin.aws.amazon.com/federation"));
    assert!(has_page("https://d-1234567890.awsapps.com/start"));
    for foreign in [
        "http://console.aws.amazon.com/",
        "https://evilconsole.aws.amazon.com/",
        "https://console.aws.amazon.com.evil.example/",
        "https://console.aws.amazon.com:8443/",
        "https://console.aws.amazon.com@evil.example/",
        "https://docs.aws.amazon.com/",
        "https://bucket.s3.amazonaws.com/",
        "https://console.aws.amazon.com\u{ff0e}evil.example/",
        "data:text/html,hi",
    ] {
        assert!(!has_page(foreign), "{foreign}");
    }
}

#[test]
fn files_of_an_own_partition_come_from_its_s3_and_where_it_names_none_by_presigned_links() -> Result<(), InputError> {
    let own = |s3: Option<&str>| -> Result<Partition, InputError> {
        let here = Endpoint::parse("http://127.0.0.1:4566", Field::Sts)?;
        Ok(Partition::Own(Box::new(OwnPartition {
            name: PartitionName::parse("emulator")?,
            sts: here.clone(),
            sign_in: here.clone(),
            consoles: vec![here],
            s3: s3.map(|s3| Endpoint::parse(s3, Field::S3)).transpose()?,
            iam: None,
            sso: None,
            sso_oidc: None,
            regions: vec![Region::parse("us-east-1")?],
        })))
    };
    let has = |partition: &Partition, text: &str| Url::parse(text).is_ok_and(|url| partition.has_files(&url));
    let with = own(Some("https://s3.emulator.example:4566"))?;
    for fine in ["https://s3.emulator.example:4566/bucket/key", "https://bucket.s3.emulator.example:4566/key"] {
        assert!(has(&with, fine), "{fine}");
    }
    for foreign in [
        "https://bucket.s3.emulator.example/key",
        "http://bucket.s3.emulator.example:4566/key",
        "https://evils3.emulator.example:4566/key",
        "https://files.example/key?X-Amz-Signature=00",
    ] {
        assert!(!has(&with, foreign), "{foreign}");
    }
    let without = own(None)?;
    assert!(has(&without, "http://127.0.0.1:9000/bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00"));
    assert!(!has(&without, "http://127.0.0.1:9000/bucket/key?Signature=00"));
    Ok(())
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for fine in ["http://127.0.0.1:4566", "http://localhost:1/x", "http://[::1]:80", "https://sts.example"] {
        assert!(Endpoint::parse(fine, Field::Sts).is_ok(), "{fine}");
    }
    for (wrong, problem) in [
        ("http://10.0.0.1", Problem::NotSecure),
        ("http://localhost.evil.example", Problem::NotSecure),
        ("http://127.0.0.1@evil.example", Problem::Malformed),
        ("ftp://127.0.0.1", Problem::Malformed),
        ("127.0.0.1:80", Problem::Malformed),
        (" ", Problem::Missing),
    ] {
        assert_eq!(Endpoint::parse(wrong, Field::Sts), Err(InputError::new(Field::Sts, problem)), "{wrong}");
    }
}

#[test]
fn endpoints_follow_the_partition_and_the_region() -> Result<(), InputError> {
    let spelled = |partition: &Partition, region: &str| -> Result<(String, String), InputError> {
        let region = Region::parse(region)?;
        let text = |url: Option<Url>| url.map(String::from).unwrap_or_default();
        Ok((text(partition.federation(&region)), text(partition.console(&region))))
    };
    assert_eq!(
        spelled(&aws(), "eu-central-1")?,
        (
            "https://eu-central-1.signin.aws.amazon.com/federation".to_owned(),
            "https://eu-central-1.console.aws.amazon.com/".to_owned()
        )
    );
    assert_eq!(
        spelled(&Partition::BuiltIn(&BUILT_IN[3]), "eusc-de-east-1")?,
        (
            "https://eusc-de-east-1.signin.amazonaws-eusc.eu/federation".to_owned(),
            "https://console.amazonaws-eusc.eu/".to_owned()
        )
    );
    Ok(())
}
