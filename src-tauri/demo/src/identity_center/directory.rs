//! The two instances of Identity Center, and who may do what in them: accounts and permission sets.
//! It never changes. It grows with an assignment that a test needs.

use crate::accounts::Accounts;
use crate::sigv4::sha256_hex;

/// The one user of both instances.
pub(super) const USER: &str = "demo.user";

const ORGANIZATION: &[&str] = &["AdministratorAccess", "ReadOnlyAccess"];
const TEAM: &[&str] = &["AdministratorAccess", "Billing", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit"];
const PARTNER: &[&str] = &["Billing"];

/// The account of the second instance.
const PARTNER_ACCOUNT: &str = "777788889999";

/// One instance of Identity Center, told by the path of its start URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instance {
    One,
    Two,
}

/// An account that the user has, with its permission sets.
pub(super) struct Assigned<'a> {
    pub account: &'a str,
    pub name: &'a str,
    pub permission_sets: &'static [&'static str],
}

impl Instance {
    pub(crate) const ALL: [Self; 2] = [Self::One, Self::Two];

    pub(crate) fn start_url(self, main_origin: &str) -> String {
        let path = match self {
            Self::One => "/start",
            Self::Two => "/start2",
        };
        format!("{main_origin}{path}")
    }

    /// The instance whose start URL this is, as people write it.
    pub(super) fn of_start_url(main_origin: &str, url: &str) -> Option<Self> {
        let url = url.trim_end_matches(['/', '#']);
        Self::ALL.into_iter().find(|instance| instance.start_url(main_origin) == url)
    }
}

/// What the user has in an instance, always in the same order.
pub(super) fn assigned(accounts: &Accounts, instance: Instance) -> Vec<Assigned<'_>> {
    match instance {
        Instance::One => {
            let organization = accounts.named().iter().chain(accounts.extra()).map(|profile| (profile, ORGANIZATION));
            let teams = accounts.teams().iter().map(|profile| (profile, TEAM));
            let all = organization.chain(teams);
            all.map(|(profile, permission_sets)| Assigned {
                account: &profile.account,
                name: &profile.name,
                permission_sets,
            })
            .collect()
        }
        Instance::Two => {
            let partner = accounts.by_account(PARTNER_ACCOUNT).into_iter();
            partner
                .map(|profile| Assigned { account: &profile.account, name: &profile.name, permission_sets: PARTNER })
                .collect()
        }
    }
}

/// The name of the role that a permission set has in an account.
pub(super) fn role_name(account: &str, permission_set: &str) -> String {
    let digest = sha256_hex(format!("{account}/{permission_set}").as_bytes());
    format!("AWSReservedSSO_{permission_set}_{}", &digest[..16])
}
