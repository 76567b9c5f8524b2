//! One gibibyte from S3, by the native copy and by the AWS CLI, from the demo cloud, on the same disk in memory and with
//! the same credentials.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use sidelight_core::app::error::Error;
use sidelight_core::app::ports::{CopyOrder, Keys, Place, Transfers};
use sidelight_core::domain::download::{Announced, DownloadId};
use sidelight_core::domain::input::Field;
use sidelight_core::domain::partition::{Endpoint, OwnPartition, Partition, PartitionName};
use sidelight_core::domain::profile::Region;
use sidelight_core::domain::s3::{S3Copy, S3Uri, S3Way};
use sidelight_core::domain::secret::SessionCredentials;
use sidelight_core::domain::session::Access;
use sidelight_tests::demo::{Announcement, DemoCloud};
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::python_program;
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::side::Side;
use sidelight_tests::{HarnessError, Outcome};

use crate::downloads::{engine, failed, until_whole};
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{LEAST, MEDIAN, P90, summary, time_one};

/// Until the file has its name, its content checked.
pub const GIBIBYTE: &str = "copy of 1 GiB from S3, native engine / AWS CLI";

const MIB: &str = "1024";
const OBJECT: &str = "s3://acme-prod-reports-3333/large.bin";

/// The three parts that `credential_process` gives.
#[derive(Clone, Debug)]
struct Given {
    id: String,
    secret: String,
    token: String,
}

#[async_trait]
impl Keys for Given {
    async fn current(&self) -> Result<Arc<SessionCredentials>, Error> {
        let (secret, token) = (self.secret.clone().into(), self.token.clone().into());
        Ok(Arc::new(SessionCredentials::new(self.id.clone(), secret, token, Timestamp::MAX)))
    }
}

/// By turns.
pub fn gibibyte(plan: &Plan) -> Outcome<Vec<Figure>> {
    let desktop = Desktop::furnished(Furnishing { display: None, bus: true, keyring: KeyringState::Unlocked })?;
    // The CLI is asked for first: without it there is nothing to compare with.
    python_program("aws", desktop.surroundings())?;
    let cloud = DemoCloud::start_with(&["--large-object-mib", MIB])?;
    let side = Side::new(desktop.surroundings())?;
    cloud.register(&side)?;
    let given = given(&side)?;
    let place = place(cloud.announcement()).map_err(failed)?;
    let runtime = tokio::runtime::Runtime::new().map_err(HarnessError::io("start a runtime"))?;
    let folder = tempfile::tempdir_in("/dev/shm").map_err(HarnessError::io("make a folder in memory"))?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 0..=plan.amount(7, 1) {
        let ours_took = runtime.block_on(copy(&given, &place, folder.path()))?;
        let file = folder.path().join("cli.bin");
        let mut cli = python_program("aws", desktop.surroundings())?;
        cli.args(["s3", "cp", "--only-show-errors", "--endpoint-url", &cloud.announcement().s3, OBJECT]).arg(&file);
        cli.env("AWS_ACCESS_KEY_ID", &given.id).env("AWS_SECRET_ACCESS_KEY", &given.secret);
        cli.env("AWS_SESSION_TOKEN", &given.token).env("AWS_REGION", place.region.as_str());
        let (took, _) = time_one(cli)?;
        std::fs::remove_file(&file).map_err(HarnessError::io("remove what the AWS CLI got"))?;
        // The first one does not count.
        if run > 0 {
            ours.push(ours_took);
            theirs.push(1000.0 * took.as_secs_f64());
        }
    }
    let mut figures = summary(GIBIBYTE, "Sidelight", ours, &[LEAST, MEDIAN, P90]);
    figures.extend(summary(GIBIBYTE, "AWS CLI", theirs, &[LEAST, MEDIAN, P90]));
    Ok(figures)
}

fn given(side: &Side) -> Outcome<Given> {
    let printed = side.run_revealing(&["credentials", "acme production"])?.success()?.json()?;
    let part = |name: &str| printed[name].as_str().map(ToOwned::to_owned).ok_or_else(|| HarnessError::missing(name));
    Ok(Given { id: part("AccessKeyId")?, secret: part("SecretAccessKey")?, token: part("SessionToken")? })
}

fn place(announcement: &Announcement) -> Result<Place, Error> {
    let main = || Endpoint::parse(&announcement.main, Field::Sts);
    let region = Region::parse(&announcement.region)?;
    let partition = Partition::Own(Box::new(OwnPartition {
        name: PartitionName::parse("demo")?,
        sts: main()?,
        sign_in: main()?,
        consoles: vec![main()?],
        s3: Some(Endpoint::parse(&announcement.s3, Field::S3)?),
        iam: None,
        sso: None,
        sso_oidc: None,
        regions: vec![region.clone()],
    }));
    Ok(Place { partition, region })
}

async fn copy(given: &Given, place: &Place, folder: &Path) -> Outcome<f64> {
    let engine = engine(folder)?;
    let order = CopyOrder {
        id: DownloadId(1),
        copy: S3Copy {
            at: S3Uri::parse(OBJECT).map_err(|error| failed(error.into()))?,
            way: S3Way::Down,
            access: Access::Full,
            replaces: false,
            upload: None,
        },
        place: place.clone(),
        keys: Arc::new(given.clone()),
        announced: Announced::default(),
        name: "ours.bin".to_owned(),
        folder: folder.to_owned(),
        keep_time: false,
        arrived: 0,
        partial: None,
    };
    until_whole(folder, |told| engine.copy(order, told)).await
}
