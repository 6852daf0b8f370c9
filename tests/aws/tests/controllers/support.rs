//! What the tests start from: the bed of this test binary, and Services on it.

use aws::{Bed, BedOptions, Controller, LoadBalancer, Moment, Sync, Verdict};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// What all annotations of load balancers begin with.
pub const PREFIX: &str = "service.beta.kubernetes.io/aws-load-balancer-";

/// The bed of this test binary.
pub fn bed() -> &'static Bed {
    static BED: OnceLock<Bed> = OnceLock::new();
    BED.get_or_init(|| Bed::start(BedOptions::default()).expect("a bed to test on"))
}

/// The three kinds of load balancers that the two controllers make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A classic one, by aws-cloud-controller-manager.
    Classic,
    /// A network load balancer by aws-cloud-controller-manager.
    InTree,
    /// A network load balancer by aws-load-balancer-controller.
    LoadBalancerController,
}

/// All of them.
pub const KINDS: [Kind; 3] = [Kind::Classic, Kind::InTree, Kind::LoadBalancerController];

/// A Service on the bed. Each test has one of its own: a Service has no more than 25 events.
pub struct Service {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    before: Moment,
    changed: Value,
}

impl Service {
    /// Creates the textbook's Service, with these annotations and what makes it this kind.
    pub fn create(kind: Kind, annotations: &[(&str, &str)]) -> Self {
        Self::create_with(kind, annotations, |_| {})
    }

    /// Creates the textbook's Service after a change of it.
    pub fn create_with(kind: Kind, annotations: &[(&str, &str)], change: impl FnOnce(&mut Value)) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("web-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let namespace = bed().fresh_namespace("team").expect("a namespace");
        let mut written: Map<_, _> =
            annotations.iter().map(|(key, value)| (full(key), json!(value))).collect();
        if kind == Kind::InTree {
            written.insert(full("type"), json!("nlb"));
        }
        let mut service = json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {"name": name, "namespace": namespace, "annotations": written},
            "spec": {
                "type": "LoadBalancer",
                "selector": {"app": "helloworld"},
                "ports": [
                    {"name": "http", "protocol": "TCP", "port": 80, "targetPort": "nodejs-port"},
                    {"name": "https", "protocol": "TCP", "port": 443, "targetPort": "nodejs-port"},
                ],
            },
        });
        if kind == Kind::LoadBalancerController {
            service["spec"]["loadBalancerClass"] = json!("service.k8s.aws/nlb");
        }
        change(&mut service);
        let before = bed().moment();
        let changed = bed().cluster().api().create(&service).expect("a Service");
        let namespace = changed["metadata"]["namespace"].as_str().expect("a namespace").to_owned();
        Self { namespace, name, before, changed }
    }

    /// Its path on the API server.
    pub fn path(&self) -> String {
        format!("/api/v1/namespaces/{}/services/{}", self.namespace, self.name)
    }

    /// Sets annotations, and removes those without a value.
    pub fn annotate(&mut self, annotations: &[(&str, Option<&str>)]) -> &mut Self {
        let annotations: Map<_, _> =
            annotations.iter().map(|(key, value)| (full(key), json!(value))).collect();
        self.patch(&json!({"metadata": {"annotations": annotations}}))
    }

    /// Patches it.
    pub fn patch(&mut self, patch: &Value) -> &mut Self {
        self.before = bed().moment();
        self.changed = bed().cluster().api().merge_patch(&self.path(), patch).expect("a patch");
        self
    }

    /// Reads it, after something else has changed it at this moment.
    pub fn changed_since(&mut self, before: Moment) -> &mut Self {
        self.before = before;
        self.changed = self.read();
        self
    }

    /// Reads it as it is.
    pub fn read(&self) -> Value {
        bed().cluster().api().get(&self.path()).expect("the Service")
    }

    /// Waits for the controllers and returns what each of them made of the last change.
    pub fn settle(&self) -> Vec<Sync> {
        bed().settle(self.before, &self.changed).expect("a sync in time")
    }

    /// Waits for the one controller that acts, and that it is content.
    #[track_caller]
    pub fn synced(&self) -> &Self {
        let syncs = self.settle();
        let acting: Vec<_> = syncs.iter().filter(|sync| sync.verdict != Verdict::Elsewhere).collect();
        assert!(matches!(acting[..], [Sync { verdict: Verdict::Synced, .. }]), "{syncs:#?}");
        self
    }

    /// Waits for the one controller that acts, and returns why it gave up.
    #[track_caller]
    pub fn failed(&self) -> Sync {
        let mut syncs = self.settle();
        syncs.retain(|sync| sync.verdict != Verdict::Elsewhere);
        assert!(matches!(syncs[..], [Sync { verdict: Verdict::Failed, .. }]), "{syncs:#?}");
        syncs.remove(0)
    }

    /// The controllers that left the last change to another one.
    pub fn left_by(&self) -> Vec<Controller> {
        let left = self.settle().into_iter().filter(|sync| sync.verdict == Verdict::Elsewhere);
        left.map(|sync| sync.controller).collect()
    }

    /// Its load balancers.
    pub fn load_balancers(&self) -> Vec<LoadBalancer> {
        bed().aws().load_balancers_of(&self.namespace, &self.name)
    }

    /// Its only load balancer.
    #[track_caller]
    pub fn load_balancer(&self) -> LoadBalancer {
        let balancers = self.load_balancers();
        assert_eq!(balancers.len(), 1, "{balancers:#?}");
        balancers.into_iter().next().unwrap()
    }

    /// Its listeners in short, with `A` and `B` for the node ports of its first and second port.
    #[track_caller]
    pub fn listeners(&self) -> Vec<String> {
        let ports = self.read()["spec"]["ports"].clone();
        let letters = ports.as_array().unwrap().iter().zip('A'..);
        let letters: Vec<_> = letters.map(|(port, letter)| (port["nodePort"].to_string(), letter)).collect();
        let short = |summary: String| {
            letters.iter().fold(summary, |summary, (port, letter)| {
                summary.replace(&format!(":{port}"), &format!(":{letter}"))
            })
        };
        self.load_balancer().listeners.iter().map(|listener| short(listener.summary())).collect()
    }

    /// What was asked of AWS about its load balancers since the last change, in short.
    pub fn calls(&self) -> Vec<String> {
        let changing =
            bed().aws().calls_since(self.before.calls()).into_iter().filter(aws::Call::is_mutating);
        let names: Vec<_> = self.load_balancers().into_iter().map(|balancer| balancer.name).collect();
        let about = |call: &aws::Call| {
            call.parameters.values().any(|value| names.iter().any(|name| value.contains(name.as_str())))
        };
        changing.filter(about).map(|call| call.summary()).collect()
    }

    /// Its host name, as its status says.
    pub fn hostname(&self) -> Option<String> {
        self.read()["status"]["loadBalancer"]["ingress"][0]["hostname"].as_str().map(str::to_owned)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = bed().cluster().api().delete(&self.path());
    }
}

/// The full key of a short one; a full one stays.
pub fn full(key: &str) -> String {
    if key.contains('/') { key.to_owned() } else { format!("{PREFIX}{key}") }
}

/// Waits until a condition holds, for a minute at most: AWS and logs of controllers have no watch.
///
/// # Panics
///
/// When it does not hold by then.
#[track_caller]
pub fn wait_until(mut condition: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !condition() {
        assert!(start.elapsed().as_secs() < 60, "it doesn't come about");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}
