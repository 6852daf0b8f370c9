//! Deployments that are scaled up by one, or restarted, so that another pod is there before one goes; and how they are
//! given back, whatever happened in between.

mod change;
mod marker;
mod restore;
mod victim;

use jiff::Timestamp;
use serde_json::{Value, json};
use shared::{Error, Result, client::Client, model::kind::kind_of};

use self::{change::change, marker::wanted};
pub use self::{
    marker::Marker,
    restore::{left, restore, restore_earlier},
};
use super::{cordon::FIELD_MANAGER, machine::Way};
use crate::{facts::Workload, plan::PodPlan};

/// kubectl's annotation of a template (`pkg/polymorphichelpers/objectrestarter.go`).
const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

fn deployment_path(deployment: &Workload) -> String {
    kind_of("apps", "Deployment", "deployments").object_path(&deployment.namespace, &deployment.name)
}

/// Begins a move: marks the pod as the one to go, then scales up or restarts, in one patch with what there was before.
/// Returns how many pods the Deployment wanted. Begun again after an answer that was lost, it changes nothing.
///
/// # Errors
/// Another run moves a pod of the Deployment; a request is refused.
pub async fn begin(
    client: &Client,
    run: &str,
    pod: &PodPlan,
    deployment: &Workload,
    way: Way,
) -> Result<i64> {
    match way {
        Way::Surge => victim::mark(client, run, pod).await?,
        Way::Restart => victim::find(client, pod).await.map(drop)?,
    }
    let at = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let path = deployment_path(deployment);
    let begun = change(client, &path, |object| {
        let replicas = wanted(object);
        match (Marker::of_object(object), way) {
            (Some(other), _) if other.run != run => Err(busy(deployment, &other.run)),
            (Some(Marker { from: Some(_), .. }), _) | (Some(_), Way::Restart) => Ok(None),
            (_, Way::Surge) => {
                let marker = Marker { run: run.to_owned(), from: Some(replicas) };
                Ok(Some(json!({
                    "metadata": {"labels": marker.labels()}, "spec": {"replicas": replicas + 1},
                })))
            }
            (None, Way::Restart) => {
                let marker = Marker { run: run.to_owned(), from: None };
                let template = json!({"metadata": {"annotations": {(RESTARTED_AT): at}}});
                Ok(Some(json!({"metadata": {"labels": marker.labels()}, "spec": {"template": template}})))
            }
        }
    });
    match begun.await {
        Ok((object, _)) => {
            let from = Marker::of_object(&object).and_then(|marker| marker.from);
            Ok(from.unwrap_or_else(|| wanted(&object)))
        }
        Err(error) => {
            // Tried again, it is marked again; not tried again, it must not stay marked.
            if way == Way::Surge {
                victim::unmark(client, run, &pod.namespace, &pod.name).await.ok();
            }
            Err(error)
        }
    }
}

fn busy(deployment: &Workload, run: &str) -> Error {
    Error::new(format!(
        "run {run} moves a pod of {deployment} already; should nobody carry it out, `kubectl drain-safe undo {run}` gives \
         the Deployment back"
    ))
}

/// Ends a move: scales the Deployment down again, unless somebody has scaled it since, and takes the labels off, in one
/// patch. Returns whether it was this run's.
///
/// # Errors
/// A request is refused.
pub async fn end(client: &Client, run: &str, deployment: &Workload) -> Result<bool> {
    let path = deployment_path(deployment);
    let ended = change(client, &path, |object| {
        let Some(marker) = Marker::of_object(object).filter(|marker| marker.run == run) else {
            return Ok(None);
        };
        let mut patch = json!({"metadata": {"labels": Marker::no_labels()}});
        if let Some(from) = marker.from.filter(|from| wanted(object) == from + 1) {
            patch["spec"] = json!({"replicas": from});
        }
        Ok(Some(patch))
    });
    match ended.await {
        Err(error) if error.is_api(404) => return Ok(false),
        Ok((_, false)) => return Ok(false),
        ended => ended?,
    };
    // It is given back, whether or not that is still said to be ours.
    change(client, &path, disown).await.ok();
    Ok(true)
}

/// Returns a patch that gives up fields of an object: else `kubectl apply --server-side` would meet a conflict over the
/// replicas with a tool that is long gone. None where there are none, or nobody else's: an empty list would change nothing.
#[expect(clippy::unnecessary_wraps, reason = "what `change` asks")]
fn disown(object: &Value) -> Result<Option<Value>> {
    let all = object["metadata"]["managedFields"].as_array().map(Vec::as_slice).unwrap_or_default();
    let others: Vec<&Value> = all.iter().filter(|entry| entry["manager"] != FIELD_MANAGER).collect();
    let is_mixed = !others.is_empty() && others.len() < all.len();
    Ok(is_mixed.then(|| json!({"metadata": {"managedFields": others}})))
}

/// Takes the mark off a pod that was to go and stays, if this run has marked it.
///
/// # Errors
/// A request is refused.
pub async fn spare(client: &Client, run: &str, pod: &PodPlan) -> Result<()> {
    victim::unmark(client, run, &pod.namespace, &pod.name).await
}

/// Returns an annotation of an object.
fn annotation<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object["metadata"]["annotations"][name].as_str()
}
