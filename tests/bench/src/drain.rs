//! `drain-safe NODE` beside `kubectl drain`, and beside evictions that nothing holds back.

use std::{
    collections::BTreeMap,
    env,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use cluster::{Api, Cluster, NodeSpec, Options, api::is_true, kubelet};
use serde_json::{Value, json};
use shared::{
    Error, Result,
    output::{Column, Printer, Table, TableOptions},
};

use super::{
    binaries,
    demands::{Demand, Demands},
    fill::in_parallel,
    measure::{Contestant, Measured, once},
    report,
};

/// Ours may take so many times what the better of the bare runs takes.
const FLOORS: f64 = 1.25;

/// How long after a replacement is Ready the next eviction of its budget may come at most.
const NEXT: Duration = Duration::from_millis(200);

/// How many connections the bare evictions use.
const CONNECTIONS: [&str; 2] = ["8", "32"];

/// The node that is drained.
pub const NODE: &str = "victim";
const NAMESPACE: &str = "default";

/// Measures drains of so many pods, each of which takes a second to end, and a chain of ten under one budget.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(pods: &[usize], runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-drain_safe"])?;
    let cluster = cluster(&[NODE, "other"])?;
    let contestants = contestants(&cluster, folder, &[NODE], &[])?;
    let mut demands = Demands::default();
    for &pods in pods {
        let measured = race(&cluster, &contestants, &[NODE], pods, runs, printer)?;
        report::show(&format!("a node of {pods} pods that take a second to end"), &measured, printer)?;
        demand(&measured, &mut demands);
    }
    chains(&cluster, &contestants[..2], printer)?;
    demands.show(printer)
}

/// Asks that ours takes hardly longer than the better of the bare runs, and half of what kubectl takes.
pub fn demand(measured: &[Measured], demands: &mut Demands) {
    if let [ours, kubectl, eight, many] = measured {
        let better = [eight, many].into_iter().min_by_key(|bare| bare.median(|run| run.wall));
        demands.push(Demand::at_most(ours, better.unwrap_or(eight), FLOORS));
        demands.faster(ours, Some(kubectl), 2.0);
    }
}

/// Starts a cluster whose controllers nobody throttles, with these nodes.
///
/// # Errors
/// It does not start.
pub fn cluster(nodes: &[&str]) -> Result<Cluster> {
    let cluster = Cluster::start(Options {
        controller_manager_flags: vec!["--kube-api-qps=2000".into(), "--kube-api-burst=2000".into()],
        scheduler_flags: vec!["--kube-api-qps=2000".into(), "--kube-api-burst=2000".into()],
        ..Options::default()
    })
    .map_err(said)?;
    let node = |name: &&str| NodeSpec::new(name).capacity("pods", "300").capacity("cpu", "64");
    let nodes: Vec<_> = nodes.iter().map(node).collect();
    cluster.add_nodes(&nodes).map_err(said)?;
    Ok(cluster)
}

/// Returns a failure of the cluster as ours.
pub fn said(error: cluster::Error) -> Error {
    Error::new(error.to_string())
}

/// Ours with some flags, kubectl, and evictions over some connections.
///
/// # Errors
/// This program is not known by its path.
pub fn contestants(
    cluster: &Cluster,
    folder: PathBuf,
    nodes: &[&str],
    flags: &[&str],
) -> Result<Vec<Contestant>> {
    let environment = vec![
        ("KUBECONFIG".to_owned(), cluster.kubeconfig_path().display().to_string()),
        ("HOME".to_owned(), cluster.data_dir().display().to_string()),
    ];
    let contestant = |name: &str, program: PathBuf, words: &[&str]| Contestant {
        name: name.to_owned(),
        program,
        turns: vec![words.iter().map(|&word| word.to_owned()).collect()],
        environment: environment.clone(),
    };
    let myself = env::current_exe().map_err(|error| Error::new(format!("can't find myself: {error}")))?;
    let kubectl = cluster.programs_dir().join("kubectl");
    let mut all = vec![
        contestant(
            "drain-safe",
            folder.join("kubectl-drain_safe"),
            &[nodes, &["--yes", "--force"], flags].concat(),
        ),
        contestant("kubectl drain", kubectl, &[&["drain"], nodes, &["--force"]].concat()),
    ];
    for connections in CONNECTIONS {
        let name = format!("evictions over {connections} connections");
        all.push(contestant(
            &name,
            myself.clone(),
            &[&["evict"], nodes, &["--connections", connections]].concat(),
        ));
    }
    Ok(all)
}

/// Runs each in turn on nodes that are filled again. One round comes first and is forgotten.
///
/// # Errors
/// The cluster or a run fails.
pub fn race(
    cluster: &Cluster,
    contestants: &[Contestant],
    nodes: &[&str],
    pods: usize,
    runs: usize,
    printer: &mut Printer,
) -> Result<Vec<Measured>> {
    let mut measured: Vec<Measured> = contestants
        .iter()
        .map(|contestant| Measured { name: contestant.name.clone(), runs: Vec::new() })
        .collect();
    for round in 0..=runs {
        for (contestant, measured) in contestants.iter().zip(&mut measured) {
            printer.note(format!("{pods} pods, round {round}: {}", contestant.name));
            fill(cluster.api(), nodes, pods).map_err(said)?;
            let run = once(contestant, 0)?;
            if round > 0 {
                measured.runs.push(run);
            }
        }
    }
    Ok(measured)
}

/// Fills each node with so many pods that nothing recreates, and uncordons it.
fn fill(api: &Api, nodes: &[&str], pods: usize) -> cluster::Result<()> {
    let patch = json!({
        "metadata": {"annotations": {"kubectl-drain-safe/run": null, "kubectl-drain-safe/state": null}},
        "spec": {"unschedulable": null},
    });
    for node in nodes {
        api.merge_patch(&format!("/api/v1/nodes/{node}"), &patch)?;
    }
    // Never the same names: a kubelet that deletes a pod of the last round late would hit another one.
    static ROUND: AtomicUsize = AtomicUsize::new(0);
    let round = ROUND.fetch_add(1, Ordering::Relaxed);
    let count = nodes.len() * pods;
    in_parallel(api, count, |api, number| {
        api.create(&json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": format!("p-{round}-{number:03}"), "namespace": NAMESPACE, "labels": {(kubelet::DELETION): kubelet::A_SECOND}},
            "spec": {
                "nodeName": nodes[number % nodes.len()], "terminationGracePeriodSeconds": 1,
                "containers": [{"name": "app", "image": "example/app:1"}],
            },
        }))
        .map(drop)
    })?;
    api.wait_for_ready_pods(NAMESPACE, "", count).map(drop)
}

/// Measures in a chain of ten pods under one budget how long after a replacement is Ready the next pod begins to end.
fn chains(cluster: &Cluster, contestants: &[Contestant], printer: &mut Printer) -> Result<()> {
    let mut table = Table::new(["COMMAND", "MEDIAN", "MOST", "WALL", "ASKED", "MET"].map(Column::new));
    for contestant in contestants {
        let (mut gaps, wall) = chain(cluster, contestant)?;
        gaps.sort_unstable();
        let (median, most) = (gaps.get(gaps.len() / 2).copied(), gaps.last().copied());
        let milliseconds =
            |time: Option<Duration>| format!("{:.0} ms", time.unwrap_or_default().as_secs_f64() * 1e3);
        let is_met = most.is_some_and(|most| most <= NEXT);
        table.push([
            contestant.name.clone().into(),
            milliseconds(median).into(),
            milliseconds(most).into(),
            format!("{:.1} s", wall.as_secs_f64()).into(),
            format!("at most {} ms", NEXT.as_millis()).into(),
            if is_met { "yes" } else { "no" }.into(),
        ]);
    }
    printer.data("\na chain of 10 pods: from a Ready replacement to the next eviction\n")?;
    printer.table(&table, TableOptions::default())?;
    printer.flush()
}

fn chain(cluster: &Cluster, contestant: &Contestant) -> Result<(Vec<Duration>, Duration)> {
    let api = cluster.api();
    set_chain_up(api).map_err(said)?;
    let gaps = std::thread::scope(|scope| {
        let watching = scope.spawn(|| gaps(api));
        let start = Instant::now();
        let outcome = once(contestant, 0).map(|_| start.elapsed());
        match (watching.join(), outcome) {
            (Ok(gaps), Ok(wall)) => gaps.map(|gaps| (gaps, wall)).map_err(said),
            (_, Err(error)) => Err(error),
            (Err(_), _) => Err(Error::new("the thread that watches panicked")),
        }
    })?;
    remove_chain(api).map_err(said)?;
    Ok(gaps)
}

const DEPLOYMENTS: &str = "/apis/apps/v1/namespaces/default/deployments";
const BUDGETS: &str = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

/// Makes ten pods on the node under a budget that lets one go at a time.
///
/// # Errors
/// The server refuses something, or nothing becomes Ready.
pub fn set_chain_up(api: &Api) -> cluster::Result<()> {
    let other = "/api/v1/nodes/other";
    fill(api, &[NODE], 0)?;
    api.merge_patch(other, &json!({"spec": {"unschedulable": true}}))?;
    api.create(&json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": NAMESPACE},
            "spec": {
                "replicas": 10, "selector": {"matchLabels": {"app": "web"}},
                "template": {
                    "metadata": {"labels": {"app": "web", (kubelet::DELETION): kubelet::A_SECOND}},
                    "spec": {"terminationGracePeriodSeconds": 1, "containers": [{"name": "app", "image": "example/app:1"}]},
                },
            },
        }))?;
    api.wait_for_ready_pods(NAMESPACE, "app=web", 10)?;
    api.merge_patch(other, &json!({"spec": {"unschedulable": null}}))?;
    let untainted = |node: &Value| !node["spec"]["taints"].to_string().contains("unschedulable");
    api.wait_for(other, "the end of a taint", untainted)?;
    api.create(&json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "web", "namespace": NAMESPACE},
            "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "web"}}},
        }))?;
    let is_open = |budget: &Value| budget["status"]["disruptionsAllowed"] == 1;
    api.wait_for(&format!("{BUDGETS}/web"), "an open budget", is_open).map(drop)
}

/// Takes the chain away.
///
/// # Errors
/// The server refuses it.
pub fn remove_chain(api: &Api) -> cluster::Result<()> {
    api.delete(&format!("{BUDGETS}/web"))?;
    api.delete(&format!("{DEPLOYMENTS}/web"))?;
    let pods = format!("/api/v1/namespaces/{NAMESPACE}/pods");
    api.wait(&pods, "", "no pods", <[Value]>::is_empty).map(drop)
}

/// Watches the chain to its end, and returns the times from each Ready replacement to the next pod that terminates.
fn gaps(api: &Api) -> cluster::Result<Vec<Duration>> {
    let (mut leaving, mut ready) = (BTreeMap::new(), BTreeMap::new());
    let pods = format!("/api/v1/namespaces/{NAMESPACE}/pods");
    api.wait(&pods, "labelSelector=app%3Dweb", "the end of the chain", |pods| {
        let now = Instant::now();
        for pod in pods {
            let name = pod["metadata"]["name"].as_str().unwrap_or_default().to_owned();
            let is_leaving = !pod["metadata"]["deletionTimestamp"].is_null();
            if is_leaving {
                leaving.entry(name).or_insert(now);
            } else if is_true(pod, "Ready") && pod["spec"]["nodeName"] != NODE {
                ready.entry(name).or_insert(now);
            }
        }
        ready.len() == 10
    })?;
    let mut leaving: Vec<Instant> = leaving.into_values().collect();
    let mut ready: Vec<Instant> = ready.into_values().collect();
    leaving.sort_unstable();
    ready.sort_unstable();
    // The first pod leaves without a replacement before it.
    Ok(leaving
        .iter()
        .skip(1)
        .zip(&ready)
        .map(|(leaving, ready)| leaving.saturating_duration_since(*ready))
        .collect())
}
