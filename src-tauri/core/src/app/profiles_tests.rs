//! What is kept and removed, in which order, among fakes that fail.

use crate::domain::secret::SecretId;
use jiff::SignedDuration;

use super::*;
use crate::app::event::{Event, Target, Wish};
use crate::app::fakes::{Tried, draft};
use crate::domain::workspace::kept::Kept;

fn save(name: &str) -> (Event, tokio::sync::oneshot::Receiver<Result<(), Error>>) {
    let (reply, answer) = tokio::sync::oneshot::channel();
    let wish = Wish::SaveProfile {
        profile: ProfileId::parse("new").expect("a plain id"),
        draft: Box::new(draft(name)),
        secret: SecretAccessKey::parse("wJalrXUtnFEMI".to_owned().into()).ok(),
        reply: Some(reply),
    };
    (wish.into(), answer)
}

#[tokio::test(start_paused = true)]
async fn the_secret_is_kept_before_the_book() {
    let mut tried = Tried::new();
    let (save, answer) = save("acme");
    tried.handle(save);
    tried.settle().await;
    assert_eq!(answer.await.expect("an answer comes"), Ok(()));
    assert_eq!(tried.fake.said(), ["keychain written", "book written"]);
    assert_eq!(tried.state().book.profiles().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refused_draft_reaches_neither_keychain_nor_book() {
    let (mut tried, _) = Tried::with_profile().await;
    let (save, answer) = save("ACME");
    tried.handle(save);
    tried.settle().await;
    let cause = answer.await.expect("an answer comes").map_err(|error| error.cause.code());
    assert_eq!(cause, Err("input"));
    assert!(tried.fake.said().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_locked_keychain_leaves_the_book_alone() {
    let mut tried = Tried::new();
    tried.fake.with(|fake| fake.vault_fails = Some(Cause::KeychainLocked));
    let (save, answer) = save("acme");
    tried.handle(save);
    tried.settle().await;
    assert_eq!(answer.await.expect("an answer comes"), Err(Cause::KeychainLocked.into()));
    assert!(tried.fake.said().is_empty());
    assert!(tried.state().book.profiles().is_empty());
}

#[tokio::test(start_paused = true)]
async fn where_the_book_refuses_the_keychain_is_as_it_was() {
    let new = SecretId::AccessKey(ProfileId::parse("new").expect("a plain id"));
    for before in [None, Some("the one before".to_owned())] {
        let mut tried = Tried::new();
        tried.fake.with(|fake| {
            fake.book_fails = Some(Cause::Disk { path: "profiles.toml".into(), free_bytes: Some(0) });
            fake.secrets.extend(before.clone().map(|secret| (new.clone(), secret)));
        });
        let (save, answer) = save("acme");
        tried.handle(save);
        tried.settle().await;
        let cause = answer.await.expect("an answer comes").map_err(|error| error.cause.code());
        assert_eq!(cause, Err("disk"));
        assert_eq!(tried.fake.with(|fake| fake.secrets.get(&new).cloned()), before);
    }
}

#[tokio::test(start_paused = true)]
async fn a_removed_profile_keeps_its_secret_until_the_undo_is_over() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::RemoveProfile { profile: acme.clone(), at_once: false, reply: None }.into());
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["book written"]);
    assert!(tried.state().book.profiles().is_empty());

    tried.fake.with(|fake| fake.now += UNDO - SignedDuration::from_secs(1));
    tried.handle(Event::Tick);
    tried.settle().await;
    assert!(tried.fake.said().is_empty());

    tried.fake.with(|fake| fake.now += SignedDuration::from_secs(1));
    tried.handle(Event::Tick);
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["keychain entry removed", "browser data of acme removed"]);
    tried.handle(Event::StoreRemoved { profile: acme, outcome: Ok(()) });
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["book written"]);
    assert!(tried.fake.with(|fake| fake.secrets.is_empty() && fake.book.removed().is_empty()));
}

#[tokio::test(start_paused = true)]
async fn an_undo_brings_profile_and_secret_back() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::RemoveProfile { profile: acme.clone(), at_once: false, reply: None }.into());
    tried.settle().await;
    tried.handle(Wish::UndoRemove(acme.clone()).into());
    tried.settle().await;
    assert!(tried.state().profile(&acme).is_some() && tried.state().notices.is_empty());
    assert!(tried.fake.with(|fake| fake.secrets.contains_key(&SecretId::AccessKey(acme.clone()))));
}

#[tokio::test(start_paused = true)]
async fn a_profile_whose_secret_cannot_be_removed_stays_set_aside() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.fake.with(|fake| fake.vault_fails = Some(Cause::KeychainLocked));
    tried.handle(Wish::RemoveProfile { profile: acme, at_once: true, reply: None }.into());
    tried.settle().await;
    assert_eq!(tried.state().book.removed().len(), 1);
    assert!(tried.state().notices.iter().any(|notice| matches!(
        &notice.body,
        NoticeBody::Failed { error, .. } if error.cause == Cause::KeychainLocked
    )));
    let now = tried.fake.with(|fake| fake.now);
    assert!(tried.state().next_deadline().is_none_or(|due| due > now), "the next start tries again, and not the loop");
}

#[tokio::test(start_paused = true)]
async fn a_profile_whose_browser_data_cannot_be_removed_stays_set_aside() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::RemoveProfile { profile: acme.clone(), at_once: true, reply: None }.into());
    tried.settle().await;
    let error = Error::from(Cause::Disk { path: "stores/acme".into(), free_bytes: None });
    tried.handle(Event::StoreRemoved { profile: acme, outcome: Err(error.clone()) });
    tried.settle().await;
    assert_eq!(tried.state().book.removed().len(), 1);
    let told = NoticeBody::Failed { about: None, error };
    assert!(tried.state().notices.iter().any(|notice| notice.body == told));
}

#[tokio::test(start_paused = true)]
async fn a_copy_has_a_free_name_and_its_own_secret() {
    let (mut tried, acme) = Tried::with_profile().await;
    let copy = ProfileId::parse("copy").expect("a plain id");
    tried.handle(Wish::DuplicateProfile { profile: acme, copy: copy.clone() }.into());
    tried.settle().await;
    assert_eq!(tried.state().profile(&copy).map(|profile| profile.name.to_string()), Some("acme 2".to_owned()));
    assert!(tried.fake.with(|fake| fake.secrets.contains_key(&SecretId::AccessKey(copy.clone()))));
}

#[tokio::test(start_paused = true)]
async fn a_full_disk_is_told_and_the_profiles_stay_as_they_are() {
    let (mut tried, acme) = Tried::with_profile().await;
    let disk = Cause::Disk { path: "profiles.toml".into(), free_bytes: Some(0) };
    tried.fake.with(|fake| fake.book_fails = Some(disk.clone()));
    tried.handle(Wish::MoveProfile { profile: acme.clone(), group: Group::parse("New").ok(), before: None }.into());
    tried.settle().await;
    assert_eq!(tried.state().profile(&acme).and_then(|profile| profile.group.clone()), None);
    assert_eq!(tried.state().notices.len(), 1);
}

fn removal_told(tried: &Tried) -> bool {
    tried.state().notices.iter().any(|notice| matches!(notice.body, NoticeBody::Removed { .. }))
}

#[tokio::test(start_paused = true)]
async fn a_removal_that_is_refused_closes_no_tab_and_offers_no_undo() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
    tried.settle().await;
    tried.fake.with(|fake| fake.book_fails = Some(Cause::Conflict));
    let remove = |tried: &mut Tried| {
        tried.handle(Wish::RemoveProfile { profile: acme.clone(), at_once: false, reply: None }.into());
    };
    remove(&mut tried);
    tried.settle().await;
    assert_eq!(tried.state().workspace.tabs().len(), 1);
    assert!(!removal_told(&tried));
    tried.fake.with(|fake| fake.book_fails = None);
    remove(&mut tried);
    tried.settle().await;
    assert!(tried.state().workspace.tabs().is_empty() && tried.state().sessions.is_empty());
    assert!(removal_told(&tried));
}

#[tokio::test(start_paused = true)]
async fn an_undo_that_fails_can_be_tried_again_also_after_a_restart_and_for_no_longer() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::RemoveProfile { profile: acme.clone(), at_once: false, reply: None }.into());
    tried.settle().await;
    tried.fake.with(|fake| fake.book_fails = Some(Cause::Conflict));
    tried.handle(Wish::UndoRemove(acme.clone()).into());
    tried.settle().await;
    assert!(removal_told(&tried));

    tried.fake.with(|fake| fake.now += SignedDuration::from_mins(4));
    let mut tried = Tried::restarted(&tried, Kept::default());
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    let ends: Vec<_> = tried.state().notices.iter().map(|notice| notice.until).collect();
    assert_eq!(ends, [tried.fake.with(|fake| fake.now).checked_add(SignedDuration::from_mins(1)).ok()]);
    tried.fake.with(|fake| fake.book_fails = None);
    tried.handle(Wish::UndoRemove(acme.clone()).into());
    tried.settle().await;
    assert!(tried.state().profile(&acme).is_some() && !removal_told(&tried));
}

#[tokio::test(start_paused = true)]
async fn tabs_wait_for_a_book_that_cannot_be_read() {
    let (mut before, acme) = Tried::with_profile().await;
    before.handle(Wish::OpenTab { profile: acme, target: Target::default(), reply: None }.into());
    before.settle().await;
    let mut tried = Tried::restarted(&before, before.state().workspace.kept());
    tried.fake.with(|fake| fake.book_is_unread = Some(Cause::Disk { path: "profiles.toml".into(), free_bytes: None }));
    for (is_unread, tabs) in [(true, 0), (false, 1)] {
        if !is_unread {
            tried.fake.with(|fake| fake.book_is_unread = None);
        }
        tried.handle(Wish::ReadBook(None).into());
        tried.settle().await;
        assert_eq!((tried.state().to_restore.is_some(), tried.state().workspace.tabs().len()), (is_unread, tabs));
    }
}

#[tokio::test]
async fn of_several_secrets_each_is_as_it_was_where_the_rest_fails() {
    let tried = Tried::new();
    let [one, two] = ["one", "two"].map(|name| SecretId::AccessKey(ProfileId::parse(name).expect("a plain id")));
    tried.fake.with(|fake| fake.secrets.insert(one.clone(), "before".to_owned()));
    let new = SecretString::from("new");
    let refused = async { Err::<(), Error>(Cause::Conflict.into()) };
    let kept = keep_secrets(tried.fake.world().vault.as_ref(), &[(&one, &new), (&two, &new)], refused).await;
    assert_eq!(kept, Err(Cause::Conflict.into()));
    assert_eq!(tried.fake.with(|fake| fake.secrets.clone()), [(one, "before".to_owned())].into());
}
