//! Every way in which a page gives a file x what goes wrong meanwhile, in the real app: whole means that the
//! hash is equal, and everything else is named failed with no file that looks whole.

use std::io::Read as _;

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use sidelight_tests::fault_server::sha256;
use sidelight_tests::{HarnessError, Outcome};

use crate::download_site::{Site, WAYS, Way, files, hash_of, ways};

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
        let query = format!("size={SIZE}&seed={seed}&key={seed}{}", fault.query);
        let is_whole = if way.repeats { fault.whole.0 } else { fault.whole.1 };
        site.show(&way.body(&site.server, &query), way.by_click, &case).await?;
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

ways! {
    through_all_faults:
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
    let names: [(&[u8], &str); 11] = [
        (b"attachment; filename=\"report.csv\"", "report.csv"),
        (b"attachment; filename=plain.csv", "plain.csv"),
        (b"attachment; filename*=UTF-8''%E5%A3%B2%E4%B8%8A.csv", "売上.csv"),
        (b"attachment; filename=\"fallback.csv\"; filename*=UTF-8''%E8%AB%8B%E6%B1%82.csv", "請求.csv"),
        ("attachment; filename=\"在庫.csv\"".as_bytes(), "在庫.csv"),
        // In Shift_JIS, whose bytes WebKit loses.
        (b"attachment; filename=\"\x90\xbf\x8b\x81\x8f\x91.csv\"", "請求書.csv"),
        (b"attachment; filename=\"a/b/../c.txt\"", "c.txt"),
        (b"attachment; filename=\"a\\\"b.txt\"", "a_b.txt"),
        (b"attachment; filename=\"\"", "file.bin"),
        (b"attachment", "file (2).bin"),
        (b"attachment; filename=\"..\"", "file (3).bin"),
    ];
    for (number, (disposition, name)) in (1..).zip(names) {
        let disposition = percent_encode(disposition, NON_ALPHANUMERIC);
        let url = format!("{}/get/file.bin?size=10&disposition={disposition}", site.server.origin());
        site.show(&format!("<script>location='{url}'</script>"), false, name).await?;
        let row = site.ended(number, name)?;
        assert_eq!((row["name"].as_str(), row["state"].as_str()), (Some(name), Some("done")), "{row}");
    }
    site.stage.close().await
}

#[tokio::test]
async fn half_a_gigabyte_that_a_worker_makes_arrives() -> Outcome {
    const MIB: usize = 1 << 20;
    let site = Site::open().await?;
    let worker = "let p=[];for(let i=0;i<500;i++)p.push(new Uint8Array(1<<20).fill(i));\
                  postMessage(URL.createObjectURL(new Blob(p)))";
    let body = format!(
        "<script>let w=new Worker(URL.createObjectURL(new Blob([`{worker}`])));w.onmessage=e=>{{\
         let a=document.createElement('a');a.href=e.data;a.download='large.bin';a.click()}}</script>"
    );
    site.show(&body, false, "half a gigabyte").await?;
    let row = site.ended(1, "half a gigabyte")?;
    assert_eq!((row["state"].as_str(), row["bytes"].as_u64()), (Some("done"), Some(500 << 20)), "{row}");
    let mut file =
        std::fs::File::open(row["path"].as_str().unwrap_or_default()).map_err(HarnessError::io("open it"))?;
    let mut piece = vec![0; MIB];
    for number in 0..500_u16 {
        file.read_exact(&mut piece).map_err(HarnessError::io("read it"))?;
        let [_, expected] = number.to_be_bytes();
        assert!(piece.iter().all(|byte| *byte == expected), "MiB {number} differs");
    }
    site.stage.close().await
}
