//! Random clusters, planned and then drained by plain API calls: what the plan promised is what happens.
//!
//! `DRAIN_PLAN_TRIALS=500` makes more clusters, `DRAIN_PLAN_SEED=…` others.
#![expect(clippy::print_stderr, reason = "a random test says what it tried and found")]

use std::{
    collections::BTreeMap,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{Random, cluster, number, seed};

use super::{
    random_cluster::RandomCluster,
    stage::{Stage, fate, plugin, pods},
};

const TRIALS: u64 = 4;
const FLAGS: &str = "--force --delete-emptydir-data --allow-pending";
/// How long a cluster may take to come to rest.
/// The disruption controller forgets a disrupted pod that came back under its name after two minutes.
const PATIENCE: Duration = Duration::from_secs(150);

/// What all trials together showed.
#[derive(Debug, Default)]
struct Tally {
    evictions: usize,
    refused: Vec<String>,
    pending_although_yes: Vec<String>,
    foretold_pending: usize,
    placed_although_no: usize,
    answers: usize,
    unknown: usize,
    messages: usize,
    wrong_messages: Vec<String>,
}

#[test]
fn what_a_plan_promises_happens() {
    let (seed, trials) = (seed("DRAIN_PLAN_SEED"), number("DRAIN_PLAN_TRIALS").unwrap_or(TRIALS));
    eprintln!("DRAIN_PLAN_SEED={seed} DRAIN_PLAN_TRIALS={trials}");
    let mut tally = Tally::default();
    for trial in 0..trials {
        let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(trial));
        carry_out(trial, &mut random, &mut tally);
    }
    eprintln!("{tally:#?}");
    assert_eq!(tally.refused, Vec::<String>::new(), "evictions that the plan promised were refused");
    assert_eq!(tally.pending_although_yes, Vec::<String>::new(), "pods are Pending whose fit was yes");
    assert!(
        tally.placed_although_no * 100 <= tally.foretold_pending,
        "foretold Pending and placed: {tally:?}"
    );
    assert!(tally.unknown * 10 <= tally.answers, "too much is unknown: {tally:?}");
    assert_eq!(tally.wrong_messages, Vec::<String>::new(), "the scheduler said something else");
    assert!(tally.evictions > 0, "nothing was evicted");
}

fn carry_out(trial: u64, random: &mut Random, tally: &mut Tally) {
    let made = RandomCluster::new(random);
    let stage = Stage::new(&made.nodes);
    let api = cluster().api();
    made.classes.iter().for_each(|class| drop(api.create(class).expect("a class")));
    if made.quota.is_some() {
        thread::sleep(Duration::from_millis(50));
    }
    made.quota.iter().chain(&made.workloads).for_each(|object| stage.create(object.clone()));
    made.budgets.iter().for_each(|budget| stage.create(budget.clone()));
    settle(&stage);
    let mut names = made.names.clone();
    random.shuffle(&mut names);
    let drained: Vec<_> = names.into_iter().take(made.drained).collect();
    let line = format!("plan {} {FLAGS} -o json", drained.join(" "));
    let output = stage.run(&line);
    let status = output.status;
    assert!(matches!(status, Some(0 | 3 | 4 | 5)), "{output}");
    let plan = output.json();
    let report = |what: &str| {
        let objects: Vec<_> = made.workloads.iter().chain(&made.budgets).chain(&made.quota).collect();
        let yaml = serde_yaml::to_string(
            &json!({"plan": plan, "objects": objects, "nodes": made.nodes.iter().map(|node| node.to_json()).collect::<Vec<_>>()}),
        );
        eprintln!("trial {trial}, {line}: {what}\n{}", yaml.expect("YAML"));
        format!("trial {trial}: {what}")
    };
    compare_with_dump(&stage, &line, &plan, status, !made.budgets.is_empty());
    let before = waiting(&stage);
    for node in &drained {
        let path = format!("/api/v1/nodes/{node}");
        api.merge_patch(&path, &json!({"spec": {"unschedulable": true}})).expect("a cordon");
    }
    // The scheduler sees the cordon within milliseconds.
    thread::sleep(Duration::from_millis(100));
    let waves = plan["waves"].as_array().expect("waves").len();
    for wave in 1..=waves {
        let mut going: Vec<&Value> = pods(&plan).into_iter().filter(|pod| pod["wave"] == wave).collect();
        random.shuffle(&mut going);
        for pod in going {
            tally.evictions += 1;
            let (status, answer) = evict(pod);
            if status != 201 {
                let name = pod["name"].as_str().unwrap_or_default();
                tally.refused.push(report(&format!("wave {wave}, {name}: {status} {}", answer["message"])));
            }
        }
        settle(&stage);
    }
    judge(&stage, &plan, &before, tally, &report);
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
            let healthy = pods.iter().filter(|pod| {
                pod["metadata"]["labels"]["app"] == budget["spec"]["selector"]["matchLabels"]["app"]
                    && is_ready(pod)
            });
            budget["status"]["observedGeneration"] == budget["metadata"]["generation"]
                && budget["status"]["currentHealthy"] == healthy.count()
        });
        let seen = owners
            .iter()
            .flat_map(|path| list(path))
            .all(|owner| owner["status"]["observedGeneration"] == owner["metadata"]["generation"]);
        let names: Vec<_> =
            pods.iter().map(|pod| format!("{}{}", pod["metadata"]["uid"], pod["spec"]["nodeName"])).collect();
        let state = format!("{decided}{counted}{seen}{names:?}");
        if state != last.0 {
            last = (state, Instant::now());
        }
        // Controllers act within milliseconds of what they see; the scheduler tries again within a second or two.
        let quiet = last.1.elapsed();
        if decided && counted && seen && quiet > Duration::from_millis(1500) {
            return;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "no rest: decided {decided}, counted {counted}, seen {seen}: {pods:#?}"
        );
        thread::sleep(Duration::from_millis(50));
    }
}

fn is_ready(pod: &Value) -> bool {
    let conditions = pod["status"]["conditions"].as_array();
    conditions.into_iter().flatten().any(|one| one["type"] == "Ready" && one["status"] == "True")
}

/// Returns how many pods of each workload wait for a node, with what the scheduler says.
fn waiting(stage: &Stage) -> BTreeMap<String, Vec<String>> {
    let path = format!("/api/v1/namespaces/{}/pods", stage.namespace);
    let list = cluster().api().get(&path).expect("pods");
    let mut waiting: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pod in list["items"].as_array().into_iter().flatten().filter(|pod| pod["spec"]["nodeName"].is_null())
    {
        let conditions = pod["status"]["conditions"].as_array();
        let scheduled = conditions.into_iter().flatten().find(|one| one["type"] == "PodScheduled");
        let message = scheduled.and_then(|one| one["message"].as_str()).unwrap_or_default();
        let head = message.split_once(". ").map_or(message, |(head, _)| head).trim_end_matches('.');
        let app = pod["metadata"]["labels"]["app"].as_str().unwrap_or_default();
        waiting.entry(app.to_owned()).or_default().push(format!("{head}."));
    }
    waiting
}

/// Compares what became of each workload with what the plan foretold.
fn judge(
    stage: &Stage,
    plan: &Value,
    before: &BTreeMap<String, Vec<String>>,
    tally: &mut Tally,
    report: &dyn Fn(&str) -> String,
) {
    let mut foretold: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut messages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pod in pods(plan).into_iter().filter(|pod| !pod["wave"].is_null() && !pod["fits"].is_null()) {
        let owner = pod["owner"]["name"].as_str().unwrap_or_default().to_owned();
        let counts = foretold.entry(owner.clone()).or_default();
        tally.answers += 1;
        match pod["fits"].as_str() {
            Some("yes") => counts[0] += 1,
            Some("no") => {
                counts[1] += 1;
                let reasons = pod["reasons"].as_array().into_iter().flatten();
                let message = reasons
                    .filter(|one| one["code"] == "NoPlace")
                    .map(|one| one["message"].as_str().unwrap_or_default().to_owned());
                messages.entry(owner).or_default().extend(message);
            }
            _ => {
                tally.unknown += 1;
                counts[2] += 1;
                eprintln!("unknown: {}", fate(pod));
            }
        }
    }
    let after = waiting(stage);
    // Victims of preemption are not those of the plan: what then waits was foretold of nobody.
    let preempts = pods(plan).into_iter().any(|pod| fate(pod).contains("Preempts"));
    if preempts {
        return;
    }
    // Which of several workloads takes its places first is the scheduler's choice, and with it what it says to the others.
    let is_certain = foretold.len() == 1 && foretold.values().all(|[_, _, unknown]| *unknown == 0);
    for (owner, [yes, no, unknown]) in foretold {
        let now = after.get(&owner).map_or(0, Vec::len);
        let pending = now.saturating_sub(before.get(&owner).map_or(0, Vec::len));
        tally.foretold_pending += no;
        if pending > no + unknown {
            let what = format!(
                "{owner}: {pending} Pending, foretold yes {yes}, no {no}, unknown {unknown}: {:?}",
                after.get(&owner)
            );
            tally.pending_although_yes.push(report(&what));
        }
        if pending < no {
            tally.placed_although_no += no - pending;
            report(&format!("{owner}: {pending} Pending, foretold no {no}"));
        }
        // Where nothing else moved, the scheduler's sentence is the plan's.
        if is_certain && pending == no {
            for message in messages.get(&owner).into_iter().flatten() {
                tally.messages += 1;
                let said = after.get(&owner).cloned().unwrap_or_default();
                if !said.contains(message) {
                    tally
                        .wrong_messages
                        .push(report(&format!("{owner}: foretold `{message}`, said {said:?}")));
                }
            }
        }
    }
}

/// A dump of the cluster gives the same plan.
fn compare_with_dump(stage: &Stage, line: &str, plan: &Value, status: Option<i32>, has_budgets: bool) {
    if !has_budgets {
        return;
    }
    let kinds =
        "nodes,pods,pdb,deployments,replicasets,statefulsets,namespaces,resourcequotas,limitranges,hpa";
    let dump = plugin().run("kubectl", ["get", kinds, "-A", "-o", "json"]).success();
    let environment = plugin();
    let file = environment.file("dump.json", &dump.stdout);
    let line = format!("drain-safe {line} --from {}", file.display());
    let again = environment.run("kubectl", line.split_whitespace());
    assert_eq!(again.status, status, "{}: {again}", stage.namespace);
    let again = again.json();
    for field in ["nodes", "waves", "capacity", "guards", "hash"] {
        assert_eq!(again[field], plan[field], "{field} of a dump");
    }
}
