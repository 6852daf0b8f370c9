//! The pod that a Deployment is to remove when it is scaled down again.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::{
    Error, Result,
    client::{Client, ListOptions},
    manifest::json::text,
    model::kind::kind_of,
};

use super::{annotation, change::change};
use crate::plan::PodPlan;

/// The annotation of a pod that decides which one a ReplicaSet removes first
/// (`ActivePodsWithRanks` in Kubernetes' `pkg/controller/controller_utils.go`).
const COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const LOWEST_COST: &str = "-2147483648";

/// The annotation of a pod with the [`Mark`].
const MARK: &str = "kubectl-drain-safe/surge";

/// What a run writes on a pod in the patch that changes its deletion cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Mark {
    /// The run.
    run: String,
    /// Its deletion cost before.
    cost: Option<String>,
}

impl Mark {
    fn of(pod: &Value) -> Option<Self> {
        serde_json::from_str(annotation(pod, MARK)?).ok()
    }
}

fn path(namespace: &str, name: &str) -> String {
    kind_of("", "Pod", "pods").object_path(namespace, name)
}

/// Reads a pod that was planned.
///
/// # Errors
/// It is gone, or another one has its name.
pub async fn find(client: &Client, pod: &PodPlan) -> Result<Value> {
    let now: Value = client.get_json(&path(&pod.namespace, &pod.name)).await?;
    is_meant(&now, pod).map(|()| now)
}

fn is_meant(now: &Value, pod: &PodPlan) -> Result<()> {
    match text(&now["metadata"]["uid"]) == pod.uid {
        true => Ok(()),
        false => Err(Error::new(format!("pod {}/{} is another one by now", pod.namespace, pod.name))),
    }
}

/// Gives a pod the lowest deletion cost.
pub async fn mark(client: &Client, run: &str, pod: &PodPlan) -> Result<()> {
    let path = path(&pod.namespace, &pod.name);
    let marked = change(client, &path, |now| {
        is_meant(now, pod)?;
        let earlier = Mark::of(now);
        let cost = annotation(now, COST);
        if earlier.as_ref().is_some_and(|mark| mark.run == run) && cost == Some(LOWEST_COST) {
            return Ok(None);
        }
        // What an earlier run has left is not the cost that somebody gave it.
        let before = earlier.map_or_else(|| cost.map(ToOwned::to_owned), |mark| mark.cost);
        let mark = Mark { run: run.to_owned(), cost: before };
        let text = serde_json::to_string(&mark).unwrap_or_default();
        Ok(Some(json!({"metadata": {"annotations": {(COST): LOWEST_COST, (MARK): text}}})))
    });
    marked.await.map(drop)
}

/// Gives a pod that this run has marked its own deletion cost back, if it is still there.
pub async fn unmark(client: &Client, run: &str, namespace: &str, name: &str) -> Result<()> {
    let path = path(namespace, name);
    let unmarked = change(client, &path, |now| {
        let Some(mark) = Mark::of(now).filter(|mark| mark.run == run) else { return Ok(None) };
        let mut annotations = json!({(MARK): null});
        if annotation(now, COST) == Some(LOWEST_COST) {
            annotations[COST] = json!(mark.cost);
        }
        Ok(Some(json!({"metadata": {"annotations": annotations}})))
    });
    match unmarked.await {
        Err(error) if error.is_api(404) => Ok(()),
        unmarked => unmarked.map(drop),
    }
}

/// Gives all pods of a list that this run has marked their own deletion cost back.
pub async fn unmark_all(client: &Client, run: &str, collection: &str, options: &ListOptions) -> Result<()> {
    for pod in client.list_values(collection, options).await? {
        if Mark::of(&pod).is_some_and(|mark| mark.run == run) {
            let metadata = &pod["metadata"];
            unmark(client, run, text(&metadata["namespace"]), text(&metadata["name"])).await?;
        }
    }
    Ok(())
}
