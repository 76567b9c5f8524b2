//! What `side` takes as a whole process where it asks nobody.

use sidelight_tests::Outcome;
use sidelight_tests::binaries::binary;

use crate::fixtures::{bare_machine, ten_thousand_profiles};
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{Contestant, take_turns};

/// `side --version`.
pub fn version(plan: &Plan) -> Outcome<Vec<Figure>> {
    time_side(plan, "side --version", &["--version"], false)
}

/// `side ls` with 10,000 profiles.
pub fn list_of_ten_thousand(plan: &Plan) -> Outcome<Vec<Figure>> {
    time_side(plan, "side ls, 10,000 profiles", &["ls"], true)
}

fn time_side(plan: &Plan, what: &'static str, arguments: &[&str], full: bool) -> Outcome<Vec<Figure>> {
    let side = binary("side")?;
    let machine = bare_machine()?;
    if full {
        ten_thousand_profiles(&machine.sidelight_home())?;
    }
    let command = || {
        let mut command = machine.command(&side);
        command.args(arguments);
        command
    };
    take_turns(&[Contestant { what, whose: "Sidelight", command: &command }], plan.amount(50, 5))
}
