//! What pages said they saw, with what the server knows about the sender.
//! It is not trusted: `account` is the page's word, `cookie_account` the server's. It grows never beyond its limit.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

const KEPT: usize = 10_000;

/// The newest reports, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Reports {
    last_sequence: u64,
    kept: VecDeque<Report>,
}

/// One report; the page's own fields are flattened into it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    pub sequence: u64,
    /// The console session whose cookie came along, by its public name.
    pub cookie_session: Option<String>,
    pub cookie_account: Option<String>,
    /// Whether that session was not over yet.
    pub cookie_live: bool,
    pub user_agent: String,
    #[serde(flatten)]
    pub page: serde_json::Map<String, Value>,
}

impl Reports {
    /// Keeps a report and gives it its sequence number, from 1 on.
    pub(crate) fn add(&mut self, mut report: Report) -> u64 {
        self.last_sequence += 1;
        report.sequence = self.last_sequence;
        for name in ["sequence", "cookie_session", "cookie_account", "cookie_live", "user_agent"] {
            report.page.remove(name);
        }
        self.kept.push_back(report);
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        self.last_sequence
    }

    pub(crate) fn after(&self, sequence: u64) -> Vec<Report> {
        self.kept.iter().filter(|report| report.sequence > sequence).cloned().collect()
    }
}
