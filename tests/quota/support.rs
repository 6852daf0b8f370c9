//! What the tests of `kubectl quota` start from.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{TestEnv, cluster};

/// So long a Deployment may take that is made to try again.
const PATIENCE: Duration = Duration::from_secs(60);

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
        count_again(namespace, name);
    }
}

/// Has the controller count once more, by a change of the limits and back.
fn count_again(namespace: &str, name: &str) {
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}");
    for limit in [json!("1"), Value::Null] {
        let again = json!({"spec": {"hard": {"count/again.example.com": limit}}});
        cluster().api().merge_patch(&path, &again).expect("another limit");
        let has_counted = |quota: &Value| quota["status"]["hard"] == quota["spec"]["hard"];
        cluster().api().wait_for(&path, "a count", has_counted).expect("a count");
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

/// A condition of a Deployment or a ReplicaSet.
pub fn condition<'a>(workload: &'a Value, kind: &str) -> Option<&'a Value> {
    workload["status"]["conditions"].as_array()?.iter().find(|one| one["type"] == kind)
}

/// Waits for a Deployment under the quota `few` to be as wanted. Freed quota wakes no controller, and one that was
/// refused often waits up to a quarter of an hour: where the Deployment says that nothing moves, its ReplicaSets are made
/// to try at once, each time after a new count of what there is.
///
/// # Errors
/// Not in time.
pub fn wait_awake(
    namespace: &str,
    name: &str,
    what: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Result<Value, String> {
    let api = cluster().api();
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
    let start = Instant::now();
    for attempt in 0.. {
        let seen = api.wait_for(&path, what, |deployment| {
            wanted(deployment)
                || condition(deployment, "Progressing").is_some_and(|one| one["status"] == "False")
        });
        let seen = seen.map_err(|error| error.to_string())?;
        if wanted(&seen) {
            return Ok(seen);
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("no {what} after {} s, but {seen:#}", PATIENCE.as_secs()));
        }
        count_again(namespace, "few");
        try_again(namespace, &json!(attempt.to_string()));
    }
    unreachable!("there are attempts enough")
}

/// Makes the controllers of all ReplicaSets of a namespace try again. `mark` is another one each time.
pub fn try_again(namespace: &str, mark: &Value) {
    let api = cluster().api();
    let sets = format!("/apis/apps/v1/namespaces/{namespace}/replicasets");
    let again = json!({"metadata": {"annotations": {"try": mark}}});
    let found = api.get(&sets).expect("ReplicaSets");
    for set in found["items"].as_array().into_iter().flatten() {
        let name = set["metadata"]["name"].as_str().expect("a name");
        api.merge_patch(&format!("{sets}/{name}"), &again).expect("an annotation");
    }
}

/// Runs a command that an answer advises: words, and a patch between quotes.
pub fn follow(env: &TestEnv, advice: &Value) {
    let (command, patch) =
        advice.as_str().expect("a command").split_once(" -p ").expect("a command with a patch");
    let mut words: Vec<_> = command.split(' ').skip(1).collect();
    words.extend(["-p", patch.trim_matches('\'')]);
    env.run("kubectl", words).success();
}
