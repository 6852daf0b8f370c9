//! Sends dry runs to the server.

use http::Method;
use serde_json::{Value, json};
use shared::{
    Result,
    client::Client,
    manifest::{Manifest, apply::merged},
    model::kind::{PARTIAL_OBJECT, kind_of},
    snapshot::ClusterSnapshot,
    workload::template,
};

use super::{DryRun, DryRunResponse};

/// Sends a dry run of every manifest and returns the answers in order.
///
/// # Errors
/// A server that can't be reached or is too busy.
pub async fn ask(client: &Client, manifests: &[Manifest], snapshot: &ClusterSnapshot) -> Result<Vec<DryRun>> {
    client
        .bounded(manifests, |manifest| dry_run_manifest(client, manifest, snapshot))
        .await
        .into_iter()
        .collect()
}

async fn dry_run_manifest(
    client: &Client,
    manifest: &Manifest,
    snapshot: &ClusterSnapshot,
) -> Result<DryRun> {
    let Manifest { kind, namespace, name, .. } = manifest;
    // No quota counts cluster-scoped objects, so the snapshot does not have them.
    let cluster_scoped = match (kind.namespaced, manifest.key()) {
        (false, Some(_)) => client.get_json::<Value>(&kind.object_path(namespace, name)).await.ok(),
        _ => None,
    };
    let live = snapshot.existing_of(manifest).or(cluster_scoped.as_ref());
    let merged = live.map(|live| merged(manifest, live));
    let sent = merged.as_ref().unwrap_or(manifest);
    let mut body = sent.value.clone();
    if kind.namespaced {
        body["metadata"]["namespace"] = Value::from(namespace.clone());
    }
    let object = match live {
        None => dry_run(client, Method::POST, &kind.collection(namespace), &body).await?,
        Some(live) if live["kind"] == PARTIAL_OBJECT => {
            patch_secret(client, &kind.object_path(namespace, name), &manifest.value).await?
        }
        Some(_) => {
            let is_resize = snapshot.resize_of(manifest).is_some();
            let subresource = if is_resize { "/resize" } else { "" };
            dry_run(
                client,
                Method::PUT,
                &format!("{}{subresource}", kind.object_path(namespace, name)),
                &body,
            )
            .await?
        }
    };
    let pod = match (&object, kind.pod_spec_path()) {
        (DryRunResponse::Refused(_), _) | (_, None) => None,
        (DryRunResponse::Admitted(workload), Some(_)) => Some(pod_from_template(manifest, workload)),
        (_, Some(_)) => Some(pod_from_template(manifest, &body)),
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

/// Returns a pod as the workload's controller creates it, less the owner reference: the owner does not exist yet.
fn pod_from_template(manifest: &Manifest, workload: &Value) -> Value {
    let template = template(&manifest.kind.kind, workload);
    let mut metadata = template["metadata"].as_object().cloned().unwrap_or_default();
    metadata.remove("creationTimestamp");
    metadata.insert("namespace".to_owned(), Value::from(manifest.namespace.clone()));
    metadata.insert("generateName".to_owned(), Value::from(generate_name(manifest)));
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]})
}

/// Sends what a manifest says of a Secret, of whose content nothing is read.
async fn patch_secret(client: &Client, path: &str, manifest: &Value) -> Result<DryRunResponse> {
    let path = format!("{path}?dryRun=All&fieldValidation=Strict");
    DryRunResponse::of(client.patch_and_get_metadata(&path, manifest).await)
}

/// Returns the `generateName` of a workload's pods.
fn generate_name(manifest: &Manifest) -> String {
    format!("{}-", manifest.name.trim_end_matches("-*"))
}

/// Sends one dry run. Generated names in the answer are written as `web-*`.
async fn dry_run(client: &Client, method: Method, path: &str, body: &Value) -> Result<DryRunResponse> {
    let path = format!("{path}?dryRun=All&fieldValidation=Strict");
    let outcome = match method {
        Method::PUT => client.put_json(&path, body).await,
        _ => client.post_json(&path, body).await,
    };
    let response = DryRunResponse::of(outcome)?;
    let prefix = body["metadata"]["generateName"].as_str().filter(|_| body["metadata"]["name"].is_null());
    Ok(match (response, prefix) {
        (DryRunResponse::Refused(message), Some(prefix)) => {
            DryRunResponse::Refused(mask_generated_name(&message, prefix))
        }
        (response, _) => response,
    })
}

/// Writes `"web-x7k2p"` as `"web-*"`.
fn mask_generated_name(message: &str, prefix: &str) -> String {
    let quoted = format!("\"{prefix}");
    match message.split_once(&quoted).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1))) {
        Some((before, after)) => format!("{before}{quoted}*\"{after}"),
        None => message.to_owned(),
    }
}
