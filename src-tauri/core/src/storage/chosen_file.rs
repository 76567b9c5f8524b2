//! The file of what was chosen in the switcher, and how often.
//!
//! Not how choices are weighed (`app::switcher::frecency`), nor how it is kept (`app_file`). Grows with what can be
//! chosen.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::app_file::{AppFile, Loaded, Spelling};
use super::home::Home;
use crate::app::error::Error;
use crate::app::ports::Clock;
use crate::app::switcher::found::Choice;
use crate::app::switcher::index::ActionId;
use crate::app::switcher::{Frecency, Visits};
use crate::domain::bookmark::BookmarkId;
use crate::domain::profile::{ProfileId, Region};
use crate::domain::service::PageTemplate;

/// The schema that this version writes.
const SCHEMA: u32 = 1;

/// `chosen.toml`.
pub struct ChosenFile(AppFile);

/// One choice: an action; or a profile, with a bookmark or a page or neither.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bookmark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    weight: f64,
    at: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Format {
    schema: u32,
    chosen: Vec<Line>,
}

impl ChosenFile {
    /// In its place.
    #[must_use]
    pub fn new(home: &Home, clock: Arc<dyn Clock>) -> Self {
        Self(AppFile::new(home.chosen(), Spelling::Toml, SCHEMA, clock))
    }

    /// As it was left.
    #[must_use]
    pub fn load(&self) -> Loaded<Frecency> {
        let visits = |format: Format| Frecency::from_visits(format.chosen.into_iter().filter_map(Line::visits));
        self.0.load().map(|format| format.map(visits).unwrap_or_default())
    }

    /// Keeps it, unless the file is to be left as it is.
    ///
    /// # Errors
    /// `Disk`.
    pub fn save(&self, frecency: &Frecency) -> Result<(), Error> {
        let mut visits: Vec<Visits> = frecency.visits().collect();
        visits.sort_by(|one, other| one.choice.cmp(&other.choice));
        self.0.save(&Format { schema: SCHEMA, chosen: visits.iter().filter_map(Line::of).collect() })
    }
}

impl Line {
    /// Nothing for a tab, which is gone after a restart.
    fn of(visits: &Visits) -> Option<Self> {
        let blank = Self { weight: visits.weight, at: visits.at.to_string(), ..Self::default() };
        let region = |region: &Option<Region>| region.as_ref().map(ToString::to_string);
        match &visits.choice {
            Choice::OpenProfile { profile, page, region: within } => Some(Self {
                profile: Some(profile.to_string()),
                page: page.as_ref().map(|page| format!("/{}", page.as_str())),
                region: region(within),
                ..blank
            }),
            Choice::OpenBookmark { bookmark, profile, region: within } => Some(Self {
                profile: Some(profile.to_string()),
                bookmark: Some(bookmark.as_str().to_owned()),
                region: region(within),
                ..blank
            }),
            Choice::Act(action) => Some(Self { action: Some(action.as_str().to_owned()), ..blank }),
            Choice::ShowTab(_) => None,
        }
    }

    fn visits(self) -> Option<Visits> {
        Some(Visits { weight: self.weight, at: self.at.parse::<Timestamp>().ok()?, choice: self.choice()? })
    }

    fn choice(self) -> Option<Choice> {
        if let Some(action) = self.action {
            return Some(Choice::Act(ActionId::new(&action)));
        }
        let profile = ProfileId::parse(&self.profile?).ok()?;
        let region = self.region.map(|region| Region::parse(&region)).transpose().ok()?;
        match self.bookmark {
            Some(id) => Some(Choice::OpenBookmark { bookmark: BookmarkId::parse(&id).ok()?, profile, region }),
            None => {
                let page = self.page.map(|page| PageTemplate::parse(&page)).transpose().ok()?;
                Some(Choice::OpenProfile { profile, page, region })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SystemClock;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn file() -> Result<(tempfile::TempDir, ChosenFile), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(folder.path())?;
        Ok((folder, ChosenFile::new(&home, Arc::new(SystemClock))))
    }

    fn chosen() -> Result<Frecency, Box<dyn std::error::Error>> {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse()?;
        let profile = ProfileId::parse("a")?;
        let mut frecency = Frecency::default();
        let page = Some(PageTemplate::parse("/s3/buckets?region={region}")?);
        let region = Some(Region::parse("eu-west-1")?);
        frecency.visit(&Choice::OpenProfile { profile: profile.clone(), page, region: region.clone() }, now);
        frecency.visit(&Choice::OpenProfile { profile: profile.clone(), page: None, region: None }, now);
        frecency.visit(&Choice::OpenBookmark { bookmark: BookmarkId::parse("b")?, profile, region }, now);
        (0..3).for_each(|_| frecency.visit(&Choice::Act(ActionId::new("split-right")), now));
        Ok(frecency)
    }

    #[test]
    fn what_was_chosen_comes_back_as_it_was() -> Tested {
        let (_folder, file) = file()?;
        assert_eq!(file.load().value, Frecency::default());
        let chosen = chosen()?;
        assert_eq!(chosen.visits().count(), 4);
        file.save(&chosen)?;
        assert_eq!(file.load().value, chosen);
        Ok(())
    }

    #[test]
    fn a_line_that_makes_no_sense_is_left_out_and_the_rest_comes_back() -> Tested {
        let (folder, file) = file()?;
        let path = Home::at(folder.path())?.chosen();
        file.save(&chosen()?)?;
        let text = std::fs::read_to_string(&path)?.replace("split-right\"\nweight = 3.0", "x\"\nweight = nan");
        std::fs::write(&path, text.replace("bookmark = \"b\"", "bookmark = \"../b\""))?;
        assert_eq!(file.load().value.visits().count(), 2);
        Ok(())
    }
}
