//! What completion offers of what is in the cluster.

use serde_json::json;
use support::fresh_namespace;

use crate::support::{administrator, enforced_quota, without_cluster};

#[test]
fn names_of_the_cluster_are_completed() {
    let namespace = fresh_namespace("completed");
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "4", "pods": "9"}));
    enforced_quota(&namespace, "objects", &json!({"services": "9"}));
    let env = administrator();
    let offered = |words: &[&str]| {
        let arguments = [&["__complete"], words].concat();
        env.run("kubectl-quota", arguments).success().stdout
    };
    for command in ["verify", "who", "usage"] {
        let quotas = offered(&[command, "-n", &namespace, ""]);
        assert_eq!(quotas, "compute\nobjects\n:4\n", "{command}");
    }
    assert_eq!(offered(&["who", "-n", &namespace, "-r", ""]), "pods\nrequests.cpu\nservices\n:4\n");
    let namespaces = offered(&["verify", "-n", &namespace[..namespace.len() - 1]]);
    assert!(namespaces.lines().any(|line| line == namespace), "{namespaces}");
}

#[test]
fn what_needs_no_cluster_is_completed_without_one() {
    let env = without_cluster();
    let offered = |words: &[&str]| {
        let arguments = [&["__complete"], words].concat();
        env.run("kubectl-quota", arguments).success().stdout
    };
    assert!(
        offered(&["lint", "explain", "QTA-KEY-001"])
            .starts_with("QTA-KEY-001\tlimit on a name that nothing counts\n")
    );
    assert!(offered(&["rbac", "ver"]).starts_with("verify\t"));
    // Without a cluster there is nothing to offer, and nothing is said.
    assert_eq!(offered(&["verify", ""]), ":4\n");
}
