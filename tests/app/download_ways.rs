//! Every way in which a page gives a file x what goes wrong meanwhile, in the real app: whole means that the
//! hash is equal, and everything else is named failed with no file that looks whole.

use std::path::Path;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sidelight_tests::console::Console;
use sidelight_tests::fault_server::{FaultServer, sha256};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

const PROFILE: &str = "acme staging";
const PATIENCE: Duration = Duration::from_secs(60);

/// How a page gives a file; `URL` is its address.
struct Way {
    name: &'static str,
    page: &'static str,
    /// A page opens windows only for a hand.
    by_click: bool,
    /// Its transfer can be asked for again.
    repeats: bool,
    more: &'static str,
}

/// All of a page is one link.
const ALL: &str = "position:fixed;inset:0";

const WAYS: [Way; 10] = [
    Way { name: "same frame", page: "<script>location='URL'</script>", by_click: false, repeats: true, more: "" },
    Way { name: "iframe", page: "<iframe src='URL'></iframe>", by_click: false, repeats: true, more: "" },
    Way {
        name: "link to download",
        page: "<a id=a href='URL' download>x</a><script>a.click()</script>",
        by_click: false,
        repeats: true,
        more: "&disposition=",
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

/// What goes wrong, and whether it is whole in the end: where it can be asked for again, and where not.
struct Fault {
    name: &'static str,
    query: &'static str,
    whole: (bool, bool),
}

const FAULTS: [Fault; 7] = [
    Fault { name: "fine", query: "", whole: (true, true) },
    Fault { name: "slow", query: "&fault=slow:1000000", whole: (true, true) },
    Fault { name: "reset once", query: "&fault=reset:100000&faults=1", whole: (true, false) },
    Fault { name: "short once", query: "&fault=short:100000&faults=1", whole: (true, false) },
    Fault { name: "chunked", query: "&chunked=1", whole: (true, true) },
    Fault { name: "gzip", query: "&gzip=1", whole: (true, true) },
    Fault { name: "redirected", query: "&redirect=2", whole: (true, false) },
];

const SIZE: u64 = 300_001;

struct Site {
    stage: Stage,
    server: FaultServer,
}

impl Site {
    async fn open() -> Outcome<Self> {
        let (stage, server) = (Stage::open().await?, FaultServer::start()?);
        let sites = ["edit", PROFILE, "--site", &server.origin(), "--site", &server.other_origin()];
        stage.side.run(&sites)?.success()?;
        Ok(Self { stage, server })
    }

    /// Opens a page with this body, and clicks into its middle if that is asked for.
    async fn show(&self, body: &str, by_click: bool, case: &str) -> Outcome {
        let body = utf8_percent_encode(&body.replace("ALL", ALL), NON_ALPHANUMERIC).to_string();
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
            self.stage.screen.click(middle)?;
        }
        Ok(())
    }

    /// The newest download, once it is the `number`th and over.
    fn ended(&self, number: usize, case: &str) -> Outcome<Value> {
        wait_until(case, PATIENCE, || {
            let list = self.stage.side.json(&["downloads"])?;
            let list = list.as_array().cloned().unwrap_or_default();
            let newest = list.first().filter(|_| list.len() == number).cloned();
            Ok(newest.filter(|row| matches!(row["state"].as_str(), Some("done" | "failed" | "cancelled"))))
        })
    }
}

fn hash_of(path: &str) -> Outcome<String> {
    let bytes = std::fs::read(Path::new(path)).map_err(HarnessError::io(format!("read {path}")))?;
    Ok(hex::encode(Sha256::digest(bytes)))
}

fn files(stage: &Stage) -> Outcome<Vec<String>> {
    let entries = std::fs::read_dir(stage.desktop.downloads()).map_err(HarnessError::io("look into the downloads"))?;
    Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// One way through all faults.
async fn through_all_faults(way: &Way) -> Outcome {
    let site = Site::open().await?;
    let (mut number, mut whole) = (0, 0);
    // What becomes of a page's own fetch is the page's affair: it gives what it has. A form's answer is not
    // asked for again elsewhere.
    let is_open = |fault: &&Fault| {
        way.repeats || fault.whole.1 || (!way.page.contains("fetch") && !fault.query.contains("redirect"))
    };
    let faults = FAULTS.iter().filter(is_open);
    for (seed, fault) in (1..).zip(faults) {
        let case = format!("{} {}", way.name, fault.name);
        let more = way.more.replace("&disposition=", "");
        let attachment = if way.page.contains("download") { "" } else { "&disposition=attachment" };
        let query = format!("size={SIZE}&seed={seed}&key={seed}{attachment}{more}{}", fault.query);
        let url = format!("{}/get/file.bin?{query}", site.server.origin());
        let is_whole = if way.repeats { fault.whole.0 } else { fault.whole.1 };
        site.show(&way.page.replace("URL'", &format!("{url}'")), way.by_click, &case).await?;
        number += 1;
        let row = site.ended(number, &case)?;
        if !is_whole {
            assert_eq!(row["state"], "failed", "{case}: {row}");
            continue;
        }
        whole += 1;
        assert_eq!(row["state"], "done", "{case}: {row}");
        let path = row["path"].as_str().unwrap_or_default();
        assert_eq!(hash_of(path)?, sha256(SIZE, seed), "{case}");
    }
    let left = files(&site.stage)?;
    assert_eq!(left.len(), whole, "{}: {left:?}", way.name);
    site.stage.close().await
}

macro_rules! ways {
    ($($name:ident => $number:literal,)*) => {
        $(#[tokio::test]
        async fn $name() -> Outcome {
            through_all_faults(&WAYS[$number]).await
        })*
    };
}

ways! {
    the_same_frame => 0,
    an_iframe => 1,
    a_link_to_download => 2,
    a_new_tab => 3,
    a_window_that_a_page_opens => 4,
    a_window_that_closes_itself => 5,
    a_forms_answer => 6,
    a_blob => 7,
    a_blob_of_a_worker => 8,
    a_data_address => 9,
}

#[tokio::test]
async fn a_name_arrives_in_whichever_form_the_server_says_it() -> Outcome {
    let site = Site::open().await?;
    let names = [
        ("attachment; filename=\"report.csv\"", "report.csv"),
        ("attachment; filename=plain.csv", "plain.csv"),
        ("attachment; filename*=UTF-8''%E5%A3%B2%E4%B8%8A.csv", "売上.csv"),
        ("attachment; filename=\"fallback.csv\"; filename*=UTF-8''%E8%AB%8B%E6%B1%82.csv", "請求.csv"),
        ("attachment; filename=\"在庫.csv\"", "在庫.csv"),
        ("attachment; filename=\"a/b/../c.txt\"", "c.txt"),
        ("attachment; filename=\"a\\\"b.txt\"", "a_b.txt"),
        ("attachment; filename=\"\"", "file.bin"),
        ("attachment", "file (2).bin"),
        ("attachment; filename=\"..\"", "file (3).bin"),
    ];
    for (number, (disposition, name)) in (1..).zip(names) {
        let disposition = utf8_percent_encode(disposition, NON_ALPHANUMERIC);
        let url = format!("{}/get/file.bin?size=10&disposition={disposition}", site.server.origin());
        site.show(&format!("<script>location='{url}'</script>"), false, name).await?;
        let row = site.ended(number, name)?;
        assert_eq!((row["name"].as_str(), row["state"].as_str()), (Some(name), Some("done")), "{row}");
    }
    site.stage.close().await
}
