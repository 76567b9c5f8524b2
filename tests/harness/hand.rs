//! A hand in Sidelight's own window: finds parts, clicks, types and reads, through WebDriver.
//!
//! It waits for what it wants to use, so a scenario never waits by itself. Console pages are out of
//! its reach: see `console`.

use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::error::{HarnessError, Outcome};
use crate::ui::Part;
use crate::wait::wait_until_async;

/// How long a part may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);

/// How WebDriver names an element in a script's arguments.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A rectangle in the window, in the UI's pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// The hand.
#[derive(Clone)]
pub struct Hand {
    client: Client,
}

impl Hand {
    /// A hand on this WebDriver session.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The session itself, for what has no verb here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Waits for a part that shows.
    ///
    /// # Errors
    /// [`HarnessError::Late`], naming the part.
    pub async fn find(&self, part: &Part) -> Outcome<Element> {
        self.wait_for(&format!("{part:?}"), async |hand| hand.look_for(part).await).await
    }

    /// A part, if it shows now.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn look_for(&self, part: &Part) -> Outcome<Option<Element>> {
        let found = match self.client.find_all(part.selector().locator()).await {
            // The window drew itself anew while WebDriver made its list.
            Err(error) if gone(&error) => return Ok(None),
            found => found?,
        };
        for element in found {
            match element.is_displayed().await {
                Ok(true) => return Ok(Some(element)),
                // Replaced while we looked: there will be another look.
                Ok(false) => {}
                Err(error) if gone(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    /// How many of a part there are, shown or not.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn count(&self, part: &Part) -> Outcome<usize> {
        Ok(self.client.find_all(part.selector().locator()).await?.len())
    }

    /// Waits until `look` finds something in the window.
    ///
    /// # Errors
    /// [`HarnessError::Late`], naming `what`.
    pub async fn wait_for<T>(&self, what: &str, mut look: impl AsyncFnMut(&Self) -> Outcome<Option<T>>) -> Outcome<T> {
        wait_until_async(what, PATIENCE, async || look(self).await).await
    }

    /// Waits until a part's text is `wanted`, and gives the text.
    ///
    /// # Errors
    /// [`HarnessError::Late`], naming `what`.
    pub async fn wait_for_text(&self, what: &str, part: &Part, wanted: impl Fn(&str) -> bool) -> Outcome<String> {
        self.wait_for(what, async |hand| {
            let text = match hand.look_for(part).await? {
                Some(element) => hand.words_of(&element).await,
                None => return Ok(None),
            };
            match text {
                Ok(text) => Ok(wanted(&text).then_some(text)),
                Err(error) if gone(&error) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Clicks a part, and again when it was replaced in that moment.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn click(&self, part: &Part) -> Outcome {
        self.wait_for(&format!("{part:?} to be clicked"), async |hand| {
            let Some(element) = hand.look_for(part).await? else {
                return Ok(None);
            };
            match element.click().await {
                Ok(()) => Ok(Some(())),
                Err(error) if gone(&error) || error.is_element_not_interactable() => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Replaces a field's text, and again when the field was replaced in that moment.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn fill(&self, part: &Part, text: &str) -> Outcome {
        self.wait_for(&format!("{part:?} to be filled"), async |hand| {
            let Some(element) = hand.look_for(part).await? else {
                return Ok(None);
            };
            let filled = async {
                element.clear().await?;
                element.send_keys(text).await
            };
            match filled.await {
                Ok(()) => Ok(Some(())),
                Err(error) if gone(&error) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Gives a field for files this one, as the system's dialog would. Such a field lies unseen over its button.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn give_file(&self, part: &Part, file: &std::path::Path) -> Outcome {
        let what = format!("{part:?}");
        let field = self.wait_for(&what, async |hand| {
            Ok(hand.client.find_all(part.selector().locator()).await?.into_iter().next())
        });
        Ok(field.await?.send_keys(&file.to_string_lossy()).await?)
    }

    /// Chooses an option of a list, by its value.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn choose(&self, part: &Part, value: &str) -> Outcome {
        Ok(self.find(part).await?.select_by_value(value).await?)
    }

    /// A part's text.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn text(&self, part: &Part) -> Outcome<String> {
        Ok(self.words_of(&self.find(part).await?).await?)
    }

    /// What an element says. WebDriver's own question answers nothing for parts that are containers of CSS.
    async fn words_of(&self, element: &Element) -> Result<String, CmdError> {
        let this = json!({ ELEMENT: element.element_id().as_ref() });
        let words = self.client.execute("return arguments[0].innerText", vec![this]).await?;
        Ok(words.as_str().unwrap_or_default().to_owned())
    }

    /// Scrolls until a part can be seen.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn bring_into_view(&self, part: &Part) -> Outcome {
        let this = json!({ ELEMENT: self.find(part).await?.element_id().as_ref() });
        self.client.execute("arguments[0].scrollIntoView({ block: 'nearest' })", vec![this]).await?;
        Ok(())
    }

    /// A part's attribute.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn attribute(&self, part: &Part, name: &str) -> Outcome<Option<String>> {
        Ok(self.find(part).await?.attr(name).await?)
    }

    /// Where a part is in the window.
    ///
    /// # Errors
    /// As [`Hand::find`].
    pub async fn rect(&self, part: &Part) -> Outcome<Rect> {
        let (x, y, width, height) = self.find(part).await?.rectangle().await?;
        Ok(Rect { x, y, width, height })
    }

    /// Where all such parts are, in the order of the markup.
    ///
    /// # Errors
    /// When the window does not answer.
    pub async fn rects(&self, part: &Part) -> Outcome<Vec<Rect>> {
        let mut rects = Vec::new();
        for found in self.client.find_all(part.selector().locator()).await? {
            let (x, y, width, height) = found.rectangle().await?;
            rects.push(Rect { x, y, width, height });
        }
        Ok(rects)
    }

    /// Runs JavaScript in the UI, for what only a test wants to know.
    ///
    /// # Errors
    /// What the script throws.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// All text and markup of the window, for the leak check.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn markup(&self) -> Outcome<String> {
        let page = self.client.find(Locator::Css("html")).await?;
        Ok(page.html(false).await?)
    }

    /// The window's own pixels, without consoles, as a PNG file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn save_picture(&self, path: &std::path::Path) -> Outcome {
        let png = self.client.screenshot().await?;
        std::fs::write(path, png).map_err(HarnessError::io(format!("write {}", path.display())))
    }
}

fn gone(error: &CmdError) -> bool {
    error.is_stale_element_reference() || error.is_no_such_element() || error.is_detached_shadow_root()
}
