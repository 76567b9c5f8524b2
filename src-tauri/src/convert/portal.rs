//! From the access portal that is looked at to what the UI is told of it.

use sidelight_core::app::portals::{Listing, ListingState};
use sidelight_core::app::state::State;
use sidelight_core::domain::assigned::{self, AssignedRow};
use sidelight_core::domain::profile::{Profile, ProfileId};

use crate::view::{AssignedStanding, AssignedView, PortalStateView, PortalView};

/// None while the screen is shared: it names all clients.
pub fn portal(state: &State) -> Option<PortalView> {
    let listing = state.listing.as_ref().filter(|_| state.settings.screen_share.is_none())?;
    Some(PortalView {
        start_url: listing.portal.start_url.as_str().to_owned(),
        sso_region: listing.portal.region.to_string(),
        partition: listing.portal.partition.to_string(),
        state: (&listing.state).into(),
        rows: rows(state, listing),
        added: listing.added,
    })
}

fn rows(state: &State, listing: &Listing) -> Vec<AssignedView> {
    let as_profile = |row: &AssignedRow| -> Option<Profile> {
        row.draft(&listing.portal).finish(ProfileId::parse("assigned").ok()?, &state.book).ok()
    };
    let profiles: Vec<Option<Profile>> = listing.rows.iter().map(as_profile).collect();
    let known: Vec<Profile> = profiles.iter().flatten().cloned().collect();
    let mut marks = state.book.marked_as(&known).into_iter();
    let view = |(row, profile): (&AssignedRow, &Option<Profile>)| AssignedView {
        key: row.key(),
        account: row.assigned.account.to_string(),
        account_name: row.assigned.account_name.clone(),
        permission_set: row.assigned.permission_set.as_str().to_owned(),
        name: row.name.to_string(),
        group: None,
        mark: profile
            .as_ref()
            .and_then(|_| marks.next())
            .map_or_else(super::marks::no_mark, |marked| (&marked.mark).into()),
        state: match row.standing {
            assigned::AssignedStanding::New => AssignedStanding::New,
            assigned::AssignedStanding::There => AssignedStanding::Known,
            assigned::AssignedStanding::Gone => AssignedStanding::Gone,
        },
        profile_name: (row.standing != assigned::AssignedStanding::New).then(|| row.name.to_string()),
    };
    listing.rows.iter().zip(&profiles).map(view).collect()
}

impl From<&ListingState> for PortalStateView {
    fn from(state: &ListingState) -> Self {
        match state {
            ListingState::SigningIn { user_code, url } => {
                Self::SigningIn { user_code: user_code.clone(), url: url.as_ref().map(ToString::to_string) }
            }
            ListingState::Listing { done, all } => Self::Listing { done: *done, all: *all },
            ListingState::Listed => Self::Listed,
            ListingState::Failed(error) => Self::Failed { error: error.into() },
        }
    }
}
