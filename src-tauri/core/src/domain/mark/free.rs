//! Free looks: the colours and shapes of profiles for whom nobody chose one.
//!
//! Not which look a word means (`rule`). Grows with the palette; a colour must go on to give
//! way only to a neighbour that wants the same, so that a change elsewhere in the list recolours nothing.

use super::{Colour, Look, Shape, is_one_word};

/// Colours that no environment has. Three are enough for a profile to differ from both neighbours.
const COLOURS: [Colour; 3] = [Colour::Violet, Colour::Pink, Colour::Slate];
const SHAPES: [Shape; 4] = [Shape::Diamond, Shape::Square, Shape::Circle, Shape::Hexagon];

/// What a profile brings into the list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted<'a> {
    /// A look that somebody chose: it stays.
    Chosen(Look),
    /// Any free one.
    Free(Seed<'a>),
}

/// What a free look is made from, so that it is the same on every day and every machine.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seed<'a> {
    /// Profiles with the same word, side by side, look alike: they are the same to the user.
    Word(&'a str),
    /// A profile's id.
    Profile(&'a str),
}

impl Wanted<'_> {
    /// The look without any neighbours.
    pub(super) fn alone(self) -> Look {
        match self {
            Self::Chosen(look) => look,
            Self::Free(seed) => seed.look(0),
        }
    }

    fn is_of_one_word_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Free(Seed::Word(one)), Self::Free(Seed::Word(other))) => is_one_word(one, other),
            _ => false,
        }
    }
}

impl Seed<'_> {
    /// The `turn`th choice of three; the shape stays.
    fn look(self, turn: usize) -> Look {
        // FNV-1a: short texts that differ in one letter come out far apart, on all machines alike.
        let mix = |sum: u32, letter: char| (sum ^ u32::from(letter)).wrapping_mul(16_777_619);
        let sum = match self {
            Self::Word(text) => text.chars().flat_map(char::to_lowercase).fold(2_166_136_261, mix),
            Self::Profile(text) => text.chars().fold(2_166_136_261, mix),
        };
        let (colour, shape) = ((sum >> 16) as usize, (sum >> 8) as usize);
        Look { colour: COLOURS[(colour % COLOURS.len() + turn) % COLOURS.len()], shape: SHAPES[shape % SHAPES.len()] }
    }
}

/// Looks for all, in order. A free one gives way to the neighbour before it, and to a chosen one
/// behind it, and then to a colour that the one behind does not want either: so that one never has
/// to give way in its turn.
pub(super) fn looks(wanted: &[Wanted<'_>]) -> Vec<Look> {
    let mut looks: Vec<Look> = Vec::with_capacity(wanted.len());
    for run in wanted.chunk_by(|one, next| one.is_of_one_word_with(*next)) {
        let before = looks.last().map(|look| look.colour);
        let behind = wanted.get(looks.len() + run.len());
        let look = match run[0] {
            Wanted::Chosen(look) => look,
            Wanted::Free(seed) => free(seed, before, behind.copied()),
        };
        looks.extend(run.iter().map(|_| look));
    }
    looks
}

fn free(seed: Seed<'_>, before: Option<Colour>, behind: Option<Wanted<'_>>) -> Look {
    let first = seed.look(0);
    let behind_colour = behind.map(|behind| behind.alone().colour);
    let must_yield = matches!(behind, Some(Wanted::Chosen(look)) if look.colour == first.colour);
    if Some(first.colour) != before && !must_yield {
        return first;
    }
    let others = (1..COLOURS.len()).map(|turn| seed.look(turn));
    let mut fitting = others.filter(|look| Some(look.colour) != before && Some(look.colour) != behind_colour);
    fitting.next().unwrap_or(first)
}
