//! A refresh whose asker goes away, against a portal that answers when it is told to.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver, Sender};

use tokio::task::JoinHandle;

use super::super::calls::Client;
use super::*;
use crate::app::fakes::Fake;
use crate::aws::place_at;
use crate::aws::trust::Trust;

/// A portal's token endpoint, for one refresh: it says when it was asked, and answers when it may.
struct Portal {
    place: Place,
    start_url: StartUrl,
    was_asked: Receiver<()>,
    may_answer: Sender<()>,
}

fn portal() -> Result<Portal, Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let origin = format!("http://{}", listener.local_addr()?);
    let (asked, was_asked) = mpsc::channel();
    let (may_answer, go) = mpsc::channel();
    std::thread::spawn(move || -> std::io::Result<()> {
        let (mut connection, _) = listener.accept()?;
        let mut lines = BufReader::new(connection.try_clone()?).lines();
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        let _ = asked.send(());
        let _ = go.recv();
        let body = r#"{"accessToken":"new","refreshToken":"next","expiresIn":3600}"#;
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
        write!(connection, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    });
    let start_url = StartUrl::parse(&format!("{origin}/start"))?;
    Ok(Portal { place: place_at(&origin)?, start_url, was_asked, may_answer })
}

fn keeper(fake: &Fake) -> Result<Arc<TokenKeeper>, Error> {
    let world = fake.world();
    let calls = Calls::new(crate::aws::http::client(&Trust::new(None)?)?);
    Ok(Arc::new(TokenKeeper::new(calls, world.vault, world.clock, world.turns)))
}

async fn keep_stale(keeper: &TokenKeeper, portal: &Portal) -> Result<(), Error> {
    let client = Client { client_id: "client".to_owned(), client_secret: "client secret".to_owned().into() };
    let stale = Tokens {
        access_token: "old".to_owned().into(),
        refresh_token: Some("once".to_owned().into()),
        expires_at: keeper.now(),
        client,
        region: portal.place.region.clone(),
    };
    keeper.keep(&portal.start_url, &stale).await
}

/// Somebody who asks for tokens, as soon as the portal is asked for newer ones.
fn asking(
    keeper: &Arc<TokenKeeper>,
    portal: &Portal,
) -> Result<JoinHandle<Result<Tokens, Error>>, Box<dyn std::error::Error>> {
    let (keeper, place, start_url) = (keeper.clone(), portal.place.clone(), portal.start_url.clone());
    let asker = tokio::spawn(async move { keeper.tokens(&place, &start_url).await });
    portal.was_asked.recv()?;
    Ok(asker)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_refresh_got_is_kept_though_whoever_asked_for_it_has_given_up() -> Result<(), Box<dyn std::error::Error>>
{
    let (fake, portal) = (Fake::default(), portal()?);
    let keeper = keeper(&fake)?;
    keep_stale(&keeper, &portal).await?;
    let asker = asking(&keeper, &portal)?;
    asker.abort();
    assert!(asker.await.is_err_and(|ended| ended.is_cancelled()));
    let stale = keeper.kept(&portal.start_url).await?.ok_or("they are kept")?;
    portal.may_answer.send(())?;
    // Waits for the refresh, as whoever comes next does.
    let next = keeper.refreshed(&portal.place, &portal.start_url, stale).await?;
    assert_eq!(secrecy::ExposeSecret::expose_secret(&next.access_token), "new");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_waits_for_a_refresh_whose_tokens_would_come_back_otherwise()
-> Result<(), Box<dyn std::error::Error>> {
    let (fake, portal) = (Fake::default(), portal()?);
    let keeper = keeper(&fake)?;
    keep_stale(&keeper, &portal).await?;
    let asker = asking(&keeper, &portal)?;
    let mut leaving = std::pin::pin!(keeper.forget(&portal.start_url));
    tokio::select! {
        biased;
        _ = &mut leaving => return Err("it does not wait".into()),
        () = std::future::ready(()) => {}
    }
    portal.may_answer.send(())?;
    asker.await??;
    let left = leaving.await?.ok_or("the portal is told of the newest")?;
    assert_eq!(secrecy::ExposeSecret::expose_secret(&left.access_token), "new");
    assert!(keeper.kept(&portal.start_url).await?.is_none());
    assert!(fake.with(|fake| fake.secrets.is_empty()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_is_locked_in_the_middle_of_a_refresh_loses_nothing() -> Result<(), Box<dyn std::error::Error>>
{
    let (fake, portal) = (Fake::default(), portal()?);
    let keeper = keeper(&fake)?;
    keep_stale(&keeper, &portal).await?;
    let asker = asking(&keeper, &portal)?;
    fake.with(|fake| fake.vault_fails = Some(Cause::KeychainLocked));
    portal.may_answer.send(())?;
    assert_eq!(secrecy::ExposeSecret::expose_secret(&asker.await??.access_token), "new");
    // The keychain holds what is spent; what works is known here.
    let again = keeper.tokens(&portal.place, &portal.start_url).await?;
    assert_eq!(secrecy::ExposeSecret::expose_secret(&again.access_token), "new");
    fake.with(|fake| fake.vault_fails = None);
    keeper.keep(&portal.start_url, &again).await?;
    let kept = fake.with(|fake| fake.secrets.get(&SecretId::PortalTokens(portal.start_url.clone())).cloned());
    assert!(kept.is_some_and(|kept| kept.contains("\"next\"")));
    Ok(())
}
