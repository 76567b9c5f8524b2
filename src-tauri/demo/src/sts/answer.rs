//! STS answers as XML.
//! It is not a general XML writer. It grows with an action.

use crate::clock::iso_time;
use crate::credential::{Credential, Principal};

pub(super) const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The whole answer around an action's result.
pub(super) fn document(action: &str, result: &str, request_id: &str) -> String {
    format!(
        "<{action}Response xmlns=\"{NAMESPACE}\">\n  <{action}Result>\n{result}  </{action}Result>\n  \
         <ResponseMetadata>\n    <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</{action}Response>\n"
    )
}

pub(super) fn assumed_role(credential: &Credential) -> String {
    let principal = &credential.principal;
    let source_identity = credential.context.source_identity.as_deref();
    let source_identity = source_identity.map(|name| format!("    <SourceIdentity>{name}</SourceIdentity>\n"));
    format!(
        "    <AssumedRoleUser>\n      <AssumedRoleId>{}</AssumedRoleId>\n      <Arn>{}</Arn>\n    \
         </AssumedRoleUser>\n{}    <PackedPolicySize>0</PackedPolicySize>\n{}",
        escape(&principal.user_id),
        escape(&principal.arn),
        credentials(credential),
        source_identity.unwrap_or_default(),
    )
}

pub(super) fn web_identity(credential: &Credential) -> String {
    format!(
        "    <SubjectFromWebIdentityToken>demo.user</SubjectFromWebIdentityToken>\n    \
         <Audience>sts.amazonaws.com</Audience>\n{}    <Provider>demo-cloud</Provider>\n",
        assumed_role(credential),
    )
}

pub(super) fn federated_user(credential: &Credential) -> String {
    let principal = &credential.principal;
    format!(
        "    <FederatedUser>\n      <FederatedUserId>{}</FederatedUserId>\n      <Arn>{}</Arn>\n    \
         </FederatedUser>\n{}    <PackedPolicySize>0</PackedPolicySize>\n",
        escape(&principal.user_id),
        escape(&principal.arn),
        credentials(credential),
    )
}

pub(super) fn caller_identity(principal: &Principal) -> String {
    format!(
        "    <Arn>{}</Arn>\n    <UserId>{}</UserId>\n    <Account>{}</Account>\n",
        escape(&principal.arn),
        escape(&principal.user_id),
        principal.account,
    )
}

pub(super) fn credentials(credential: &Credential) -> String {
    format!(
        "    <Credentials>\n      <AccessKeyId>{}</AccessKeyId>\n      <SecretAccessKey>{}</SecretAccessKey>\n      \
         <SessionToken>{}</SessionToken>\n      <Expiration>{}</Expiration>\n    </Credentials>\n",
        credential.access_key_id,
        credential.secret,
        credential.token.as_deref().unwrap_or_default(),
        credential.expires.map(iso_time).unwrap_or_default(),
    )
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
