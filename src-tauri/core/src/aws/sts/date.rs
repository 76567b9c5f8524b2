//! The date of AWS's answers: how far its clock is from this machine's.
//!
//! Codes of MFA devices are good for half a minute, so a machine's own clock is not enough.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use jiff::{SignedDuration, Timestamp};

use crate::app::ports::Clock;

/// Looks at each answer's `Date`.
#[derive(Clone)]
pub(super) struct AnswerDate {
    clock: Arc<dyn Clock>,
    ahead_seconds: Arc<AtomicI64>,
}

impl AnswerDate {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ahead_seconds: Arc::default() }
    }

    /// How far AWS's clock is ahead, as its last answer said; zero before the first.
    pub(super) fn offset(&self) -> SignedDuration {
        SignedDuration::from_secs(self.ahead_seconds.load(Ordering::Relaxed))
    }
}

/// What an answer's `Date` says.
pub(super) fn date_of(answer: &HttpResponse) -> Option<Timestamp> {
    Some(jiff::fmt::rfc2822::parse(answer.headers().get("date")?).ok()?.timestamp())
}

impl std::fmt::Debug for AnswerDate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AnswerDate").field("ahead_seconds", &self.ahead_seconds).finish_non_exhaustive()
    }
}

impl Intercept for AnswerDate {
    fn name(&self) -> &'static str {
        "AnswerDate"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(theirs) = date_of(context.response()) {
            self.ahead_seconds.store(theirs.duration_since(self.clock.now()).as_secs(), Ordering::Relaxed);
        }
        Ok(())
    }
}
