//! S3 as moto stands in for it, with a proxy before it that breaks connections when it is told to.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::thread;

use async_trait::async_trait;
use jiff::Timestamp;
use sidelight_core::app::error::Error;
use sidelight_core::app::ports::{CopyOrder, Keys, Place};
use sidelight_core::domain::download::{Announced, DownloadId};
use sidelight_core::domain::input::Field;
use sidelight_core::domain::partition::{Endpoint, OwnPartition, Partition, PartitionName};
use sidelight_core::domain::profile::Region;
use sidelight_core::domain::s3::{S3Copy, S3Uri, S3Way};
use sidelight_core::domain::secret::SessionCredentials;
use sidelight_core::domain::session::Access;
use sidelight_tests::emulators::{Emulator, run_python};
use sidelight_tests::{HarnessError, Outcome};

use crate::around::failed;

/// S3, a bucket `reports`, and the way there.
pub struct StandIn {
    moto: Emulator,
    place: Place,
    proxy: Arc<Proxy>,
}

/// What the proxy does.
#[derive(Debug, Default)]
struct Proxy {
    /// So many connections more are cut.
    cuts: AtomicI64,
    /// Each after so many bytes of the answer.
    after: AtomicU64,
    /// Whether it hides which range is asked for, as a server that knows none would not look.
    without_ranges: AtomicBool,
    /// Bytes that came from clients.
    sent: AtomicU64,
}

/// Anybody's, as moto takes them.
#[derive(Debug)]
struct AnyKeys;

#[async_trait]
impl Keys for AnyKeys {
    async fn current(&self) -> Result<Arc<SessionCredentials>, Error> {
        let (secret, token) = ("secret".to_owned().into(), "token".to_owned().into());
        Ok(Arc::new(SessionCredentials::new("ASIAIOSFODNN7EXAMPLE".to_owned(), secret, token, Timestamp::MAX)))
    }
}

impl StandIn {
    pub fn start() -> Outcome<Self> {
        let moto = Emulator::moto()?;
        let proxy = Arc::new(Proxy::default());
        let origin = proxy.clone().listen(moto.url())?;
        let stand_in = Self { place: place(&origin).map_err(failed)?, moto, proxy };
        stand_in.python("s3.create_bucket(Bucket='reports')", &[])?;
        Ok(stand_in)
    }

    /// Runs a script with `s3` (boto3's client, not through the proxy), `sys` and `arguments`.
    pub fn python(&self, script: &str, arguments: &[&str]) -> Outcome<String> {
        let begin = "import sys, json, hashlib, boto3\n\
                     s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1',\n\
                     \x20 aws_access_key_id='a', aws_secret_access_key='b')\n\
                     arguments = sys.argv[2:]\n";
        let all: Vec<&str> = std::iter::once(self.moto.url()).chain(arguments.iter().copied()).collect();
        Ok(run_python(&format!("{begin}{script}"), &all)?.trim().to_owned())
    }

    /// A file into the bucket.
    pub fn put(&self, key: &str, file: &Path) -> Outcome {
        self.python(
            "s3.put_object(Bucket='reports', Key=arguments[0], Body=open(arguments[1], 'rb'),\n\
             \x20 ChecksumAlgorithm='CRC32')",
            &[key, &file.display().to_string()],
        )
        .map(drop)
    }

    /// The SHA-256 of an object.
    pub fn hash(&self, key: &str) -> Outcome<String> {
        let script =
            "print(hashlib.sha256(s3.get_object(Bucket='reports', Key=arguments[0])['Body'].read()).hexdigest())";
        self.python(script, &[key])
    }

    /// An order for a key of the bucket: into, or from, `local`.
    pub fn order(&self, way: S3Way, key: &str, local: &Path) -> Outcome<CopyOrder> {
        let at = S3Uri::new("reports", key).map_err(|error| failed(error.into()))?;
        Ok(CopyOrder {
            id: DownloadId(1),
            copy: S3Copy { at, way, access: Access::Full, replaces: false, upload: None },
            place: self.place.clone(),
            keys: Arc::new(AnyKeys),
            announced: Announced::default(),
            name: local.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            folder: local.parent().unwrap_or(Path::new("/")).to_owned(),
            keep_time: false,
            arrived: 0,
            partial: None,
        })
    }

    /// The next connections break, each after so many bytes of the answer.
    pub fn cut(&self, connections: i64, after: u64) {
        self.proxy.after.store(after, Ordering::SeqCst);
        self.proxy.cuts.store(connections, Ordering::SeqCst);
    }

    /// Connections that are still to break.
    pub fn left_to_cut(&self) -> i64 {
        self.proxy.cuts.load(Ordering::SeqCst)
    }

    /// From now on objects come whole, whatever is asked for.
    pub fn knows_no_ranges(&self) {
        self.proxy.without_ranges.store(true, Ordering::SeqCst);
    }

    /// Bytes that were sent to S3 since this was asked last.
    pub fn sent(&self) -> u64 {
        self.proxy.sent.swap(0, Ordering::SeqCst)
    }
}

fn place(origin: &str) -> Result<Place, Error> {
    let endpoint = || Endpoint::parse(origin, Field::S3);
    let region = Region::parse("us-east-1")?;
    let partition = Partition::Own(Box::new(OwnPartition {
        name: PartitionName::parse("test")?,
        sts: endpoint()?,
        sign_in: endpoint()?,
        consoles: vec![endpoint()?],
        s3: Some(endpoint()?),
        iam: None,
        sso: None,
        sso_oidc: None,
        regions: vec![region.clone()],
    }));
    Ok(Place { partition, region })
}

impl Proxy {
    fn listen(self: Arc<Self>, target: &str) -> Outcome<String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(HarnessError::io("listen as a proxy"))?;
        let port = listener.local_addr().map_err(HarnessError::io("look at the proxy's port"))?.port();
        let target = target.trim_start_matches("http://").to_owned();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(&target) else { return };
                self.clone().pass(client, server);
            }
        });
        Ok(format!("http://127.0.0.1:{port}"))
    }

    fn pass(self: Arc<Self>, client: TcpStream, server: TcpStream) {
        let (Ok(mut from_client), Ok(mut to_server)) = (client.try_clone(), server.try_clone()) else { return };
        let counted = self.clone();
        thread::spawn(move || {
            let mut piece = vec![0; 64 << 10];
            while let Ok(read @ 1..) = from_client.read(&mut piece) {
                counted.sent.fetch_add(read as u64, Ordering::SeqCst);
                if counted.without_ranges.load(Ordering::SeqCst) {
                    hide_range(&mut piece[..read]);
                }
                if to_server.write_all(&piece[..read]).is_err() {
                    break;
                }
            }
            let _ = to_server.shutdown(Shutdown::Write);
        });
        thread::spawn(move || self.answer(client, server));
    }

    /// Passes the answers on, or breaks the connection in one.
    fn answer(&self, mut client: TcpStream, mut server: TcpStream) {
        let mut piece = vec![0; 64 << 10];
        let mut passed = 0;
        while let Ok(read @ 1..) = server.read(&mut piece) {
            let after = self.after.load(Ordering::SeqCst);
            if passed + read as u64 > after && self.cuts.fetch_sub(1, Ordering::SeqCst) > 0 {
                let rest = usize::try_from(after.saturating_sub(passed)).unwrap_or(read).min(read);
                let _ = client.write_all(&piece[..rest]);
                break;
            }
            passed += read as u64;
            if client.write_all(&as_s3_says(&piece[..read])).is_err() {
                break;
            }
        }
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    }
}

/// Calls a request's header for a range otherwise.
fn hide_range(request: &mut [u8]) {
    const HEADER: &[u8] = b"\r\nrange:";
    if let Some(at) = request.windows(HEADER.len()).position(|bytes| bytes.eq_ignore_ascii_case(HEADER)) {
        request[at + 2] = b'x';
    }
}

/// moto 5.2 gives the answer to ListParts another name than S3 does, which the SDK does not take. Blanks keep its length.
fn as_s3_says(answer: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(answer) {
        Ok(text) if text.contains("<ListPartsResponse") => text
            .replace("<ListPartsResponse ", "<ListPartsResult   ")
            .replace("</ListPartsResponse>", "</ListPartsResult  >")
            .into_bytes(),
        _ => answer.to_vec(),
    }
}

/// A file of bytes that do not repeat.
pub fn file(folder: &Path, name: &str, length: u64, seed: u64) -> Outcome<PathBuf> {
    let path = folder.join(name);
    let mut out = std::fs::File::create(&path).map_err(HarnessError::io("make a file"))?;
    for piece in sidelight_tests::fault_server::content(length, seed) {
        out.write_all(&piece).map_err(HarnessError::io("write a file"))?;
    }
    Ok(path)
}
