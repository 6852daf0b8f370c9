//! A random namespace as a dump: rules, workloads in a state that their controllers come to, and everything they made.

use serde_json::{Map, Value, json};
use shared::{admission::quota_facts::QuotaFacts, manifest::kinds::Kinds, snapshot::ClusterSnapshot};
use support::{Random, TestEnv};

use super::{pods::Pods, workloads};
use crate::objects::{limit_range, list, quota};

/// The name of the namespace.
pub const TEAM: &str = "team";

/// A name of a quota key, one unit of it, and how likely a quota has it.
const KEYS: &[(&str, i64, usize)] = &[
    ("pods", 1_000, 45),
    ("count/pods", 1_000, 10),
    ("requests.cpu", 50, 45),
    ("cpu", 50, 8),
    ("requests.memory", 32 << 20, 20),
    ("limits.cpu", 100, 8),
    ("limits.memory", 64 << 20, 8),
    ("persistentvolumeclaims", 1_000, 20),
    ("requests.storage", 512 << 20, 15),
    ("count/replicasets.apps", 1_000, 20),
    ("count/controllerrevisions.apps", 1_000, 20),
    ("count/jobs.batch", 1_000, 15),
    ("count/deployments.apps", 1_000, 8),
];

/// The keys that a quota with a scope may have, and those of them that one for `BestEffort` may have.
const OF_PODS: &[&str] = &["pods", "requests.cpu", "requests.memory"];

/// A namespace.
#[derive(Clone)]
pub struct Namespace {
    /// All objects but the quotas.
    pub objects: Vec<Value>,
    pub quotas: Vec<Value>,
    /// The workloads that are asked about, the first one in depth.
    pub subjects: Vec<Value>,
}

impl Namespace {
    /// Makes one up.
    pub fn new(random: &mut Random, env: &TestEnv) -> Self {
        let ranges: Vec<Value> = limits(random).into_iter().collect();
        let mut pods = Pods::new(random, ranges.first());
        let mut subjects = Vec::new();
        for index in 0..1 + random.below(3) {
            subjects.push(workloads::workload(random, &mut pods, &format!("w{index}")));
        }
        let mut objects = vec![
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": TEAM}}),
            json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": TEAM}}),
            json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "high"}, "value": 1000}),
        ];
        objects.extend(ranges);
        objects.extend(pods.objects);
        let mut namespace = Self { objects, quotas: Vec::new(), subjects };
        namespace.quotas = (0..1 + random.below(2)).map(|index| limits_of(random, index)).collect();
        namespace.fill(random, env);
        namespace
    }

    /// Gives the quotas what is used, and limits around it.
    fn fill(&mut self, random: &mut Random, env: &TestEnv) {
        let facts = |quota: &Value| {
            let quota = serde_json::from_value(quota.clone()).expect("a quota");
            QuotaFacts::new(quota).expect("amounts")
        };
        let path = env.file("uncounted.json", list(&self.objects).to_string());
        let mut kinds = Kinds::default();
        let mut snapshot = ClusterSnapshot::from_dump(&path, &mut kinds, 0).expect("a dump");
        let quotas: Vec<QuotaFacts> = self.quotas.iter().map(facts).collect();
        snapshot.count_existing(&kinds, &quotas);
        let counts = snapshot.object_counts.remove(TEAM).unwrap_or_default();
        for (quota, facts) in self.quotas.iter_mut().zip(quotas) {
            let (mut hard, mut used) = (Map::new(), Map::new());
            for (key, amount) in counts.enforced(facts).used {
                let milli = amount.milli_value_ceil().expect("an amount");
                let unit = unit(&key);
                let extra = match random.below(20) {
                    0..6 => 0,
                    6..15 => 1 + random.below(3),
                    15..19 => 3 + random.below(5),
                    _ => 40,
                };
                let less = i64::from(random.percent(4)) * unit;
                let extra = i64::try_from(extra).expect("a small number") * unit;
                hard.insert(key.clone(), Value::from(written(&key, (milli + extra - less).max(0))));
                used.insert(key.clone(), Value::from(written(&key, milli)));
            }
            quota["spec"]["hard"] = hard.clone().into();
            quota["status"] = json!({"hard": hard, "used": used});
        }
    }

    /// Returns it as a dump.
    pub fn dump(&self) -> String {
        let all: Vec<&Value> = self.objects.iter().chain(&self.quotas).collect();
        list(&all).to_string()
    }

    /// Returns the same namespace with other limits of a quota.
    pub fn with_hard(&self, name: &str, hard: &Map<String, Value>) -> Self {
        let mut other = self.clone();
        let quota = other.quotas.iter_mut().find(|one| one["metadata"]["name"] == name).expect("the quota");
        for (key, amount) in hard {
            quota["spec"]["hard"][key] = amount.clone();
            quota["status"]["hard"][key] = amount.clone();
        }
        other
    }
}

/// One unit of a key, in thousandths.
pub fn unit(key: &str) -> i64 {
    let (_, unit, _) = KEYS.iter().find(|(name, _, _)| *name == key).expect("a key");
    if is_cpu(key) { *unit } else { (*unit).max(1_000) * if *unit > 1_000 { 1_000 } else { 1 } }
}

fn is_cpu(key: &str) -> bool {
    key.ends_with("cpu")
}

/// An amount of thousandths as it is written.
pub fn written(key: &str, milli: i64) -> String {
    match key {
        _ if is_cpu(key) => format!("{milli}m"),
        _ if key.ends_with("memory") || key.ends_with("storage") => format!("{}Mi", (milli / 1_000) >> 20),
        _ => (milli / 1_000).to_string(),
    }
}

/// A quota whose amounts are not known yet.
fn limits_of(random: &mut Random, index: usize) -> Value {
    let scope = if random.percent(25) {
        Some(random.pick(&["NotTerminating", "Terminating", "BestEffort", "NotBestEffort", "PriorityClass"]))
    } else {
        None
    };
    let mut hard = Map::new();
    for (key, _, chance) in KEYS {
        let fits_scope = match scope {
            None => true,
            Some("BestEffort") => *key == "pods",
            Some(_) => OF_PODS.contains(key),
        };
        if fits_scope && random.percent(*chance) {
            hard.insert((*key).to_owned(), json!("0"));
        }
    }
    if hard.is_empty() {
        hard.insert("pods".to_owned(), json!("0"));
    }
    let mut quota = quota(TEAM, &format!("q{index}"), &hard.into());
    match scope {
        Some("PriorityClass") => {
            let operator = random.pick(&["In", "NotIn"]);
            let term = json!({"scopeName": "PriorityClass", "operator": operator, "values": ["high"]});
            quota["spec"]["scopeSelector"] = json!({"matchExpressions": [term]});
        }
        Some(scope) => quota["spec"]["scopes"] = json!([scope]),
        None => {}
    }
    quota
}

/// A LimitRange, as the server stores it, where there is one.
fn limits(random: &mut Random) -> Option<Value> {
    let item = match random.below(14) {
        0 | 1 => {
            json!({"type": "Container", "default": {"cpu": "200m", "memory": "128Mi"}, "defaultRequest": {"cpu": "100m", "memory": "64Mi"}})
        }
        2 => {
            json!({"type": "Container", "max": {"cpu": "200m"}, "default": {"cpu": "200m"}, "defaultRequest": {"cpu": "200m"}})
        }
        3 => json!({"type": "Container", "min": {"memory": "48Mi"}, "defaultRequest": {"memory": "48Mi"}}),
        4 => json!({"type": "Pod", "max": {"memory": "96Mi"}}),
        5 => json!({"type": "PersistentVolumeClaim", "max": {"storage": "1Gi"}}),
        _ => return None,
    };
    Some(limit_range(TEAM, "bounds", &item))
}
