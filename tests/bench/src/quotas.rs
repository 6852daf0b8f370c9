//! `quota usage -A` on a cluster of many namespaces with a quota each.

use std::env;

use cluster::{Api, Cluster, Options};
use serde_json::{Value, json};
use shared::{Error, Result, output::Printer};

use super::{
    binaries,
    demands::{Demand, Demands},
    fill::in_parallel,
    measure::{Contestant, measure},
    report,
};

/// A table may take so many times what it takes to read the list and not look at it.
const FLOORS: f64 = 1.2;

/// kubectl takes at least so many times what ours takes.
const KUBECTLS: f64 = 3.0;

/// What each quota limits: the eight kinds of names that are most common.
const LIMITS: [(&str, &str, &str); 8] = [
    ("requests.cpu", "8", "3500m"),
    ("requests.memory", "16Gi", "7680Mi"),
    ("limits.cpu", "16", "7"),
    ("limits.memory", "32Gi", "15Gi"),
    ("pods", "50", "21"),
    ("services", "10", "3"),
    ("persistentvolumeclaims", "10", "2"),
    ("count/deployments.apps", "20", "7"),
];

/// Measures ours, kubectl's and the floor on the same cluster.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(namespaces: usize, runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-quota"])?;
    let said = |error: cluster::Error| Error::new(error.to_string());
    let cluster = Cluster::start(Options {
        nodes: false,
        // A full resync in the middle of a measurement would disturb it.
        quota_sync_period: Some(std::time::Duration::from_secs(24 * 3600)),
        controller_manager_flags: vec!["--kube-api-qps=2000".into(), "--kube-api-burst=2000".into()],
        ..Options::default()
    })
    .map_err(said)?;
    printer.note(format!("making {namespaces} namespaces with a quota each"));
    in_parallel(cluster.api(), namespaces, fill_one).map_err(said)?;

    let environment = vec![
        ("KUBECONFIG".to_owned(), cluster.kubeconfig_path().display().to_string()),
        ("HOME".to_owned(), cluster.data_dir().display().to_string()),
    ];
    let contestant = |name: &str, program, arguments: &[&str]| Contestant {
        name: name.to_owned(),
        program,
        turns: vec![arguments.iter().map(|&argument| argument.to_owned()).collect()],
        environment: environment.clone(),
    };
    let ours = || folder.join("kubectl-quota");
    let kubectl = || cluster.programs_dir().join("kubectl");
    let myself = env::current_exe().map_err(|error| Error::new(format!("can't find myself: {error}")))?;
    let contestants = [
        contestant("kubectl-quota usage -A", ours(), &["usage", "-A"]),
        contestant("kubectl-quota usage -A -o json", ours(), &["usage", "-A", "-o", "json"]),
        contestant("kubectl-quota usage -A --top 20", ours(), &["usage", "-A", "--top", "20"]),
        contestant("raw paged JSON, unparsed", myself, &["floor", "/api/v1/resourcequotas"]),
        contestant("kubectl get quota -A", kubectl(), &["get", "quota", "-A"]),
        contestant("kubectl get quota -A -o json", kubectl(), &["get", "quota", "-A", "-o", "json"]),
    ];
    let measured = measure(&contestants, runs)?;
    report::show(&format!("{namespaces} quotas of {} limits", LIMITS.len()), &measured, printer)?;
    let mut demands = Demands::default();
    if let [table, json, _, floor, kubectl, kubectl_json] = measured.as_slice() {
        demands.push(Demand::at_most(table, floor, FLOORS));
        demands.faster(table, Some(kubectl), KUBECTLS);
        demands.faster(json, Some(kubectl_json), KUBECTLS);
    }
    demands.show(printer)
}

fn fill_one(api: &Api, number: usize) -> cluster::Result<()> {
    let namespace = format!("team-{number:05}");
    api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}))?;
    let hard: Value = LIMITS.iter().map(|(resource, hard, _)| (*resource, json!(hard))).collect();
    let used: Value = LIMITS.iter().map(|(resource, _, used)| (*resource, json!(used))).collect();
    api.create(&json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": "compute", "namespace": namespace},
        "spec": {"hard": hard},
    }))?;
    // What is used matters to what is printed, so it is written as the controller would have counted it.
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/compute/status");
    api.merge_patch(&path, &json!({"status": {"hard": hard, "used": used}})).map(drop)
}
