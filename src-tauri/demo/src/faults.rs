//! Faults a test can ask for: refusals that real AWS gives now and then.
//! It is not where they are applied. It grows with a failure that the app must be seen to survive.

use serde::Deserialize;

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub refuse_session_duration: bool,
    federation: Option<Refusal>,
    sts: Option<Refusal>,
    token: Option<Refusal>,
    portal: Option<Refusal>,
    login: Option<Refusal>,
    /// Breaks the connection of a download after so many bytes.
    pub s3_cut_after: Option<u64>,
    /// Stops a download after so many bytes until the faults change.
    pub s3_hold_after: Option<u64>,
}

/// A status and an error code to answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: u16,
    pub code: String,
    times: u32,
}

/// The body of `POST /demo/faults`; what it does not name stays as it was.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FaultRequest {
    refuse_session_duration: Option<bool>,
    federation_status: Option<u16>,
    sts_status: Option<u16>,
    sts_code: Option<String>,
    token_status: Option<u16>,
    token_code: Option<String>,
    portal_status: Option<u16>,
    portal_code: Option<String>,
    login_status: Option<u16>,
    login_error: Option<String>,
    times: Option<u32>,
    s3_cut_after: Option<u64>,
    s3_hold_after: Option<u64>,
}

impl Faults {
    pub(crate) fn add(&mut self, request: FaultRequest) {
        let times = request.times.unwrap_or(1);
        if let Some(refuse) = request.refuse_session_duration {
            self.refuse_session_duration = refuse;
        }
        if let Some(status) = request.federation_status {
            self.federation = Some(Refusal { status, code: String::new(), times });
        }
        let refusal = |status: Option<u16>, code: Option<String>, usual: (u16, &str)| {
            let named = status.is_some() || code.is_some();
            let (usual_status, usual_code) = usual;
            named.then(|| Refusal {
                status: status.unwrap_or(usual_status),
                code: code.unwrap_or_else(|| usual_code.to_owned()),
                times,
            })
        };
        let sts = refusal(request.sts_status, request.sts_code, (400, "Throttling"));
        let token = refusal(request.token_status, request.token_code, (500, "server_error"));
        let portal = refusal(request.portal_status, request.portal_code, (429, "TooManyRequestsException"));
        let login = refusal(request.login_status, request.login_error, (500, "SERVER_ERROR"));
        let slots =
            [(&mut self.sts, sts), (&mut self.token, token), (&mut self.portal, portal), (&mut self.login, login)];
        for (slot, asked) in slots {
            if asked.is_some() {
                *slot = asked;
            }
        }
        self.s3_cut_after = request.s3_cut_after.or(self.s3_cut_after);
        self.s3_hold_after = request.s3_hold_after.or(self.s3_hold_after);
    }

    pub(crate) fn take_federation(&mut self) -> Option<Refusal> {
        take(&mut self.federation)
    }

    /// For `POST /token` of Identity Center.
    pub(crate) fn take_token(&mut self) -> Option<Refusal> {
        take(&mut self.token)
    }

    /// For any call of Identity Center's portal.
    pub(crate) fn take_portal(&mut self) -> Option<Refusal> {
        take(&mut self.portal)
    }

    /// For `POST /v1/token` of sign-in.
    pub(crate) fn take_login(&mut self) -> Option<Refusal> {
        take(&mut self.login)
    }

    pub(crate) fn take_sts(&mut self) -> Option<Refusal> {
        take(&mut self.sts)
    }
}

fn take(slot: &mut Option<Refusal>) -> Option<Refusal> {
    let refusal = slot.as_mut().filter(|refusal| refusal.times > 0)?;
    refusal.times -= 1;
    Some(refusal.clone())
}
