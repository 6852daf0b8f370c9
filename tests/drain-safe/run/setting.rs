//! A namespace with nodes of its own, on which only its pods run.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use cluster::{NodeSpec, kubelet};
use serde_json::{Value, json};
use support::{Invocation, Output, Terminal, TestEnv, cluster, executable, fresh_namespace};

use super::kubelets::forbid_deletions_by_name;

/// A namespace, its nodes, and a user's machine.
pub struct Setting {
    pub namespace: String,
    pub env: TestEnv,
    nodes: AtomicUsize,
}

/// An eviction that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    pub pod: String,
    pub status: u64,
}

impl Setting {
    /// With one node.
    pub fn new(prefix: &str) -> Self {
        let setting = Self::without_nodes(prefix);
        setting.add_node();
        setting
    }

    /// With so many nodes, of zones a, b and c in turn.
    pub fn zones(prefix: &str, nodes: usize) -> Self {
        let setting = Self::without_nodes(prefix);
        for zone in ["a", "b", "c"].into_iter().cycle().take(nodes) {
            setting.add_node_as(|node| node.label("topology.kubernetes.io/zone", zone));
        }
        setting
    }

    fn without_nodes(prefix: &str) -> Self {
        forbid_deletions_by_name();
        Self { namespace: fresh_namespace(prefix), env: machine(), nodes: AtomicUsize::new(0) }
    }

    /// The name of a node, from 1.
    pub fn node(&self, number: usize) -> String {
        format!("{}-{number}", self.namespace)
    }

    pub fn node_path(&self, number: usize) -> String {
        format!("/api/v1/nodes/{}", self.node(number))
    }

    /// One more node for the pods of this namespace.
    pub fn add_node(&self) {
        self.add_node_as(|node| node);
    }

    /// One more node, changed as wanted.
    pub fn add_node_as(&self, change: impl Fn(NodeSpec) -> NodeSpec) {
        let number = self.nodes.fetch_add(1, Ordering::SeqCst) + 1;
        let spec = NodeSpec::new(&self.node(number)).label("for", &self.namespace).taint(
            "for",
            &self.namespace,
            "NoSchedule",
        );
        cluster().add_node(&change(spec)).expect("a node");
    }

    pub fn pods_path(&self) -> String {
        format!("/api/v1/namespaces/{}/pods", self.namespace)
    }

    /// The spec of a pod that runs on the nodes of this namespace.
    pub fn pod_spec(&self, grace: i64) -> Value {
        json!({
            "nodeSelector": {"for": self.namespace},
            "tolerations": [{"key": "for", "operator": "Equal", "value": self.namespace, "effect": "NoSchedule"}],
            "terminationGracePeriodSeconds": grace,
            "containers": [{"name": "app", "image": "example/app:1", "resources": {"requests": {"cpu": "10m"}}}],
        })
    }

    /// A Deployment whose pods are labeled `app` and as given, and end after their grace period in seconds.
    pub fn deploy(&self, name: &str, app: &str, replicas: usize, grace: i64, labels: &Value) {
        let mut all = json!({"app": app, "set": name, (kubelet::DELETION): kubelet::GRACEFUL});
        for (key, value) in labels.as_object().into_iter().flatten() {
            all[key] = value.clone();
        }
        self.create(&json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": self.namespace},
            "spec": {
                "replicas": replicas,
                "selector": {"matchLabels": {"set": name}},
                "template": {"metadata": {"labels": all}, "spec": self.pod_spec(grace)},
            },
        }));
    }

    /// A Deployment of Ready pods that are gone as soon as they are deleted after a second.
    pub fn deploy_ready(&self, name: &str, replicas: usize) {
        self.deploy(name, name, replicas, 1, &json!({}));
        self.wait_ready(name, replicas);
    }

    /// A Deployment of one pod that runs on another node than node 1 and never becomes Ready.
    pub fn deploy_sick(&self, app: &str) {
        self.cordon(1, true);
        self.deploy("sick", app, 1, 0, &json!({(kubelet::START): kubelet::NEVER_READY}));
        let running = |pods: &[Value]| pods.iter().any(|pod| pod["status"]["phase"] == "Running");
        let sick = "labelSelector=set%3Dsick";
        cluster().api().wait(&self.pods_path(), sick, "a running pod", running).expect("a running pod");
        self.cordon(1, false);
    }

    pub fn wait_ready(&self, set: &str, count: usize) {
        cluster()
            .api()
            .wait_for_ready_pods(&self.namespace, &format!("set={set}"), count)
            .expect("Ready pods");
    }

    /// A budget over the pods with this `app`, once its controller has taken it up.
    pub fn budget(&self, name: &str, app: &str, rule: &Value) {
        let mut spec = rule.clone();
        spec["selector"] = json!({"matchLabels": {"app": app}});
        self.create(&json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": {"name": name, "namespace": self.namespace}, "spec": spec,
        }));
        self.wait_budget(name, |_| true);
    }

    pub fn budget_path(&self, name: &str) -> String {
        format!("/apis/policy/v1/namespaces/{}/poddisruptionbudgets/{name}", self.namespace)
    }

    /// Waits until the controller has seen a budget's last change, and its status is as wanted.
    pub fn wait_budget(&self, name: &str, wanted: impl Fn(&Value) -> bool) {
        let reached = cluster().api().wait_for(&self.budget_path(name), "the status of a budget", |budget| {
            budget["status"]["observedGeneration"] == budget["metadata"]["generation"]
                && wanted(&budget["status"])
        });
        reached.expect("a status in time");
    }

    /// A budget that a pod on node 2 holds, which never becomes Ready: two pods of `web` on node 1 may not go until the
    /// Deployment `sick` is gone.
    pub fn held_budget(&self) {
        self.deploy_ready("web", 2);
        self.add_node();
        self.deploy_sick("web");
        self.budget("web", "web", &json!({"maxUnavailable": 1}));
        self.wait_budget("web", |status| status["disruptionsAllowed"] == 0 && status["expectedPods"] == 3);
    }

    /// Lets the pods of [`Setting::held_budget`] go.
    pub fn release_budget(&self) {
        let path = format!("/apis/apps/v1/namespaces/{}/deployments/sick", self.namespace);
        cluster().api().delete(&path).expect("a deletion");
    }

    pub fn cordon(&self, node: usize, is_cordoned: bool) {
        let value = if is_cordoned { json!(true) } else { Value::Null };
        let patch = json!({"spec": {"unschedulable": value}});
        cluster().api().merge_patch(&self.node_path(node), &patch).expect("a patch");
        // The scheduler goes by the taint that a controller adds.
        let done = |node: &Value| node["spec"]["taints"].to_string().contains("unschedulable") == is_cordoned;
        cluster().api().wait_for(&self.node_path(node), "the taint of the cordon", done).expect("a taint");
    }

    pub fn create(&self, object: &Value) {
        cluster().api().create(object).expect("an object");
    }

    /// Creates an object of the cluster in a collection.
    pub fn create_in(&self, collection: &str, object: &Value) {
        let answer = cluster().api().request("POST", collection, None, Some(object)).expect("an answer");
        assert_eq!(answer.status, 201, "{}", answer.body);
    }

    /// The pods of the namespace that have no deletion timestamp.
    pub fn pods(&self) -> Vec<Value> {
        let list = cluster().api().get(&self.pods_path()).expect("pods");
        let items = list["items"].as_array().cloned().unwrap_or_default();
        items.into_iter().filter(|pod| pod["metadata"]["deletionTimestamp"].is_null()).collect()
    }

    /// The names of the pods on a node.
    pub fn on_node(&self, number: usize) -> Vec<String> {
        let on_it = |pod: &&Value| pod["spec"]["nodeName"] == self.node(number).as_str();
        let name = |pod: &Value| pod["metadata"]["name"].as_str().expect("a name").to_owned();
        self.pods().iter().filter(on_it).map(name).collect()
    }

    pub fn node_now(&self, number: usize) -> Value {
        cluster().api().get(&self.node_path(number)).expect("a node")
    }

    pub fn is_cordoned(&self, number: usize) -> bool {
        self.node_now(number)["spec"]["unschedulable"] == true
    }

    /// The state that a run has written on a node.
    pub fn state(&self, number: usize) -> Value {
        let node = self.node_now(number);
        let text = node["metadata"]["annotations"]["kubectl-drain-safe/state"].as_str().unwrap_or("null");
        serde_json::from_str(text).expect("a state")
    }

    pub fn run_of(&self, number: usize) -> Option<String> {
        let node = self.node_now(number);
        node["metadata"]["annotations"]["kubectl-drain-safe/run"].as_str().map(ToOwned::to_owned)
    }

    /// The holder of a node's Lease; empty once it is released.
    pub fn holder(&self, number: usize) -> String {
        let path = format!(
            "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kubectl-drain-safe.{}",
            self.node(number)
        );
        let lease = cluster().api().get(&path).expect("a Lease");
        lease["spec"]["holderIdentity"].as_str().unwrap_or_default().to_owned()
    }

    /// `kubectl drain-safe` with these words, run to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).run()
    }

    pub fn command(&self, words: &[&str]) -> Invocation {
        self.env.command("kubectl", [&["drain-safe"], words].concat())
    }

    /// `kubectl drain-safe` with these words on a terminal of 24 rows and 80 columns.
    pub fn terminal(&self, words: &[&str]) -> Terminal {
        Terminal::start(&self.env, "kubectl", [&["drain-safe"], words].concat(), (24, 80))
    }

    /// Drains node 1 with these flags besides `--yes`.
    pub fn drain(&self, flags: &[&str]) -> Output {
        self.drain_command(flags).run()
    }

    pub fn drain_command(&self, flags: &[&str]) -> Invocation {
        let node = self.node(1);
        self.command(&[&[node.as_str(), "--yes"], flags].concat())
    }

    /// Removes what was made, where a test makes much.
    pub fn tidy(&self) {
        for number in 1..=self.nodes.load(Ordering::SeqCst) {
            // A test may have removed it.
            drop(cluster().api().delete(&self.node_path(number)));
        }
        cluster().api().delete(&format!("/api/v1/namespaces/{}", self.namespace)).expect("a namespace");
    }

    /// Lets two minutes pass for evictions that a budget counts although their pods were never deleted, since the
    /// connection was lost in between: as long the disruption controller waits for them.
    pub fn expire_charges(&self, budget: &str) {
        let path = self.budget_path(budget);
        let now = cluster().api().get(&path).expect("a budget");
        let charged = now["status"]["disruptedPods"].as_object().cloned().unwrap_or_default();
        let long_ago =
            (jiff::Timestamp::now() - jiff::SignedDuration::from_mins(3)).strftime("%Y-%m-%dT%H:%M:%SZ");
        let charged: serde_json::Map<String, Value> =
            charged.into_iter().map(|(pod, _)| (pod, json!(long_ago.to_string()))).collect();
        if !charged.is_empty() {
            let status = json!({"status": {"disruptedPods": charged}});
            cluster().api().merge_patch(&format!("{path}/status"), &status).expect("a status");
        }
    }

    /// Waits until the run has cordoned node 1.
    pub fn wait_cordoned(&self) {
        let cordoned = |node: &Value| {
            node["spec"]["unschedulable"] == true
                && node["metadata"]["annotations"]["kubectl-drain-safe/run"].is_string()
        };
        cluster().api().wait_for(&self.node_path(1), "a cordon", cordoned).expect("a cordon");
    }

    /// The evictions of this namespace since a position of the audit log, in the order in which they were answered.
    pub fn asked(&self, since: u64) -> Vec<Asked> {
        let start = format!("{}/", self.pods_path());
        let entries = cluster().audit_log().and_then(|log| log.since(since)).expect("an audit log");
        let evictions = entries.into_iter().filter(|entry| entry.verb == "create");
        evictions
            .filter_map(|entry| {
                let path = entry.uri.split('?').next()?;
                let pod = path.strip_prefix(&start)?.strip_suffix("/eviction")?.to_owned();
                Some(Asked { pod, status: entry.status })
            })
            .collect()
    }
}

/// Does something with each item, some of them at once: most of what is tested here is waiting.
pub fn in_parallel<T: Sync>(items: &[T], at_once: usize, work: impl Fn(usize, &T) + Sync) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..at_once.min(items.len()) {
            scope.spawn(|| {
                while let Some((index, item)) = Some(next.fetch_add(1, Ordering::SeqCst))
                    .and_then(|index| Some((index, items.get(index)?)))
                {
                    work(index, item);
                }
            });
        }
    });
}

/// Another machine of an administrator, with a state folder of its own.
pub fn machine() -> TestEnv {
    TestEnv::on(cluster()).program(executable("kubectl-drain_safe"))
}

/// The end of the audit log now.
pub fn position() -> u64 {
    cluster().audit_log().and_then(|log| log.position()).expect("an audit log")
}

/// The pods of the only node of a result.
pub fn pods(result: &Value) -> Vec<Value> {
    result["nodes"][0]["pods"].as_array().expect("pods").clone()
}

/// The outcomes of the pods of the only node of a result, sorted.
pub fn outcomes(result: &Value) -> Vec<String> {
    let text = |pod: &Value| pod["outcome"].as_str().unwrap_or("null").to_owned();
    let mut outcomes: Vec<_> = pods(result).iter().map(text).collect();
    outcomes.sort();
    outcomes
}
