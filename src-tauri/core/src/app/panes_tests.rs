//! Panes in the running loop, among fakes.

use super::*;
use crate::app::event::{Event, PageEvent, TabWish, Target, Wish};
use crate::app::fakes::Tried;
use crate::domain::action::Action;

/// Two tabs of one profile, the second one beside the first, both with their pages.
async fn side_by_side() -> (Tried, TabId, TabId) {
    let (mut tried, acme) = Tried::with_profile().await;
    for spot in [Spot::Here, Spot::Beside] {
        let target = Target { spot, ..Target::default() };
        tried.handle(Wish::OpenTab { profile: acme.clone(), target, reply: None }.into());
        tried.settle().await;
        let tabs: Vec<TabId> = tried.state().workspace.tabs().iter().map(|tab| tab.id.clone()).collect();
        for tab in tabs {
            let url = url::Url::parse("https://eu-central-1.console.aws.amazon.com/console/home");
            tried.handle(Event::Page(tab.clone(), PageEvent::At(url.expect("a URL"))));
            tried.handle(Event::Page(tab, PageEvent::Loaded));
        }
        tried.settle().await;
    }
    let tabs = tried.state().workspace.tabs();
    let (left, right) = (tabs[0].id.clone(), tabs[1].id.clone());
    (tried, left, right)
}

fn panes(tried: &mut Tried, wish: PaneWish) {
    tried.handle(Wish::Panes(wish).into());
}

#[tokio::test(start_paused = true)]
async fn a_tab_opened_beside_shows_beside_and_clicking_into_a_page_moves_the_focus() {
    let (mut tried, left, right) = side_by_side().await;
    assert_eq!(tried.shown(), [left.clone(), right.clone()]);
    assert_eq!(tried.state().workspace.active().map(|tab| &tab.id), Some(&right));
    tried.handle(Event::Page(left.clone(), PageEvent::Focused));
    assert_eq!(tried.state().workspace.active().map(|tab| &tab.id), Some(&left));
}

#[tokio::test(start_paused = true)]
async fn while_a_tab_is_dragged_no_console_covers_what_is_drawn() {
    let (mut tried, left, right) = side_by_side().await;
    panes(&mut tried, PaneWish::Arrange(true));
    assert_eq!(tried.shown(), []);
    panes(&mut tried, PaneWish::Arrange(false));
    assert_eq!(tried.shown(), [left, right]);
}

#[tokio::test(start_paused = true)]
async fn a_window_too_small_for_another_pane_says_so_and_stays_as_it_is() {
    let (mut tried, _, _) = side_by_side().await;
    panes(&mut tried, PaneWish::Measure { width: 1000.0, height: 600.0 });
    panes(&mut tried, PaneWish::Split(Edge::Right));
    assert_eq!(tried.state().workspace.panes().all().len(), 2);
    assert_eq!(tried.state().notices.iter().map(|notice| &notice.body).collect::<Vec<_>>(), [&NoticeBody::NoRoom]);
    panes(&mut tried, PaneWish::Split(Edge::Bottom));
    assert_eq!(tried.state().workspace.panes().all().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_maximised_pane_hides_the_others_for_a_moment() {
    let (mut tried, left, right) = side_by_side().await;
    panes(&mut tried, PaneWish::Maximise);
    assert_eq!(tried.shown(), std::slice::from_ref(&right));
    panes(&mut tried, PaneWish::FocusBeside(Edge::Left));
    assert_eq!(tried.shown(), std::slice::from_ref(&left));
    panes(&mut tried, PaneWish::Maximise);
    assert_eq!(tried.shown(), [left, right]);
}

#[tokio::test(start_paused = true)]
async fn a_closed_pane_leaves_its_tab_open() {
    let (mut tried, left, _) = side_by_side().await;
    panes(&mut tried, PaneWish::Close(None));
    assert_eq!(tried.shown(), [left]);
    assert_eq!(tried.state().workspace.tabs().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_tab_in_a_window_of_its_own_is_in_sight_and_comes_back_when_its_page_is_gone_or_hidden() {
    let (mut tried, left, right) = side_by_side().await;
    tried.can_have_own_windows();
    tried.handle(Wish::With(right.clone(), TabWish::OwnWindow(true)).into());
    tried.look_around();
    let apart = |tried: &Tried| tried.state().workspace.apart().map(|tab| tab.id.clone()).collect::<Vec<_>>();
    assert_eq!((tried.shown(), apart(&tried)), (vec![left.clone()], vec![right.clone()]));
    assert!(tried.state().workspace.tab(&right).is_some_and(|tab| tab.hidden_since.is_none()), "it may not sleep");
    tried.fake.said();
    tried.handle(Wish::ShowTab(right.clone(), None).into());
    assert_eq!((tried.fake.said(), apart(&tried)), (vec!["own window in front".to_owned()], vec![right.clone()]));

    tried.handle(Event::Page(right.clone(), PageEvent::Crashed));
    tried.look_around();
    assert_eq!((apart(&tried), tried.state().workspace.active().map(|tab| &tab.id)), (vec![], Some(&right)));
}

#[tokio::test(start_paused = true)]
async fn a_key_in_a_window_of_its_own_is_for_its_page_and_not_for_the_one_that_a_pane_shows() {
    let (mut tried, left, right) = side_by_side().await;
    tried.can_have_own_windows();
    tried.handle(Wish::With(right.clone(), TabWish::OwnWindow(true)).into());
    tried.look_around();
    tried.handle(Wish::ActIn(right.clone(), Action::ZoomIn).into());
    let zoom = |tried: &Tried, tab: &TabId| tried.state().workspace.tab(tab).map(|tab| tab.zoom);
    assert_eq!((zoom(&tried, &left), zoom(&tried, &right)), (Some(1.0), Some(1.1)));
    tried.handle(Wish::ActIn(right.clone(), Action::OwnWindow).into());
    assert_eq!(tried.state().workspace.active().map(|tab| &tab.id), Some(&right));
    tried.handle(Wish::Act(Action::OwnWindow).into());
    tried.look_around();
    tried.handle(Wish::ActIn(right.clone(), Action::CloseTab).into());
    assert_eq!(tried.state().workspace.tabs().iter().map(|tab| &tab.id).collect::<Vec<_>>(), [&left]);
}

#[tokio::test(start_paused = true)]
async fn where_no_tab_can_have_a_window_of_its_own_it_stays_in_its_pane() {
    let (mut tried, left, right) = side_by_side().await;
    tried.handle(Wish::With(right.clone(), TabWish::OwnWindow(true)).into());
    tried.look_around();
    assert_eq!(tried.shown(), [left, right]);
}
