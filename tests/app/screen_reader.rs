//! What a screen reader finds in the window, and hears of it.

use std::time::Duration;

use sidelight_tests::app::APP;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::screen::Modifier::{Control, Shift};
use sidelight_tests::screen_reader::{Node, Role, ScreenReader};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

const PATIENCE: Duration = Duration::from_secs(20);

async fn listened_to() -> Outcome<(Stage, ScreenReader)> {
    let desktop = Desktop::start()?;
    let reader = ScreenReader::start(&desktop)?;
    let stage = Stage::open_on(desktop, &[]).await?;
    // As a screen reader does: it looks once over what there is, and is told of changes from then on.
    wait_until("the window's own page", PATIENCE, || Ok(own_page(&reader.tree(APP)?).is_ok().then_some(())))?;
    Ok((stage, reader))
}

/// The nodes of the window's own page, which is called Sidelight.
fn own_page(tree: &[Node]) -> Outcome<&[Node]> {
    let start = tree.iter().position(|node| node.role == Role::Document && node.name == "Sidelight");
    let start = start.ok_or_else(|| HarnessError::missing(format!("page of the window among {} nodes", tree.len())))?;
    let depth = tree[start].depth;
    let length = tree[start + 1..].iter().take_while(|node| node.depth > depth).count();
    Ok(&tree[start..=start + length])
}

/// Controls without a name, and fields that are wrong before anybody has filled them in.
fn faults(page: &[Node]) -> Vec<String> {
    let unnamed = |node: &&Node| matches!(node.role, Role::Control(_)) && node.name.trim().is_empty();
    let faulty = page.iter().filter(|node| unnamed(node) || node.is_invalid);
    faulty.map(|node| format!("{:?} {:?}", node.role, node.name)).collect()
}

/// Waits for the page with this heading, and holds its controls to their names.
fn insist_on_names(reader: &ScreenReader, heading: &str) -> Outcome {
    let tree = wait_until(&format!("the heading {heading:?}"), PATIENCE, || {
        let tree = reader.tree(APP)?;
        let shows = |node: &Node| node.role == Role::Heading && node.name.starts_with(heading);
        let is_there = own_page(&tree).is_ok_and(|page| page.iter().any(shows));
        Ok(is_there.then_some(tree))
    })?;
    let page = own_page(&tree)?;
    assert!(page.iter().filter(|node| matches!(node.role, Role::Control(_))).count() > 5, "{heading}: {page:?}");
    assert_eq!(faults(page), Vec::<String>::new(), "{heading}");
    Ok(())
}

#[tokio::test]
async fn every_control_of_every_surface_has_a_name() -> Outcome {
    let (stage, reader) = listened_to().await?;
    stage.open_profile("acme production").await?;
    insist_on_names(&reader, "Sidelight")?;
    stage.screen.press("n", &[Control])?;
    insist_on_names(&reader, "New profile")?;
    stage.screen.press("F1", &[])?;
    insist_on_names(&reader, "Keyboard shortcuts")?;
    stage.screen.press(",", &[Control])?;
    insist_on_names(&reader, "Settings")?;
    stage.hand().click(&Part::TestId("rules-button".to_owned())).await?;
    insist_on_names(&reader, "Rules for marks")?;
    stage.close().await
}

#[tokio::test]
async fn a_console_is_called_by_its_mark_profile_and_account_and_by_nothing_while_hidden() -> Outcome {
    let (stage, reader) = listened_to().await?;
    stage.open_profile("acme production").await?;
    let account = stage.profile("acme production")?.account.clone();
    let name = format!("PROD acme production, {account}");
    let panels = |wanted: &str| {
        let tree = reader.tree(APP)?;
        Ok(tree.iter().any(|node| node.role == Role::Panel && node.name == wanted).then_some(tree))
    };
    wait_until("the console's name", PATIENCE, || panels(&name))?;

    stage.open_profile("borealis").await?;
    stage.screen.press("h", &[Control, Shift])?;
    stage.hand().find(&Part::TestId("screen-share".to_owned())).await?;
    wait_until("nothing of the other client", PATIENCE, || {
        let tree = reader.tree(APP)?;
        Ok((!tree.iter().any(|node| node.role == Role::Panel && node.name == name)).then_some(()))
    })?;
    stage.close().await
}

#[tokio::test]
async fn what_changes_by_itself_and_what_takes_the_keyboard_is_heard() -> Outcome {
    let (stage, reader) = listened_to().await?;
    stage.open_profile("acme production").await?;
    stage.screen.press("k", &[Control, Shift])?;
    wait_until("the filter to take the keyboard", PATIENCE, || {
        Ok(reader.focused().iter().any(|name| name == "Filter profiles").then_some(()))
    })?;
    // As a screen reader does, which has seen the field's surroundings: WebKit tells of no change in a node that nobody
    // has asked for.
    reader.tree(APP)?;
    stage.screen.type_text("borealis")?;
    wait_until("the number of profiles that fit", PATIENCE, || {
        Ok(reader.said().iter().any(|said| said.starts_with("1 profile")).then_some(()))
    })?;
    stage.close().await
}
