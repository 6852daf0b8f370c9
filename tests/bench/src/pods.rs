//! `quota verify -A` and `quota who -A` on a cluster of many pods.

use std::{
    env,
    time::{Duration, Instant},
};

use cluster::{Api, Cluster, Options};
use serde_json::{Value, json};
use shared::{Error, Result, output::Printer};

use super::{
    binaries,
    demands::{Demand, Demands},
    fill::in_parallel,
    measure::{Contestant, measure, once},
    report,
};

/// Pods a namespace.
const PODS: usize = 50;

/// A table may take as long as it takes to read the pods as JSON and not look at them.
const FLOORS: f64 = 1.0;

/// kubectl takes at least so many times what ours takes.
const KUBECTLS: f64 = 3.0;

/// Beyond so many pods, kubectl needs more memory than machines have.
const MOST_FOR_KUBECTL: usize = 20_000;

/// How long the quota controller may take to count everything.
const COUNTED: Duration = Duration::from_secs(300);

/// Measures ours, kubectl's and the floor on the same cluster.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(pods: usize, runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-quota"])?;
    let said = |error: cluster::Error| Error::new(error.to_string());
    let flags = [
        "--kube-api-qps=2000",
        "--kube-api-burst=2000",
        // The owners of these pods do not exist. A start waits for both.
        "--controllers=resourcequota-controller,serviceaccount-controller",
    ];
    let cluster = Cluster::start(Options {
        nodes: false,
        quota_sync_period: Some(Duration::from_secs(24 * 3600)),
        controller_manager_flags: flags.map(str::to_owned).to_vec(),
        api_server_flags: vec!["--disable-admission-plugins=ServiceAccount".into()],
        ..Options::default()
    })
    .map_err(said)?;
    let namespaces = pods.div_ceil(PODS);
    printer.note(format!("making {} pods in {namespaces} namespaces with a quota each", namespaces * PODS));
    in_parallel(cluster.api(), namespaces, fill_one).map_err(said)?;
    in_parallel(cluster.api(), namespaces, add_quota).map_err(said)?;

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
    let mut contestants = vec![
        contestant("kubectl-quota verify -A", ours(), &["verify", "-A"]),
        contestant("kubectl-quota who -A", ours(), &["who", "-A"]),
        contestant("kubectl-quota who -A --pods -o json", ours(), &["who", "-A", "--pods", "-o", "json"]),
        contestant("raw paged JSON, unparsed", myself, &["floor", "/api/v1/pods"]),
    ];
    if pods <= MOST_FOR_KUBECTL {
        contestants.push(contestant(
            "kubectl get pods -A -o json",
            kubectl(),
            &["get", "pods", "-A", "-o", "json"],
        ));
    }
    // Counting starts when the quotas are made, and drift makes ours fail.
    let deadline = Instant::now() + COUNTED;
    while let Some(first) = contestants.first()
        && let Err(error) = once(first, 0)
    {
        if Instant::now() > deadline {
            return Err(error);
        }
    }
    let measured = measure(&contestants, runs)?;
    report::show(&format!("{} pods under {namespaces} quotas", namespaces * PODS), &measured, printer)?;
    let mut demands = Demands::default();
    if let [verify, who, _, floor, rest @ ..] = measured.as_slice() {
        demands.push(Demand::at_most(verify, floor, FLOORS));
        demands.push(Demand::at_most(who, floor, FLOORS));
        if let [kubectl] = rest {
            demands.faster(verify, Some(kubectl), KUBECTLS);
            demands.faster(who, Some(kubectl), KUBECTLS);
        }
    }
    demands.show(printer)
}

/// A namespace with pods as large as real ones.
fn fill_one(api: &Api, number: usize) -> cluster::Result<()> {
    let namespace = format!("team-{number:05}");
    api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}))?;
    (0..PODS).try_for_each(|index| api.create(&pod(&namespace, index)).map(drop))
}

fn add_quota(api: &Api, number: usize) -> cluster::Result<()> {
    let hard = json!({
        "requests.cpu": "800", "requests.memory": "1600Gi", "limits.cpu": "1600", "limits.memory": "3200Gi",
        "pods": "500", "count/pods": "500",
    });
    let metadata = json!({"name": "compute", "namespace": format!("team-{number:05}")});
    let quota =
        json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": {"hard": hard}});
    api.create(&quota).map(drop)
}

/// A pod of one of ten ReplicaSets, with two containers.
fn pod(namespace: &str, index: usize) -> Value {
    let set = format!("web-{}-6d4cf56db6", index % 10);
    let variables: Vec<_> = (0..12)
        .map(|one| json!({"name": format!("SETTING_{one}"), "value": "a value of some length"}))
        .collect();
    let container = |name: &str, cpu: &str| {
        json!({
            "name": name, "image": "registry.example.com/team/application:1.2.3", "env": variables,
            "resources": {"requests": {"cpu": cpu, "memory": "256Mi"}, "limits": {"cpu": "1", "memory": "512Mi"}},
            "livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}},
            "readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}},
        })
    };
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": format!("{set}-{index:03}"), "namespace": namespace,
            "labels": {"app": "web", "pod-template-hash": "6d4cf56db6", "team": namespace},
            "ownerReferences": [{
                "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": set, "uid": format!("{index:08}-0000-0000-0000-000000000000"),
                "controller": true, "blockOwnerDeletion": true,
            }],
        },
        "spec": {"containers": [container("app", "250m"), container("proxy", "50m")], "schedulerName": "nobody"},
    })
}
