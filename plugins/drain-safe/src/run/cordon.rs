//! Cordoning and uncordoning, each in one patch with our annotations, and only of the node that was read.

use std::{collections::BTreeMap, time::Duration};

use k8s_openapi::api::core::v1::Node;
use serde_json::{Value, json};
use shared::{
    Error, Result,
    cli::ExitStatus,
    client::{Client, Patch, WriteOptions},
};
use tokio::time::{Instant, sleep};

use super::{
    annotations::{NodeState, RUN, STATE, SavedPod},
    rolling::QUEUED,
};

/// The field manager of our writes.
pub const FIELD_MANAGER: &str = "kubectl-drain-safe";

/// How often a node is read again that was changed between reading and writing: its kubelet writes, too.
const CONFLICTS: u32 = 20;

/// How long a server that does not answer is asked again.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long to wait before that.
const PAUSE: Duration = Duration::from_millis(500);

/// A node that is cordoned now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cordoned {
    /// Whether it was cordoned before the run, or an earlier one that it takes over.
    pub was_cordoned: bool,
    /// Whether this patch has cordoned it.
    pub is_new: bool,
    /// The pods that an earlier run has written to files and not yet recreated.
    pub owed: BTreeMap<String, SavedPod>,
}

/// Cordons a node and writes the run on it. An earlier run's knowledge that it was cordoned before is taken over.
///
/// # Errors
/// The node is gone or is another one by now; the patch is refused.
pub async fn cordon(
    client: &Client,
    name: &str,
    uid: &str,
    run: &str,
    state: &NodeState,
) -> Result<Cordoned> {
    write(client, name, |node| {
        if node.metadata.uid.as_deref() != Some(uid) {
            return Err(another(name));
        }
        let is_cordoned = is_cordoned(node);
        let earlier = NodeState::of_annotations(&annotations(node)).map(|(_, earlier)| earlier);
        let mut saved = earlier.as_ref().map(|earlier| earlier.saved.clone()).unwrap_or_default();
        let owed = saved.iter().filter(|(_, saved)| saved.recreate);
        let owed = owed.map(|(key, saved)| (key.clone(), saved.clone())).collect();
        saved.extend(state.saved.clone());
        // Somebody who uncordoned it since has ended the earlier run, whatever its annotations say. And a node whose turn
        // comes now was cordoned by somebody else.
        let earlier = earlier.filter(|earlier| earlier.phase != QUEUED);
        let was_cordoned =
            earlier.filter(|_| is_cordoned).map_or(is_cordoned, |earlier| earlier.was_cordoned);
        let state = NodeState { was_cordoned, saved, ..state.clone() };
        let patch = json!({
            "metadata": {"annotations": {(RUN): run, (STATE): state.text()}},
            "spec": {"unschedulable": true},
        });
        Ok(Some((patch, Cordoned { was_cordoned, is_new: !is_cordoned, owed })))
    })
    .await?
    .ok_or_else(|| another(name))
}

/// Writes a run on a node whose turn comes later, without cordoning it. Returns the run that it belongs to, if that is
/// another.
///
/// # Errors
/// The node is gone or is another one by now; the patch is refused.
pub async fn enqueue(
    client: &Client,
    name: &str,
    uid: &str,
    run: &str,
    state: &NodeState,
) -> Result<Option<String>> {
    let written = write(client, name, |node| {
        if node.metadata.uid.as_deref() != Some(uid) {
            return Err(another(name));
        }
        // An answer that was lost may have been our own.
        if NodeState::of_annotations(&annotations(node)).is_some_and(|(other, _)| other != run) {
            return Ok(None);
        }
        let state = NodeState { was_cordoned: is_cordoned(node), ..state.clone() };
        Ok(Some((json!({"metadata": {"annotations": {(RUN): run, (STATE): state.text()}}}), ())))
    });
    if written.await?.is_some() {
        return Ok(None);
    }
    let node = client.cluster_objects::<Node>().get(name).await?;
    Ok(Some(NodeState::of_annotations(&annotations(&node)).map(|(other, _)| other).unwrap_or_default()))
}

/// Lets pods in again, unless the node was cordoned before, but keeps the run on it, in another phase. Returns whether it was
/// uncordoned.
///
/// # Errors
/// The patch is refused.
pub async fn open(client: &Client, name: &str, run: &str, phase: &str) -> Result<bool> {
    let written = write(client, name, |node| {
        let Some((holder, state)) = NodeState::of_annotations(&annotations(node)) else { return Ok(None) };
        if holder != run {
            return Ok(None);
        }
        let uncordons = !state.was_cordoned && is_cordoned(node);
        let state = NodeState { phase: phase.to_owned(), ..state };
        let mut patch = json!({"metadata": {"annotations": {(STATE): state.text()}}});
        if uncordons {
            patch["spec"] = json!({"unschedulable": null});
        }
        Ok(Some((patch, uncordons)))
    });
    Ok(written.await?.unwrap_or(false))
}

/// Writes how a run has ended on its node, if it is still the run's, without the saved pods that are there again.
///
/// # Errors
/// The patch is refused.
pub async fn set_phase(
    client: &Client,
    name: &str,
    run: &str,
    phase: &str,
    recreated: &[String],
) -> Result<()> {
    change(client, name, run, |state| {
        phase.clone_into(&mut state.phase);
        recreated.iter().for_each(|key| drop(state.saved.remove(key)));
    })
    .await
}

/// Writes on its node that a pod is saved, if it is still the run's.
///
/// # Errors
/// The patch is refused.
pub async fn add_saved(client: &Client, name: &str, run: &str, key: &str, saved: &SavedPod) -> Result<()> {
    change(client, name, run, |state| drop(state.saved.insert(key.to_owned(), saved.clone()))).await
}

async fn change(client: &Client, name: &str, run: &str, edit: impl Fn(&mut NodeState)) -> Result<()> {
    write(client, name, |node| {
        let Some((holder, mut state)) = NodeState::of_annotations(&annotations(node)) else {
            return Ok(None);
        };
        edit(&mut state);
        let patch = json!({"metadata": {"annotations": {(STATE): state.text()}}});
        Ok((holder == run).then_some((patch, ())))
    })
    .await
    .map(drop)
}

/// Takes a run's annotations off its node, and uncordons it unless it was cordoned before. Returns whether it was
/// uncordoned; none where the node is not this run's, or is gone.
///
/// # Errors
/// The patch is refused.
pub async fn uncordon(client: &Client, name: &str, run: &str) -> Result<Option<bool>> {
    let written = write(client, name, |node| {
        let Some((holder, state)) = NodeState::of_annotations(&annotations(node)) else { return Ok(None) };
        if holder != run {
            return Ok(None);
        }
        let uncordons = !state.was_cordoned && is_cordoned(node);
        let mut patch = json!({"metadata": {"annotations": {(RUN): null, (STATE): null}}});
        if uncordons {
            patch["spec"] = json!({"unschedulable": null});
        }
        Ok(Some((patch, uncordons)))
    });
    match written.await {
        Err(error) if error.is_api(404) => Ok(None),
        written => written,
    }
}

/// Returns the annotations of a node.
pub fn annotations(node: &Node) -> BTreeMap<String, String> {
    node.metadata.annotations.clone().unwrap_or_default()
}

fn is_cordoned(node: &Node) -> bool {
    node.spec.as_ref().and_then(|spec| spec.unschedulable).unwrap_or(false)
}

/// Reads a node and patches it as `decide` says; again where somebody wrote it in between. None where nothing is to be
/// written.
async fn write<T>(
    client: &Client,
    name: &str,
    decide: impl Fn(&Node) -> Result<Option<(Value, T)>>,
) -> Result<Option<T>> {
    let nodes = client.cluster_objects::<Node>();
    let start = Instant::now();
    let mut conflicts = 0;
    loop {
        let outcome = async {
            let node = nodes.get(name).await?;
            let Some((mut patch, outcome)) = decide(&node)? else { return Ok(None) };
            patch["metadata"]["resourceVersion"] = json!(node.metadata.resource_version);
            let options = WriteOptions { field_manager: FIELD_MANAGER, dry_run: false };
            nodes.patch(name, &Patch::Merge(patch), options).await.map(|_| Some(outcome))
        };
        match outcome.await {
            Err(error) if error.is_api(409) && conflicts < CONFLICTS => conflicts += 1,
            // The server restarts, or the answer was lost: the next read tells.
            Err(error) if may_pass(&error) && start.elapsed() < PATIENCE => sleep(PAUSE).await,
            outcome => return outcome,
        }
    }
}

/// Returns whether a failure may pass: the server is busy or restarts, or can't be reached.
pub fn may_pass(error: &Error) -> bool {
    match error.api_status() {
        Some(status) => matches!(status.code, 429 | 500..),
        // Ours have another status than those of the network, or advice.
        None => {
            error.sentence().starts_with("Unable to connect")
                || error.sentence().contains("reading response body")
        }
    }
}

fn another(name: &str) -> Error {
    Error::new(format!("node {name} was deleted since it was planned"))
        .with_status(ExitStatus::Failure)
        .with_hint("plan the drain again")
}
