//! Tabs among panes, by example.

use super::*;
use crate::domain::input::InputError;
use crate::domain::partition::Partition;
use crate::domain::profile::Region;
use crate::domain::service::service;
use crate::domain::sign_in::Destination;

type Tested = Result<(), InputError>;

fn workspace(tabs: &[(&str, &str)]) -> Result<Workspace<()>, InputError> {
    let aws = Partition::built_in().next().expect("there are built-in partitions");
    let home = Destination::service(&aws, &Region::parse("us-east-1")?, service("home")?)?.url().clone();
    let mut workspace = Workspace::default();
    for (tab, profile) in tabs {
        workspace.open(id(tab), store(profile)?, &home, Spot::Here);
    }
    Ok(workspace)
}

fn store(profile: &str) -> Result<StoreId, InputError> {
    Ok(StoreId { profile: ProfileId::parse(profile)?, access: Access::Full })
}

fn id(tab: &str) -> TabId {
    TabId::new(tab.to_owned())
}

fn order(workspace: &Workspace<()>) -> Vec<&str> {
    workspace.tabs().iter().map(|tab| tab.id.as_str()).collect()
}

fn active(workspace: &Workspace<()>) -> Option<&str> {
    workspace.active().map(|tab| tab.id.as_str())
}

#[test]
fn tabs_of_a_profile_stand_together() -> Tested {
    assert_eq!(order(&workspace(&[("1", "a"), ("2", "b"), ("3", "a")])?), ["1", "3", "2"]);
    Ok(())
}

#[test]
fn closing_goes_back_to_the_tab_shown_before() -> Tested {
    let mut workspace = workspace(&[("1", "a"), ("2", "b"), ("3", "c")])?;
    workspace.show(&id("1"), Spot::Here);
    workspace.close(&id("1"));
    assert_eq!(active(&workspace), Some("3"));
    workspace.close(&id("2"));
    assert_eq!(active(&workspace), Some("3"));
    workspace.close(&id("3"));
    assert_eq!(active(&workspace), None);
    assert_eq!(workspace.take_closed().map(|tab| tab.store.profile.to_string()), Some("c".to_owned()));
    Ok(())
}

#[test]
fn a_profile_that_is_gone_leaves_no_closed_tab_and_no_recent_page() -> Tested {
    let mut workspace = workspace(&[("1", "a"), ("2", "b")])?;
    for tab in ["1", "2"] {
        workspace.note_page(&id(tab));
        assert_eq!(workspace.recent_pages().list(), [], "its page is not there yet");
    }
    for tab in ["1", "2"] {
        workspace.tab_mut(&id(tab)).expect("the tab is there").state = TabState::Live;
        workspace.note_page(&id(tab));
        workspace.close(&id(tab));
    }
    workspace.forget(&ProfileId::parse("b")?);
    let seen: Vec<&str> = workspace.recent_pages().list().iter().map(|page| page.profile.as_str()).collect();
    assert_eq!(seen, ["a"]);
    assert_eq!(workspace.take_closed().map(|tab| tab.store.profile.to_string()), Some("a".to_owned()));
    assert!(!workspace.can_reopen());
    Ok(())
}

#[test]
fn next_and_previous_go_around() -> Tested {
    let workspace = workspace(&[("1", "a"), ("2", "b"), ("3", "c")])?;
    let chosen = |choice| workspace.choose(choice).map(TabId::as_str);
    assert_eq!(chosen(TabChoice::Next), Some("1"));
    assert_eq!(chosen(TabChoice::Previous), Some("2"));
    assert_eq!(chosen(TabChoice::At(1)), Some("2"));
    assert_eq!(chosen(TabChoice::At(7)), None);
    assert_eq!(chosen(TabChoice::Last), Some("3"));
    assert_eq!(Workspace::<()>::default().choose(TabChoice::Next), None);
    Ok(())
}

#[test]
fn zoom_goes_by_steps_and_stops_at_its_ends() -> Tested {
    let mut workspace = workspace(&[("1", "a")])?;
    assert_eq!(workspace.zoom(&id("1"), ZoomStep::In), Some(1.1));
    for _ in 0..20 {
        workspace.zoom(&id("1"), ZoomStep::Out);
    }
    assert_eq!(workspace.zoom(&id("1"), ZoomStep::Out), Some(0.3));
    assert_eq!(workspace.zoom(&id("1"), ZoomStep::Reset), Some(1.0));
    Ok(())
}

#[test]
fn a_profiles_last_shown_tab_is_found() -> Tested {
    let mut workspace = workspace(&[("1", "a"), ("2", "a"), ("3", "b")])?;
    workspace.show(&id("1"), Spot::Here);
    workspace.show(&id("3"), Spot::Here);
    let profile = ProfileId::parse("a")?;
    assert_eq!(workspace.last_of(&profile, None).map(TabId::as_str), Some("1"));
    Ok(())
}

#[test]
fn a_tab_opened_beside_makes_the_other_pane_and_then_uses_it() -> Tested {
    let mut workspace = workspace(&[("1", "a")])?;
    let aws = Partition::built_in().next().expect("there are built-in partitions");
    let home = Destination::service(&aws, &Region::parse("us-east-1")?, service("home")?)?.url().clone();
    workspace.open(id("2"), store("b")?, &home, Spot::Beside);
    let shown = |workspace: &Workspace<()>| workspace.shown().map(|tab| tab.id.to_string()).collect::<Vec<_>>();
    assert_eq!(shown(&workspace), ["1", "2"]);
    workspace.show(&id("1"), Spot::Here);
    workspace.open(id("3"), store("c")?, &home, Spot::Beside);
    assert_eq!(shown(&workspace), ["1", "3"]);
    workspace.close(&id("3"));
    assert_eq!(shown(&workspace), ["1", "2"]);
    workspace.close(&id("2"));
    assert_eq!(shown(&workspace), ["1"]);
    Ok(())
}

#[test]
fn full_and_read_only_tabs_of_a_profile_are_of_two_stores() -> Tested {
    let mut workspace = workspace(&[("1", "a")])?;
    let read_only = StoreId { access: Access::ReadOnly, ..store("a")? };
    workspace.adopt(id("2"), read_only.clone(), workspace.tabs()[0].page.clone(), TabState::Asleep);
    assert_eq!(workspace.of(&read_only).map(|tab| tab.id.as_str()).collect::<Vec<_>>(), ["2"]);
    assert_eq!(workspace.of_profile(&read_only.profile).count(), 2);
    let last = |access| workspace.last_of(&read_only.profile, access).map(TabId::as_str);
    assert_eq!((last(None), last(Some(Access::ReadOnly))), (Some("1"), Some("2")), "also one that never showed");
    Ok(())
}
