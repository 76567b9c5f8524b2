//! A stage: a machine, the demo cloud with its profiles in Sidelight, the app open, and the steps
//! that every scenario and the tour take.
//!
//! A step waits until both sides agree: the window's header and the page that the cloud saw.
//! It grows by a step that a second scenario needs.

use std::path::Path;
use std::time::Duration;

use crate::app::DrivenApp;
use crate::console::Console;
use crate::demo::{DemoCloud, DemoProfile, Report};
use crate::desktop::Desktop;
use crate::error::{HarnessError, Outcome};
use crate::hand::{Hand, Rect};
use crate::screen::{Point, Screen};
use crate::side::Side;
use crate::ui::Part;
use crate::wait::wait_until;

/// How long a page or a file may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything a scenario uses. The app and the cloud end before the machine does.
pub struct Stage {
    /// The app.
    pub app: DrivenApp,
    /// The cloud.
    pub cloud: DemoCloud,
    /// The command line.
    pub side: Side,
    /// Eyes and hands on the display.
    pub screen: Screen,
    /// The machine.
    pub desktop: Desktop,
}

impl Stage {
    /// With the cloud's three profiles.
    ///
    /// # Errors
    /// When a part of it does not come up.
    pub async fn open() -> Outcome<Self> {
        Self::open_with(&[]).await
    }

    /// With more arguments for the cloud, such as `--extra-accounts 4`.
    ///
    /// # Errors
    /// As [`Stage::open`].
    pub async fn open_with(cloud_arguments: &[&str]) -> Outcome<Self> {
        Self::open_on(Desktop::start()?, cloud_arguments).await
    }

    /// On a machine where something else had to be there first.
    ///
    /// # Errors
    /// As [`Stage::open`].
    pub async fn open_on(desktop: Desktop, cloud_arguments: &[&str]) -> Outcome<Self> {
        let cloud = DemoCloud::start_with(cloud_arguments)?;
        cloud.watch_secrets(desktop.leaks());
        let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
        cloud.register(&side)?;
        let screen = desktop.screen()?;
        let app = start(&desktop, &screen).await?;
        Ok(Self { app, cloud, side, screen, desktop })
    }

    /// Lets the profiles' partition have pages of these origins too.
    ///
    /// # Errors
    /// What `side` refuses.
    pub fn allow_pages_of(&self, origins: &[&str]) -> Outcome {
        self.cloud.register_partition_with(&self.side, origins)
    }

    /// Ends the app and looks for secrets wherever they must not be.
    ///
    /// # Errors
    /// When the app refuses to end.
    pub async fn close(self) -> Outcome {
        self.desktop.leaks().look_at("the window's markup", self.app.hand.markup().await?);
        self.app.close().await
    }

    /// Ends the app and starts it again, as a user would the next day.
    ///
    /// # Errors
    /// When it does not end or come up.
    pub async fn restart(self) -> Outcome<Self> {
        self.restart_after(|_| Ok(())).await
    }

    /// As [`Stage::restart`], with something done at the command line in between.
    ///
    /// # Errors
    /// As [`Stage::restart`], and what `meanwhile` meets.
    pub async fn restart_after(self, meanwhile: impl FnOnce(&Side) -> Outcome) -> Outcome<Self> {
        let Self { app, cloud, side, screen, desktop } = self;
        app.close().await?;
        meanwhile(&side)?;
        let app = start(&desktop, &screen).await?;
        Ok(Self { app, cloud, side, screen, desktop })
    }

    /// Kills the app and starts it again.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn kill_and_start_again(self) -> Outcome<Self> {
        let Self { app, cloud, side, screen, desktop } = self;
        app.kill()?;
        let app = start(&desktop, &screen).await?;
        Ok(Self { app, cloud, side, screen, desktop })
    }

    /// The hand in the window.
    pub fn hand(&self) -> &Hand {
        &self.app.hand
    }

    /// A profile of the cloud, by its name.
    ///
    /// # Errors
    /// When there is none.
    pub fn profile(&self, name: &str) -> Outcome<&DemoProfile> {
        let found = self.cloud.profiles().find(|profile| profile.name == name);
        found.ok_or_else(|| HarnessError::missing(format!("profile {name:?} in the demo cloud")))
    }

    /// Opens a profile by a click in the sidebar, and waits until its console shows.
    ///
    /// # Errors
    /// When it does not.
    pub async fn open_profile(&self, profile: &str) -> Outcome<Report> {
        let before = self.cloud.last_report()?;
        self.hand().click(&Part::Profile(profile.to_owned())).await?;
        self.shows(profile, before).await
    }

    /// Waits until the profile's page shows, from the cloud's side and from the window's.
    ///
    /// # Errors
    /// When it does not, or its cookie is another account's.
    pub async fn shows(&self, profile: &str, after: u64) -> Outcome<Report> {
        let account = self.profile(profile)?.account.as_str();
        let page = self.cloud.wait_for_report(&format!("the console of {profile}"), after, |report| {
            report.text("account") == account && report.is_visible()
        })?;
        if page.text("cookie_account") != account {
            let wrong = format!("session of {account}: the cookie is of {:?}", page.text("cookie_account"));
            return Err(HarnessError::missing(wrong));
        }
        let what = format!("{account} in the pane's header");
        self.hand().wait_for_text(&what, &Part::PaneHeader, |text| digits(text).contains(account)).await?;
        Ok(page)
    }

    /// Clicks an action of the account's page that shows, and gives the action's name.
    ///
    /// # Errors
    /// When no such page shows such an action.
    pub async fn act(&self, account: &str, action: &str) -> Outcome<String> {
        let shown = |report: &Report| report.text("account") == account && report.is_visible();
        let (page, name) = self.cloud.wait_for_action(action, shown)?;
        let area = self.hand().rect(&Part::ConsoleArea).await?;
        Console::new(&self.screen, self.app.window(&self.screen)?, area).click(&page, &name)?;
        Ok(name)
    }

    /// Moves the mouse over a part of the window, where some controls show only then.
    ///
    /// # Errors
    /// When the part is not there.
    pub async fn point_at(&self, part: &Part) -> Outcome {
        self.screen.point_at(self.middle_of(part).await?)
    }

    /// Clicks a part of the window with the mouse: unlike a click by program it takes the keyboard there too.
    ///
    /// # Errors
    /// When the part is not there.
    pub async fn press_on(&self, part: &Part) -> Outcome {
        self.hand().bring_into_view(part).await?;
        self.screen.click(self.middle_of(part).await?)
    }

    async fn middle_of(&self, part: &Part) -> Outcome<Point> {
        let rect = self.hand().rect(part).await?;
        let whole = Console::new(&self.screen, self.app.window(&self.screen)?, Rect { x: 0.0, y: 0.0, ..rect });
        whole.place(rect.x + rect.width / 2.0, rect.y + rect.height / 2.0)
    }

    /// Waits until a part of the window has the keyboard, by its `data-testid`.
    ///
    /// # Errors
    /// When it does not get it.
    pub async fn has_the_keyboard(&self, id: &str) -> Outcome {
        let script = "return document.hasFocus() ? document.activeElement?.dataset.testid ?? null : null";
        let what = format!("{id} to have the keyboard");
        self.hand().wait_for(&what, async |hand| Ok((hand.run(script, Vec::new()).await? == id).then_some(()))).await
    }

    /// Opens a page of a profile's console by `side open --page`, and waits for what it reports.
    ///
    /// # Errors
    /// When it does not show.
    pub fn open_page(&self, profile: &str, page: &str) -> Outcome<Report> {
        let before = self.cloud.last_report()?;
        let known: Vec<String> = self.cloud.pages()?.iter().map(|report| report.text("page_load").to_owned()).collect();
        let account = self.profile(profile)?.account.clone();
        self.side.run(&["open", profile, "--page", page])?.success()?;
        let path = page.split('?').next().unwrap_or(page);
        self.cloud.wait_for_report(&format!("{page} of {profile}"), before, |report| {
            let is_new = known.iter().all(|known| known != report.text("page_load"));
            is_new && report.text("account") == account && report.is_visible() && report.text("path").starts_with(path)
        })
    }

    /// Waits for a whole file among the user's downloads, and gives its bytes.
    ///
    /// # Errors
    /// When it does not arrive.
    pub fn downloaded(&self, name: &str) -> Outcome<Vec<u8>> {
        let path = self.desktop.downloads().join(name);
        wait_until(&format!("{name} in the user's downloads"), PATIENCE, || Ok(std::fs::read(&path).ok()))
    }

    /// Waits until `side tabs` says something `wanted`.
    ///
    /// # Errors
    /// [`HarnessError::Late`], naming `what`.
    pub fn wait_for_tabs<T>(&self, what: &str, wanted: impl Fn(&[serde_json::Value]) -> Option<T>) -> Outcome<T> {
        wait_until(what, PATIENCE, || {
            let tabs = self.side.json(&["tabs"])?;
            Ok(tabs.as_array().and_then(|tabs| wanted(tabs)))
        })
    }

    /// Waits until a pane shows a page of this profile whose address has `path` in it.
    ///
    /// # Errors
    /// [`HarnessError::Late`].
    pub fn wait_for_page_in_sight(&self, profile: &str, path: &str) -> Outcome {
        self.wait_for_tabs(&format!("{path} of {profile} in sight"), |tabs| {
            let shown = tabs.iter().find(|tab| tab["profile"] == profile && !tab["pane"].is_null())?;
            shown["url"].as_str()?.contains(path).then_some(())
        })
    }

    /// Whatever a file in Sidelight's own folder holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn own_file(&self, name: &str) -> Outcome<String> {
        read(&self.desktop.sidelight_home().join(name))
    }
}

async fn start(desktop: &Desktop, screen: &Screen) -> Outcome<DrivenApp> {
    let app = DrivenApp::start(desktop, &[]).await?;
    screen.focus(app.window(screen)?)?;
    Ok(app)
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(HarnessError::io(format!("read {}", path.display())))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
