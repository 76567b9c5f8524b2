//! How a query is read, and how well each piece of it fits each thing.
//!
//! Not which things go together (`search`). A query has up to two readings: its pieces between
//! blanks, and with pieces that fit nothing cut where scripts and marks change (`本番s3`).

use std::collections::HashSet;
use std::rc::Rc;

use super::cut::parts;
use super::fold::fold;
use super::grade::BEGINS;
use super::index::Index;
use super::places::PLACES;
use super::words::{Token, Words};

/// More pieces than these are not looked at: the longest stay.
const MOST: usize = 8;

/// The pieces of a query that a thing fits, as bits.
pub(super) type Pieces = u8;

/// One reading of a query.
pub(super) struct Query {
    /// Each piece and what fits it; in an order of their own, so that the order typed is no matter.
    pub(super) pieces: Vec<Rc<Piece>>,
}

/// A piece of a query.
pub(super) struct Piece {
    pub(super) token: Token,
    /// As typed.
    pub(super) raw: String,
    /// Nothing is called so, or begins so: it may be the name of something inside an account.
    pub(super) is_strange: bool,
    pub(super) profiles: Vec<u8>,
    pub(super) places: Vec<u8>,
    pub(super) regions: Vec<u8>,
    pub(super) tabs: Vec<u8>,
    pub(super) bookmarks: Vec<u8>,
    pub(super) actions: Vec<u8>,
    is_foreign: bool,
}

impl Query {
    /// All readings; none for an empty query.
    pub(super) fn readings(index: &Index, query: &str) -> Vec<Self> {
        let chunks: Vec<&str> = query.split_whitespace().collect();
        let pieces = pieces(index, &[], chunks.iter().map(|chunk| (*chunk).to_owned()).collect());
        if pieces.is_empty() {
            return Vec::new();
        }
        let cut = |piece: &Rc<Piece>| if piece.is_foreign { parts(&piece.raw) } else { Vec::new() };
        let cuts: Vec<Vec<String>> = pieces.iter().map(cut).collect();
        let mut readings = Vec::new();
        if cuts.iter().any(|parts| !parts.is_empty()) {
            let chunks = pieces.iter().zip(cuts);
            let chunks =
                chunks.flat_map(|(piece, parts)| if parts.is_empty() { vec![piece.raw.clone()] } else { parts });
            readings.push(Self { pieces: self::pieces(index, &pieces, chunks.collect()) });
        }
        readings.insert(0, Self { pieces });
        readings
    }

    /// All pieces.
    pub(super) fn all(&self) -> Pieces {
        u8::try_from((1_u16 << self.pieces.len()) - 1).unwrap_or(Pieces::MAX)
    }

    /// The pieces in a set, with their places in [`Self::pieces`].
    pub(super) fn among(&self, set: Pieces) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().enumerate().filter(move |(at, _)| set & (1 << at) != 0).map(|(_, piece)| &**piece)
    }

    /// The letters of the pieces in a set.
    pub(super) fn letters(&self, set: Pieces) -> usize {
        self.among(set).map(|piece| piece.token.text.chars().count()).sum()
    }
}

/// Pieces that are there already are not looked up again.
fn pieces(index: &Index, there: &[Rc<Piece>], chunks: Vec<String>) -> Vec<Rc<Piece>> {
    let mut known = HashSet::new();
    let folded = chunks.into_iter().map(|raw| (folded(&raw), raw));
    let mut distinct: Vec<(String, String)> =
        folded.filter(|(text, _)| !text.is_empty() && known.insert(text.clone())).collect();
    distinct.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    distinct.truncate(MOST);
    let piece = |(text, raw): (String, String)| {
        let same = there.iter().find(|piece| piece.token.text == text);
        same.cloned().unwrap_or_else(|| Rc::new(Piece::new(index, text, raw)))
    };
    distinct.into_iter().map(piece).collect()
}

/// An account's id is also typed as the console writes it.
fn folded(raw: &str) -> String {
    let text: String = fold(raw).split_whitespace().collect();
    let digits = text.replace('-', "");
    if digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()) { digits } else { text }
}

impl Piece {
    fn new(index: &Index, text: String, raw: String) -> Self {
        let token = Token::new(text);
        let [mut profiles, mut places, mut regions, mut tabs, mut bookmarks, mut actions] =
            std::array::from_fn(|_| Vec::new());
        let mut look_up = |errors: bool| {
            let shelves: [(&Words, &mut Vec<u8>); 6] = [
                (&index.profile_words, &mut profiles),
                (&PLACES.words, &mut places),
                (&PLACES.region_words, &mut regions),
                (&index.tab_words, &mut tabs),
                (&index.bookmark_words, &mut bookmarks),
                (&index.action_words, &mut actions),
            ];
            shelves.into_iter().map(|(words, fits)| words.look_up(&token, errors, fits)).max().unwrap_or(0)
        };
        let mut best = look_up(false);
        // Whoever typed the beginning of a word made no error; and errors cost time.
        if best < BEGINS {
            best = look_up(true).max(best);
        }
        let mut piece = Self {
            token,
            raw,
            is_strange: best < BEGINS,
            profiles,
            places,
            regions,
            tabs,
            bookmarks,
            actions,
            is_foreign: best == 0,
        };
        piece.find_profiles_by_region(index);
        piece
    }

    /// A profile is also found by its own region, but less.
    fn find_profiles_by_region(&mut self, index: &Index) {
        if self.regions.iter().all(|fit| *fit < BEGINS) {
            return;
        }
        self.profiles.resize(index.profiles.len(), 0);
        for (fit, profile) in self.profiles.iter_mut().zip(&index.profiles) {
            let of_region = profile.region_at.and_then(|at| self.regions.get(at)).copied().unwrap_or(0);
            *fit = (of_region / 2).max(*fit);
        }
    }
}

/// How well a piece fits a thing; 0 where it does not.
pub(super) fn fit(fits: &[u8], thing: usize) -> u8 {
    fits.get(thing).copied().unwrap_or(0)
}

/// The pieces that fit a thing.
pub(super) fn fitting(query: &Query, thing: usize, of: impl Fn(&Piece) -> &[u8]) -> Pieces {
    let fits = |(at, piece): (usize, &Rc<Piece>)| u8::from(fit(of(piece), thing) > 0) << at;
    query.pieces.iter().enumerate().map(fits).fold(0, |set, piece| set | piece)
}
