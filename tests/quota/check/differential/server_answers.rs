//! What the server says to a trial, by dry run.

use serde_json::Value;
use support::cluster;

use super::trial::{Answer, Trial};

fn plural(kind: &str) -> &'static str {
    match kind {
        "Pod" => "pods",
        "Service" => "services",
        "PersistentVolumeClaim" => "persistentvolumeclaims",
        "ConfigMap" => "configmaps",
        "Secret" => "secrets",
        "Deployment" => "deployments",
        "ResourceClaim" => "resourceclaims",
        other => panic!("no plural of {other}"),
    }
}

/// The path of the collection of an object.
pub fn collection(object: &Value, namespace: &str) -> String {
    let version = object["apiVersion"].as_str().expect("a version");
    let root = if version.contains('/') { format!("/apis/{version}") } else { format!("/api/{version}") };
    format!("{root}/namespaces/{namespace}/{}", plural(object["kind"].as_str().expect("a kind")))
}

/// For show only, and as kubectl sends objects.
const QUERY: &str = "dryRun=All&fieldValidation=Strict";

/// Sends the trial's object, for show only.
pub fn answer(trial: &Trial) -> Answer {
    let path = collection(&trial.object, &trial.namespace);
    let (method, path) = match &trial.old {
        Some(old) => {
            let name = old["metadata"]["name"].as_str().expect("a name");
            let subresource = if trial.resize { "/resize" } else { "" };
            ("PUT", format!("{path}/{name}{subresource}?{QUERY}"))
        }
        None => ("POST", format!("{path}?{QUERY}")),
    };
    let answer = cluster().api().request(method, &path, None, Some(&trial.object)).expect("an answer");
    Answer {
        admitted: (200..300).contains(&answer.status),
        message: answer.body["message"].as_str().unwrap_or_default().to_owned(),
    }
}
