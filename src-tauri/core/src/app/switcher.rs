//! The switcher: one line in which the user finds any profile, service, page, region, tab, bookmark
//! or action, in any order, with typing errors, in English and Japanese.
//!
//! Plain values and functions: no clock, no file, no state of the loop. The list is built when the
//! book changes ([`Index::new`]) or the tabs do ([`Index::show_tabs`]); [`search()`] runs at each key.
//! Grows by a kind of thing that can be found.
//!
//! ```text
//! query ─ fold, cut ─> tokens ─ Words::look_up ─> how well each fits each thing
//!                                   │ tokens shared out between profile, page and region, each way
//!                                   ▼
//!                 combinations, best first ─> Found: what, how it reads, what each key does
//! ```

mod candidate;
mod cut;
mod field_words;
mod fits;
mod fold;
pub mod found;
pub mod frecency;
mod grade;
pub mod index;
mod places;
pub mod search;
mod show;
mod words;

pub use found::{Choice, Deed, Found, Keys, Part, PartKind, Run};
pub use frecency::{Frecency, Visits};
pub use index::{Action, ActionId, Index};
pub use search::{Context, search};
pub use show::Language;

#[cfg(test)]
#[path = "switcher/example.rs"]
mod example;
#[cfg(test)]
#[path = "switcher/laws_tests.rs"]
mod laws_tests;
#[cfg(test)]
#[path = "switcher/table_tests.rs"]
mod table_tests;
