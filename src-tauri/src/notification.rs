//! System notifications: what the user must know while they look elsewhere.
//!
//! Not when (the core says so). Said by the desktop's own means, outside of any webview.

use sidelight_core::app::switcher::Language;
use sidelight_core::app::window::Notification;

/// Shows one; a desktop that shows none is no fault of ours.
pub fn show(notification: &Notification, language: Language) {
    let (title, body) = words(notification, language);
    // The desktop's answer may take long.
    std::thread::spawn(move || {
        let shown = notify_rust::Notification::new().appname("Sidelight").summary(&title).body(&body).show();
        if let Err(error) = shown {
            tracing::info!(%error, "the desktop shows no notification");
        }
    });
}

/// Title and body.
fn words(notification: &Notification, language: Language) -> (String, String) {
    match notification {
        Notification::EndsSoon { profiles, minutes } => ends_soon(profiles, *minutes, language),
        Notification::Download { name, profile, error: Some(error), waits: true } => {
            let waits = match language {
                Language::English => format!("Paused: {error}. It goes on by itself."),
                Language::Japanese => "一時停止中です。原因がなくなると自動的に再開します。".to_owned(),
            };
            (name.clone(), format!("{profile}\n{waits}"))
        }
        Notification::Download { name, profile, error, .. } => {
            let became = match (language, error) {
                (Language::English, None) => "Downloaded".to_owned(),
                (Language::Japanese, None) => "ダウンロードが完了しました".to_owned(),
                (Language::English, Some(error)) => format!("Not downloaded: {error}. See the downloads in Sidelight."),
                (Language::Japanese, Some(_)) => {
                    "ダウンロードできませんでした。Sidelight のダウンロード一覧を確認してください。".to_owned()
                }
            };
            (name.clone(), format!("{profile}\n{became}"))
        }
    }
}

fn ends_soon(profiles: &[String], minutes: u64, language: Language) -> (String, String) {
    let (several, body) = match language {
        Language::English => (
            format!("{} sessions end soon", profiles.len()),
            format!("Ends in {minutes} min. Renew in Sidelight; each tab goes on on its page."),
        ),
        Language::Japanese => (
            format!("{} 件のセッションがまもなく終わります", profiles.len()),
            format!("あと {minutes} 分で終わります。Sidelight で更新すると、各タブはそのページのまま続きます。"),
        ),
    };
    match profiles {
        [one] => (one.clone(), body),
        all => (several, format!("{}\n{body}", all.join("\n"))),
    }
}

#[cfg(test)]
mod tests {
    use sidelight_core::app::error::Cause;

    use super::*;

    fn soon(profiles: &[&str]) -> Notification {
        let profiles = profiles.iter().map(|profile| (*profile).to_owned()).collect();
        Notification::EndsSoon { profiles, minutes: 10 }
    }

    #[test]
    fn a_notification_says_whose_session_ends_and_when_in_both_languages() {
        let one = soon(&["PROD · acme"]);
        let (title, body) = words(&one, Language::English);
        assert_eq!(title, "PROD · acme");
        assert!(body.contains("10 min"), "{body}");
        assert!(words(&one, Language::Japanese).1.contains("10 分"));

        let (title, body) = words(&soon(&["PROD · acme", "globex"]), Language::English);
        assert_eq!(title, "2 sessions end soon");
        assert!(body.starts_with("PROD · acme\nglobex\n"), "{body}");
    }

    #[test]
    fn a_download_is_named_with_its_profile_and_why_it_is_not_whole() {
        let of = |error, waits| Notification::Download {
            name: "logs.tar.gz".to_owned(),
            profile: "PROD · acme".to_owned(),
            error,
            waits,
        };
        let whole = words(&of(None, false), Language::English);
        assert_eq!(whole, ("logs.tar.gz".to_owned(), "PROD · acme\nDownloaded".to_owned()));
        let failed = of(Some(Cause::LinkExpired.into()), false);
        assert!(words(&failed, Language::English).1.contains("has expired"));
        assert!(words(&failed, Language::Japanese).1.starts_with("PROD · acme\n"));
        let waits = of(Some(Cause::Network { host: "h".to_owned() }.into()), true);
        let (_, said) = words(&waits, Language::English);
        assert_eq!(said, "PROD · acme\nPaused: h could not be reached. It goes on by itself.");
        assert!(words(&waits, Language::Japanese).1.contains("自動的に再開"));
    }
}
