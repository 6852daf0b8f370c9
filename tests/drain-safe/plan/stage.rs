//! Nodes of a test's own on the shared control plane: tests that plan take turns, since a plan looks at all nodes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::{Output, TestEnv, cluster, executable, fresh_namespace};

/// The control plane while one test has it: with its nodes, and one namespace.
pub struct Stage {
    pub namespace: String,
    _turn: MutexGuard<'static, ()>,
}

static TURN: Mutex<()> = Mutex::new(());

impl Stage {
    /// Waits for the turn and makes nodes. What an earlier test left is removed first.
    pub fn new(nodes: &[NodeSpec]) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        clear();
        cluster().add_nodes(nodes).expect("nodes");
        Self { namespace: fresh_namespace("drain"), _turn: turn }
    }

    /// Makes the usual three nodes: `n1`, `n2` and `n3`, each in a zone of its own.
    pub fn three() -> Self {
        let node = |name: &str, zone: &str| NodeSpec::new(name).zone(zone);
        Self::new(&[node("n1", "eu-a"), node("n2", "eu-b"), node("n3", "eu-c")])
    }

    /// Runs `kubectl drain-safe` with these arguments.
    pub fn run(&self, line: &str) -> Output {
        let words = ["drain-safe"].into_iter().chain(line.split_whitespace());
        plugin().run("kubectl", words)
    }

    /// Returns the plan for these arguments, which ends with this status.
    pub fn plan(&self, line: &str, status: i32) -> Value {
        let output = self.run(&format!("plan {line} -o json")).exits(status);
        assert_eq!(said(&output), "");
        output.json()
    }

    /// Returns the text of a plan for these arguments, which ends with this status.
    pub fn text(&self, line: &str, status: i32) -> String {
        let output = self.run(&format!("plan {line}")).exits(status);
        assert_eq!(said(&output), "");
        output.stdout
    }

    /// Returns a dump of these kinds.
    pub fn dump(&self, kinds: &str) -> String {
        plugin().run("kubectl", ["get", kinds, "-A", "-o", "json"]).success().stdout
    }

    /// Runs `kubectl drain-safe` on a dump.
    pub fn run_on(&self, dump: &str, line: &str) -> Output {
        let environment = plugin();
        // kubectl leaves no trace of a kind without objects.
        let budgets = json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudgetList", "items": []});
        let file = environment.file("dump.yaml", format!("{dump}\n---\n{budgets}\n"));
        let line = format!("drain-safe {line} --from {}", file.display());
        environment.run("kubectl", line.split_whitespace())
    }

    /// Creates an object in the namespace.
    pub fn create(&self, mut object: Value) {
        object["metadata"]["namespace"] = json!(self.namespace);
        cluster().api().create(&object).unwrap_or_else(|error| panic!("{object:#}: {error}"));
    }

    /// Creates a Deployment whose pods wait for this node and are Ready there.
    pub fn deployment(&self, name: &str, node: Option<&str>, replicas: usize, pods: Value) {
        self.create(deployment(name, node, replicas, pods));
        cluster()
            .api()
            .wait_for_ready_pods(&self.namespace, &format!("app={name}"), replicas)
            .expect("Ready pods");
    }

    /// Creates a pod on a node. It has no controller unless the metadata says so.
    pub fn pod(&self, name: &str, node: &str, metadata: Value, spec: Value) {
        let mut pod = json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": metadata,
            "spec": {"nodeName": node, "containers": [{"name": "app", "image": "app"}]},
        });
        pod["metadata"]["name"] = json!(name);
        merge(&mut pod["spec"], spec);
        self.create(pod);
    }

    /// Creates a budget and waits until it has been computed.
    pub fn budget(&self, name: &str, app: &str, spec: Value) -> Value {
        let mut budget = json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": name},
            "spec": {"selector": {"matchLabels": {"app": app}}},
        });
        merge(&mut budget["spec"], spec);
        self.create(budget);
        let path = format!("/apis/policy/v1/namespaces/{}/poddisruptionbudgets/{name}", self.namespace);
        let is_computed = |budget: &Value| !budget["status"]["conditions"].is_null();
        cluster().api().wait_for(&path, "a budget that was computed", is_computed).expect("a budget")
    }

    /// Waits until a pod is Ready, or is as wanted otherwise.
    pub fn wait_for_pod(&self, name: &str, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let path = format!("/api/v1/namespaces/{}/pods/{name}", self.namespace);
        cluster().api().wait_for(&path, what, wanted).expect("a pod")
    }
}

/// Returns kubectl with the plugin, as the administrator.
pub fn plugin() -> TestEnv {
    TestEnv::on(cluster()).program(executable("kubectl-drain_safe"))
}

/// Returns a Deployment whose pods have the label `app`.
pub fn deployment(name: &str, node: Option<&str>, replicas: usize, pods: Value) -> Value {
    let mut template = json!({
        "metadata": {"labels": {"app": name}},
        "spec": {"containers": [{"name": "app", "image": "app"}]},
    });
    if let Some(node) = node {
        // Preferred, so that a replacement may go elsewhere.
        let term = json!({"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": [node]}]});
        template["spec"]["affinity"] = json!({"nodeAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "preference": term}],
        }});
    }
    merge(&mut template, pods);
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
        "spec": {"replicas": replicas, "selector": {"matchLabels": {"app": name}}, "template": template},
    })
}

/// Puts the fields of one object over those of another.
pub fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, Value::Null) => drop(into.take()),
        (into, from) => *into = from,
    }
}

/// Returns the pods of all nodes of a plan.
pub fn pods(plan: &Value) -> Vec<&Value> {
    let nodes = plan["nodes"].as_array().expect("nodes");
    nodes.iter().flat_map(|node| node["pods"].as_array().expect("pods")).collect()
}

/// Returns verdict, wave and codes of every pod: `Evict 1 [KeepOne]`, sorted.
pub fn fates(plan: &Value) -> Vec<String> {
    let mut fates: Vec<_> = pods(plan).into_iter().map(fate).collect();
    fates.sort();
    fates
}

/// Returns verdict, wave and codes of one pod.
pub fn fate(pod: &Value) -> String {
    let codes: Vec<_> = pod["reasons"]
        .as_array()
        .expect("reasons")
        .iter()
        .map(|reason| reason["code"].as_str().expect("a code").to_owned())
        .collect();
    let wave = pod["wave"].as_u64().map_or("-".to_owned(), |wave| wave.to_string());
    format!("{} {wave} [{}]", pod["verdict"].as_str().expect("a verdict"), codes.join(","))
}

/// Returns the code of every guard, and whether it blocks.
pub fn guards(plan: &Value) -> Vec<(String, bool)> {
    let guards = plan["guards"].as_array().expect("guards").iter();
    let guard = |guard: &Value| {
        (guard["code"].as_str().expect("a code").to_owned(), guard["blocks"].as_bool().expect("a bool"))
    };
    guards.map(guard).collect()
}

/// Returns what was written to standard error, without the lines of progress that a busy machine adds.
pub fn said(output: &Output) -> String {
    let lines = output.stderr.lines().filter(|line| !line.starts_with("reading the cluster: "));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Returns a text in one line: where a sentence was broken depends on the width of the output.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the message of a reason, of the first pod that has it.
pub fn message(plan: &Value, code: &str) -> String {
    let reasons = pods(plan).into_iter().flat_map(|pod| pod["reasons"].as_array().expect("reasons").clone());
    let found = reasons.into_iter().find(|reason| reason["code"] == code);
    let found = found.unwrap_or_else(|| panic!("no {code} in {plan:#}"));
    found["message"].as_str().expect("a message").to_owned()
}

/// Removes the nodes, and the namespaces of earlier tests with all that is in them.
fn clear() {
    let api = cluster().api();
    let list = |path: &str| api.get(path).expect("a list")["items"].as_array().cloned().unwrap_or_default();
    for namespace in list("/api/v1/namespaces") {
        let name = namespace["metadata"]["name"].as_str().expect("a name");
        if name.starts_with("drain-") && namespace["metadata"]["deletionTimestamp"].is_null() {
            api.delete(&format!("/api/v1/namespaces/{name}")).expect("a deletion");
        }
    }
    for node in list("/api/v1/nodes") {
        let name = node["metadata"]["name"].as_str().expect("a name").to_owned();
        for pod in list(&format!("/api/v1/pods?fieldSelector=spec.nodeName%3D{name}")) {
            let metadata = &pod["metadata"];
            let (namespace, pod) =
                (metadata["namespace"].as_str().expect("x"), metadata["name"].as_str().expect("x"));
            let path = format!("/api/v1/namespaces/{namespace}/pods/{pod}");
            let _ = api.merge_patch(&path, &json!({"metadata": {"finalizers": null}}));
            let _ = api.delete(&format!("{path}?gracePeriodSeconds=0"));
        }
        api.delete(&format!("/api/v1/nodes/{name}")).expect("a deletion");
        api.wait_until_gone(&format!("/api/v1/nodes/{name}")).expect("a node that is gone");
    }
    api.wait("/api/v1/pods", "", "no pods of earlier tests", |pods| {
        pods.iter().all(|pod| !pod["metadata"]["namespace"].as_str().unwrap_or("").starts_with("drain-"))
    })
    .expect("no pods");
    let leases = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
    for lease in list(leases) {
        let name = lease["metadata"]["name"].as_str().expect("a name");
        if name.starts_with("kubectl-drain-safe.") {
            api.delete(&format!("{leases}/{name}")).expect("a deletion");
        }
    }
    for class in list("/apis/scheduling.k8s.io/v1/priorityclasses") {
        let name = class["metadata"]["name"].as_str().expect("a name");
        if !name.starts_with("system-") {
            api.delete(&format!("/apis/scheduling.k8s.io/v1/priorityclasses/{name}")).expect("a deletion");
        }
    }
}
