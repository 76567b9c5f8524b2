//! A running demo cloud: two listeners on loopback, served from a thread of their own.
//! It is not what they answer. It grows with what a caller must know about a running cloud.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::routing::{any, get, post};
use axum::serve::ListenerExt;
use axum::{Router, middleware};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use crate::accounts::{Accounts, DEFAULT_REGION, DemoProfile};
use crate::clock::Clock;
use crate::identity_center::Instance;
use crate::memory::{Ground, World};
use crate::objects::Objects;
use crate::options::Options;
use crate::{console, control, federation, identity_center, login_session, s3, sign_in_page, sts};

/// A cloud that serves until it is stopped or dropped.
#[derive(Debug)]
pub struct DemoCloud {
    announcement: Announcement,
    clock: Clock,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Where a cloud is and who exists in it: the line the program prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Origin of STS, sign-in, Identity Center and console, without a slash at the end.
    pub main: String,
    /// Origin of S3, without a slash at the end.
    pub s3: String,
    /// The region to use where a profile names none.
    pub region: String,
    /// The named accounts.
    pub profiles: Vec<DemoProfile>,
    /// The numbered accounts, as many as were asked for.
    #[serde(default)]
    pub extra: Vec<DemoProfile>,
    /// The start URLs of Identity Center's instances, the one with all accounts first.
    #[serde(default)]
    pub start_urls: Vec<String>,
}

impl DemoCloud {
    /// Binds both listeners and serves them; answers when a request can be made.
    ///
    /// # Errors
    /// When a port is taken, or no thread can be started.
    pub fn start(options: Options) -> io::Result<Self> {
        let main = listen(options.port)?;
        let s3 = listen(options.s3_port)?;
        let accounts = Accounts::new(options.extra_accounts, options.identity_center_accounts);
        let (profiles, extra) = (accounts.named().to_vec(), accounts.extra().to_vec());
        let world = Arc::new(World::new(Ground {
            clock: options.clock.clone(),
            accounts,
            objects: Objects::new(options.large_object_mib, options.kept_mib),
            verify_with: options.verify_with,
            main_port: main.local_addr()?.port(),
            s3_port: s3.local_addr()?.port(),
        }));
        let announcement = Announcement {
            main: world.main_origin.clone(),
            s3: world.s3_origin.clone(),
            region: DEFAULT_REGION.to_owned(),
            profiles,
            extra,
            start_urls: Instance::ALL.map(|instance| instance.start_url(&world.main_origin)).into(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("demo-cloud")
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("demo-cloud".to_owned()).spawn(move || {
            runtime.block_on(serve(main, s3, world, stopped));
            runtime.shutdown_background();
        })?;
        Ok(Self { announcement, clock: options.clock, stop: Some(stop), thread: Some(thread) })
    }

    /// Origin of STS (`POST /`), sign-in, Identity Center and the console, without a slash at the end.
    pub fn main_url(&self) -> &str {
        &self.announcement.main
    }

    /// Origin of S3.
    pub fn s3_url(&self) -> &str {
        &self.announcement.s3
    }

    /// The named accounts.
    pub fn accounts(&self) -> &[DemoProfile] {
        &self.announcement.profiles
    }

    /// The numbered accounts.
    pub fn extra_accounts(&self) -> &[DemoProfile] {
        &self.announcement.extra
    }

    /// All of the above in one value that can be written as JSON.
    pub fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// The time this cloud lives in.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Ends it; connections are cut.
    pub fn stop(self) {}
}

impl Drop for DemoCloud {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the serving thread has been printed already, and there is nothing left to undo.
            let _ = thread.join();
        }
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

async fn serve(main: TcpListener, s3: TcpListener, world: Arc<World>, stopped: oneshot::Receiver<()>) {
    let (main_routes, s3_routes) = (main_routes(&world), Router::new().fallback(s3::any).with_state(world));
    tokio::select! {
        () = serve_one(main, main_routes) => {}
        () = serve_one(s3, s3_routes) => {}
        _ = stopped => {}
    }
}

async fn serve_one(listener: TcpListener, routes: Router) {
    let outcome = match tokio::net::TcpListener::from_std(listener) {
        // Without this a small answer can wait for the acknowledgement of the one before it.
        Ok(listener) => axum::serve(listener.tap_io(|stream| drop(stream.set_nodelay(true))), routes).await,
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        eprintln!("The demo cloud stopped serving: {error}");
    }
}

fn main_routes(world: &Arc<World>) -> Router {
    Router::new()
        .route("/", get(async || axum::response::Redirect::to("/console/home")).post(sts::post))
        .route("/federation", any(federation::endpoint))
        .route("/oauth", get(federation::oauth))
        .merge(console::routes())
        .merge(identity_center::routes())
        .merge(sign_in_page::routes())
        .route("/v1/token", post(login_session::create_token))
        .merge(control::routes())
        .layer(middleware::map_response_with_state(Arc::clone(world), console::add_policy))
        .with_state(Arc::clone(world))
}
