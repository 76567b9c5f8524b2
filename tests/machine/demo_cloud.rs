//! The demo cloud as a server, and the harness's way to ask it.

use serde_json::json;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::{HarnessError, Outcome, http};

#[test]
fn the_demo_cloud_has_three_profiles_of_two_clients() -> Outcome {
    let cloud = DemoCloud::start()?;
    let mut groups: Vec<&str> = cloud.profiles().map(|profile| profile.group.as_str()).collect();
    assert_eq!(groups.len(), 3);
    groups.dedup();
    assert_eq!(groups.len(), 2);
    Ok(())
}

#[test]
fn what_a_page_reports_can_be_waited_for() -> Outcome {
    let cloud = DemoCloud::start()?;
    assert_eq!(cloud.last_report()?, 0);
    let actions = json!({ "download:a.txt": [10.0, 20.0, 30.0, 40.5] });
    let page = json!({ "path": "/console/home", "visibility": "visible", "actions": actions });
    cloud.tell("report", &page)?;
    let report = cloud.wait_for_report("the page", 0, |report| report.text("path") == "/console/home")?;
    assert_eq!(report.sequence(), 1);
    assert!(report.is_visible());
    assert_eq!(report.action("download:a.txt"), Some([10.0, 20.0, 30.0, 40.5]));
    let (_, action) = cloud.wait_for_action("download:", |_| true)?;
    assert_eq!(action, "download:a.txt");
    assert_eq!(cloud.last_report()?, 1);
    Ok(())
}

#[test]
fn faults_can_be_set_and_taken_back() -> Outcome {
    let cloud = DemoCloud::start()?;
    let federation = format!("{}/federation?Action=getSigninToken", cloud.announcement().main);
    cloud.tell("faults", &json!({ "federation_status": 503 }))?;
    let Err(HarnessError::Http { status: 503, .. }) = http::get(&federation) else {
        panic!("the fault was not applied");
    };
    cloud.clear_faults()?;
    assert!(!matches!(http::get(&federation), Err(HarnessError::Http { status: 503, .. })));
    assert!(cloud.stats()?.is_object());
    Ok(())
}
