//! What `side` takes as a whole process where it asks nobody.

use sidelight_tests::binaries::binary;
use sidelight_tests::{HarnessError, Outcome};

use crate::fixtures::{bare_machine, book_of};
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{Contestant, take_turns, time_one};

const MANY: usize = 10_000;

/// `side --version`.
pub const VERSION: &str = "side --version";
/// `side ls` with a very large book.
pub const LIST: &str = "side ls, 10,000 profiles";

/// `side --version`.
pub fn version(plan: &Plan) -> Outcome<Vec<Figure>> {
    let side = binary("side")?;
    let machine = bare_machine()?;
    let command = || {
        let mut command = machine.command(&side);
        command.arg("--version");
        command
    };
    take_turns(&[Contestant { what: VERSION, whose: "Sidelight", command: &command }], plan.amount(100, 5))
}

/// `side ls` with 10,000 profiles, printed to a pipe.
pub fn list_of_ten_thousand(plan: &Plan) -> Outcome<Vec<Figure>> {
    let side = binary("side")?;
    let machine = bare_machine()?;
    book_of(MANY, &machine.sidelight_home())?;
    let command = || {
        let mut command = machine.command(&side);
        command.arg("ls");
        command
    };
    let (_, printed) = time_one(command())?;
    // One line is the head of the table. A book that is not understood would be read fast, too.
    let lines = printed.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).count();
    if lines != MANY + 1 {
        let output = format!("it listed {lines} lines for {MANY} profiles");
        return Err(HarnessError::Ended { program: "side ls".to_owned(), status: "too few lines".to_owned(), output });
    }
    take_turns(&[Contestant { what: LIST, whose: "Sidelight", command: &command }], plan.amount(50, 5))
}
