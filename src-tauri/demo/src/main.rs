//! The demo cloud as a program: prints where it is, and serves until it is told to stop.
//! It is not the cloud itself. It grows with a flag.

#[cfg_attr(unix, path = "stop_signal_unix.rs")]
mod stop_signal;

use std::io::{self, Write};

use clap::Parser;
use sidelight_demo::{DemoCloud, Options};
use tokio::io::AsyncReadExt;
use url::Url;

/// A small cloud on loopback: STS, sign-in, IAM Identity Center, a console of a few pages, S3.
///
/// Prints one line of JSON when it is ready: where it is, and the profiles that exist in it.
#[derive(Debug, Parser)]
#[command(name = "sidelight-demo", version)]
struct Arguments {
    /// Port of STS, sign-in, Identity Center and console on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port of S3 on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    s3_port: u16,
    /// Another STS to ask about credentials that were not issued here
    #[arg(long, value_name = "URL")]
    verify_with: Option<Url>,
    /// Size of large.bin in MiB
    #[arg(long, value_name = "N", default_value_t = 8)]
    large_object_mib: usize,
    /// How much of what is uploaded is kept, in MiB
    #[arg(long, value_name = "N", default_value_t = 1024)]
    kept_mib: usize,
    /// Numbered accounts besides the named ones
    #[arg(long, value_name = "N", default_value_t = 0)]
    extra_accounts: u32,
    /// Accounts that only the first instance of Identity Center knows
    #[arg(long, value_name = "N", default_value_t = 0)]
    identity_center_accounts: u32,
    /// Stop at the end of standard input too, so as not to outlive the starting process
    #[arg(long)]
    until_stdin_closes: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let cloud = DemoCloud::start(Options {
        port: arguments.port,
        s3_port: arguments.s3_port,
        verify_with: arguments.verify_with,
        large_object_mib: arguments.large_object_mib,
        kept_mib: arguments.kept_mib,
        extra_accounts: arguments.extra_accounts,
        identity_center_accounts: arguments.identity_center_accounts,
        ..Options::default()
    })?;
    announce(&cloud)?;
    if arguments.until_stdin_closes {
        tokio::select! {
            stopped = stop_signal::wait() => stopped?,
            ended = end_of_input() => ended?,
        }
    } else {
        stop_signal::wait().await?;
    }
    cloud.stop();
    // Tokio reads standard input on a thread that cannot be interrupted, so the runtime would wait for it.
    std::process::exit(0)
}

fn announce(cloud: &DemoCloud) -> io::Result<()> {
    let line = serde_json::to_string(cloud.announcement())?;
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

async fn end_of_input() -> io::Result<()> {
    let mut input = tokio::io::stdin();
    let mut ignored = [0; 1024];
    while input.read(&mut ignored).await? > 0 {}
    Ok(())
}
