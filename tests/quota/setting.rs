//! What the tests of `kubectl quota` start from.

use serde_json::{Value, json};
use support::{TestEnv, cluster};

/// kubectl with the plugin on its PATH, as the administrator of the shared control plane.
pub fn administrator() -> TestEnv {
    TestEnv::on(cluster()).program(env!("CARGO_BIN_EXE_kubectl-quota"))
}

/// The same for a user: kubectl, the plugin and the user's kubeconfig.
pub fn user(name: &str) -> TestEnv {
    let kubeconfig = cluster().user(name, &[]).expect("a user");
    administrator().kubeconfig(kubeconfig)
}

/// A ResourceQuota object.
pub fn quota(namespace: &str, name: &str, hard: &Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"hard": hard},
    })
}

/// Creates a quota and waits until the controller has taken it up.
pub fn enforced_quota(namespace: &str, name: &str, hard: &Value) {
    cluster().api().create(&quota(namespace, name, hard)).expect("a quota");
    wait_for_status(namespace, name, |status| {
        status["hard"].as_object().is_some_and(|hard| !hard.is_empty())
    });
}

/// Waits until a quota has counted what was there before it: `used` is part of its status.
///
/// The controller counts from its cache when the quota is new, and may miss what was made a moment before; nothing
/// makes it count again then. So it is made to by a change of the limits and back, until it has seen all.
pub fn wait_until_counted(namespace: &str, name: &str, used: &Value) {
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}");
    let used = used.as_object().expect("amounts");
    let has_counted = |quota: &Value| quota["status"]["hard"] == quota["spec"]["hard"];
    loop {
        let quota = cluster().api().wait_for(&path, "a status of the quota", has_counted).expect("a status");
        if used.iter().all(|(resource, amount)| quota["status"]["used"][resource] == *amount) {
            return;
        }
        for limit in [json!("1"), Value::Null] {
            let again = json!({"spec": {"hard": {"count/again.example.com": limit}}});
            cluster().api().merge_patch(&path, &again).expect("another limit");
            cluster().api().wait_for(&path, "a count", has_counted).expect("a count");
        }
    }
}

/// Waits until a quota's status is as wanted.
pub fn wait_for_status(namespace: &str, name: &str, wanted: impl Fn(&Value) -> bool) {
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}");
    let reached = cluster().api().wait_for(&path, "the quota's status", |quota| wanted(&quota["status"]));
    reached.expect("a status in time");
}

/// Writes a quota's status as the controller would; it leaves it until something in the namespace happens.
pub fn write_status(namespace: &str, name: &str, status: &Value) {
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}/status");
    cluster().api().merge_patch(&path, &json!({"status": status})).expect("a status to write");
}
