//! How the parts of Sidelight's own window are found: the only file of the tests that knows the
//! markup of the UI.
//!
//! Parts are found by `data-testid` or by what a screen reader would say, never by classes or order.

use fantoccini::Locator;

/// A part of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A profile's row in the sidebar, by the profile's name.
    Profile(String),
    /// The tabs of a profile, by the profile's name.
    Tab(String),
    /// The header of the pane that shows.
    PaneHeader,
    /// The place of the console: the pane without its header.
    ConsoleArea,
    /// The button that shows the list of downloads.
    Downloads,
    /// A download's row, by the file's name.
    Download(String),
    /// The search in the sidebar.
    Filter,
    /// A button, by the words on it or its label.
    Button(String),
    /// A field to type in, by its label.
    Field(String),
    /// Anything, by its `data-testid`.
    TestId(String),
    /// An input of a form, by its name.
    Name(String),
    /// A control of one of many lines, by a CSS selector of `data-` attributes.
    Css(String),
    /// The button of a profile's menu, by the profile's name.
    MenuOf(String),
}

/// A part's place in the markup.
pub enum Selector {
    /// A CSS selector.
    Css(String),
    /// An XPath expression.
    XPath(String),
}

impl Part {
    /// Where to find it.
    pub fn selector(&self) -> Selector {
        match self {
            Self::Profile(name) => marked("profile", "data-profile-name", name),
            Self::Tab(profile) => marked("tab", "data-profile-name", profile),
            Self::Download(name) => marked("download", "data-name", name),
            Self::Name(name) => Selector::Css(format!("[name={}]", quoted_for_css(name))),
            Self::MenuOf(profile) => Selector::Css(format!(
                "[data-testid=profile][data-profile-name={}] [data-testid=profile-menu]",
                quoted_for_css(profile)
            )),
            Self::PaneHeader => test_id("pane-header"),
            Self::ConsoleArea => test_id("console-area"),
            Self::Downloads => test_id("downloads-button"),
            Self::Filter => test_id("filter"),
            Self::TestId(id) => test_id(id),
            Self::Css(css) => Selector::Css(css.clone()),
            Self::Button(name) => Selector::XPath(format!(
                "//*[self::button or @role='button'][normalize-space()={0} or @aria-label={0}]",
                quoted_for_xpath(name)
            )),
            Self::Field(label) => Selector::XPath(format!(
                "//*[self::input or self::textarea or self::select][@aria-label={0} or \
                 @id=//label[normalize-space()={0}]/@for or ancestor::label[contains(normalize-space(),{0})]]",
                quoted_for_xpath(label)
            )),
        }
    }
}

impl Selector {
    /// The same for WebDriver.
    pub fn locator(&self) -> Locator<'_> {
        match self {
            Self::Css(css) => Locator::Css(css),
            Self::XPath(path) => Locator::XPath(path),
        }
    }
}

fn test_id(id: &str) -> Selector {
    Selector::Css(format!("[data-testid={}]", quoted_for_css(id)))
}

fn marked(id: &str, attribute: &str, value: &str) -> Selector {
    Selector::Css(format!("[data-testid={}][{attribute}={}]", quoted_for_css(id), quoted_for_css(value)))
}

fn quoted_for_css(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// XPath has no escapes: a text with both kinds of quotes is put together.
fn quoted_for_xpath(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let pieces: Vec<String> = text.split('\'').map(|piece| format!("'{piece}'")).collect();
    format!("concat({})", pieces.join(",\"'\","))
}
