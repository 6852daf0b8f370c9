//! What the tests of `kubectl quota` start from.

use std::time::{Duration, Instant};

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::{TestEnv, cluster, executable};

use crate::objects::{list, on_nodes_of, quota};

/// So long a Deployment may take that is made to try again.
const PATIENCE: Duration = Duration::from_secs(180);

/// The plugin's file name.
pub const QUOTA: &str = "kubectl-quota";

/// The plugin without kubectl, a cluster or a kubeconfig.
pub fn without_cluster() -> TestEnv {
    TestEnv::new().program(executable(QUOTA))
}

/// kubectl with the plugin on its PATH, as the administrator of the shared control plane.
pub fn administrator() -> TestEnv {
    TestEnv::on(cluster()).program(executable(QUOTA))
}

/// The same for a user: kubectl, the plugin and the user's kubeconfig.
pub fn user(name: &str) -> TestEnv {
    let kubeconfig = cluster().user(name, &[]).expect("a user");
    administrator().kubeconfig(kubeconfig)
}

/// The version of the shared control plane, as `--k8s` takes it: `1.37`, or `1.37/1.35` where it emulates an older one.
pub fn server_version() -> String {
    let version = cluster().api().get("/version").expect("a version");
    let minor = |field: &str| version[field].as_str().map(|minor| format!("1.{minor}"));
    let binary = minor("minor").expect("a minor version");
    match minor("emulationMinor") {
        Some(emulation) if emulation != binary => format!("{binary}/{emulation}"),
        _ => binary,
    }
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
pub fn count_again(namespace: &str, name: &str) {
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
        let seen = api.wait_for(&path, what, |deployment| wanted(deployment) || stands_still(deployment));
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

/// Returns whether a Deployment says that nothing moves. Where no pod of an earlier template is left before its controller
/// has said anything of the new one, what it said last stands for this rollout, too, and it is never late: then a refusal
/// tells (`syncRolloutStatus` in `pkg/controller/deployment/progress.go`).
pub fn stands_still(deployment: &Value) -> bool {
    let Some(progressing) = condition(deployment, "Progressing") else { return false };
    let is_refused = condition(deployment, "ReplicaFailure").is_some_and(|one| one["status"] == "True");
    let status = &deployment["status"];
    let is_new = status["replicas"] == status["updatedReplicas"];
    progressing["status"] == "False"
        || (is_refused && is_new && progressing["reason"] == "NewReplicaSetAvailable")
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

/// Gives a namespace nodes of its own, on which only pods run that `objects::on_nodes_of` binds to it.
pub fn add_nodes(namespace: &str, count: usize) {
    let node = |number: usize| {
        let name = format!("{namespace}-{number}");
        NodeSpec::new(&name).label("for", namespace).taint("for", namespace, "NoSchedule")
    };
    cluster().add_nodes(&(1..=count).map(node).collect::<Vec<_>>()).expect("nodes");
}

/// Gives a namespace a node of its own, on which the pods of this workload become ready.
pub fn on_a_node(namespace: &str, mut workload: Value) -> Value {
    add_nodes(namespace, 1);
    let template = &mut workload["spec"]["template"];
    *template = on_nodes_of(namespace, template.take());
    workload
}

/// Creates an object.
pub fn create(object: &Value) {
    cluster().api().create(object).expect("an object");
}

/// Waits until a controller has told of a failure about an object of this kind, in words that hold these; the newest
/// of them is returned.
pub fn told(namespace: &str, kind: &str, words: &str) -> Value {
    let path = format!("/api/v1/namespaces/{namespace}/events");
    let is_it = |event: &Value| {
        event["type"] == "Warning"
            && event["involvedObject"]["kind"] == kind
            && event["message"].as_str().is_some_and(|message| message.contains(words))
    };
    let events = cluster().api().wait(&path, "", words, |events| events.iter().any(is_it)).expect("an event");
    events.into_iter().rfind(is_it).expect("the event")
}

/// Waits until so many pods with the label `app` are there.
pub fn pods(namespace: &str, app: &str, count: usize) {
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let query = format!("labelSelector=app%3D{app}");
    cluster().api().wait(&path, &query, "pods", |pods| pods.len() == count).expect("pods in time");
}

/// Does what a printed command says, through a shell as a reader would.
pub fn follow(env: &TestEnv, command: &str) {
    env.run("sh", ["-c", command]).success();
}

/// The names that controllers make up, as `check` writes them.
pub fn with_made_up_names(message: &str, workload: &str) -> String {
    let start = format!("\"{workload}-");
    match message.split_once(&start) {
        Some((before, after)) => {
            let end = after.find('"').expect("a closing quote");
            format!("{before}{start}*{}", &after[end..])
        }
        None => message.to_owned(),
    }
}

/// The message of the workload's first refused pod, as its controller tells.
pub fn refusal_of_pods(namespace: &str, workload: &str) -> String {
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/{workload}");
    let refused = |deployment: &Value| {
        let conditions = deployment["status"]["conditions"].as_array().cloned().unwrap_or_default();
        conditions.into_iter().find(|one| one["type"] == "ReplicaFailure" && one["status"] == "True")
    };
    let deployment =
        cluster().api().wait_for(&path, "a refused pod", |deployment| refused(deployment).is_some());
    let condition = refused(&deployment.expect("a refused pod")).expect("the condition");
    with_made_up_names(condition["message"].as_str().expect("a message"), workload)
}

/// The rows of `check` for these objects; the exit status is asserted.
pub fn check<T: serde::Serialize>(env: &TestEnv, words: &[&str], objects: &[T], status: i32) -> Vec<Value> {
    let arguments = [&["quota", "check", "-f", "-", "-o", "json"], words].concat();
    let output = env.command("kubectl", arguments).stdin(list(objects).to_string()).run();
    output.exits(status).json()["objects"].as_array().expect("objects").clone()
}

/// Returns standard error without the lines that tell how far the work is, as they do where the machine is slow.
pub fn without_progress(stderr: &str) -> String {
    stderr.split_inclusive('\n').filter(|line| !is_progress(line.trim_end())).collect()
}

/// Returns whether a line tells how far the work is, as it is told where the machine is slow: `reading pods: 7 of 9`.
fn is_progress(line: &str) -> bool {
    line.rsplit_once(": ").is_some_and(|(_, count)| {
        count.ends_with(" so far")
            || count
                .split_once(" of ")
                .is_some_and(|(done, all)| done.parse::<u64>().is_ok() && all.parse::<u64>().is_ok())
    })
}
