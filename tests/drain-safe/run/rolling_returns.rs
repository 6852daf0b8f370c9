//! What `rolling` takes for the return of a node: another version of its kubelet, or a certain one.

use std::time::Duration;

use serde_json::json;
use support::cluster;

use super::objects::Objects;
use super::setting::Setting;

/// Two nodes of two zones, and two pods.
fn setting(prefix: &str) -> Setting {
    let setting = Setting::zones(prefix, 2);
    setting.deploy_ready("web", 2);
    setting
}

/// A command that upgrades the kubelet of a node, as it reports it.
fn upgrade(version: &str) -> String {
    let patch = json!({"status": {"nodeInfo": {"kubeletVersion": version}}});
    format!("kubectl patch node \"$NODE\" --subresource=status --type=merge -p '{patch}'")
}

#[test]
fn another_version_is_a_return() {
    let setting = setting("rolling-version");
    let before = Objects::read(&setting, 2);
    let (selector, command) = (format!("for={}", setting.namespace), upgrade("v1.99.1"));
    let words = ["rolling", "-l", &selector, "--until=version", "--exec-after", &command, "--yes"];
    let output = setting.command(&words).limit(Duration::from_secs(300)).run().exits(0);
    for number in 1..=2 {
        assert!(output.stdout.contains(&format!("node/{} rolled\n", setting.node(number))), "{output}");
        let version = setting.node_now(number)["status"]["nodeInfo"]["kubeletVersion"].clone();
        assert_eq!(version, "v1.99.1", "{output}");
    }
    before.assert_again(&setting, &output.to_string());
    setting.wait_ready("web", 2);
}

#[test]
fn a_node_of_another_version_than_the_wanted_one_is_not_back() {
    let setting = setting("rolling-version-wanted");
    let before = Objects::read(&setting, 2);
    let (selector, command) = (format!("for={}", setting.namespace), upgrade("v1.99.1"));
    let words = [
        "rolling",
        "-l",
        &selector,
        "--until=v1.99.2",
        "--exec-after",
        &command,
        "--node-timeout=5s",
        "--yes",
    ];
    let output = setting.command(&words).limit(Duration::from_secs(300)).run().exits(4);
    let said = format!("node {} is not back in time (--until v1.99.2)", setting.node(1));
    assert!(output.stderr.contains(&said), "{output}");
    assert_eq!((setting.run_of(2).is_some(), setting.is_cordoned(2)), (true, false), "{output}");
    let run = setting.run_of(1).expect("a run");
    // Both are upgraded by hand, and the command is not executed for the first again.
    for number in 1..=2 {
        let patch = json!({"status": {"nodeInfo": {"kubeletVersion": "v1.99.2"}}});
        let path = format!("{}/status", setting.node_path(number));
        cluster().api().merge_patch(&path, &patch).expect("a patch");
    }
    let output = setting.command(&["resume", &run, "--yes"]).limit(Duration::from_secs(300)).run().exits(4);
    assert!(output.stdout.contains(&format!("node/{} rolled\n", setting.node(1))), "{output}");
    // The second was upgraded to the other version by the command.
    assert!(output.stderr.contains(&format!("node {} is not back in time", setting.node(2))), "{output}");
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    before.assert_again(&setting, &output.to_string());
}
