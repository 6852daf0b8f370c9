//! The state of a namespace: how far the workload is, and what quotas count.

use serde_json::{Value, json};
use shared::quantity::Quantity;
use support::cluster;

use super::{
    super::observation::complete_pods,
    scenario::{NAME, Scenario},
};
use crate::objects::list;

/// Returns the objects of a kind.
pub fn items(namespace: &str, group: &str, plural: &str) -> Vec<Value> {
    let path = format!("/{group}/namespaces/{namespace}/{plural}");
    cluster().api().get(&path).expect("a list")["items"].as_array().cloned().unwrap_or_default()
}

/// Returns an amount in thousandths.
pub fn milli(amount: &Value) -> i64 {
    let text = amount.as_str().map_or_else(|| amount.to_string(), str::to_owned);
    let amount = Quantity::parse(if amount.is_null() { "0" } else { &text }).expect("an amount");
    amount.milli_value_ceil().expect("a number of thousandths")
}

/// Returns what a quota key counts in a namespace, in thousandths.
pub fn used(namespace: &str, key: &str) -> i64 {
    let pods = || items(namespace, "api/v1", "pods").into_iter();
    let count = |objects: usize| i64::try_from(objects).expect("a small number") * 1000;
    match key {
        "pods" => count(pods().count()),
        "count/replicasets.apps" => count(items(namespace, "apis/apps/v1", "replicasets").len()),
        "count/controllerrevisions.apps" => {
            count(items(namespace, "apis/apps/v1", "controllerrevisions").len())
        }
        key => {
            let resource = key.trim_start_matches("requests.");
            pods().map(|pod| milli(&pod["spec"]["containers"][0]["resources"]["requests"][resource])).sum()
        }
    }
}

/// Returns an amount of a quota key as text.
pub fn amount(key: &str, milli: i64) -> String {
    if key == "requests.cpu" { format!("{milli}m") } else { (milli / 1000).to_string() }
}

/// Returns one unit of a quota key, in thousandths.
pub fn unit(key: &str) -> i64 {
    if key == "requests.cpu" { 1 } else { 1000 }
}

/// Returns a workload as it is.
pub fn live(object: &Value) -> Value {
    cluster().api().get(&cluster::api::object(object).expect("a path")).expect("the workload")
}

/// Returns whether a workload is as its manifest wants it, rollout and all.
pub fn is_complete(object: &Value, namespace: &str) -> bool {
    let now = live(object);
    let count = |field: &str| now["status"][field].as_u64().unwrap_or(0);
    let wanted = now["spec"]["replicas"].as_u64().unwrap_or(0);
    let is_observed = now["status"]["observedGeneration"] == now["metadata"]["generation"];
    let all = |fields: &[&str]| fields.iter().all(|field| count(field) == wanted);
    match object["kind"].as_str().expect("a kind") {
        "Deployment" => is_observed && all(&["replicas", "readyReplicas", "updatedReplicas"]),
        "StatefulSet" => {
            let partition = now["spec"]["updateStrategy"]["rollingUpdate"]["partition"].as_u64().unwrap_or(0);
            let is_new = now["status"]["currentRevision"] == now["status"]["updateRevision"]
                || count("updatedReplicas") >= wanted.saturating_sub(partition);
            is_observed && all(&["replicas", "readyReplicas"]) && is_new
        }
        "DaemonSet" => {
            let nodes = count("desiredNumberScheduled");
            is_observed
                && nodes > 0
                && ["updatedNumberScheduled", "numberReady"].iter().all(|field| count(field) == nodes)
        }
        "ReplicaSet" => is_observed && all(&["replicas", "readyReplicas"]),
        _ => {
            let parallelism = now["spec"]["parallelism"].as_u64().expect("a number");
            let wanted = if now["spec"]["suspend"] == true { 0 } else { parallelism };
            complete_pods(namespace, NAME) as u64 == wanted
        }
    }
}

/// Returns whether nothing moves any more: it is as wanted, or its controller has told that it is not.
pub fn is_at_rest(object: &Value, namespace: &str) -> bool {
    if is_complete(object, namespace) {
        return true;
    }
    let now = live(object);
    let is_observed = now["status"]["observedGeneration"] == now["metadata"]["generation"];
    let has = |kind: &str, field: &str, value: &str| {
        let mut conditions = now["status"]["conditions"].as_array().into_iter().flatten();
        conditions.any(|one| one["type"] == kind && one[field] == value)
    };
    // Where a change of replicas comes first, no deadline is set.
    let has_failed = || {
        has("Progressing", "status", "False")
            || (is_observed
                && has("ReplicaFailure", "status", "True")
                && has("Progressing", "reason", "NewReplicaSetAvailable"))
    };
    let lacks_pod = || {
        let pods = items(namespace, "api/v1", "pods");
        let is_ready = |pod: &Value| {
            let mut conditions = pod["status"]["conditions"].as_array().into_iter().flatten();
            pod["metadata"]["deletionTimestamp"].is_null()
                && conditions.any(|one| one["type"] == "Ready" && one["status"] == "True")
        };
        let tells =
            |event: &Value| event["reason"] == "FailedCreate" && event["involvedObject"]["name"] == NAME;
        let replicas = now["spec"]["replicas"].as_u64().unwrap_or(0);
        pods.iter().all(is_ready)
            && (pods.len() as u64) < replicas
            && items(namespace, "api/v1", "events").iter().any(tells)
    };
    if object["kind"] == "Deployment" { has_failed() } else { is_observed && lacks_pod() }
}

/// Everything of a namespace that decides, as a dump.
pub fn dump(scenario: &Scenario) -> Value {
    let (namespace, api) = (&scenario.namespace, cluster().api());
    let of_namespace = [
        ("ResourceQuota", "api/v1", "resourcequotas"),
        ("LimitRange", "api/v1", "limitranges"),
        ("Pod", "api/v1", "pods"),
        ("ServiceAccount", "api/v1", "serviceaccounts"),
        ("ReplicaSet", "apis/apps/v1", "replicasets"),
        ("ControllerRevision", "apis/apps/v1", "controllerrevisions"),
    ];
    let mut objects = vec![
        api.get(&format!("/api/v1/namespaces/{namespace}")).expect("the namespace"),
        live(&scenario.after),
    ];
    for (kind, group, plural) in of_namespace {
        // The workload itself may be one of them.
        if scenario.after["kind"] == kind {
            continue;
        }
        for mut object in items(namespace, group, plural) {
            let version = group.trim_start_matches("apis/").trim_start_matches("api/");
            (object["apiVersion"], object["kind"]) = (json!(version), json!(kind));
            objects.push(object);
        }
    }
    for mut node in api.get("/api/v1/nodes").expect("nodes")["items"].as_array().cloned().unwrap_or_default()
    {
        (node["apiVersion"], node["kind"]) = (json!("v1"), json!("Node"));
        objects.push(node);
    }
    list(&objects)
}
