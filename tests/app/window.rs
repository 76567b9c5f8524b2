//! The window itself, before any console is open.

use sidelight_tests::Outcome;
use sidelight_tests::app::DrivenApp;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::side::Side;
use sidelight_tests::ui::Part;

#[tokio::test]
async fn the_window_lists_the_profiles_that_side_added() -> Outcome {
    let desktop = Desktop::start()?;
    let cloud = DemoCloud::start()?;
    cloud.watch_secrets(desktop.leaks());
    cloud.register(&Side::new(desktop.surroundings())?.watched_by(desktop.leaks()))?;
    let app = DrivenApp::start(&desktop, &[]).await?;
    for profile in cloud.profiles() {
        app.hand.find(&Part::Profile(profile.name.clone())).await?;
    }
    desktop.leaks().look_at("the window's markup", app.hand.markup().await?);
    app.close().await
}
