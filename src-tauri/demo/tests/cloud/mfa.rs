//! One-time codes in STS: whose they are, how often they work, and what they open.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sidelight_demo::{DemoCloud, DemoProfile};
use totp_rs::{Builder, Secret};

use crate::support::{Answer, Keys, Outcome, acme, assume, assume_with, cloud, get, last_issued, signin_token, sts};

const MFA_ADMIN: &str = "arn:aws:iam::111122223333:role/MfaAdmin";
const SERIAL: &str = "arn:aws:iam::111122223333:mfa/sidelight";
const WRONG: &str = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";

fn code_at(profile: &DemoProfile, moment: Timestamp) -> Outcome<String> {
    let totp = Builder::new().with_secret(Secret::try_from_base32(&profile.totp_seed)?).build()?;
    Ok(totp.generate(moment.as_second().try_into()?).to_string())
}

fn code(cloud: &DemoCloud) -> Outcome<String> {
    code_at(&cloud.accounts()[0], cloud.clock().now())
}

async fn assume_with_code(cloud: &DemoCloud, code: &str) -> Outcome<Answer> {
    assume_with(cloud, &acme(cloud), MFA_ADMIN, &[("SerialNumber", SERIAL), ("TokenCode", code)]).await
}

fn denied(answer: &Answer, message: &str) {
    assert_eq!((answer.status.as_u16(), answer.element("Code").as_str()), (403, "AccessDenied"));
    assert_eq!(answer.element("Message"), message);
}

#[tokio::test]
async fn a_role_that_demands_mfa_is_closed_without_a_code_and_opens_for_twelve_hours_with_one() -> Outcome {
    let cloud = cloud()?;
    let refused = assume(&cloud, &acme(&cloud), MFA_ADMIN, "3600").await?;
    let user = "User: arn:aws:iam::111122223333:user/sidelight";
    denied(&refused, &format!("{user} is not authorized to perform: sts:AssumeRole on resource: {MFA_ADMIN}"));
    let code = code(&cloud)?;
    let call = [("SerialNumber", SERIAL), ("TokenCode", code.as_str()), ("DurationSeconds", "43200")];
    let assumed = assume_with(&cloud, &acme(&cloud), MFA_ADMIN, &call).await?;
    assert_eq!(assumed.status, 200, "{}", assumed.text());
    assert_eq!(assumed.element("Expiration"), "2026-11-24T00:00:00Z");
    assert_eq!(signin_token(&cloud, &assumed.keys(), Some("43200")).await?.status, 200);
    let issued = last_issued(&cloud).await?;
    assert_eq!((&issued["mfa"], &issued["chained"]), (&json!(true), &json!(false)));
    Ok(())
}

#[tokio::test]
async fn every_account_has_a_device_of_its_own_and_roles_that_demand_it() -> Outcome {
    let cloud = cloud()?;
    for profile in cloud.accounts() {
        let code = code_at(profile, cloud.clock().now())?;
        assert_eq!(profile.mfa_serial, format!("arn:aws:iam::{}:mfa/sidelight", profile.account));
        let role = format!("arn:aws:iam::{}:role/MfaReader", profile.account);
        let call = [("SerialNumber", profile.mfa_serial.as_str()), ("TokenCode", code.as_str())];
        let assumed = assume_with(&cloud, &Keys::from(profile), &role, &call).await?;
        assert_eq!(assumed.status, 200, "{}", assumed.text());
    }
    Ok(())
}

#[tokio::test]
async fn a_code_works_once_and_a_wrong_one_is_refused_in_the_same_words() -> Outcome {
    let cloud = cloud()?;
    let code = code(&cloud)?;
    assert_eq!(assume_with_code(&cloud, &code).await?.status, 200);
    denied(&assume_with_code(&cloud, &code).await?, WRONG);
    let session = [("Action", "GetSessionToken"), ("SerialNumber", SERIAL), ("TokenCode", code.as_str())];
    denied(&sts(&cloud, &acme(&cloud), &session).await?, WRONG);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    denied(&assume_with_code(&cloud, wrong).await?, WRONG);
    let stats = get(&format!("{}/demo/stats", cloud.main_url()), &[]).await?.json()?;
    assert_eq!(stats["mfa"], json!({ "with_code": 4, "refused": 3 }));
    Ok(())
}

#[tokio::test]
async fn a_code_of_the_step_before_or_after_works_and_none_further_away() -> Outcome {
    let cloud = cloud()?;
    let profile = &cloud.accounts()[0];
    for (seconds, status) in [(-60, 403), (60, 403), (-30, 200), (30, 200)] {
        let code = code_at(profile, cloud.clock().now() + SignedDuration::from_secs(seconds))?;
        assert_eq!(assume_with_code(&cloud, &code).await?.status, status, "{seconds} s away");
    }
    Ok(())
}

#[tokio::test]
async fn a_foreign_device_half_of_a_proof_and_a_code_of_another_shape_are_told_apart() -> Outcome {
    let cloud = cloud()?;
    let code = code(&cloud)?;
    for serial in ["arn:aws:iam::111122223333:mfa/other", "arn:aws:iam::444455556666:mfa/sidelight"] {
        let call = [("SerialNumber", serial), ("TokenCode", code.as_str())];
        let refused = assume_with(&cloud, &acme(&cloud), MFA_ADMIN, &call).await?;
        denied(
            &refused,
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
             valid and associated with this user.",
        );
    }
    let half = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
    for part in [("SerialNumber", SERIAL), ("TokenCode", code.as_str())] {
        denied(&assume_with(&cloud, &acme(&cloud), MFA_ADMIN, &[part]).await?, half);
    }
    for shape in ["12345", "1234567", "12345a", ""] {
        let refused = assume_with_code(&cloud, shape).await?;
        assert_eq!((refused.status.as_u16(), refused.element("Code").as_str()), (400, "ValidationError"), "{shape}");
    }
    assert_eq!(assume_with_code(&cloud, &code).await?.status, 200, "none of these used the code up");
    Ok(())
}

#[tokio::test]
async fn a_session_token_got_with_mfa_opens_such_roles_for_an_hour_each_and_is_not_federated() -> Outcome {
    let cloud = cloud()?;
    let code = code(&cloud)?;
    let call = [("Action", "GetSessionToken"), ("SerialNumber", SERIAL), ("TokenCode", code.as_str())];
    let session = sts(&cloud, &acme(&cloud), &call).await?.keys();
    assert_eq!(assume(&cloud, &session, MFA_ADMIN, "3601").await?.element("Code"), "ValidationError");
    let assumed = assume(&cloud, &session, MFA_ADMIN, "3600").await?;
    assert_eq!(assumed.status, 200, "{}", assumed.text());
    let issued = last_issued(&cloud).await?;
    assert_eq!((&issued["mfa"], &issued["chained"]), (&json!(true), &json!(true)));
    assert_eq!(signin_token(&cloud, &session, None).await?.status, 400);
    assert_eq!(assume(&cloud, &assumed.keys(), MFA_ADMIN, "3600").await?.status, 403, "a role's session has no MFA");
    Ok(())
}

#[tokio::test]
async fn a_session_token_got_without_mfa_opens_no_such_role() -> Outcome {
    let cloud = cloud()?;
    let session = sts(&cloud, &acme(&cloud), &[("Action", "GetSessionToken")]).await?.keys();
    assert_eq!(assume(&cloud, &session, MFA_ADMIN, "3600").await?.element("Code"), "AccessDenied");
    Ok(())
}

#[tokio::test]
async fn a_person_can_ask_what_a_device_shows() -> Outcome {
    let cloud = cloud()?;
    let shown = get(&format!("{}/demo/mfa/111122223333", cloud.main_url()), &[]).await?.json()?;
    assert_eq!(shown, json!({ "serial": SERIAL, "code": code(&cloud)?, "seconds_left": 30 }));
    Ok(())
}
