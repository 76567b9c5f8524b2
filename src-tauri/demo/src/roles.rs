//! The roles of each account, and the part of their trust policies that this cloud enforces.
//! It is not policy evaluation. It grows with a role that a test needs.

/// A role as STS looks at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Role {
    pub name: &'static str,
    pub max_session_seconds: u32,
    pub trust: Trust,
    pub external_id: Option<&'static str>,
    /// The condition `aws:MultiFactorAuthPresent`.
    pub needs_mfa: bool,
}

/// Whom a role's trust policy names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    Nobody,
    OwnAccount,
    AnyAccount,
    /// Bearers of a token of the demo's identity provider.
    WebIdentity,
}

/// The role that profiles assume where nothing else is said.
pub(crate) const ADMIN: Role =
    Role { name: "Admin", max_session_seconds: 43_200, trust: Trust::OwnAccount, external_id: None, needs_mfa: false };

const EXTERNAL_ID: Option<&str> = Some("acme-4711");

const EVERYWHERE: [Role; 5] = [
    ADMIN,
    Role { name: "MfaAdmin", needs_mfa: true, ..ADMIN },
    Role { name: "MfaReader", needs_mfa: true, ..ADMIN },
    Role { name: "Partner", trust: Trust::AnyAccount, ..ADMIN },
    Role { name: "PartnerExternal", trust: Trust::AnyAccount, external_id: EXTERNAL_ID, ..ADMIN },
];

const SPECIAL: [Role; 4] = [
    Role { name: "OneHour", max_session_seconds: 3_600, ..ADMIN },
    Role { name: "Denied", trust: Trust::Nobody, ..ADMIN },
    Role { name: "WithExternalId", external_id: EXTERNAL_ID, ..ADMIN },
    Role { name: "WebIdentity", trust: Trust::WebIdentity, ..ADMIN },
];

/// The account that has the roles with rules of their own.
const SPECIAL_ACCOUNT: &str = "111122223333";

/// The role of this name in an account.
pub(crate) fn find(account: &str, name: &str) -> Option<Role> {
    let special = SPECIAL.into_iter().filter(|_| account == SPECIAL_ACCOUNT);
    EVERYWHERE.into_iter().chain(special).find(|role| role.name == name)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn only_the_first_account_has_the_special_roles() {
        assert!(find("111122223333", "OneHour").is_some());
        assert!(find("444455556666", "OneHour").is_none());
        assert!(find("444455556666", "MfaAdmin").is_some());
    }
}
