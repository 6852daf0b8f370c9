//! What controllers have made: pods with everything they bring along, and what events tell of refusals.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::cluster;

/// So long controllers may take. Their waits double with each refusal, and nothing but time makes those of claims try
/// again: what was refused for two minutes on a busy machine may wait for two more.
pub const PATIENCE: Duration = Duration::from_secs(300);
const POLL: Duration = Duration::from_millis(60);

/// Asks again and again until the answer is yes, and returns whether it ever was.
pub fn eventually(mut is_so: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    loop {
        if is_so() {
            return true;
        }
        if start.elapsed() > PATIENCE {
            return false;
        }
        thread::sleep(POLL);
    }
}

fn items(path: &str) -> Vec<Value> {
    cluster().api().get(path).expect("a list")["items"].as_array().cloned().unwrap_or_default()
}

/// Returns how many pods of an object there are that have all they bring along.
pub fn complete_pods(namespace: &str, app: &str) -> usize {
    let pods = items(&format!("/api/v1/namespaces/{namespace}/pods?labelSelector=app%3D{app}"));
    let pods: Vec<_> =
        pods.into_iter().filter(|pod| pod["metadata"]["deletionTimestamp"].is_null()).collect();
    if pods.is_empty() {
        return 0;
    }
    let claims: Vec<_> = items(&format!("/api/v1/namespaces/{namespace}/persistentvolumeclaims"))
        .into_iter()
        .map(|claim| claim["metadata"]["name"].clone())
        .collect();
    let has_claims = |pod: &Value| {
        let volumes = pod["spec"]["volumes"].as_array().into_iter().flatten();
        let name = pod["metadata"]["name"].as_str().expect("a name");
        let mut ephemeral = volumes.filter(|volume| volume["ephemeral"].is_object());
        ephemeral.all(|volume| {
            claims.contains(&json!(format!("{name}-{}", volume["name"].as_str().expect("a name"))))
        })
    };
    let has_devices = |pod: &Value| {
        let claims = pod["spec"]["resourceClaims"].as_array().map_or(0, Vec::len);
        pod["status"]["resourceClaimStatuses"].as_array().map_or(0, Vec::len) == claims
    };
    pods.iter().filter(|pod| has_claims(pod) && has_devices(pod)).count()
}

/// Lets the pods of an object become ready, as a kubelet does: no node takes them.
pub fn become_ready(namespace: &str, app: &str) {
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let is_ready = |pod: &Value| {
        let mut conditions = pod["status"]["conditions"].as_array().into_iter().flatten();
        conditions.any(|condition| condition["type"] == "Ready" && condition["status"] == "True")
    };
    for pod in items(&format!("{path}?labelSelector=app%3D{app}")).iter().filter(|pod| !is_ready(pod)) {
        let name = pod["metadata"]["name"].as_str().expect("a name");
        let ready = json!({"status": {"conditions": [{"type": "Ready", "status": "True"}]}});
        match cluster().api().merge_patch(&format!("{path}/{name}/status"), &ready) {
            Ok(_) => {}
            // The rollout may have deleted it meanwhile.
            Err(error) => assert!(error.to_string().contains("not found"), "{error}"),
        }
    }
}

/// Returns a message with the names that controllers make up for a workload as `check` writes them.
pub fn with_made_up_names(message: &str, workload: &str) -> String {
    let start = format!("\"{workload}-");
    let mut parts = message.split(&start);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find('"').unwrap_or(part.len());
        text.push_str(&format!("{start}*{}", &part[end..]));
    }
    text
}

/// Returns whether an event tells one of these messages about a workload or its pods.
pub fn is_told(namespace: &str, workload: &str, messages: &[String]) -> bool {
    let events = items(&format!("/api/v1/namespaces/{namespace}/events"));
    let wanted: Vec<_> = messages.iter().map(|message| with_made_up_names(message, workload)).collect();
    events.iter().filter_map(|event| event["message"].as_str()).any(|told| {
        let told = with_made_up_names(told, workload);
        wanted.iter().any(|message| told.contains(message))
    })
}
