//! One random life of a Service on the bed.

use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use ::support::{TestEnv, executable};
use aws::LoadBalancer;
use serde_json::Value;

use super::{observe::Seen, state::State};
use crate::bed::bed;

/// So long targets may take to be registered.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a number of trials came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Report {
    /// Services that were created or changed.
    pub steps: usize,
    /// Steps whose plan had a doubt.
    pub doubted: usize,
    /// Steps that a controller gave up on, as foretold.
    pub stopped: usize,
    /// Services that nobody acted on, as foretold.
    pub left: usize,
    /// Changes that the API server refused.
    pub refused: usize,
}

impl Report {
    /// Adds another one.
    pub fn add(&mut self, other: Self) {
        self.steps += other.steps;
        self.doubted += other.doubted;
        self.stopped += other.stopped;
        self.left += other.left;
        self.refused += other.refused;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} Services created or changed, {} of them stopped and {} left by all controllers, {} with a doubt; {} refused by the API server",
            self.steps, self.stopped, self.left, self.doubted, self.refused
        )
    }
}

/// Lets a Service live through its history. An error tells how the controllers and `plan` differ.
pub fn run(history: &[State]) -> Result<Report, String> {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let name = format!("web-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let namespace = bed().fresh_namespace("random").map_err(|error| error.to_string())?;
    let env = TestEnv::on(bed().cluster()).program(executable("kubectl-elb_tls"));
    let mut report = Report::default();
    let mut outcome = Ok(());
    let mut applied: Option<&State> = None;
    for state in history {
        match step(&env, &namespace, &name, applied, state) {
            Ok(Some(step)) => {
                applied = Some(state);
                report.add(step.report);
                if step.ends {
                    break;
                }
            }
            Ok(None) => report.refused += 1,
            Err(wrong) => {
                outcome = Err(wrong);
                break;
            }
        }
    }
    if applied.is_some() || outcome.is_err() {
        let path = format!("/api/v1/namespaces/{namespace}/services/{name}");
        let _ = bed().cluster().api().delete(&path);
        let _ = bed().cluster().api().wait_until_gone(&path);
    }
    bed().aws().forget(&namespace, &name);
    outcome.map(|()| report)
}

/// A step that went as foretold.
struct Step {
    report: Report,
    /// Whether what is in AWS now can't be told from the object any more.
    ends: bool,
}

/// Foretells a step, takes it, and compares. None if the API server refuses it.
fn step(
    env: &TestEnv,
    namespace: &str,
    name: &str,
    before: Option<&State>,
    state: &State,
) -> Result<Option<Step>, String> {
    let manifest = state.manifest(namespace, name);
    let output = env
        .command("kubectl-elb_tls", ["plan", "-f", "-", "-o", "json", "-n", namespace])
        .stdin(manifest.to_string())
        .run();
    let checked = env
        .command("kubectl-elb_tls", ["check", "-f", "-", "-o", "json", "-n", namespace])
        .stdin(manifest.to_string())
        .run();
    let api = bed().cluster().api();
    let moment = bed().moment();
    let path = format!("/api/v1/namespaces/{namespace}/services");
    let answer = match before {
        None => api.request("POST", &path, None, Some(&state.created(namespace, name))),
        Some(before) => {
            let patch = state.patch(before);
            api.request(
                "PATCH",
                &format!("{path}/{name}"),
                Some("application/merge-patch+json"),
                Some(&patch),
            )
        }
    };
    let answer = answer.map_err(|error| error.to_string())?;
    if answer.status >= 300 {
        return Ok(None);
    }
    let mut seen = Seen::after(moment, &answer.body)?;
    if seen.is_premature() {
        seen = Seen::after(bed().moment(), &answer.body)?;
    }
    if !matches!(output.status, Some(0 | 3)) {
        return Err(format!(
            "plan ended with {:?}: {}{}\n{seen}",
            output.status, output.stdout, output.stderr
        ));
    }
    let plan: Value = serde_json::from_str(&output.stdout).map_err(|error| error.to_string())?;
    let stops = output.status == Some(3);
    let known: Vec<_> =
        before.into_iter().flat_map(|before| &before.ports).map(|port| port.name.as_str()).collect();
    let new = state.ports.iter().filter(|port| !known.contains(&port.name.as_str())).map(|port| port.port);
    let new: Vec<_> = new.collect();
    if seen.failed() && checked.status != Some(3) {
        return Err(format!("a controller gave up, and check did not warn\ncheck: {checked}\nseen:\n{seen}"));
    }
    let mut differences = differences(&plan, stops, &seen, &new);
    // aws-load-balancer-controller registers targets after it has told that it is done.
    let start = Instant::now();
    while !differences.is_empty() && start.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(50));
        seen.look_again(namespace, name);
        differences = self::differences(&plan, stops, &seen, &new);
    }
    let has_doubt = plan["doubts"].as_array().is_some_and(|doubts| !doubts.is_empty());
    if !differences.is_empty() && !has_doubt {
        return Err(format!("{}\nforetold:\n{plan:#}\nseen:\n{seen}", differences.join("\n")));
    }
    let count = |condition: bool| usize::from(condition);
    let report = Report {
        steps: 1,
        doubted: count(has_doubt),
        stopped: count(seen.failed()),
        left: count(seen.is_left()),
        refused: 0,
    };
    let ends = seen.failed() || before.is_some_and(|before| is_forgotten(before, state, &plan));
    Ok(Some(Step { report, ends }))
}

/// Whether AWS keeps what the object said before and says no more: a policy that is removed stays on the load balancers of
/// aws-cloud-controller-manager, and the scheme stays whatever becomes of `internal`. Where a Service goes from
/// aws-load-balancer-controller to the other one, the first goes on taking the hostname out of its status.
fn is_forgotten(before: &State, state: &State, plan: &Value) -> bool {
    let kind = plan["controller"]["kind"].as_str().unwrap_or_default();
    let removed = |key: &str| before.annotations.contains_key(key) && !state.annotations.contains_key(key);
    let changed = |key: &str| before.annotations.get(key) != state.annotations.get(key);
    match kind {
        "classic" | "nlb-in-tree" => {
            removed("ssl-negotiation-policy") || changed("internal") || plan["previousController"] == "lbc"
        }
        _ => false,
    }
}

fn differences(plan: &Value, stops: bool, seen: &Seen, new: &[i64]) -> Vec<String> {
    let kind = plan["controller"]["kind"].as_str().unwrap_or_default();
    let mut differences = Vec::new();
    if kind == "none" {
        if !seen.is_left() {
            differences.push("nobody was to act, and a controller did".to_owned());
        }
        return differences;
    }
    if seen.is_left() {
        differences.push(format!("{kind} was to act, and nobody did"));
    }
    if stops != seen.failed() {
        let wrong =
            if stops { "the sync was to stop, and went on" } else { "the sync was to go on, and stopped" };
        differences.push(wrong.to_owned());
    }
    let balancer = seen.balancer_of(kind);
    let foretold = sorted(plan["after"].as_array().cloned().unwrap_or_default());
    let made = balancer.map(listeners).unwrap_or_default();
    let pods: Vec<_> = balancer.iter().flat_map(|balancer| &balancer.ports_of_pods).copied().collect();
    if !agree(&foretold, &made, new, &pods) {
        differences.push("the listeners are others than foretold".to_owned());
    }
    if let Some(balancer) = balancer
        && plan["scheme"] != balancer.scheme
    {
        differences.push(format!("the scheme is {}, and {} was foretold", balancer.scheme, plan["scheme"]));
    }
    differences
}

fn listeners(balancer: &LoadBalancer) -> Vec<Value> {
    let listeners =
        balancer.listeners.iter().map(|listener| serde_json::to_value(listener).expect("a listener"));
    sorted(listeners.collect())
}

fn sorted(mut listeners: Vec<Value>) -> Vec<Value> {
    listeners.sort_by_key(|listener| listener["port"].as_i64());
    listeners
}

/// Node ports of new ports are not known before they are allocated, and the ports of pods are not seen without pods.
fn agree(foretold: &[Value], made: &[Value], new: &[i64], pods: &[i64]) -> bool {
    let pairs = || foretold.iter().zip(made);
    let without_port = |listener: &Value| {
        let mut listener = listener.clone();
        listener["backend"]["port"] = Value::Null;
        listener
    };
    foretold.len() == made.len()
        && pairs().all(|(foretold, made)| {
            let port = &foretold["backend"]["port"];
            let is_of = |ports: &[i64]| ports.iter().any(|port| made["port"] == *port);
            let same_port = *port == made["backend"]["port"] || is_of(pods) || (port.is_null() && is_of(new));
            same_port && without_port(foretold) == without_port(made)
        })
}
