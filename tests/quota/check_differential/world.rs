//! The part of the shared control plane that trials take place in.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use shared::quantity::Quantity;
use support::{cluster, fresh_namespace};

use super::{
    asked, foretold,
    objects::{claim, object, pod, service},
    random::Random,
    rules::{limits, scopes, status},
    sentences,
    trial::Trial,
};

/// Namespaces, whose rules change together.
const NAMESPACES: usize = 12;
/// Quotas a namespace.
const QUOTAS: usize = 3;
/// Objects under one set of rules.
const OBJECTS: usize = 6;
/// How long the server takes to see new rules, with much to spare; see [`World::agrees_after_all`] for what is
/// later still.
const SEEN: Duration = Duration::from_millis(40);

pub struct World {
    namespaces: Vec<Namespace>,
    classes: Vec<Value>,
}

struct Namespace {
    name: String,
    /// Services, claims and pods to be updated.
    existing: Vec<Value>,
}

fn api() -> &'static cluster::Api {
    cluster().api()
}

fn quota_path(namespace: &str, name: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}")
}

fn range_path(namespace: &str, name: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/limitranges/{name}")
}

fn put(path: &str, object: &Value) -> Option<Value> {
    let answer = api().request("PUT", path, None, Some(object)).expect("an answer");
    match answer.status {
        200 => Some(answer.body),
        409 | 422 => None,
        status => panic!("PUT {path}: {status} {}", answer.body),
    }
}

impl World {
    /// Makes classes, namespaces, and what is in them.
    pub fn new(random: &mut Random) -> Self {
        let classes = classes(random);
        for class in &classes {
            api().create(class).expect("a class");
        }
        let classes: Vec<_> = classes
            .iter()
            .map(|class| api().get(&cluster::api::object(class).expect("a path")).expect("the class"))
            .collect();
        let namespaces = (0..NAMESPACES).map(|_| Namespace::new(random)).collect();
        Self { namespaces, classes }
    }

    /// Classes as the server has them.
    pub fn classes(&self) -> Vec<Value> {
        self.classes.clone()
    }

    /// New rules in every namespace, and what the server says to some objects under them.
    pub fn trials(&self, random: &mut Random) -> Vec<Trial> {
        let mut trials = Vec::new();
        for namespace in &self.namespaces {
            let (quotas, limit_ranges) = namespace.new_rules(random);
            for _ in 0..OBJECTS {
                let (object, old, resize) = namespace.new_object(random);
                trials.push(Trial {
                    namespace: namespace.name.clone(),
                    quotas: quotas.clone(),
                    limit_ranges: limit_ranges.clone(),
                    object,
                    old,
                    resize,
                    answer: None,
                });
            }
        }
        thread::sleep(SEEN);
        for trial in &mut trials {
            trial.answer = Some(asked::answer(trial));
        }
        trials
    }

    /// Writes the trial's rules again, waits long, and asks several times: every answer must agree. What was a late
    /// cache of the server's is none of ours; what differs still, is.
    pub fn agrees_after_all(&self, trial: &Trial) -> bool {
        let trial = Self::again(trial);
        let foretold = &foretold::all(std::slice::from_ref(&trial), self)[0];
        (0..8).all(|_| sentences::agree(&asked::answer(&trial), foretold))
    }

    /// The trial once more, from its rules on.
    pub fn again(trial: &Trial) -> Trial {
        let mut trial = trial.clone();
        for quota in &mut trial.quotas {
            let path = quota_path(&trial.namespace, quota["metadata"]["name"].as_str().expect("a name"));
            *quota = write_status(&path, &quota["status"]).expect("a status that was accepted before");
        }
        for range in &mut trial.limit_ranges {
            let path = range_path(&trial.namespace, range["metadata"]["name"].as_str().expect("a name"));
            *range = write_limits(&path, &range["spec"]["limits"]).expect("limits that were accepted before");
        }
        thread::sleep(Duration::from_millis(400));
        trial.answer = Some(asked::answer(&trial));
        trial
    }
}

/// Puts a status in place of what is there; `None` where the server does not want it.
fn write_status(path: &str, status: &Value) -> Option<Value> {
    let mut quota = api().get(path).expect("a quota");
    quota["status"] = status.clone();
    put(&format!("{path}/status"), &quota)
}

fn write_limits(path: &str, limits: &Value) -> Option<Value> {
    let mut range = api().get(path).expect("a LimitRange");
    range["spec"]["limits"] = limits.clone();
    put(path, &range)
}

impl Namespace {
    fn new(random: &mut Random) -> Self {
        let name = fresh_namespace("differential");
        let existing = existing(random, &name);
        for index in 0..QUOTAS {
            let mut spec = scopes(random);
            spec["hard"] = json!({});
            let metadata = json!({"name": format!("q{index}"), "namespace": name});
            let quota =
                json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": spec});
            api().create(&quota).expect("a quota");
        }
        // There is always one: the server looks for the first itself, and remembers for half a minute that there
        // was none.
        for index in 0..2 {
            let metadata = json!({"name": format!("r{index}"), "namespace": name});
            let range = json!({"apiVersion": "v1", "kind": "LimitRange", "metadata": metadata, "spec": {"limits": []}});
            api().create(&range).expect("a LimitRange");
        }
        Self { name, existing }
    }

    fn new_rules(&self, random: &mut Random) -> (Vec<Value>, Vec<Value>) {
        let quotas = (0..QUOTAS).map(|index| {
            let path = quota_path(&self.name, &format!("q{index}"));
            std::iter::repeat_with(|| write_status(&path, &status(random))).flatten().next().expect("endless")
        });
        let quotas = quotas.collect();
        let ranges = (0..2).map(|index| {
            let path = range_path(&self.name, &format!("r{index}"));
            // Two that say something are rarer than one, as in life.
            let none = random.percent(if index == 0 { 45 } else { 70 });
            let made = std::iter::repeat_with(|| {
                write_limits(&path, &if none { json!([]) } else { limits(random) })
            });
            made.flatten().next().expect("endless")
        });
        (quotas, ranges.collect())
    }

    /// An object to be sent, what is there under its name, and whether it is a resize.
    fn new_object(&self, random: &mut Random) -> (Value, Option<Value>, bool) {
        if random.percent(78) {
            return (object(random, &self.name), None, false);
        }
        let old = &self.existing[random.below(self.existing.len())];
        let mut new = json!({"apiVersion": "v1", "kind": old["kind"], "metadata": {"name": old["metadata"]["name"], "namespace": self.name}});
        let mut resize = false;
        match old["kind"].as_str() {
            Some("Service") => new["spec"] = service(random),
            Some("PersistentVolumeClaim") => {
                new = old.clone();
                drop_version(&mut new);
                let storage = random.pick(&["1Gi", "2Gi", "3Gi", "5Gi", "10Gi", "1G", "2500M", "4.5Gi"]);
                if random.percent(80) {
                    new["spec"]["resources"]["requests"]["storage"] = Value::from(storage);
                }
            }
            _ => {
                new = old.clone();
                drop_version(&mut new);
                if random.percent(30) {
                    if old["spec"]["activeDeadlineSeconds"].is_null() {
                        new["spec"]["activeDeadlineSeconds"] = Value::from(60);
                    } else {
                        new["metadata"]["labels"] = json!({"a": "b"});
                    }
                } else {
                    for container in new["spec"]["containers"].as_array_mut().expect("containers") {
                        for list in ["requests", "limits"] {
                            for (name, amount) in
                                container["resources"][list].as_object_mut().into_iter().flatten()
                            {
                                if name == "cpu" && random.percent(60) {
                                    *amount = Value::from(random.pick(&["200m", "500m", "1", "2", "1.5"]));
                                } else if name == "memory" && random.percent(60) {
                                    *amount = Value::from(random.pick(&["128Mi", "256Mi", "1Gi", "500M"]));
                                }
                            }
                        }
                    }
                    // What changes no amount is no resize to kubectl.
                    resize = amounts(&new) != amounts(old);
                }
            }
        }
        (new, Some(old.clone()), resize)
    }
}

/// The processor and memory of a pod's containers, by value.
fn amounts(pod: &Value) -> Vec<Quantity> {
    let containers = pod["spec"]["containers"].as_array().into_iter().flatten();
    let lists = containers.flat_map(|one| ["requests", "limits"].map(|list| &one["resources"][list]));
    let texts = lists.flat_map(|list| ["cpu", "memory"].map(|name| list[name].as_str().unwrap_or("0")));
    texts.map(|text| Quantity::parse(text).expect("a quantity")).collect()
}

fn drop_version(object: &mut Value) {
    if let Some(metadata) = object["metadata"].as_object_mut() {
        metadata.remove("resourceVersion");
        metadata.remove("managedFields");
    }
}

/// Services, claims with volumes, and pods, as the server has them.
fn existing(random: &mut Random, namespace: &str) -> Vec<Value> {
    let create = |object: Value| api().create(&object).expect("an object");
    let metadata = |name: &str| json!({"name": name, "namespace": namespace});
    let mut all = Vec::new();
    for index in 0..4 {
        let mut spec = service(random);
        // A port of the nodes that is named could be taken.
        if spec["ports"][0]["nodePort"].is_number() {
            spec["ports"][0]["nodePort"] = Value::Null;
        }
        all.push(create(json!({"apiVersion": "v1", "kind": "Service", "metadata": metadata(&format!("service-{index}")), "spec": spec})));
    }
    for class in ["gold", "silver"] {
        let volume = format!("{namespace}-{class}");
        create(json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": volume},
            "spec": {
                "capacity": {"storage": "2Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": class,
                "hostPath": {"path": "/tmp"}, "claimRef": {"namespace": namespace, "name": class},
            },
        }));
        let mut claim = claim(random);
        claim["apiVersion"] = Value::from("v1");
        claim["kind"] = Value::from("PersistentVolumeClaim");
        claim["metadata"] = metadata(class);
        claim["spec"]["storageClassName"] = Value::from(class);
        claim["spec"]["volumeName"] = Value::from(volume);
        claim["spec"]["resources"]["requests"]["storage"] = Value::from("1Gi");
        if let Some(spec) = claim["spec"].as_object_mut() {
            spec.remove("volumeAttributesClassName");
        }
        create(claim);
        let path = format!("/api/v1/namespaces/{namespace}/persistentvolumeclaims/{class}");
        let bound = api().wait_for(&path, "a bound claim", |claim| claim["status"]["phase"] == "Bound");
        let mut bound = bound.expect("a bound claim");
        // Items of a list don't say what they are.
        bound["apiVersion"] = Value::from("v1");
        bound["kind"] = Value::from("PersistentVolumeClaim");
        all.push(bound);
    }
    for index in 0..4 {
        let mut spec = loop {
            // A pod at whose creation there are no rules can only be invalid.
            let mut spec = pod(random);
            for field in ["resources", "overhead", "runtimeClassName", "priorityClassName"] {
                spec.as_object_mut().expect("a spec").remove(field);
            }
            // A container without limits keeps the quality of service Burstable through every resize.
            let quiet = json!({"name": "quiet", "image": "app", "resources": {"requests": {"cpu": "1m", "memory": "1Mi"}}});
            spec["containers"].as_array_mut().expect("containers").push(quiet);
            let name = metadata("probe");
            let probe = json!({"apiVersion": "v1", "kind": "Pod", "metadata": name, "spec": spec});
            let path = format!("{}?dryRun=All", asked::collection(&probe, namespace));
            if api().request("POST", &path, None, Some(&probe)).expect("an answer").status == 201 {
                break spec;
            }
        };
        // Nobody schedules it, so that it stays as it is.
        spec["schedulerName"] = Value::from("nobody");
        let name = format!("pod-{index}");
        let pod =
            create(json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata(&name), "spec": spec}));
        all.push(if index % 2 == 0 { pod } else { with_report(random, &pod) });
    }
    all
}

/// A pod of which the kubelet has reported other resources than its spec's.
fn with_report(random: &mut Random, pod: &Value) -> Value {
    let mut pod = pod.clone();
    let statuses = pod["spec"]["containers"].as_array().expect("containers").iter().map(|container| {
        json!({
            "name": container["name"], "image": "app", "imageID": "app", "ready": true, "restartCount": 0,
            "allocatedResources": {"cpu": random.pick(&["50m", "500m", "2"]), "memory": "64Mi"},
            "resources": {"requests": {"cpu": random.pick(&["50m", "700m", "3"]), "memory": "1Gi"}, "limits": {"cpu": "3"}},
        })
    });
    pod["status"]["containerStatuses"] = statuses.collect();
    if random.percent(50) {
        let reason = random.pick(&["Infeasible", "Deferred"]);
        pod["status"]["conditions"] =
            json!([{"type": "PodResizePending", "status": "True", "reason": reason}]);
    }
    let path = format!(
        "{}/{}/status",
        asked::collection(&pod, pod["metadata"]["namespace"].as_str().expect("a namespace")),
        pod["metadata"]["name"].as_str().expect("a name")
    );
    put(&path, &pod).expect("a status")
}

fn classes(random: &mut Random) -> Vec<Value> {
    let priority = |name: &str, value: usize, default: bool| json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}, "value": value, "globalDefault": default});
    let storage = |name: &str, default: bool, expands: bool| {
        let annotations = json!({"storageclass.kubernetes.io/is-default-class": default.to_string()});
        json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": name, "annotations": annotations},
            "provisioner": "example.com/none", "allowVolumeExpansion": expands,
        })
    };
    let runtime = |name: &str| json!({"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": name}, "handler": "x"});
    let mut heavy = runtime("heavy");
    heavy["overhead"]["podFixed"] = json!({"cpu": "50m", "memory": "64Mi"});
    vec![
        priority("high", 1_000, false),
        priority("low", 10, false),
        priority("middle", 100, random.percent(40)),
        storage("gold", random.percent(50), true),
        storage("silver", false, false),
        heavy,
        runtime("light"),
    ]
}
