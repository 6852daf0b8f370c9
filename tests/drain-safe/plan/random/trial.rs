//! One cluster: made, planned, drained by plain API calls, and judged.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Random, cluster};

use super::{
    cluster::RandomCluster,
    judge::{Before, judge, totals, waiting},
    pause,
    tally::{Fault, FaultKind, Tally},
};
use crate::plan::stage::{Stage, fate, plugin, pods};

const FLAGS: &str = "--force --delete-emptydir-data --allow-pending";
/// How long a cluster may take to come to rest. The disruption controller forgets a disrupted pod that came back under
/// its name after two minutes.
const PATIENCE: Duration = Duration::from_secs(300);

/// Makes a cluster, plans the drain of its nodes, carries the plan out and compares.
pub fn carry_out(made: &RandomCluster, random: &mut Random) -> Tally {
    let mut tally = Tally::default();
    let stage = Stage::new(&made.nodes);
    let api = cluster().api();
    made.classes.iter().for_each(|class| drop(api.create(class).expect("a class")));
    if let Some(quota) = &made.quota {
        stage.create(quota.clone());
        let path = format!("/api/v1/namespaces/{}/resourcequotas/quota", stage.namespace);
        let enforced = |quota: &Value| !quota["status"]["hard"].is_null();
        api.wait_for(&path, "an enforced quota", enforced).expect("a quota");
    }
    made.workloads.iter().chain(&made.budgets).for_each(|object| stage.create(object.clone()));
    settle(&stage);
    let line = format!("plan {} {FLAGS} -o json", made.drained.join(" "));
    let output = stage.run(&line);
    let status = output.status;
    assert!(matches!(status, Some(0 | 3 | 4 | 5)), "{output}");
    let plan = output.json();
    compare_with_dump(&stage, &line, &plan, status, &mut tally);
    let before = Before { waiting: waiting(&stage), totals: totals(&stage) };
    for node in &made.drained {
        let path = format!("/api/v1/nodes/{node}");
        api.merge_patch(&path, &json!({"spec": {"unschedulable": true}})).expect("a cordon");
    }
    // The scheduler sees the cordon within milliseconds.
    pause(100);
    // A promise behind an unknown fit holds if that came up.
    let mut unknown_before = false;
    for wave in 1..=plan["waves"].as_array().expect("waves").len() {
        let mut going: Vec<&Value> = pods(&plan).into_iter().filter(|pod| pod["wave"] == wave).collect();
        random.shuffle(&mut going);
        for pod in &going {
            tally.evictions += 1;
            let (status, answer) = evict(pod);
            // Whoever preempts can take the pods of any budget, also while its own wave goes on.
            let preempts = going.iter().any(|pod| fate(pod).contains("Preempts"));
            match status {
                201 => {}
                _ if unknown_before || preempts => tally.refused_behind_unknown += 1,
                _ => {
                    let name = pod["name"].as_str().unwrap_or_default();
                    let what = format!("wave {wave}, {name}: {status} {}", answer["message"]);
                    tally.faults.push(Fault { kind: FaultKind::Refused, what, plan: plan.clone() });
                }
            }
        }
        settle(&stage);
        let is_unknown = |pod: &&Value| pod["fits"] == "unknown";
        unknown_before |= going.iter().any(is_unknown) && is_missing_some(&stage, &going);
    }
    judge(&stage, &plan, &before, &mut tally);
    tally
}

/// Returns whether a replacement of one of these pods whose fit is unknown is not there, or not on a node.
fn is_missing_some(stage: &Stage, going: &[&Value]) -> bool {
    let waiting = waiting(stage);
    going.iter().filter(|pod| pod["fits"] == "unknown").any(|pod| {
        let owner = pod["owner"]["name"].as_str().unwrap_or_default();
        fate(pod).contains("Preempts") || fate(pod).contains("Quota") || waiting.contains_key(owner)
    })
}

fn evict(pod: &Value) -> (u16, Value) {
    let (namespace, name) = (pod["namespace"].as_str().expect("x"), pod["name"].as_str().expect("x"));
    let body = json!({
        "apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": name, "namespace": namespace},
        "deleteOptions": {"preconditions": {"uid": pod["uid"]}},
    });
    let path = format!("/api/v1/namespaces/{namespace}/pods/{name}/eviction");
    let answer = cluster().api().request("POST", &path, None, Some(&body)).expect("an answer");
    (answer.status, answer.body)
}

/// Waits until nothing happens anymore: no pod is on its way out or undecided, and budgets have counted what there is.
fn settle(stage: &Stage) {
    let api = cluster().api();
    let path = format!("/api/v1/namespaces/{}/pods", stage.namespace);
    let budgets = format!("/apis/policy/v1/namespaces/{}/poddisruptionbudgets", stage.namespace);
    let quotas = format!("/api/v1/namespaces/{}/resourcequotas", stage.namespace);
    let owners = ["deployments", "replicasets", "statefulsets"]
        .map(|kind| format!("/apis/apps/v1/namespaces/{}/{kind}", stage.namespace));
    let began = Instant::now();
    let mut last = (String::new(), Instant::now());
    loop {
        let list =
            |path: &str| api.get(path).expect("a list")["items"].as_array().cloned().unwrap_or_default();
        let pods = list(&path);
        let decided = pods.iter().all(|pod| {
            let scheduled = !pod["spec"]["nodeName"].is_null();
            let refused = pod["status"]["conditions"].to_string().contains("Unschedulable");
            pod["metadata"]["deletionTimestamp"].is_null()
                && (refused || scheduled && pod["status"]["phase"] != "Pending")
        });
        let budgets = list(&budgets);
        let app = |budget: &Value| budget["spec"]["selector"]["matchLabels"]["app"].clone();
        // Of several budgets over the same pods the controller hears of changes for the first only (`getPdbForPod`).
        let lone = |budget: &&Value| budgets.iter().filter(|other| app(other) == app(budget)).count() == 1;
        let counted = budgets.iter().filter(lone).all(|budget| {
            let healthy =
                pods.iter().filter(|pod| pod["metadata"]["labels"]["app"] == app(budget) && is_ready(pod));
            budget["status"]["observedGeneration"] == budget["metadata"]["generation"]
                && budget["status"]["currentHealthy"] == healthy.count()
        });
        let seen = owners
            .iter()
            .flat_map(|path| list(path))
            .all(|owner| owner["status"]["observedGeneration"] == owner["metadata"]["generation"]);
        // A controller that a quota has refused often tries again after many seconds.
        let awaited = has_room(&list(&quotas))
            && owners.iter().skip(1).flat_map(|path| list(path)).any(|owner| lacks_pods(&owner));
        let names: Vec<_> =
            pods.iter().map(|pod| format!("{}{}", pod["metadata"]["uid"], pod["spec"]["nodeName"])).collect();
        let state = format!("{decided}{counted}{seen}{awaited}{names:?}");
        if state != last.0 {
            last = (state, Instant::now());
        }
        // Controllers act within milliseconds of what they see; the scheduler tries again within a second or two.
        let quiet = last.1.elapsed();
        if decided && counted && seen && !awaited && quiet > Duration::from_millis(1500) {
            return;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "no rest: decided {decided}, counted {counted}, seen {seen}, awaited {awaited}: {pods:#?}"
        );
        pause(50);
    }
}

/// Returns whether there is a quota, and all of them admit a pod more.
fn has_room(quotas: &[Value]) -> bool {
    let amount = |value: &Value| value.as_str().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    let admits = |quota: &Value| {
        let hard = quota["status"]["hard"].as_object();
        hard.into_iter().flatten().all(|(key, hard)| amount(&quota["status"]["used"][key]) < amount(hard))
    };
    !quotas.is_empty() && quotas.iter().all(admits)
}

/// Returns whether a ReplicaSet or a StatefulSet has fewer pods than it wants.
fn lacks_pods(owner: &Value) -> bool {
    owner["status"]["replicas"].as_u64().unwrap_or(0) < owner["spec"]["replicas"].as_u64().unwrap_or(1)
}

fn is_ready(pod: &Value) -> bool {
    cluster::api::is_true(pod, "Ready")
}

/// A dump of the cluster gives the same plan.
fn compare_with_dump(stage: &Stage, line: &str, plan: &Value, status: Option<i32>, tally: &mut Tally) {
    let kinds =
        "nodes,pods,pdb,deployments,replicasets,statefulsets,namespaces,resourcequotas,limitranges,hpa";
    let dump = plugin().run("kubectl", ["get", kinds, "-A", "-o", "json"]).success().stdout;
    let again = stage.run_on(&dump, line);
    let mut differs = |what: String| {
        tally.faults.push(Fault { kind: FaultKind::Dump, what, plan: plan.clone() });
    };
    if again.status != status {
        return differs(format!("exits {status:?} on the cluster and {:?} on its dump", again.status));
    }
    let document = again.json();
    for field in ["nodes", "waves", "capacity", "guards", "hash"] {
        if document[field] != plan[field] {
            differs(format!("{field} of a dump: {}", document[field]));
        }
    }
}
