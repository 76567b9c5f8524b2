//! Who exists in the demo cloud: accounts, and their one user with its access key, its password and its MFA device.
//! It is not what was issued to them, and never changes. It grows with an account that a test needs.

use serde::{Deserialize, Serialize};

use crate::mfa;
use crate::roles::{self, ADMIN, Role};
use crate::sigv4::sha256_hex;

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
    /// The ARN of the user's virtual MFA device.
    #[serde(default)]
    pub mfa_serial: String,
    /// That device's seed: 160 bits in base32.
    #[serde(default)]
    pub totp_seed: String,
    /// What the account is called besides its id, on its own sign-in page.
    #[serde(default)]
    pub account_alias: String,
    /// The name of the user who signs in there by hand; empty where nobody can.
    #[serde(default)]
    pub console_user: String,
    /// That user's password.
    #[serde(default)]
    pub console_password: String,
}

/// The IAM user that every account has.
pub(crate) const USER: &str = "sidelight";

/// All accounts of one demo cloud.
#[derive(Debug)]
pub(crate) struct Accounts {
    named: Vec<DemoProfile>,
    extra: Vec<DemoProfile>,
    teams: Vec<DemoProfile>,
}

impl Accounts {
    pub(crate) fn new(extra: u32, teams: u32) -> Self {
        Self {
            named: named_profiles(),
            extra: (1..=extra).map(extra_profile).collect(),
            teams: (1..=teams).map(team_profile).collect(),
        }
    }

    pub(crate) fn named(&self) -> &[DemoProfile] {
        &self.named
    }

    pub(crate) fn extra(&self) -> &[DemoProfile] {
        &self.extra
    }

    /// The accounts that are reached by Identity Center only: their user has no access key.
    pub(crate) fn teams(&self) -> &[DemoProfile] {
        &self.teams
    }

    pub(crate) fn by_access_key(&self, access_key_id: &str) -> Option<&DemoProfile> {
        self.with_keys().find(|profile| profile.access_key_id == access_key_id)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &DemoProfile> {
        self.with_keys().chain(&self.teams)
    }

    pub(crate) fn by_account(&self, account: &str) -> Option<&DemoProfile> {
        self.all().find(|profile| profile.account == account)
    }

    /// The account of this id or alias, if its user can sign in by hand.
    pub(crate) fn by_account_or_alias(&self, name: &str) -> Option<&DemoProfile> {
        self.with_keys().find(|profile| profile.account == name || profile.account_alias == name)
    }

    /// The role behind an ARN such as `arn:aws:iam::111122223333:role/Admin`, with its account.
    pub(crate) fn role(&self, arn: &str) -> Option<(&DemoProfile, Role)> {
        let (account, name) = arn.strip_prefix("arn:aws:iam::")?.split_once(":role/")?;
        let owner = self.by_account(account)?;
        Some((owner, roles::find(account, name)?))
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
            mfa_serial: String::new(),
            totp_seed: String::new(),
            account_alias: String::new(),
            console_user: String::new(),
            console_password: String::new(),
        })
    }

    fn with_keys(&self) -> impl Iterator<Item = &DemoProfile> {
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
            mfa_serial: mfa::serial("111122223333"),
            totp_seed: mfa::seed("111122223333"),
            account_alias: "acme-production".to_owned(),
            console_user: USER.to_owned(),
            console_password: console_password("111122223333"),
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
            mfa_serial: mfa::serial("444455556666"),
            totp_seed: mfa::seed("444455556666"),
            account_alias: "acme-staging".to_owned(),
            console_user: USER.to_owned(),
            console_password: console_password("444455556666"),
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
            mfa_serial: mfa::serial("777788889999"),
            totp_seed: mfa::seed("777788889999"),
            account_alias: "borealis".to_owned(),
            console_user: USER.to_owned(),
            console_password: console_password("777788889999"),
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
        mfa_serial: mfa::serial(&account),
        totp_seed: mfa::seed(&account),
        account_alias: format!("client-{client:02}-{kind}"),
        console_user: USER.to_owned(),
        console_password: console_password(&account),
        account,
    }
}

/// Short enough to be typed, and always the same one for an account.
fn console_password(account: &str) -> String {
    let digest = sha256_hex(format!("the demo cloud's console password of {account}").as_bytes());
    format!("Demo-{}", &digest[..12])
}

fn team_profile(number: u32) -> DemoProfile {
    const KINDS: [(&str, Option<&str>); 3] =
        [("production", Some("PROD")), ("staging", Some("STG")), ("development", None)];
    let index = number as usize - 1;
    let team = index / KINDS.len() + 1;
    let (kind, mark) = KINDS[index % KINDS.len()];
    DemoProfile {
        name: format!("team {team:04} {kind}"),
        group: format!("Team {team:04}"),
        mark: mark.map(str::to_owned),
        account: format!("8{number:011}"),
        access_key_id: String::new(),
        secret_access_key: String::new(),
        role_arn: None,
        region: DEFAULT_REGION.to_owned(),
        mfa_serial: String::new(),
        totp_seed: String::new(),
        account_alias: String::new(),
        console_user: String::new(),
        console_password: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::Accounts;

    #[test]
    fn every_key_has_the_shape_of_one_of_aws() {
        let accounts = Accounts::new(300, 3);
        for profile in accounts.with_keys() {
            assert_eq!(profile.access_key_id.len(), 20, "{}", profile.name);
            assert_eq!(profile.secret_access_key.len(), 40, "{}", profile.name);
            assert_eq!(profile.account.len(), 12, "{}", profile.name);
        }
    }
}
