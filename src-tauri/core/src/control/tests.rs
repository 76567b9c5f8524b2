//! What the wire promises, through its front and byte by byte.

use std::time::Duration;

use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

type Tested = Result<(), Box<dyn std::error::Error>>;

fn tab(title: String) -> TabLine {
    TabLine {
        tab: "t1".to_owned(),
        profile: "acme prod".to_owned(),
        account: Some("111122223333".to_owned()),
        url: "https://eu-central-1.console.aws.amazon.com/".to_owned(),
        title,
        state: TabLineState::SigningIn,
        pane: None,
        read_only: false,
        ends_at: None,
    }
}

/// A running app that fails to close tabs, and tells of so many.
async fn app(home: &Home, tabs: usize) -> Result<tokio::task::JoinHandle<()>, Error> {
    let lock = AppLock::take(home)?;
    let listener = Listener::bind(home, &lock)?;
    Ok(tokio::spawn(async move {
        let _lock = lock;
        listener
            .serve(move |request| async move {
                match request {
                    Request::Tabs => Answer::Tabs { tabs: vec![tab("本番".repeat(500)); tabs] },
                    Request::Close { .. } => Answer::Failed(Failure::from(&Cause::Throttled.into())),
                    _ => Answer::Ok,
                }
            })
            .await;
    }))
}

#[tokio::test]
async fn the_app_answers_and_nobody_does_where_none_runs() -> Tested {
    let folder = tempfile::tempdir()?;
    let home = Home::at(folder.path())?;
    assert_eq!(ask(&home, &Request::Hello).await?, None);
    let app = app(&home, 2).await?;
    assert_eq!(ask(&home, &Request::Hello).await?, Some(Answer::Ok));
    let Some(Answer::Tabs { tabs }) = ask(&home, &Request::Tabs).await? else {
        return Err("no tabs".into());
    };
    assert_eq!(tabs.len(), 2);
    let answer = ask(&home, &Request::Close { tab: "t1".to_owned() }).await?;
    assert!(matches!(answer, Some(Answer::Failed(Failure { exit_code: 4, .. }))), "{answer:?}");
    app.abort();
    assert!(app.await.is_err());
    assert_eq!(ask(&home, &Request::Hello).await?, None);
    Ok(())
}

#[tokio::test]
async fn an_answer_longer_than_a_frame_arrives_whole() -> Tested {
    let folder = tempfile::tempdir()?;
    let home = Home::at(folder.path())?;
    let _app = app(&home, 300).await?;
    let answer = ask(&home, &Request::Tabs).await?;
    assert_eq!(answer, Some(Answer::Tabs { tabs: vec![tab("本番".repeat(500)); 300] }));
    Ok(())
}

#[tokio::test]
async fn forty_at_once_are_all_answered() -> Tested {
    let folder = tempfile::tempdir()?;
    let home = Home::at(folder.path())?;
    let _app = app(&home, 1).await?;
    let asking: Vec<_> = (0..40)
        .map(|_| {
            let home = home.clone();
            tokio::spawn(async move { ask(&home, &Request::Focus).await })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await??, Some(Answer::Ok));
    }
    Ok(())
}

#[tokio::test]
#[cfg(unix)]
async fn a_socket_that_a_killed_app_left_is_nobody_and_is_replaced_by_the_next_app() -> Tested {
    let folder = tempfile::tempdir()?;
    let home = Home::at(folder.path())?;
    let socket = home.control_socket();
    if let Some(folder) = socket.parent() {
        crate::storage::platform::insist_on_private_folder(folder)?;
    }
    drop(std::os::unix::net::UnixListener::bind(&socket)?);
    assert!(socket.exists());
    assert_eq!(ask(&home, &Request::Hello).await?, None);
    let _app = app(&home, 0).await?;
    assert_eq!(ask(&home, &Request::Hello).await?, Some(Answer::Ok));
    Ok(())
}

#[tokio::test]
#[cfg(unix)]
async fn a_socket_is_not_made_in_a_folder_that_others_can_look_into() -> Tested {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let home = Home::at(folder.path())?;
    let lock = AppLock::take(&home)?;
    let socket_folder = home.control_socket().parent().ok_or("no folder")?.to_owned();
    std::fs::create_dir_all(&socket_folder)?;
    std::fs::set_permissions(&socket_folder, std::fs::Permissions::from_mode(0o755))?;
    let answer = Listener::bind(&home, &lock).map(drop);
    assert!(matches!(answer, Err(Error { cause: Cause::Disk { .. }, .. })), "{answer:?}");
    std::fs::remove_dir(socket_folder)?;
    Ok(())
}

#[tokio::test]
#[cfg(unix)]
async fn a_message_that_makes_no_sense_is_told_so_and_the_app_lives() -> Tested {
    let folder = tempfile::tempdir()?;
    let home = Home::at(folder.path())?;
    let _app = app(&home, 0).await?;
    let framed = |text: &str| [&u32::try_from(text.len()).unwrap_or(0).to_be_bytes()[..], text.as_bytes()].concat();
    for (bytes, code) in [
        (framed("not json"), "bug"),
        (framed(r#"{"version":1,"message":{"request":"format-disk"}}"#), "bug"),
        (framed(r#"{"version":2,"message":{"request":"hello"}}"#), "conflict"),
        (0xffff_ffff_u32.to_be_bytes().to_vec(), "bug"),
        (0x8000_0000_u32.to_be_bytes().to_vec(), "bug"),
    ] {
        let mut stream = tokio::net::UnixStream::connect(home.control_socket()).await?;
        stream.write_all(&bytes).await?;
        let answer: Answer = message::decode(&frame::read(&mut stream, LONGEST_ANSWER).await?)?;
        assert!(matches!(&answer, Answer::Failed(failure) if failure.code == code), "{answer:?}");
        assert_eq!(stream.read(&mut [0; 1]).await?, 0, "the connection is closed");
    }
    assert_eq!(ask(&home, &Request::Hello).await?, Some(Answer::Ok));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn whoever_stays_silent_is_left_after_five_seconds() {
    let (client, app) = tokio::io::duplex(64);
    let began = tokio::time::Instant::now();
    converse(app, &|_| async { Answer::Ok }).await;
    assert_eq!(began.elapsed(), Duration::from_secs(5));
    drop(client);
}

#[test]
fn the_lines_have_the_names_of_the_contract() -> Tested {
    assert_eq!(
        serde_json::to_string(&tab("Home".to_owned()))?,
        r#"{"tab":"t1","profile":"acme prod","account":"111122223333","url":"https://eu-central-1.console.aws.amazon.com/","title":"Home","state":"signing-in","pane":null,"read_only":false,"ends_at":null}"#
    );
    let line = DownloadLine {
        id: "d1".to_owned(),
        profile: "acme prod".to_owned(),
        name: "report.csv".to_owned(),
        path: "/home/me/Downloads/report.csv".to_owned(),
        bytes: 7,
        total: None,
        state: DownloadLineState::Running,
        error: None,
        s3: None,
        uploads: false,
        files: None,
        total_files: None,
    };
    assert_eq!(
        serde_json::to_string(&line)?,
        r#"{"id":"d1","profile":"acme prod","name":"report.csv","path":"/home/me/Downloads/report.csv","bytes":7,"total":null,"state":"running","error":null}"#
    );
    Ok(())
}

fn run<Answer>(future: impl Future<Output = Answer>) -> Answer {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

proptest! {
    #[test]
    fn whatever_bytes_come_in_reading_ends_with_an_answer(
        head in prop_oneof![any::<u32>(), 0_u32..200, (0_u32..200).prop_map(|length| length | 1 << 31)],
        rest in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [&head.to_be_bytes()[..], &rest].concat();
        let read = run(frame::read(&mut bytes.as_slice(), frame::LONGEST));
        if let Ok(message) = read {
            prop_assert!(message.len() <= rest.len());
            let _ = message::decode::<Request>(&message);
        }
    }

    #[test]
    fn whatever_is_written_is_read_again(length in 0_usize..300_000, byte: u8) {
        let message = vec![byte; length];
        let read = run(async {
            let mut wire = Vec::new();
            frame::write(&mut wire, &message).await?;
            frame::read(&mut wire.as_slice(), LONGEST_ANSWER).await
        });
        prop_assert_eq!(read.ok(), Some(message));
    }

    #[test]
    fn whatever_text_comes_in_decoding_never_panics(text in "\\PC{0,200}", name in "[a-z-]{0,12}") {
        let _ = message::decode::<Request>(text.as_bytes());
        let _ = message::decode::<Request>(format!(r#"{{"version":1,"message":{{"request":"{name}","tab":{text:?}}}}}"#).as_bytes());
    }
}
