//! Requests to the real API server.

use serde_json::{Value, json};
use support::cluster;

/// Sends an object as kubectl does, or only for show, and returns the refusal: `None` where it is admitted.
pub fn send(object: &Value, for_show: bool) -> Option<String> {
    let collection = cluster::api::collection(object).expect("a path");
    let dry_run = if for_show { "&dryRun=All" } else { "" };
    let path = format!("{collection}?fieldValidation=Strict{dry_run}");
    let answer = cluster().api().request("POST", &path, None, Some(object)).expect("an answer");
    match answer.status {
        200..300 => None,
        _ => Some(answer.body["message"].as_str().expect("a message").to_owned()),
    }
}

/// Returns the refusal of the next Job of a CronJob, or of its pod: both are sent for show.
pub fn next_job(cron_job: &Value) -> Option<String> {
    let metadata = json!({"generateName": format!("{}-", cron_job["metadata"]["name"].as_str().expect("a name")),
        "namespace": cron_job["metadata"]["namespace"]});
    let spec = &cron_job["spec"]["jobTemplate"]["spec"];
    let job = json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": spec});
    let pod =
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec["template"]["spec"]});
    send(&job, true).or_else(|| send(&pod, true))
}
