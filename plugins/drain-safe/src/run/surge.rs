//! Deployments that are scaled up by one, or restarted, so that another pod is there before one goes; and how they are
//! given back, whatever happened in between.

use std::time::Duration;

use futures::StreamExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::{
    Error, Result,
    client::{Client, ListOptions, Scope, WatchEvent},
    manifest::json::{number, text},
    model::{Deployment, kind::kind_of},
};
use tokio::time::{Instant, timeout_at};

use super::machine::Way;
use crate::{facts::Workload, plan::PodPlan};

/// The annotation on a Deployment with the [`Surge`].
const SURGE: &str = "kubectl-drain-safe/surge";

/// The annotation of a pod that decides which one a ReplicaSet removes first
/// (`ActivePodsWithRanks` in Kubernetes' `pkg/controller/controller_utils.go`).
const COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const LOWEST_COST: &str = "-2147483648";

/// kubectl's annotation of a template (`pkg/polymorphichelpers/objectrestarter.go`).
const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

/// How often a Deployment is read again that was changed between reading and writing: its controller writes, too.
const CONFLICTS: u32 = 20;

/// How long to wait for a Deployment that was given back, before the deletion cost of the pod is taken away.
const SETTLES_WITHIN: Duration = Duration::from_secs(60);

/// What a run writes on a Deployment before it changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Surge {
    /// The run.
    pub run: String,
    /// How many pods the Deployment wanted before.
    pub replicas: i64,
    /// Whether it is scaled up by one; else it is restarted.
    pub scales: bool,
    /// The pod that is to go.
    pub pod: String,
    /// Its uid.
    pub uid: String,
    /// Its deletion cost before.
    pub cost: Option<String>,
}

impl Surge {
    /// Reads what a run has written on a Deployment.
    fn of(deployment: &Value) -> Option<Self> {
        serde_json::from_str(deployment["metadata"]["annotations"][SURGE].as_str()?).ok()
    }

    /// Returns whether a run has written itself on a Deployment.
    pub fn is_of(deployment: &Deployment, run: &str) -> bool {
        let text = deployment.metadata.annotation(SURGE);
        text.and_then(|text| serde_json::from_str::<Self>(text).ok()).is_some_and(|surge| surge.run == run)
    }
}

fn deployment_path(deployment: &Workload) -> String {
    kind_of("apps", "Deployment", "deployments").object_path(&deployment.namespace, &deployment.name)
}

fn pod_path(namespace: &str, name: &str) -> String {
    kind_of("", "Pod", "pods").object_path(namespace, name)
}

/// Writes a patch of what `decide` says about an object as it is now; again where somebody wrote it in between. None where
/// nothing is to be written.
async fn change(
    client: &Client,
    path: &str,
    decide: impl Fn(&Value) -> Result<Option<Value>>,
) -> Result<Option<Value>> {
    let mut conflicts = 0;
    loop {
        let object: Value = client.get_json(path).await?;
        let Some(mut patch) = decide(&object)? else { return Ok(None) };
        patch["metadata"]["resourceVersion"] = object["metadata"]["resourceVersion"].clone();
        let path = format!("{path}?fieldManager={}", super::cordon::FIELD_MANAGER);
        match client.patch_json::<Value>(&path, &patch).await {
            Err(error) if error.is_api(409) && conflicts < CONFLICTS => conflicts += 1,
            Err(error) => return Err(error),
            Ok(_) => return Ok(Some(object)),
        }
    }
}

/// Begins a move: writes down what there was, marks the pod as the one to go, and scales up or restarts. Returns how many
/// pods the Deployment wanted before. Begun again after a failure in between, it goes on.
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
    let (path, victim) = (deployment_path(deployment), pod_path(&pod.namespace, &pod.name));
    let now: Value = client.get_json(&victim).await?;
    if text(&now["metadata"]["uid"]) != pod.uid {
        return Err(Error::new(format!("pod {}/{} is another one by now", pod.namespace, pod.name)));
    }
    let cost = now["metadata"]["annotations"][COST].as_str().filter(|cost| *cost != LOWEST_COST);
    let scales = way == Way::Surge;
    let surge = |deployment: &Value| Surge {
        run: run.to_owned(),
        replicas: i64::try_from(number(&deployment["spec"]["replicas"], 1)).unwrap_or(i64::MAX),
        scales,
        pod: pod.name.clone(),
        uid: pod.uid.clone(),
        cost: cost.map(ToOwned::to_owned),
    };
    change(client, &path, |object| match Surge::of(object) {
        Some(other) if other.run != run => {
            Err(Error::new(format!("run {} moves a pod of {deployment} already", other.run)))
        }
        Some(_) => Ok(None),
        None => {
            let text = serde_json::to_string(&surge(object)).unwrap_or_default();
            Ok(Some(json!({"metadata": {"annotations": {(SURGE): text}}})))
        }
    })
    .await?;
    if scales {
        let mark = json!({"metadata": {"uid": pod.uid, "annotations": {(COST): LOWEST_COST}}});
        client.patch_json::<Value>(&victim, &mark).await?;
    }
    let mut replicas = 0;
    let object: Value = client.get_json(&path).await?;
    if let Some(surge) = Surge::of(&object).filter(|surge| surge.run == run) {
        replicas = surge.replicas;
    }
    let at = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    change(client, &path, |object| {
        let Some(surge) = Surge::of(object).filter(|surge| surge.run == run) else {
            return Err(Error::new(format!("somebody has taken the run's annotation off {deployment}")));
        };
        let wanted = i64::try_from(number(&object["spec"]["replicas"], 1)).unwrap_or(i64::MAX);
        Ok(match way {
            Way::Surge if wanted == surge.replicas => Some(json!({"spec": {"replicas": surge.replicas + 1}})),
            Way::Surge => None,
            Way::Restart => {
                let template = json!({"metadata": {"annotations": {(RESTARTED_AT): at}}});
                Some(json!({"spec": {"template": template}}))
            }
        })
    })
    .await?;
    Ok(replicas)
}

/// Gives a Deployment back: scales it down again, unless somebody has scaled it since, and takes the annotation off. Returns
/// what was written there; none where nothing of the run was.
///
/// # Errors
/// A request is refused.
pub async fn end(client: &Client, run: &str, deployment: &Workload) -> Result<Option<Surge>> {
    let path = deployment_path(deployment);
    let written = change(client, &path, |object| {
        let Some(surge) = Surge::of(object).filter(|surge| surge.run == run) else { return Ok(None) };
        let mut patch = json!({"metadata": {"annotations": {(SURGE): null}}});
        let wanted = i64::try_from(number(&object["spec"]["replicas"], 1)).unwrap_or(i64::MAX);
        if surge.scales && wanted == surge.replicas + 1 {
            patch["spec"] = json!({"replicas": surge.replicas});
        }
        Ok(Some(patch))
    });
    match written.await {
        Err(error) if error.is_api(404) => Ok(None),
        written => Ok(written?.as_ref().and_then(Surge::of)),
    }
}

/// Gives a pod that was to go its own deletion cost back, if it is still there.
///
/// # Errors
/// The patch is refused.
pub async fn unmark(client: &Client, namespace: &str, surge: &Surge) -> Result<()> {
    if !surge.scales {
        return Ok(());
    }
    let patch = json!({"metadata": {"uid": surge.uid, "annotations": {(COST): surge.cost}}});
    match client.patch_json::<Value>(&pod_path(namespace, &surge.pod), &patch).await {
        // Gone, or another one has its name.
        Err(error) if error.is_api(404) || error.is_api(409) => Ok(()),
        patched => patched.map(drop),
    }
}

/// Gives back all Deployments that a run has left scaled up or in a restart, and returns them.
///
/// # Errors
/// Deployments can't be read or written.
pub async fn restore(client: &Client, run: &str) -> Result<Vec<Workload>> {
    let listed = client.list_all::<Deployment>(&Scope::All, &ListOptions::default()).await;
    let all = match listed {
        // Whoever may not see Deployments has moved none.
        Err(error) if error.is_api(403) => Vec::new(),
        listed => listed?,
    };
    let mut restored = Vec::new();
    for found in all {
        if !Surge::is_of(&found, run) {
            continue;
        }
        let deployment = Workload {
            namespace: found.metadata.namespace.clone(),
            kind: "Deployment".to_owned(),
            name: found.metadata.name.clone(),
        };
        if let Some(surge) = end(client, run, &deployment).await? {
            // Marked until the ReplicaSet has chosen: it is to remove this one, if the other is Ready.
            settle(client, &deployment).await?;
            unmark(client, &deployment.namespace, &surge).await?;
            restored.push(deployment);
        }
    }
    Ok(restored)
}

/// Waits until a Deployment is settled, or for a minute.
async fn settle(client: &Client, deployment: &Workload) -> Result<()> {
    let name = format!("metadata.name={}", deployment.name);
    let options = ListOptions { field_selector: Some(name), ..ListOptions::default() };
    let mut watch =
        client.watch_closely::<Deployment>(Scope::Namespace(deployment.namespace.clone()), options);
    let deadline = Instant::now() + SETTLES_WITHIN;
    while let Ok(Some(told)) = timeout_at(deadline, watch.next()).await {
        match told? {
            WatchEvent::Restarted(all) if all.iter().all(Deployment::is_settled) => break,
            WatchEvent::Added(one) | WatchEvent::Modified(one) if one.is_settled() => break,
            WatchEvent::Deleted(_) => break,
            _ => {}
        }
    }
    Ok(())
}
