//! Panes by example, and the laws that hold whatever is done to them.

use proptest::prelude::*;

use super::*;

fn tab(name: &str) -> TabId {
    TabId::new(name.to_owned())
}

/// Panes in reading order: what each shows, `-` for nothing; the focused one in brackets.
fn drawn(panes: &Panes) -> String {
    let shown = panes.all().into_iter().map(|pane| {
        let tab = pane.tab.as_ref().map_or("-", TabId::as_str);
        if pane.id == panes.focused() { format!("[{tab}]") } else { tab.to_owned() }
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn showing(name: &str) -> Panes {
    let mut panes = Panes::default();
    panes.show(&tab(name));
    panes
}

#[test]
fn a_tab_is_shown_in_the_focused_pane_or_where_it_is_already() {
    let mut panes = showing("prod");
    panes.split(PaneId(1), Edge::Right, Some(tab("staging")));
    assert_eq!(drawn(&panes), "prod [staging]");
    panes.show(&tab("prod"));
    assert_eq!(drawn(&panes), "[prod] staging");
    panes.show(&tab("other"));
    assert_eq!(drawn(&panes), "[other] staging");
}

#[test]
fn splitting_along_the_same_line_makes_one_row_of_three() {
    let mut panes = showing("a");
    let right = panes.split(PaneId(1), Edge::Right, Some(tab("c")));
    panes.split(right, Edge::Left, Some(tab("b")));
    assert_eq!(drawn(&panes), "a [b] c");
    let widths: Vec<f64> = panes.places().iter().map(|(_, rect)| rect.width).collect();
    assert_eq!(widths, [0.5, 0.25, 0.25]);
    panes.even(panes.dividers()[0].id);
    assert!(panes.places().iter().all(|(_, rect)| (rect.width - 1.0 / 3.0).abs() < 1e-9));
}

#[test]
fn a_tab_dragged_to_an_edge_leaves_its_pane_which_shows_what_it_had_before() {
    let mut panes = showing("a");
    panes.show(&tab("b"));
    panes.split(PaneId(1), Edge::Bottom, Some(tab("b")));
    assert_eq!(drawn(&panes), "a [b]");
    let places = panes.places();
    assert_eq!((places[1].1.top, places[1].1.height), (0.5, 0.5));
}

#[test]
fn a_tab_shown_in_another_pane_swaps_with_the_one_there() {
    let mut panes = showing("a");
    panes.split(PaneId(1), Edge::Right, Some(tab("b")));
    panes.show_in(PaneId(1), &tab("b"));
    assert_eq!(drawn(&panes), "[b] a");
}

#[test]
fn a_closed_tab_gives_its_pane_back_and_then_the_pane_goes() {
    let mut panes = showing("a");
    panes.split(PaneId(1), Edge::Right, Some(tab("b")));
    panes.show(&tab("c"));
    panes.forget(&tab("c"));
    assert_eq!(drawn(&panes), "a [b]");
    panes.forget(&tab("b"));
    assert_eq!(drawn(&panes), "[a]");
    panes.forget(&tab("a"));
    assert_eq!(drawn(&panes), "[-]");
}

#[test]
fn the_pane_beside_is_found_by_where_it_lies() {
    let mut panes = showing("a");
    let right = panes.split(PaneId(1), Edge::Right, Some(tab("b")));
    let below = panes.split(right, Edge::Bottom, Some(tab("c")));
    assert_eq!(panes.beside(Edge::Top), Some(right));
    assert_eq!(panes.beside(Edge::Left), Some(PaneId(1)));
    assert_eq!(panes.beside(Edge::Right), None);
    assert_eq!(panes.next(false), PaneId(1));
    panes.focus(PaneId(1));
    assert_eq!(panes.next(true), below);
}

#[test]
fn a_maximised_pane_has_all_for_a_moment() {
    let mut panes = showing("a");
    panes.maximise();
    assert!(!panes.is_maximised(), "the only pane has all anyway");
    panes.split(PaneId(1), Edge::Right, Some(tab("b")));
    panes.maximise();
    assert_eq!(panes.places().iter().map(|(_, rect)| *rect).collect::<Vec<_>>(), [Rect::WHOLE]);
    assert_eq!(panes.dividers(), []);
    panes.maximise();
    assert_eq!(panes.places().len(), 2);
}

#[test]
fn a_divider_moves_between_its_neighbours_and_leaves_each_a_tenth() {
    let mut panes = showing("a");
    panes.split(PaneId(1), Edge::Right, Some(tab("b")));
    let divider = panes.dividers()[0].id;
    panes.move_divider(divider, 0.3);
    assert!((panes.places()[0].1.width - 0.3).abs() < 1e-9);
    panes.move_divider(divider, 0.0);
    assert!((panes.places()[0].1.width - 0.1).abs() < 1e-9);
    panes.move_divider(divider, f64::NAN);
    assert!((panes.places()[0].1.width - 0.1).abs() < 1e-9);
}

#[derive(Clone, Debug)]
enum Step {
    Show(u8),
    ShowIn(usize, u8),
    Split(usize, Edge, Option<u8>),
    Close(usize),
    Forget(u8),
    Focus(usize),
    Maximise,
    Move(usize, f64),
    Even(usize),
    Again,
}

fn edge() -> impl Strategy<Value = Edge> {
    prop_oneof![Just(Edge::Left), Just(Edge::Right), Just(Edge::Top), Just(Edge::Bottom)]
}

fn step() -> impl Strategy<Value = Step> {
    let some_tab = 0_u8..8;
    prop_oneof![
        some_tab.clone().prop_map(Step::Show),
        (0_usize..8, some_tab.clone()).prop_map(|(pane, tab)| Step::ShowIn(pane, tab)),
        (0_usize..8, edge(), proptest::option::of(some_tab.clone()))
            .prop_map(|(pane, edge, tab)| Step::Split(pane, edge, tab)),
        (0_usize..8).prop_map(Step::Close),
        some_tab.prop_map(Step::Forget),
        (0_usize..8).prop_map(Step::Focus),
        Just(Step::Maximise),
        (0_usize..8, -1.0_f64..2.0).prop_map(|(divider, share)| Step::Move(divider, share)),
        (0_usize..8).prop_map(Step::Even),
        Just(Step::Again),
    ]
}

fn take(panes: &mut Panes, step: Step) {
    let ids: Vec<PaneId> = panes.all().iter().map(|pane| pane.id).collect();
    let pane = |at: usize| ids[at % ids.len()];
    let name = |number: u8| tab(&number.to_string());
    let divider = |panes: &Panes, at: usize| {
        let dividers = panes.dividers();
        (!dividers.is_empty()).then(|| dividers[at % dividers.len()].id)
    };
    match step {
        Step::Show(number) => panes.show(&name(number)),
        Step::ShowIn(at, number) => panes.show_in(pane(at), &name(number)),
        Step::Split(at, edge, number) => drop(panes.split(pane(at), edge, number.map(name))),
        Step::Close(at) => panes.close(pane(at)),
        Step::Forget(number) => panes.forget(&name(number)),
        Step::Focus(at) => panes.focus(pane(at)),
        Step::Maximise => panes.maximise(),
        Step::Move(at, share) => {
            if let Some(divider) = divider(panes, at) {
                panes.move_divider(divider, share);
            }
        }
        Step::Even(at) => {
            if let Some(divider) = divider(panes, at) {
                panes.even(divider);
            }
        }
        Step::Again => *panes = Panes::from_root(panes.root().clone(), Some(panes.focused())),
    }
}

fn is_plain(node: &Node, above: Option<Direction>) -> bool {
    match node {
        Node::Pane(_) => true,
        Node::Split { direction, parts, .. } => {
            let sum: f64 = parts.iter().map(|(share, _)| share).sum();
            parts.len() > 1
                && above != Some(*direction)
                && (sum - 1.0).abs() < 1e-6
                && parts.iter().all(|(share, part)| *share > 0.0 && is_plain(part, Some(*direction)))
        }
    }
}

proptest! {
    #[test]
    fn no_tab_is_in_two_panes_and_the_panes_cover_the_area_whatever_is_done(
        steps in proptest::collection::vec(step(), 0..60)
    ) {
        let mut panes = Panes::default();
        for step in steps {
            take(&mut panes, step);
            let mut tabs: Vec<&str> =
                panes.all().iter().filter_map(|pane| pane.tab.as_ref()).map(TabId::as_str).collect();
            let shown = tabs.len();
            tabs.sort_unstable();
            tabs.dedup();
            prop_assert_eq!(tabs.len(), shown);
            prop_assert!(panes.pane(panes.focused()).is_some());
            let area: f64 = panes.places().iter().map(|(_, rect)| rect.width * rect.height).sum();
            prop_assert!((area - 1.0).abs() < 1e-6, "{area}");
            prop_assert!(is_plain(panes.root(), None));
            if panes.is_maximised() {
                prop_assert_eq!(panes.places().len(), 1);
            } else {
                prop_assert_eq!(panes.dividers().len() + 1, panes.all().len());
            }
        }
    }

    #[test]
    fn a_shown_tab_is_in_sight_and_closing_it_hides_no_other(
        steps in proptest::collection::vec(step(), 0..40), number in 0_u8..8
    ) {
        let mut panes = Panes::default();
        steps.into_iter().for_each(|step| take(&mut panes, step));
        let wanted = tab(&number.to_string());
        panes.show(&wanted);
        prop_assert_eq!(panes.active(), Some(&wanted));
        let others: Vec<TabId> = panes.all().iter().filter_map(|pane| pane.tab.clone()).collect();
        panes.forget(&wanted);
        prop_assert!(others.iter().filter(|other| **other != wanted).all(|other| panes.of(other).is_some()));
        prop_assert_eq!(panes.of(&wanted), None);
    }
}
