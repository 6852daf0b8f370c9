//! `drain-safe plan` of one node, on clusters of several sizes.

use std::{
    env, thread,
    time::{Duration, Instant},
};

use cluster::{Api, Cluster, Options};
use serde_json::json;
use shared::{Error, Result, output::Printer};

use super::{
    binaries,
    demands::{Demand, Demands},
    fill::in_parallel,
    measure::{Contestant, measure},
    report,
};

/// A plan may take so many times what it takes to read the same lists and not look at them.
const FLOORS: f64 = 1.5;

/// How many pods are not many, and the megabytes that a plan may then hold, and otherwise.
const SMALL: usize = 10_000;
const SMALL_PEAK: u64 = 200;
const PEAK: u64 = 1000;

/// How many pods each workload has, and with them its budget.
const REPLICAS: usize = 20;

/// How long the disruption controller may take to count for every budget.
const COUNTED: Duration = Duration::from_secs(600);

/// How many workloads each namespace has. The disruption controller looks through the pods of a namespace for each
/// budget, so that one namespace with everything would keep it busy for hours.
const WORKLOADS: usize = 50;

/// Measures a plan beside the floor on clusters of so many nodes.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(sizes: &[usize], pods_per_node: usize, runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-drain_safe"])?;
    let said = |error: cluster::Error| Error::new(error.to_string());
    let mut demands = Demands::default();
    for nodes in sizes {
        let cluster = Cluster::start(Options {
            nodes: false,
            // Pods by the hundred thousand are more than the control plane of tests keeps.
            etcd_flags: vec!["--quota-backend-bytes=4294967296".into()],
            // Nobody but the disruption controller and what a start waits for: the pods have owners that are not there.
            controller_manager_flags: vec![
                "--controllers=disruption-controller,resourcequota-controller,serviceaccount-controller"
                    .into(),
                "--kube-api-qps=2000".into(),
                "--kube-api-burst=2000".into(),
            ],
            heap_growth: 100,
            ..Options::default()
        })
        .map_err(said)?;
        let pods = nodes * pods_per_node;
        printer.note(format!("making {nodes} nodes and {pods} pods"));
        let api = cluster.api();
        let workloads = pods.div_ceil(REPLICAS);
        in_parallel(api, workloads.div_ceil(WORKLOADS), make_namespace).map_err(said)?;
        in_parallel(api, *nodes, node).map_err(said)?;
        in_parallel(api, pods, |api, number| pod(api, number, *nodes)).map_err(said)?;
        // After the pods: the disruption controller would count again at each of them.
        in_parallel(api, workloads, budget).map_err(said)?;
        wait_for_budgets(api).map_err(said)?;
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
        let myself = env::current_exe().map_err(|error| Error::new(format!("can't find myself: {error}")))?;
        let ours = || folder.join("kubectl-drain_safe");
        let lists = ["floor", "/api/v1/nodes", "/api/v1/pods", "/apis/policy/v1/poddisruptionbudgets"];
        let line = ["plan", "node-00000", "--allow-partial", "-o", "json", "--single-replica=evict"];
        let contestants = [
            contestant("kubectl-drain_safe plan NODE", ours(), &line),
            contestant("raw paged JSON of the same lists, unparsed", myself, &lists),
        ];
        let measured = measure(&contestants, runs)?;
        report::show(&format!("{nodes} nodes, {pods} pods"), &measured, printer)?;
        if let [plan, floor] = measured.as_slice() {
            demands.push(Demand::at_most(plan, floor, FLOORS));
            demands.push(Demand::peak_at_most(plan, if pods <= SMALL { SMALL_PEAK } else { PEAK }));
        }
    }
    demands.show(printer)
}

/// Waits until the disruption controller has counted for each budget.
fn wait_for_budgets(api: &Api) -> cluster::Result<()> {
    let deadline = Instant::now() + COUNTED;
    loop {
        let list = api.get("/apis/policy/v1/poddisruptionbudgets")?;
        let budgets = list["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        if budgets.iter().all(|budget| budget["status"]["observedGeneration"].is_i64()) {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(cluster::Error::new("the disruption controller did not get round to every budget"));
        }
        thread::sleep(Duration::from_secs(1));
    }
}

fn make_namespace(api: &Api, number: usize) -> cluster::Result<()> {
    let name = namespace(number * WORKLOADS);
    api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}))?;
    let account = format!("/api/v1/namespaces/{name}/serviceaccounts/default");
    api.wait_for(&account, "a service account", |_| true).map(drop)
}

/// Returns the namespace of a workload.
fn namespace(workload: usize) -> String {
    format!("shop-{:03}", workload / WORKLOADS)
}

fn node(api: &Api, number: usize) -> cluster::Result<()> {
    let name = format!("node-{number:05}");
    let amounts = json!({"cpu": "32", "memory": "128Gi", "pods": "110", "ephemeral-storage": "100Gi"});
    let labels = json!({
        "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
        "topology.kubernetes.io/zone": format!("zone-{}", number % 3),
    });
    let node = json!({
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels},
        "status": {
            "capacity": amounts, "allocatable": amounts,
            "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady"}],
        },
    });
    api.create(&node).map(drop)
}

fn budget(api: &Api, number: usize) -> cluster::Result<()> {
    let selector = json!({"matchLabels": {"app": format!("app-{number:05}")}});
    let budget = json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": {"name": format!("app-{number:05}"), "namespace": namespace(number)},
        "spec": {"minAvailable": 10, "selector": selector},
    });
    api.create(&budget).map(drop)
}

/// Makes a pod of a workload whose pods are on as many nodes, and says what its kubelet would.
fn pod(api: &Api, number: usize, nodes: usize) -> cluster::Result<()> {
    let app = format!("app-{:05}", number / REPLICAS);
    let namespace = namespace(number / REPLICAS);
    let name = format!("{app}-{number:06}");
    let resources = json!({"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "1Gi"}});
    let variables: Vec<_> =
        (0..12).map(|index| json!({"name": format!("SETTING_{index}"), "value": "x".repeat(40)})).collect();
    let owner = json!({
        "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": app, "controller": true,
        "uid": "00000000-0000-0000-0000-000000000000",
    });
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": name, "namespace": namespace, "labels": {"app": app, "pod-template-hash": "5d4b7c9f8d"},
            "annotations": {"checksum/config": "0".repeat(64)}, "ownerReferences": [owner],
        },
        "spec": {
            "nodeName": format!("node-{:05}", number % nodes),
            "containers": [{"name": "app", "image": "registry.example.com/app:1", "resources": resources, "env": variables}],
        },
    });
    api.create(&pod)?;
    let status = json!({"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}});
    api.merge_patch(&format!("/api/v1/namespaces/{namespace}/pods/{name}/status"), &status).map(drop)
}
