//! What can be wrong with something typed: which field, and what about it.
//!
//! Not the words (the UI and `side` have them). Grows with the forms.

use thiserror::Error;

/// A field does not hold what AWS or the book needs there. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{field} {problem}")]
pub struct InputError {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub problem: Problem,
}

impl InputError {
    /// `field` has `problem`.
    #[must_use]
    pub fn new(field: Field, problem: Problem) -> Self {
        Self { field, problem }
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(match self { $(Self::$variant => $word,)* })
            }
        }
    };
}

words! {
    /// A field of a form, or an option of `side`.
    Field {
        /// A profile's or partition's name.
        Name => "the name",
        /// One of the user's own sites.
        Site => "the site",
        /// A profile's group.
        Group => "the group",
        /// A mark's word.
        Mark => "the mark",
        /// A 12-digit account id.
        Account => "the account",
        /// A partition's name.
        Partition => "the partition",
        /// A region code.
        Region => "the region",
        /// The public half of an access key.
        AccessKeyId => "the access key id",
        /// The secret half of an access key.
        SecretAccessKey => "the secret access key",
        /// A role's ARN.
        RoleArn => "the role",
        /// What a role's trust policy asks for.
        ExternalId => "the external id",
        /// The profile whose credentials a role is assumed with.
        From => "the profile to come through",
        /// An MFA device's ARN or number.
        MfaSerial => "the MFA device",
        /// A code that an MFA device shows.
        MfaCode => "the MFA code",
        /// What a virtual MFA device makes its codes from.
        TotpSeed => "the MFA device's seed",
        /// What CloudTrail shows of a session.
        RoleSessionName => "the role session name",
        /// Who is behind a session.
        SourceIdentity => "the source identity",
        /// A tag of a session.
        SessionTag => "the session tag",
        /// A profile of `~/.aws`.
        ConfigProfile => "the AWS config profile",
        /// An access portal's address.
        StartUrl => "the start URL",
        /// A permission set of Identity Center.
        PermissionSet => "the permission set",
        /// An account's id or alias, for its sign-in page.
        SignInAccount => "the account id or alias",
        /// An IAM user's name.
        UserName => "the user name",
        /// A managed policy's ARN.
        SessionPolicyArn => "the session policy",
        /// A session that may look at everything and change nothing.
        ReadOnly => "read-only access",
        /// A session's length.
        Duration => "the duration",
        /// An own partition's STS address.
        Sts => "the STS address",
        /// An own partition's federation address.
        SignIn => "the sign-in address",
        /// An own partition's console origin.
        Console => "the console address",
        /// An own partition's S3 origin.
        S3 => "the partition's S3 address",
        /// An own partition's IAM address.
        Iam => "the IAM address",
        /// An own partition's address of Identity Center's portal API.
        Sso => "the address of Identity Center's portal",
        /// An own partition's address of Identity Center's OIDC API.
        SsoOidc => "the address of Identity Center's OIDC",
        /// A console service.
        Service => "the service",
        /// A console page.
        Page => "the page",
        /// The keys of an action.
        Shortcut => "the shortcut",
        /// A rule's pattern.
        Pattern => "the pattern",
        /// A rule's colour and shape.
        Look => "the colour and shape",
        /// When a guard covers idle pages.
        IdleMinutes => "the minutes until the cover",
        /// An address, ARN or other link that was pasted, dropped or given to `side`.
        Link => "the link",
        /// Where objects are in S3.
        S3Uri => "the S3 address",
        /// What an upload reads from this machine.
        LocalPath => "the file or folder on this machine",
        /// A file that was given for import.
        ImportFile => "the file",
    }
}

words! {
    /// What is wrong with a field.
    Problem {
        /// Empty.
        Missing => "must not be empty",
        /// Longer than AWS or the book takes.
        TooLong => "is too long",
        /// Not of the form that AWS uses.
        Malformed => "is not of the form that AWS uses",
        /// Another one has it.
        Taken => "is taken already",
        /// Names something that is not there.
        Unknown => "is not known",
        /// Plain http to another machine.
        NotSecure => "must be https (plain http is for this machine only)",
        /// Outside what AWS allows.
        OutOfRange => "is outside what AWS allows",
        /// Belongs elsewhere than the rest of the form.
        Contradicts => "belongs to another account or partition than the profile",
        /// Typed to be sure, and something else.
        Differs => "is not the one that is asked for",
        /// No key, or none that can be bound.
        NotAKey => "is not a key that can be bound",
        /// Pages need the key.
        KeptForPages => "is a key that pages need",
        /// A role that is assumed, in the end, with itself.
        Cycle => "comes back to itself through other profiles",
        /// A profile without credentials of its own kind.
        GivesNothing => "has no credentials to give",
        /// A region that the account has not opted into, or whose STS it has turned off.
        NotActivated => "is not activated for the account",
        /// A page that shows no bucket and no object.
        NotOfS3 => "shows no bucket and no object of S3",
        /// Cannot be done with this source.
        NotWithSource => "cannot be had with this source of credentials",
        /// Profiles use it.
        InUse => "is still used by a profile",
        /// A red octagon is production's.
        Reserved => "must be the red octagon for production, and for nothing else",
        /// Leads to no console of a known partition.
        Foreign => "does not lead to an AWS console",
    }
}
