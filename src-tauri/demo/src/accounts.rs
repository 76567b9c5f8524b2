//! Who exists in the demo cloud: accounts, their one user with its access key, their roles.
//! It is not what was issued to them, and never changes. It grows with a role or an account that a test needs.

use serde::{Deserialize, Serialize};

/// The region of the first profile, and where nothing else is named.
pub const DEFAULT_REGION: &str = "eu-central-1";

/// One account as a user would add it to the app. The secrets open nothing but this demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoProfile {
    /// Name of the profile.
    pub name: String,
    /// The client it belongs to.
    pub group: String,
    /// `PROD`, `STG` or none.
    pub mark: Option<String>,
    /// Twelve digits.
    pub account: String,
    /// `AKIA…`, 20 characters.
    pub access_key_id: String,
    /// 40 characters.
    pub secret_access_key: String,
    /// The role to assume; none means GetFederationToken.
    pub role_arn: Option<String>,
    /// Where the console opens.
    pub region: String,
}

/// A role and the part of its trust policy that this cloud enforces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Role {
    pub name: &'static str,
    pub max_session_seconds: u32,
    pub trusts_anyone: bool,
    pub external_id: Option<&'static str>,
}

const ADMIN: Role = Role { name: "Admin", max_session_seconds: 43_200, trusts_anyone: true, external_id: None };

const SPECIAL_ROLES: [Role; 3] = [
    Role { name: "OneHour", max_session_seconds: 3_600, ..ADMIN },
    Role { name: "Denied", trusts_anyone: false, ..ADMIN },
    Role { name: "WithExternalId", external_id: Some("acme-4711"), ..ADMIN },
];

/// The account that has the roles with rules of their own.
const SPECIAL_ACCOUNT: &str = "111122223333";

/// The IAM user that every account has.
pub(crate) const USER: &str = "sidelight";

/// All accounts of one demo cloud.
#[derive(Debug)]
pub(crate) struct Accounts {
    named: Vec<DemoProfile>,
    extra: Vec<DemoProfile>,
}

impl Accounts {
    pub(crate) fn new(extra: u32) -> Self {
        Self { named: named_profiles(), extra: (1..=extra).map(extra_profile).collect() }
    }

    pub(crate) fn named(&self) -> &[DemoProfile] {
        &self.named
    }

    pub(crate) fn extra(&self) -> &[DemoProfile] {
        &self.extra
    }

    pub(crate) fn by_access_key(&self, access_key_id: &str) -> Option<&DemoProfile> {
        self.all().find(|profile| profile.access_key_id == access_key_id)
    }

    pub(crate) fn by_account(&self, account: &str) -> Option<&DemoProfile> {
        self.all().find(|profile| profile.account == account)
    }

    /// The role behind an ARN such as `arn:aws:iam::111122223333:role/Admin`, with its account.
    pub(crate) fn role(&self, arn: &str) -> Option<(&DemoProfile, Role)> {
        let (account, name) = arn.strip_prefix("arn:aws:iam::")?.split_once(":role/")?;
        let owner = self.by_account(account)?;
        if name == ADMIN.name {
            return Some((owner, ADMIN));
        }
        let special = SPECIAL_ROLES.into_iter().find(|role| role.name == name)?;
        (account == SPECIAL_ACCOUNT).then_some((owner, special))
    }

    /// The account's profile, or one made up for an account that another STS vouched for.
    pub(crate) fn profile_or_guest(&self, account: &str) -> DemoProfile {
        self.by_account(account).cloned().unwrap_or_else(|| DemoProfile {
            name: "guest".to_owned(),
            group: "Guests".to_owned(),
            mark: None,
            account: account.to_owned(),
            access_key_id: String::new(),
            secret_access_key: String::new(),
            role_arn: None,
            region: DEFAULT_REGION.to_owned(),
        })
    }

    fn all(&self) -> impl Iterator<Item = &DemoProfile> {
        self.named.iter().chain(&self.extra)
    }
}

fn named_profiles() -> Vec<DemoProfile> {
    vec![
        DemoProfile {
            name: "acme production".to_owned(),
            group: "Acme".to_owned(),
            mark: Some("PROD".to_owned()),
            account: "111122223333".to_owned(),
            access_key_id: "AKIADEMOACMEPROD0001".to_owned(),
            secret_access_key: "demo/AcmeProduction+wJalrXUtnFEMI/K7MDEN".to_owned(),
            role_arn: Some("arn:aws:iam::111122223333:role/Admin".to_owned()),
            region: DEFAULT_REGION.to_owned(),
        },
        DemoProfile {
            name: "acme staging".to_owned(),
            group: "Acme".to_owned(),
            mark: Some("STG".to_owned()),
            account: "444455556666".to_owned(),
            access_key_id: "AKIADEMOACMESTAGE001".to_owned(),
            secret_access_key: "demo/AcmeStaging+je7MtGbClwBF/2Zp9Utk/h3".to_owned(),
            role_arn: Some("arn:aws:iam::444455556666:role/Admin".to_owned()),
            region: DEFAULT_REGION.to_owned(),
        },
        DemoProfile {
            name: "borealis".to_owned(),
            group: "Borealis".to_owned(),
            mark: None,
            account: "777788889999".to_owned(),
            access_key_id: "AKIADEMOBOREALIS0001".to_owned(),
            secret_access_key: "demo/Borealis+yCwd8b3dS0rGq5mX1tVfLhNePo".to_owned(),
            role_arn: None,
            region: "ap-northeast-1".to_owned(),
        },
    ]
}

fn extra_profile(number: u32) -> DemoProfile {
    const KINDS: [(&str, Option<&str>); 3] =
        [("production", Some("PROD")), ("staging", Some("STG")), ("sandbox", None)];
    const REGIONS: [&str; 5] = ["eu-central-1", "us-east-1", "ap-northeast-1", "eu-west-1", "us-west-2"];
    let index = number as usize - 1;
    let client = index / KINDS.len() + 1;
    let (kind, mark) = KINDS[index % KINDS.len()];
    let account = format!("9{number:011}");
    DemoProfile {
        name: format!("client {client:02} {kind}"),
        group: format!("Client {client:02}"),
        mark: mark.map(str::to_owned),
        access_key_id: format!("AKIADEMOEXTRA{number:07}"),
        secret_access_key: format!("demo/ExtraAccount+Qm7Zt2Xv9Lr4Ks8{number:07}"),
        role_arn: Some(format!("arn:aws:iam::{account}:role/{}", ADMIN.name)),
        region: REGIONS[client % REGIONS.len()].to_owned(),
        account,
    }
}

#[cfg(test)]
mod tests {
    use super::Accounts;

    #[test]
    fn every_key_has_the_shape_of_one_of_aws() {
        let accounts = Accounts::new(300);
        for profile in accounts.all() {
            assert_eq!(profile.access_key_id.len(), 20, "{}", profile.name);
            assert_eq!(profile.secret_access_key.len(), 40, "{}", profile.name);
            assert_eq!(profile.account.len(), 12, "{}", profile.name);
        }
    }

    #[test]
    fn only_the_first_account_has_the_special_roles() {
        let accounts = Accounts::new(0);
        assert!(accounts.role("arn:aws:iam::111122223333:role/OneHour").is_some());
        assert!(accounts.role("arn:aws:iam::444455556666:role/OneHour").is_none());
    }
}
