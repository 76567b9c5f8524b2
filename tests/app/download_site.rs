//! Pages that give a file, in an app and from a server that does as it is told.

use std::path::Path;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sidelight_tests::console::Console;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::fault_server::FaultServer;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::colours::{BLUE, Colour, colour};

pub const PROFILE: &str = "acme staging";
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How a page gives a file; `URL` is its address.
pub struct Way {
    pub name: &'static str,
    pub page: &'static str,
    /// A page opens windows only for a hand.
    pub by_click: bool,
    /// Its transfer can be asked for again.
    pub repeats: bool,
    pub more: &'static str,
}

/// Of a link that is all of a page, so that it can be seen before it is clicked.
const LINK_COLOUR: Colour = BLUE;

/// A `style` attribute's value.
fn all_of_the_page() -> String {
    let (red, green, blue) = LINK_COLOUR;
    format!("'position:fixed;inset:0;background:rgb({red},{green},{blue})'")
}

pub const WAYS: [Way; 10] = [
    Way { name: "same frame", page: "<script>location='URL'</script>", by_click: false, repeats: true, more: "" },
    Way { name: "iframe", page: "<iframe src='URL'></iframe>", by_click: false, repeats: true, more: "" },
    Way {
        name: "link to download",
        page: "<a id=a href='URL' download>x</a><script>a.click()</script>",
        by_click: false,
        repeats: true,
        more: "",
    },
    Way {
        name: "new tab",
        page: "<a style=ALL target=_blank href='URL'>x</a>",
        by_click: true,
        repeats: true,
        more: "",
    },
    Way {
        name: "window.open",
        page: "<a style=ALL href='#' onclick=\"window.open('URL');return false\">x</a>",
        by_click: true,
        repeats: true,
        more: "",
    },
    Way {
        name: "window.open that closes itself",
        page: "<a style=ALL href='#' onclick=\"let w=window.open('URL');setTimeout(()=>w.close(),3000);return false\">x</a>",
        by_click: true,
        repeats: true,
        more: "",
    },
    Way {
        name: "form",
        page: "<form id=f method=post action='URL'></form><script>f.submit()</script>",
        by_click: false,
        repeats: false,
        more: "&post=1",
    },
    Way {
        name: "blob",
        page: "<script>fetch('URL').then(r=>r.blob()).then(b=>{let a=document.createElement('a');\
               a.href=URL.createObjectURL(b);a.download='file.bin';a.click()})</script>",
        by_click: false,
        repeats: false,
        more: "",
    },
    Way {
        name: "blob of a worker",
        page: "<script>let w=new Worker(URL.createObjectURL(new Blob(['onmessage=e=>fetch(e.data).then(r=>r.blob())\
               .then(b=>postMessage(URL.createObjectURL(b)))'])));w.onmessage=e=>{let a=document.createElement('a');\
               a.href=e.data;a.download='file.bin';a.click()};w.postMessage('URL')</script>",
        by_click: false,
        repeats: false,
        more: "",
    },
    Way {
        name: "data",
        page: "<script>fetch('URL').then(r=>r.blob()).then(b=>{let f=new FileReader();f.onload=()=>{\
               let a=document.createElement('a');a.href=f.result;a.download='file.bin';a.click()};\
               f.readAsDataURL(b)})</script>",
        by_click: false,
        repeats: false,
        more: "",
    },
];

/// A link that is marked as one to download: what a server refuses is one still.
pub const LINK: &Way = &WAYS[2];

/// A test for each way, by its place among [`WAYS`].
macro_rules! ways {
    ($through:ident: $($name:ident => $number:literal,)*) => {
        $(#[tokio::test]
        async fn $name() -> Outcome {
            $through(&WAYS[$number]).await
        })*
    };
}
pub(crate) use ways;

impl Way {
    /// The body of a page that gives `query` of a server.
    pub fn body(&self, server: &FaultServer, query: &str) -> String {
        let attachment = if self.page.contains("download") { "" } else { "&disposition=attachment" };
        let url = format!("{}/get/file.bin?{query}{attachment}{}", server.origin(), self.more);
        self.page.replace("URL'", &format!("{url}'"))
    }
}

pub struct Site {
    pub stage: Stage,
    pub server: FaultServer,
}

impl Site {
    pub async fn open() -> Outcome<Self> {
        Self::open_on(Desktop::start()?).await
    }

    pub async fn open_on(desktop: Desktop) -> Outcome<Self> {
        let (stage, server) = (Stage::open_on(desktop, &[]).await?, FaultServer::start()?);
        let sites = ["edit", PROFILE, "--site", &server.origin(), "--site", &server.other_origin()];
        stage.side.run(&sites)?.success()?;
        Ok(Self { stage, server })
    }

    /// Opens a page with this body, and clicks into its middle if that is asked for, as soon as it is seen.
    pub async fn show(&self, body: &str, by_click: bool, case: &str) -> Outcome {
        let body = utf8_percent_encode(&body.replace("ALL", &all_of_the_page()), NON_ALPHANUMERIC).to_string();
        let page = format!("{}/page?body={body}", self.server.origin());
        self.stage.side.run(&["open", PROFILE, "--page", &page])?.success()?;
        if by_click {
            self.stage.wait_for_tabs(case, |tabs| {
                let shows = |tab: &&Value| tab["state"] == "live" && tab["url"].as_str() == Some(&page);
                tabs.iter().find(shows).map(|_| ())
            })?;
            let area = self.stage.hand().rect(&Part::ConsoleArea).await?;
            let window = self.stage.app.window(&self.stage.screen)?;
            let middle = Console::new(&self.stage.screen, window, area).place(area.width / 2.0, area.height / 2.0)?;
            let (x, y) = (middle.x.unsigned_abs(), middle.y.unsigned_abs());
            wait_until(&format!("{case}: the page on the screen"), PATIENCE, || {
                let picture = self.stage.screen.picture()?;
                Ok((colour(&picture, x, y) == Some(LINK_COLOUR)).then_some(()))
            })?;
            self.stage.screen.click(middle)?;
        }
        Ok(())
    }

    /// The newest download, once it is the `number`th and as `wanted`.
    pub fn row(&self, number: usize, case: &str, wanted: impl Fn(&Value) -> bool) -> Outcome<Value> {
        wait_until(case, PATIENCE, || {
            let list = self.stage.side.json(&["downloads"])?;
            let list = list.as_array().cloned().unwrap_or_default();
            Ok(list.first().filter(|row| list.len() == number && wanted(row)).cloned())
        })
    }

    /// The newest download, once it is the `number`th and over.
    pub fn ended(&self, number: usize, case: &str) -> Outcome<Value> {
        self.row(number, case, |row| matches!(row["state"].as_str(), Some("done" | "failed" | "cancelled")))
    }
}

pub fn hash_of(path: &str) -> Outcome<String> {
    let bytes = std::fs::read(Path::new(path)).map_err(HarnessError::io(format!("read {path}")))?;
    Ok(hex::encode(Sha256::digest(bytes)))
}

pub fn files(stage: &Stage) -> Outcome<Vec<String>> {
    let entries = std::fs::read_dir(stage.desktop.downloads()).map_err(HarnessError::io("look into the downloads"))?;
    Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}
