//! Mark: what tells environments apart, always a shape and a colour, and a word where there is one.
//!
//! Not how it is drawn (the UI has a token for each colour and a path for each shape).
//! Grows with rules by pattern; today the user gives the word.

use super::input::{Field, InputError};
use super::profile::{Profile, one_line};

/// What the user calls an environment: `PROD`, `STG`, `本番`, …; one line, 1–12 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MarkWord(String);

impl MarkWord {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty, too long, or with control characters.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        one_line(text, Field::Mark, 12).map(Self)
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What tells a profile apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The word, where the profile has one.
    pub word: Option<MarkWord>,
    /// A name from the palette.
    pub colour: Colour,
    /// Drawn beside the word.
    pub shape: Shape,
}

/// The palette. Red is for production only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "a colour's name says all")]
pub enum Colour {
    Red,
    Amber,
    Green,
    Blue,
    Violet,
    Teal,
    Pink,
    Slate,
}

/// The shapes. The octagon (a stop sign) is for production only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "a shape's name says all")]
pub enum Shape {
    Octagon,
    Triangle,
    Circle,
    Square,
    Diamond,
    Hexagon,
}

/// The marks of profiles in the order in which they stand: two neighbours whose words mean nothing
/// to us never get the same colour.
#[must_use]
pub fn marks<'a>(profiles: impl IntoIterator<Item = &'a Profile>) -> Vec<Mark> {
    let mut before: Option<Colour> = None;
    let mut marks = Vec::new();
    for profile in profiles {
        let mark = match profile.mark.as_ref().and_then(|word| known(word.as_str())) {
            Some((colour, shape)) => Mark { word: profile.mark.clone(), colour, shape },
            None => free(profile, before),
        };
        before = Some(mark.colour);
        marks.push(mark);
    }
    marks
}

/// Words that mean an environment everywhere, in English and Japanese.
fn known(word: &str) -> Option<(Colour, Shape)> {
    let word = word.to_lowercase();
    Some(match word.as_str() {
        "prod" | "prd" | "production" | "live" | "本番" => (Colour::Red, Shape::Octagon),
        "stg" | "stage" | "staging" | "uat" | "preprod" | "検証" | "ステージング" => {
            (Colour::Amber, Shape::Triangle)
        }
        "dev" | "develop" | "development" | "開発" => (Colour::Green, Shape::Circle),
        "test" | "qa" | "テスト" | "試験" => (Colour::Blue, Shape::Square),
        "sandbox" | "sbx" | "sand" | "サンドボックス" => (Colour::Teal, Shape::Hexagon),
        _ => return None,
    })
}

/// Colour and shape for a word of the user's own, or for none: the same for the same profile,
/// unless the neighbour before has that colour.
fn free(profile: &Profile, before: Option<Colour>) -> Mark {
    const FREE: [(Colour, Shape); 4] = [
        (Colour::Violet, Shape::Diamond),
        (Colour::Pink, Shape::Hexagon),
        (Colour::Slate, Shape::Square),
        (Colour::Blue, Shape::Circle),
    ];
    let seed = profile.mark.as_ref().map_or(profile.id.as_str(), MarkWord::as_str);
    let first = seed.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let pick = |step: usize| FREE[first.wrapping_add(step) % FREE.len()];
    let (colour, shape) = if Some(pick(0).0) == before { pick(1) } else { pick(0) };
    Mark { word: profile.mark.clone(), colour, shape }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::partition::PartitionName;
    use crate::domain::profile::{ProfileId, ProfileName, Region};
    use crate::domain::source::{AccessKeyId, AccessKeySource, PolicyArn, Source, Through};

    fn profile(id: &str, mark: Option<&str>) -> Result<Profile, InputError> {
        Ok(Profile {
            id: ProfileId::parse(id)?,
            name: ProfileName::parse(id)?,
            group: None,
            account: None,
            partition: PartitionName::parse("aws")?,
            region: Region::parse("us-east-1")?,
            mark: mark.map(MarkWord::parse).transpose()?,
            source: Source::AccessKey(AccessKeySource {
                key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?,
                through: Through::Federation { policy: PolicyArn::administrator_access("aws") },
                duration: None,
            }),
        })
    }

    #[test]
    fn production_is_a_red_octagon_and_nothing_else_is() -> Result<(), InputError> {
        for word in ["PROD", "prod", "Production", "本番", "live"] {
            let mark = &marks([&profile("a", Some(word))?])[0];
            assert_eq!((mark.colour, mark.shape), (Colour::Red, Shape::Octagon), "{word}");
        }
        for word in ["STG", "dev", "開発", "qa", "sandbox", "own", "x"] {
            let mark = &marks([&profile("a", Some(word))?])[0];
            assert_ne!(mark.colour, Colour::Red, "{word}");
            assert_ne!(mark.shape, Shape::Octagon, "{word}");
        }
        Ok(())
    }

    #[test]
    fn neighbours_without_a_known_word_never_look_alike() -> Result<(), InputError> {
        let profiles = (0..300).map(|number| profile(&format!("p{number}"), None)).collect::<Result<Vec<_>, _>>()?;
        let marks = marks(&profiles);
        assert!(marks.windows(2).all(|pair| pair[0].colour != pair[1].colour));
        Ok(())
    }
}
