//! The search: which profile, page and region a query means together, and what else fits it.
//!
//! Every piece of a query must fit something. The pieces are shared out between a profile, a page and
//! a region in each way that works, and the best combinations win; a tab and an action must take all
//! the pieces alone. How well one piece fits one thing is `grade`'s.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use super::candidate::{Candidate, Page};
use super::fits::{Pieces, Query, fit, fitting};
use super::fold::fold;
use super::found::Found;
use super::frecency::Frecency;
use super::index::Index;
use super::places::PLACES;
use super::show::{Language, Showing};
use crate::domain::profile::ProfileId;

/// What a search depends on besides the list.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// For frecency.
    pub now: Timestamp,
    /// The profile of the active pane: a page without a profile opens there.
    pub active: Option<&'a ProfileId>,
    /// Profiles that must not show (screen sharing), nor their tabs and bookmarks.
    pub hidden: &'a HashSet<ProfileId>,
    /// What was chosen before.
    pub frecency: &'a Frecency,
    /// In which the answer's words are; both are searched.
    pub language: Language,
}

/// How many other profiles are offered for a page that was asked for without one.
const OTHERS: usize = 6;
/// How many pages and regions are tried for one set of pieces.
const PLACES_TRIED: usize = 8;
const REGIONS_TRIED: usize = 4;

/// Above everything that pieces can add up to.
const BY_ITS_NAME: i32 = 10_000;

/// What a query means, best first, at most `limit`. An empty query lists what was chosen lately, the
/// open tabs, then the profiles.
#[must_use]
pub fn search(index: &Index, query: &str, context: &Context<'_>, limit: usize) -> Vec<Found> {
    let mut search = Search::new(index, context, limit);
    let readings = Query::readings(index, query);
    if readings.is_empty() {
        search.list();
    }
    search.profiles_of_this_name(query);
    for reading in &readings {
        search.combine(reading);
        search.tabs(reading);
        search.actions(reading);
    }
    let tokens: Vec<_> = readings.iter().flat_map(|reading| reading.pieces.iter().map(|piece| &piece.token)).collect();
    let showing = Showing { index, language: context.language, tokens: &tokens };
    let best = search.best().into_iter();
    best.map(|(score, candidate)| showing.found(candidate.choice(index), candidate.place(), score)).collect()
}

/// Profiles, best first.
type Scored = Vec<(i32, usize)>;

struct Search<'a> {
    index: &'a Index,
    context: &'a Context<'a>,
    limit: usize,
    is_hidden: Vec<bool>,
    active: Option<usize>,
    /// Small: a tie-break.
    liking: HashMap<usize, i32>,
    liked: Vec<usize>,
    best: HashMap<Candidate, i32>,
}

impl<'a> Search<'a> {
    fn new(index: &'a Index, context: &'a Context<'a>, limit: usize) -> Self {
        let mut is_hidden = vec![false; index.profiles.len()];
        for at in context.hidden.iter().filter_map(|id| index.by_id.get(id)) {
            is_hidden[*at] = true;
        }
        let active = context.active.and_then(|id| index.by_id.get(id)).copied().filter(|at| !is_hidden[*at]);
        let weights = context.frecency.of_profiles(context.now);
        let weights = weights.into_iter().filter_map(|(id, weight)| Some((*index.by_id.get(id)?, weight)));
        let mut weights: Vec<(usize, f64)> = weights.filter(|(at, _)| !is_hidden[*at]).collect();
        weights.sort_by(|(at, weight), (other, other_weight)| other_weight.total_cmp(weight).then(at.cmp(other)));
        let liked = weights.iter().map(|(at, _)| *at).collect();
        let liking = weights.into_iter().map(|(at, weight)| (at, tie_break(weight))).collect();
        Self { index, context, limit, is_hidden, active, liking, liked, best: HashMap::new() }
    }

    fn add(&mut self, candidate: Candidate, score: i32) {
        let best = self.best.entry(candidate).or_insert(score);
        *best = score.max(*best);
    }

    /// The best candidates; each choice once.
    fn best(&mut self) -> Vec<(i32, Candidate)> {
        let mut all: Vec<(i32, Candidate)> =
            std::mem::take(&mut self.best).into_iter().map(|(candidate, score)| (score, candidate)).collect();
        let order = |(score, candidate): &(i32, Candidate), (other, than): &(i32, Candidate)| {
            other.cmp(score).then_with(|| candidate.cmp(than))
        };
        all.sort_unstable_by(order);
        // How often the very choice was made, for those that may be shown.
        all.truncate(self.limit.saturating_mul(4));
        for (score, candidate) in &mut all {
            *score += tie_break(self.context.frecency.weight(&candidate.choice(self.index), self.context.now));
        }
        all.sort_unstable_by(order);
        let mut known = HashSet::new();
        all.retain(|(_, candidate)| known.insert(candidate.choice(self.index)));
        all.truncate(self.limit);
        all
    }

    fn list(&mut self) {
        let (index, context) = (self.index, self.context);
        let recent = context.frecency.by_weight(context.now);
        let recent = recent.into_iter().filter_map(|(choice, _)| Candidate::known(index, choice));
        let is_shown = |candidate: &Candidate| candidate.profile(index).is_none_or(|profile| !self.is_hidden[profile]);
        let recent: Vec<Candidate> = recent.filter(is_shown).collect();
        let tabs = (0..index.tabs.len()).filter(|at| !self.is_hidden[index.tabs[*at].profile]).map(Candidate::Tab);
        let profiles = (0..index.profiles.len()).filter(|at| !self.is_hidden[*at]);
        let profiles = profiles.map(|profile| Candidate::Open { profile, page: Page::Home, region: None });
        let all: Vec<Candidate> = recent.into_iter().chain(tabs).chain(profiles).take(self.limit * 2).collect();
        for (rank, candidate) in (0..).zip(all) {
            // Further apart than any tie-break.
            self.add(candidate, -rank * 100);
        }
    }

    /// Whoever types a profile's whole name means it, whatever else is called so.
    fn profiles_of_this_name(&mut self, query: &str) {
        let query = query.trim();
        for profile in self.index.by_name.get(&fold(query)).into_iter().flatten().copied() {
            if !self.is_hidden[profile] {
                let is_same = self.index.profiles[profile].name.as_str() == query;
                let score = if is_same { 2 * BY_ITS_NAME } else { BY_ITS_NAME };
                self.add(Candidate::Open { profile, page: Page::Home, region: None }, score);
            }
        }
    }

    fn combine(&mut self, query: &Query) {
        let pages = self.pages(query);
        let regions = regions(query);
        let fitting = self.fitting_profiles(query);
        let mut profiles: HashMap<(Pieces, Option<&str>, Option<usize>), Scored> = HashMap::new();
        for (page_pieces, pages) in &pages {
            for (region_pieces, regions) in &regions {
                if page_pieces & region_pieces != 0 {
                    continue;
                }
                let rest = query.all() & !page_pieces & !region_pieces;
                for (region_score, region) in regions {
                    let of_partition = region.map(|at| PLACES.regions[at].partition);
                    for (page_score, page) in pages {
                        let score = page_score + region_score + simplicity(*page_pieces, *region_pieces, rest);
                        let profiles = profiles
                            .entry((rest, of_partition, page.bookmark()))
                            .or_insert_with(|| self.profiles_for(query, rest, page, *region, &fitting));
                        for (more, profile) in profiles.iter().copied() {
                            let line = &self.index.profiles[profile];
                            let region = region.filter(|at| Some(*at) != line.region_at);
                            self.add(Candidate::Open { profile, page: page.clone(), region }, score + more);
                        }
                    }
                }
            }
        }
    }

    /// For each set of pieces, the pages that all of them fit; for none, the console's home.
    fn pages(&self, query: &Query) -> BTreeMap<Pieces, Vec<(i32, Page)>> {
        let mut pages: BTreeMap<Pieces, Vec<(i32, Page)>> = BTreeMap::new();
        for (at, place) in PLACES.all.iter().enumerate() {
            for set in subsets(fitting(query, at, |piece| &piece.places)) {
                let sum: i32 = query.among(set).map(|piece| i32::from(fit(&piece.places, at))).sum();
                let own_page = if place.page.is_none() { 2 } else { 0 };
                let score = sum + covered(query.letters(set), place.letters(), 6) + own_page;
                pages.entry(set).or_default().push((score, Page::Place(at)));
                self.resources(query, at, set, sum, &mut pages);
            }
        }
        for (at, bookmark) in self.index.bookmarks.iter().enumerate() {
            for set in subsets(fitting(query, at, |piece| &piece.bookmarks)) {
                let sum: i32 = query.among(set).map(|piece| i32::from(fit(&piece.bookmarks, at))).sum();
                let score = sum + covered(query.letters(set), bookmark.name.as_str().chars().count(), 6);
                pages.entry(set).or_default().push((score, Page::Bookmark(at)));
            }
        }
        for pages in pages.values_mut() {
            pages.sort_by(|(score, page), (other, than)| other.cmp(score).then_with(|| page.cmp(than)));
            pages.truncate(PLACES_TRIED);
        }
        pages.insert(0, vec![(0, Page::Home)]);
        pages
    }

    /// A piece that is nobody's name may be what something in the service is called.
    fn resources(
        &self,
        query: &Query,
        at: usize,
        service_pieces: Pieces,
        score: i32,
        pages: &mut BTreeMap<Pieces, Vec<(i32, Page)>>,
    ) {
        let place = PLACES.all[at];
        let (None, Some(resource)) = (place.page, &place.service.resource) else { return };
        // The service itself must be meant, by its id or what people call it.
        let is_meant = query.among(service_pieces).any(|piece| fit(&piece.places, at) >= 85);
        for (number, piece) in query.pieces.iter().enumerate().filter(|(_, piece)| is_meant && piece.is_strange) {
            let own = 1 << number;
            if service_pieces & own == 0
                && let Some(page) = resource.page(&piece.raw)
            {
                pages.entry(service_pieces | own).or_default().push((score + 55, Page::Resource(page)));
            }
        }
    }

    /// Each profile's pieces, where it has some and is not hidden.
    fn fitting_profiles(&self, query: &Query) -> Vec<(usize, Pieces)> {
        let visible = (0..self.index.profiles.len()).filter(|at| !self.is_hidden[*at]);
        let fitting = visible.map(|at| (at, fitting(query, at, |piece| &piece.profiles)));
        fitting.filter(|(_, pieces)| *pieces != 0).collect()
    }

    /// The best profiles that all pieces of a set fit, and which have the page and the region.
    fn profiles_for(
        &self,
        query: &Query,
        set: Pieces,
        page: &Page,
        region: Option<usize>,
        fitting: &[(usize, Pieces)],
    ) -> Scored {
        let lines = &self.index.profiles;
        let bookmark = page.bookmark().map(|at| &self.index.bookmarks[at]);
        let has_both = |at: &usize| {
            bookmark.is_none_or(|bookmark| lines[*at].has_bookmark(bookmark))
                && region.is_none_or(|region| lines[*at].has_region(region))
        };
        let liking =
            |at: usize| self.liking.get(&at).copied().unwrap_or(0) + if self.active == Some(at) { 3 } else { 0 };
        if set == 0 {
            let in_order = self.active.into_iter().chain(self.liked.iter().copied()).chain(0..lines.len());
            let mut known = HashSet::new();
            let fit = in_order.filter(|at| !self.is_hidden[*at] && known.insert(*at)).filter(has_both);
            let scored = fit.take(1 + OTHERS).enumerate();
            return scored.map(|(rank, at)| (if rank == 0 { 8 } else { -20 } + liking(at), at)).collect();
        }
        let pieces: Vec<_> = query.among(set).collect();
        let letters = query.letters(set);
        let all = fitting.iter().filter(|(_, fits)| fits & set == set).map(|(at, _)| *at).filter(has_both);
        let mut scored: Scored = all
            .map(|at| {
                let sum: i32 = pieces.iter().map(|piece| i32::from(fit(&piece.profiles, at))).sum();
                (sum + covered(letters, lines[at].letters, 12) + liking(at), at)
            })
            .collect();
        let order = |(score, at): &(i32, usize), (other, than): &(i32, usize)| other.cmp(score).then(at.cmp(than));
        let most = self.limit.max(1);
        if scored.len() > most {
            scored.select_nth_unstable_by(most - 1, order);
            scored.truncate(most);
        }
        scored.sort_unstable_by(order);
        scored
    }

    /// A tab takes all pieces by its title, path, profile, service or region. One that takes more than
    /// its profile's is returned to rather than opened twice.
    fn tabs(&mut self, query: &Query) {
        for (at, tab) in self.index.tabs.iter().enumerate() {
            if self.is_hidden[tab.profile] {
                continue;
            }
            let mut score = self.liking.get(&tab.profile).copied().unwrap_or(0);
            let (mut is_meant, mut is_owned) = (false, false);
            let takes_all = query.pieces.iter().all(|piece| {
                let by_place = tab.place.map_or(0, |place| fit(&piece.places, place));
                let by_region = tab.region_at.map_or(0, |region| fit(&piece.regions, region));
                let by_profile = fit(&piece.profiles, tab.profile);
                let by_page = fit(&piece.tabs, at).max(by_place).max(by_region);
                is_meant |= by_profile == 0;
                is_owned |= by_profile > by_page;
                score += i32::from(by_page.max(by_profile));
                by_page.max(by_profile) > 0
            });
            let returns = match (is_meant, is_owned) {
                (true, true) => 24,
                (true, false) => 14,
                (false, _) => 0,
            };
            if takes_all {
                self.add(Candidate::Tab(at), score + returns);
            }
        }
    }

    fn actions(&mut self, query: &Query) {
        for (at, action) in self.index.actions.iter().enumerate() {
            let fits: Vec<i32> = query.pieces.iter().map(|piece| i32::from(fit(&piece.actions, at))).collect();
            if fits.iter().all(|fit| *fit > 0) {
                let score = fits.iter().sum::<i32>() + covered(query.letters(query.all()), action.english.len(), 12);
                self.add(Candidate::Action(at), score);
            }
        }
    }
}

/// The simpler meaning comes first: one thing that takes all pieces; and hardly anybody who types
/// only a region wants the console's home there.
fn simplicity(page: Pieces, region: Pieces, profile: Pieces) -> i32 {
    match (page, region, profile) {
        (0, 1.., 0) => -12,
        (1.., _, 1..) => -6,
        _ => 0,
    }
}

/// For each set of pieces, the regions that all of them fit; for none, no region in particular.
fn regions(query: &Query) -> BTreeMap<Pieces, Vec<(i32, Option<usize>)>> {
    let mut regions: BTreeMap<Pieces, Vec<(i32, Option<usize>)>> = BTreeMap::new();
    for at in 0..PLACES.regions.len() {
        for set in subsets(fitting(query, at, |piece| &piece.regions)) {
            let score = query.among(set).map(|piece| i32::from(fit(&piece.regions, at))).sum();
            regions.entry(set).or_default().push((score, Some(at)));
        }
    }
    for regions in regions.values_mut() {
        regions.sort_by(|(score, at), (other, than)| other.cmp(score).then(at.cmp(than)));
        regions.truncate(REGIONS_TRIED);
    }
    regions.insert(0, vec![(0, None)]);
    regions
}

/// All subsets but the empty one.
fn subsets(set: Pieces) -> impl Iterator<Item = Pieces> {
    let mut next = set;
    std::iter::from_fn(move || {
        let now = next;
        next = now.wrapping_sub(1) & set;
        (now != 0).then_some(now)
    })
}

/// Up to `most` for a name that was typed whole.
fn covered(typed: usize, letters: usize, most: usize) -> i32 {
    i32::try_from((typed * most / letters.max(1)).min(most)).unwrap_or(0)
}

/// 0 to 6, for a weight of frecency.
fn tie_break(weight: f64) -> i32 {
    match weight {
        ..0.1 => 0,
        ..0.5 => 1,
        ..1.5 => 2,
        ..3.0 => 3,
        ..6.0 => 4,
        ..12.0 => 5,
        _ => 6,
    }
}
