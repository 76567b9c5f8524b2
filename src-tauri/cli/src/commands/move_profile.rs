//! `side move`: a profile elsewhere in the list.

use clap::Args;
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::profile::Group;
use sidelight_core::storage::home::Home;

use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::runtime;

/// Move a profile within the list
///
/// Into a group (at its end), or before another profile, whose group it then joins.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct MoveProfile {
    /// The profile's name or id
    name: String,
    /// The group; '' for none
    #[arg(long, value_name = "G", required_unless_present = "before")]
    group: Option<String>,
    /// The profile that it shall stand before
    #[arg(long, value_name = "NAME")]
    before: Option<String>,
}

const HELP: &str = "\
Examples:
  side move 'acme audit' --before 'acme prod'
  side move 'acme audit' --group Archive

Exit codes:
  0 moved · 2 the two contradict each other · 3 no such profile";

impl MoveProfile {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let book = book::load_to_change(home)?;
        let profile = book::find(&book, &self.name)?;
        let before = self.before.as_deref().map(|before| book::find(&book, before)).transpose()?;
        let asked = match self.group.as_deref().map(str::trim) {
            None => None,
            Some("") => Some(None),
            Some(group) => Some(Some(Group::parse(group)?)),
        };
        let group = match (asked, before) {
            (Some(asked), Some(before)) if asked != before.group => {
                let words = format!("{} is not in that group", before.name);
                return Err(Failure::Usage { words, hint: "Give --before alone: its group is joined" });
            }
            (_, Some(before)) => before.group.clone(),
            (Some(asked), None) => asked,
            (None, None) => profile.group.clone(),
        };
        let before = before.map(|before| before.id.clone());
        runtime::run(book::change(home, BookChange::Move { profile: profile.id.clone(), group, before }))?;
        output::remark(&format!("Moved {}", profile.name));
        Ok(())
    }
}
