//! A workload that runs, the rules that come then, and the updates.

use serde_json::{Map, Value, json};
use support::{Random, TestEnv, cluster, complete_namespace, fresh_namespace};

use super::{
    super::{POOL, advice_followed::wait_until_enforced, observation::eventually},
    state::{amount, is_at_rest, is_complete, live, milli, used},
};
use crate::{
    objects::{batch, limit_range, on_nodes_of, quota, template, with_grace, workload},
    support::count_again,
};

/// So often a workload that is stuck looks the same.
const UNCHANGED: u32 = 15;

/// The name of the workload.
pub const NAME: &str = "app";

/// A workload that runs, the rules that come then, and the updates.
pub struct Scenario {
    pub namespace: String,
    pub before: Value,
    /// An update under the rules that comes before the one in question: it may be stuck half way.
    pub between: Option<Value>,
    pub after: Value,
    /// How much more than what is used each quota key allows.
    extra: Vec<(&'static str, i64)>,
    limit_range: Option<Value>,
}

fn pods(random: &mut Random) -> Value {
    let mut requests = json!({"cpu": random.pick(&["50m", "100m", "150m"])});
    if random.percent(80) {
        requests["memory"] = json!(random.pick(&["32Mi", "64Mi"]));
    }
    let mut pods = with_grace(on_nodes_of(POOL, template(NAME, &requests)), 0);
    pods["spec"]["containers"][0]["image"] = json!("app:1");
    pods
}

fn created(random: &mut Random, namespace: &str) -> Value {
    let replicas = 1 + random.below(4);
    match random.below(12) {
        0..5 => {
            let mut web = workload("Deployment", namespace, NAME, replicas, pods(random));
            web["spec"]["progressDeadlineSeconds"] = json!(4);
            match random.below(5) {
                0 => web["spec"]["strategy"] = json!({"type": "Recreate"}),
                1 => {
                    web["spec"]["strategy"] =
                        json!({"rollingUpdate": {"maxSurge": "50%", "maxUnavailable": 0}})
                }
                2 | 3 => {
                    let rolling = json!({"maxSurge": random.below(3), "maxUnavailable": 1 + random.below(2)});
                    web["spec"]["strategy"] = json!({"rollingUpdate": rolling});
                }
                _ => {}
            }
            web
        }
        5..8 => {
            let mut set = workload("StatefulSet", namespace, NAME, replicas, pods(random));
            if random.percent(40) {
                set["spec"]["podManagementPolicy"] = json!("Parallel");
            }
            if random.percent(20) {
                set["spec"]["ordinals"] = json!({"start": 2});
            }
            if random.percent(20) {
                set["spec"]["updateStrategy"] = json!({"rollingUpdate": {"partition": 1}});
            }
            set
        }
        8 => {
            let mut daemon = workload("DaemonSet", namespace, NAME, 0, pods(random));
            if random.percent(50) {
                let rolling = json!({"maxSurge": 1, "maxUnavailable": 0});
                daemon["spec"]["updateStrategy"] = json!({"rollingUpdate": rolling});
            }
            daemon
        }
        9 => workload("ReplicaSet", namespace, NAME, replicas, pods(random)),
        _ => {
            // A Job's pods would end on a node.
            let mut pods = pods(random);
            pods["spec"]["nodeSelector"] = json!({"for": "nobody"});
            pods["spec"]["restartPolicy"] = json!("Never");
            let spec = json!({"suspend": true, "parallelism": replicas, "completions": 4, "template": pods});
            batch("Job", namespace, NAME, &spec)
        }
    }
}

/// Changes the template, the replicas, or both.
fn updated(random: &mut Random, present: &Value, image: &str) -> Value {
    let mut next = present.clone();
    let kind = present["kind"].as_str().expect("a kind");
    if kind == "Job" {
        next["spec"]["suspend"] = json!(false);
        return next;
    }
    let is_new_template = kind == "DaemonSet" || (kind != "ReplicaSet" && random.percent(80));
    if is_new_template {
        let container = &mut next["spec"]["template"]["spec"]["containers"][0];
        container["image"] = json!(image);
        match random.below(10) {
            0..5 => {
                container["resources"]["requests"]["cpu"] = json!(random.pick(&["150m", "200m", "300m"]));
            }
            5 => container["resources"]["requests"]["cpu"] = json!("20m"),
            6 => container["resources"]["requests"]["memory"] = json!("96Mi"),
            _ => {}
        }
    }
    let replicas = present["spec"]["replicas"].as_u64().unwrap_or(0);
    if kind != "DaemonSet" {
        next["spec"]["replicas"] = match random.below(10) {
            0..4 if is_new_template => json!(replicas),
            4 if is_new_template => json!(replicas.saturating_sub(1).max(1)),
            _ => json!(replicas + 1 + random.number_below(2)),
        };
    }
    next
}

/// Makes up a scenario.
pub fn scenario(random: &mut Random) -> Scenario {
    let namespace = fresh_namespace("updates");
    let before = created(random, &namespace);
    let kind = before["kind"].as_str().expect("a kind").to_owned();
    let can_stop = kind == "Deployment" || kind == "StatefulSet";
    let between = (can_stop && random.percent(40)).then(|| updated(random, &before, "app:2"));
    let mut after = updated(random, between.as_ref().unwrap_or(&before), "app:3");
    if between.is_some() && random.percent(25) {
        // Back to where it came from.
        after["spec"]["template"] = before["spec"]["template"].clone();
    }
    let mut extra = Vec::new();
    if random.percent(60) {
        extra.push(("pods", i64::from(random.percent(40))));
    }
    if random.percent(60) || extra.is_empty() {
        extra.push(("requests.cpu", random.pick(&[0, 0, 50, 100, -20])));
    }
    // One that says nothing of memory is refused under such a quota, and its earlier pods are not counted.
    if random.percent(30) {
        extra.push(("requests.memory", random.pick(&[0, 32, 64])));
    }
    match kind.as_str() {
        "Deployment" if random.percent(25) => {
            extra.push(("count/replicasets.apps", i64::from(random.percent(30))))
        }
        "StatefulSet" | "DaemonSet" if between.is_none() && random.percent(25) => {
            extra.push(("count/controllerrevisions.apps", i64::from(random.percent(30))));
        }
        _ => {}
    }
    let item = match random.below(8) {
        0 => Some(json!({"type": "Container", "max": {"cpu": "120m"}})),
        1 => Some(json!({"type": "Container", "min": {"cpu": "40m"}})),
        2 => Some(json!({"type": "Pod", "max": {"memory": "80Mi"}})),
        _ => None,
    };
    let limit_range = item.map(|item| limit_range(&namespace, "bounds", &item));
    Scenario { namespace, before, between, after, extra, limit_range }
}

/// Waits until the quota has counted what there is.
fn settle(scenario: &Scenario) {
    let namespace = &scenario.namespace;
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/q");
    let is_counted = eventually(|| {
        let status = cluster().api().get(&path).expect("the quota")["status"].clone();
        let counts = |(key, _): &(&str, i64)| milli(&status["used"][*key]) == used(namespace, key);
        let is_counted = scenario.extra.iter().all(counts);
        if !is_counted {
            count_again(namespace, "q");
        }
        is_counted
    });
    assert!(is_counted, "{}", scenario.report());
}

/// Applies an object as kubectl does.
pub fn apply(env: &TestEnv, object: &Value, about: &str) {
    let mut output = env.command("kubectl", ["apply", "-f", "-"]).stdin(object.to_string()).run();
    // The LimitRanges that admission knows are those of a moment ago.
    eventually(|| {
        if output.status != Some(0) {
            output = env.command("kubectl", ["apply", "-f", "-"]).stdin(object.to_string()).run();
        }
        output.status == Some(0)
    });
    assert_eq!(output.status, Some(0), "{about}\n{output}");
}

impl Scenario {
    /// Returns everything that is needed to see for oneself.
    pub fn report(&self) -> String {
        let objects =
            [Some(&self.before), self.between.as_ref(), Some(&self.after), self.limit_range.as_ref()];
        let texts: Vec<_> = objects.into_iter().flatten().map(|object| format!("---\n{object}")).collect();
        format!("{:?}\n{}", self.extra, texts.join("\n"))
    }

    /// Creates the workload, then the rules, then what comes between.
    pub fn set_up(&self, env: &TestEnv) {
        let api = cluster().api();
        complete_namespace(&self.namespace).expect("a namespace");
        apply(env, &self.before, &self.report());
        let is_there = eventually(|| is_complete(&self.before, &self.namespace));
        assert!(is_there, "{}\n{:#}", self.report(), live(&self.before));
        let hard = self.extra.iter().map(|(key, extra)| {
            let scale = match *key {
                "requests.cpu" => 1,
                "requests.memory" => 1024 * 1024 * 1000,
                _ => 1000,
            };
            let hard = (used(&self.namespace, key) + extra * scale).max(0);
            ((*key).to_owned(), Value::from(amount(key, hard)))
        });
        let hard: Map<_, _> = hard.collect();
        api.create(&quota(&self.namespace, "q", &Value::from(hard))).expect("a quota");
        wait_until_enforced(&self.namespace);
        if let Some(range) = &self.limit_range {
            api.create(range).expect("a LimitRange");
        }
        settle(self);
        if let Some(between) = &self.between {
            apply(env, between, &self.report());
            let (mut version, mut unchanged) = (Value::Null, 0);
            let is_at_rest = eventually(|| {
                let now = live(between)["metadata"]["resourceVersion"].clone();
                unchanged = if now == version { unchanged + 1 } else { 0 };
                version = now;
                is_at_rest(between, &self.namespace) && unchanged > UNCHANGED
            });
            assert!(is_at_rest, "{}\n{:#}", self.report(), live(between));
            settle(self);
        }
    }
}
