//! The example team: several namespaces with quotas, limits, services and workloads over three zones.

mod places;

use crate::api::is_true;
use crate::{Cluster, Context, Error, NodeSpec, Result};
use serde_json::Value;
use std::process::Stdio;

/// What is there before any pod.
const LIMITS: [&str; 3] = [
    include_str!("../example/10-namespaces.yaml"),
    include_str!("../example/20-quotas.yaml"),
    include_str!("../example/30-limits.yaml"),
];
const WORKLOADS: [&str; 3] = [
    include_str!("../example/40-workloads.yaml"),
    include_str!("../example/45-budgets.yaml"),
    include_str!("../example/60-load-balancers.yaml"),
];
/// What changes once the pods run: a quota that was lowered below what is used.
const AFTERWARDS: &str = include_str!("../example/50-lowered.yaml");
/// A Deployment with this label wants more pods than its quota admits.
const REFUSED: &str = "example/refused";
/// The namespace of the context.
pub const NAMESPACE: &str = "shop";

/// Loads everything into an empty cluster and returns when the pods run and the quotas count them. The context of the
/// administrator's kubeconfig is then in namespace [`NAMESPACE`].
///
/// # Errors
/// The API server refuses something, or it does not run in time.
pub fn load(cluster: &Cluster) -> Result<()> {
    cluster.add_nodes(&nodes())?;
    begin(cluster)?;
    finish(cluster)
}

/// Loads everything as [`load`] does, with the pods on the same nodes in each run. The scheduler, which chooses at random
/// among nodes that are alike, finds them there.
///
/// # Errors
/// As of [`load`].
pub fn load_in_place(cluster: &Cluster) -> Result<()> {
    let cordoned: Vec<_> = nodes().into_iter().map(NodeSpec::unschedulable).collect();
    cluster.add_nodes(&cordoned)?;
    begin(cluster)?;
    places::bind(cluster)?;
    finish(cluster)
}

fn nodes() -> Vec<NodeSpec> {
    ["a", "b", "c"]
        .iter()
        .flat_map(|zone| [1, 2].map(|number| (zone, number)))
        .map(|(zone, number)| {
            let node = NodeSpec::new(&format!("worker-{zone}{number}")).zone(&format!("eu-west-1{zone}"));
            if number == 2 { node.capacity("nvidia.com/gpu", "2") } else { node }
        })
        .collect()
}

/// Creates everything. The quotas are there first: a quota controller that takes up a new quota while pods are created counts
/// too few, and more are admitted than it allows.
fn begin(cluster: &Cluster) -> Result<()> {
    apply(cluster, &LIMITS.join("\n---\n"))?;
    wait_until_counted(cluster)?;
    apply(cluster, &WORKLOADS.join("\n---\n"))
}

fn wait_until_counted(cluster: &Cluster) -> Result<()> {
    let counted =
        |quotas: &[Value]| quotas.iter().all(|quota| quota["spec"]["hard"] == quota["status"]["hard"]);
    cluster.api().wait("/api/v1/resourcequotas", "", "quotas that are counted", counted)?;
    Ok(())
}

/// Waits until everything runs and is counted.
fn finish(cluster: &Cluster) -> Result<()> {
    for collection in ["deployments", "statefulsets"] {
        let path = format!("/apis/apps/v1/{collection}");
        cluster.api().wait(&path, "", "workloads that run", |workloads| workloads.iter().all(settled))?;
    }
    apply(cluster, AFTERWARDS)?;
    wait_until_counted(cluster)?;
    let namespace = format!("--namespace={NAMESPACE}");
    let output = cluster.kubectl(&["config", "set-context", "--current", &namespace])?;
    if output.status.success() { Ok(()) } else { Err(failed(&output.stderr)) }
}

/// All replicas are ready, or the controller said that it cannot make them.
fn settled(workload: &Value) -> bool {
    let wanted = workload["spec"]["replicas"].as_u64().unwrap_or(1);
    let ready = workload["status"]["readyReplicas"].as_u64().unwrap_or(0);
    let refused = workload["metadata"]["labels"][REFUSED] == "true" && is_true(workload, "ReplicaFailure");
    ready == wanted || refused
}

fn apply(cluster: &Cluster, manifests: &str) -> Result<()> {
    use std::io::Write;
    let doing = || "cannot load the example".to_owned();
    let mut child = cluster
        .kubectl_command()
        .args(["apply", "--server-side", "--filename=-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context(doing)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(manifests.as_bytes()).context(doing)?;
    }
    let output = child.wait_with_output().context(doing)?;
    if output.status.success() { Ok(()) } else { Err(failed(&output.stderr)) }
}

fn failed(stderr: &[u8]) -> Error {
    Error::new(format!("cannot load the example: {}", String::from_utf8_lossy(stderr).trim()))
}
