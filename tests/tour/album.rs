//! The tour's pictures and words: one picture for each step, made also when the step failed.

use std::fs;
use std::path::{Path, PathBuf};

use sidelight_tests::screen::Screen;
use sidelight_tests::{HarnessError, Outcome};

/// What a step saw, in words; its numbers and pictures are counted here.
pub struct Album<'screen> {
    folder: PathBuf,
    screen: &'screen Screen,
    steps: usize,
}

impl<'screen> Album<'screen> {
    /// An empty album in `folder`: pictures of an earlier tour are taken out.
    pub fn start(folder: &Path, screen: &'screen Screen) -> Outcome<Self> {
        let action = || HarnessError::io(format!("clear {}", folder.display()));
        fs::create_dir_all(folder).map_err(action())?;
        for entry in fs::read_dir(folder).map_err(action())? {
            let path = entry.map_err(action())?.path();
            if path.extension().is_some_and(|extension| extension == "png") {
                fs::remove_file(path).map_err(action())?;
            }
        }
        Ok(Self { folder: folder.to_owned(), screen, steps: 0 })
    }

    /// Prints what a step saw, and keeps a picture of the screen as `NN-step.png`.
    pub fn keep(&mut self, step: &str, seen: Outcome<String>) -> Outcome {
        self.steps += 1;
        let number = self.steps;
        let file = self.folder.join(format!("{number:02}-{}.png", step.replace(' ', "-")));
        let picture = self.screen.picture().and_then(|picture| picture.save(&file));
        match &seen {
            Ok(seen) => println!("{number:02} {step}: {seen}"),
            Err(error) => println!("{number:02} {step}: DID NOT HAPPEN: {error}"),
        }
        seen.and(picture)
    }
}
