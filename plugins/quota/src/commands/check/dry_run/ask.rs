//! Sends the dry runs.

use http::Method;
use serde_json::{Value, json};
use shared::{
    Result,
    client::Client,
    manifest::{Manifest, apply::merged, changed::differs},
    model::kind::kind_of,
    snapshot::ClusterSnapshot,
    workload::template,
};

use super::{DryRun, DryRunResponse};

/// Asks about every manifest, in their order.
///
/// # Errors
/// Trouble on the way to the server.
pub async fn ask(client: &Client, manifests: &[Manifest], snapshot: &ClusterSnapshot) -> Result<Vec<DryRun>> {
    client.bounded(manifests, |manifest| one(client, manifest, snapshot)).await.into_iter().collect()
}

async fn one(client: &Client, manifest: &Manifest, snapshot: &ClusterSnapshot) -> Result<DryRun> {
    let Manifest { kind, namespace, name, .. } = manifest;
    // What has no namespace is no quota's business, and was not read before.
    let cluster_wide = match (kind.namespaced, manifest.key()) {
        (false, Some(_)) => client.get_json::<Value>(&kind.object_path(namespace, name)).await.ok(),
        _ => None,
    };
    let live = snapshot.existing_of(manifest).or(cluster_wide.as_ref());
    let merged = live.map(|live| merged(manifest, live));
    let sent = merged.as_ref().unwrap_or(manifest);
    let mut body = sent.value.clone();
    if kind.namespaced {
        body["metadata"]["namespace"] = Value::from(namespace.clone());
    }
    let object = match live {
        None => dry_run(client, Method::POST, &kind.collection(namespace), &body).await?,
        Some(live) => {
            let is_resize = kind.is("", "Pod") && differs(&body["spec"], &live["spec"]);
            let part = if is_resize { "/resize" } else { "" };
            dry_run(client, Method::PUT, &format!("{}{part}", kind.object_path(namespace, name)), &body)
                .await?
        }
    };
    let pod = match (&object, kind.pod_spec_path()) {
        (DryRunResponse::Refused(_), _) | (_, None) => None,
        (DryRunResponse::Admitted(workload), Some(_)) => Some(pod_of(manifest, workload)),
        (_, Some(_)) => Some(pod_of(manifest, &body)),
    };
    let pod = match pod {
        Some(pod) => {
            let path = kind_of("", "Pod", "pods").collection(namespace);
            Some(dry_run(client, Method::POST, &path, &pod).await?)
        }
        None => None,
    };
    Ok(DryRun { object, pod })
}

/// A pod as the workload's controller makes it, but for its owner, who does not exist yet.
fn pod_of(manifest: &Manifest, workload: &Value) -> Value {
    let template = template(&manifest.kind.kind, workload);
    let mut metadata = template["metadata"].as_object().cloned().unwrap_or_default();
    metadata.remove("creationTimestamp");
    metadata.insert("namespace".to_owned(), Value::from(manifest.namespace.clone()));
    metadata.insert("generateName".to_owned(), Value::from(start_of_names(manifest)));
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]})
}

/// What the names of a workload's pods start with here; the server adds five letters.
fn start_of_names(manifest: &Manifest) -> String {
    format!("{}-", manifest.name.trim_end_matches("-*"))
}

/// The answer to a dry run. Names that the server made up are written as ours are.
async fn dry_run(client: &Client, method: Method, path: &str, body: &Value) -> Result<DryRunResponse> {
    let path = format!("{path}?dryRun=All&fieldValidation=Strict");
    let outcome = match method {
        Method::PUT => client.put_json(&path, body).await,
        _ => client.post_json(&path, body).await,
    };
    let answer = DryRunResponse::of(outcome)?;
    let start = body["metadata"]["generateName"].as_str().filter(|_| body["metadata"]["name"].is_null());
    Ok(match (answer, start) {
        (DryRunResponse::Refused(message), Some(start)) => {
            DryRunResponse::Refused(without_made_up_name(&message, start))
        }
        (answer, _) => answer,
    })
}

/// `"web-x7k2p"` as `"web-*"`.
fn without_made_up_name(message: &str, start: &str) -> String {
    let quoted = format!("\"{start}");
    match message.split_once(&quoted).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1))) {
        Some((before, after)) => format!("{before}{quoted}*\"{after}"),
        None => message.to_owned(),
    }
}
