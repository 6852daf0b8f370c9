//! The part of the shared control plane that trials take place in.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use shared::quantity::Quantity;
use support::{Random, cluster, fresh_namespace};

use super::{
    classes, existing,
    objects::{object, service},
    predictions,
    rules::{limits, scopes, status},
    sentences, server_answers,
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
/// A cache that is later than this is no late one.
const LATEST: Duration = Duration::from_secs(15);

pub struct World {
    namespaces: Vec<Namespace>,
    /// One that is being deleted, as long as its finalizer keeps it.
    terminating: Value,
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

/// PUTs an object; `None` where the server does not want it.
pub fn put(path: &str, object: &Value) -> Option<Value> {
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
        let classes = classes::classes(random);
        for class in &classes {
            // Other tests may have made them: what they are like is read below.
            let path = cluster::api::collection(class).expect("a path");
            let answer = api().request("POST", &path, None, Some(class)).expect("an answer");
            assert!(matches!(answer.status, 201 | 409), "{}", answer.body);
        }
        let classes: Vec<_> = classes
            .iter()
            .map(|class| api().get(&cluster::api::object(class).expect("a path")).expect("the class"))
            .collect();
        let mut namespaces: Vec<_> = (0..NAMESPACES).map(|_| Namespace::new(random)).collect();
        namespaces.iter_mut().for_each(|namespace| existing::wait_until_bound(&mut namespace.existing));
        Self { namespaces, terminating: terminating_namespace(), classes }
    }

    /// Classes as the server has them.
    pub fn classes(&self) -> Vec<Value> {
        self.classes.clone()
    }

    /// The namespace of a trial, as the server has it.
    pub fn namespace_of(&self, trial: &Trial) -> Value {
        match self.terminating["metadata"]["name"] == trial.namespace.as_str() {
            true => self.terminating.clone(),
            false => {
                json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": trial.namespace}, "status": {"phase": "Active"}})
            }
        }
    }

    /// Lets the namespace go that is being deleted.
    pub fn end(&self) {
        let name = self.terminating["metadata"]["name"].as_str().expect("a name");
        let path = format!("/api/v1/namespaces/{name}");
        api().merge_patch(&path, &json!({"metadata": {"finalizers": null}})).expect("an end");
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
        let name = self.terminating["metadata"]["name"].as_str().expect("a name");
        trials.push(Trial {
            namespace: name.to_owned(),
            quotas: Vec::new(),
            limit_ranges: Vec::new(),
            object: object(random, name),
            old: None,
            resize: false,
            answer: None,
        });
        thread::sleep(SEEN);
        for trial in &mut trials {
            trial.answer = Some(server_answers::answer(trial));
        }
        trials
    }

    /// Writes the trial's rules again, waits long, and asks several times: every answer must agree. What was a late
    /// cache of the server's is none of ours; what differs still, is. On a busy machine a cache may be late by seconds.
    pub fn agrees_after_all(&self, trial: &Trial) -> bool {
        let trial = Self::again(trial);
        let foretold = &predictions::all(std::slice::from_ref(&trial), self)[0];
        let agrees = || sentences::agree(&server_answers::answer(&trial), foretold);
        let deadline = Instant::now() + LATEST;
        while !agrees() {
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(SEEN);
        }
        (0..8).all(|_| agrees())
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
        trial.answer = Some(server_answers::answer(&trial));
        trial
    }
}

/// Deletes a namespace that a finalizer keeps, and waits until the server admits nothing to it any more.
fn terminating_namespace() -> Value {
    let name = fresh_namespace("differential");
    let path = format!("/api/v1/namespaces/{name}");
    api()
        .merge_patch(&path, &json!({"metadata": {"finalizers": ["example.com/kept"]}}))
        .expect("a finalizer");
    api().delete(&path).expect("a deletion");
    let probe =
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "probe", "namespace": name}});
    let collection = format!("{path}/configmaps?dryRun=All");
    let deadline = Instant::now() + LATEST * 4;
    while api().request("POST", &collection, None, Some(&probe)).expect("an answer").status != 403 {
        assert!(Instant::now() < deadline, "{name} goes on admitting objects");
        thread::sleep(SEEN);
    }
    let mut namespace = api().get(&path).expect("the namespace");
    namespace["apiVersion"] = Value::from("v1");
    namespace["kind"] = Value::from("Namespace");
    namespace
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
        let existing = existing::existing(random, &name);
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
                        change_some(random, &mut container["resources"], 60, [CPU, MEMORY]);
                    }
                    change_some(random, &mut new["spec"]["resources"], 40, [LARGE_CPU, LARGE_MEMORY]);
                    // What changes no amount is no resize to kubectl.
                    resize = amounts(&new) != amounts(old);
                }
            }
        }
        (new, Some(old.clone()), resize)
    }
}

/// What containers are resized to.
const CPU: &[&str] = &["200m", "500m", "1", "2", "1.5"];
const MEMORY: &[&str] = &["128Mi", "256Mi", "1Gi", "500M"];

/// What whole pods are resized to.
const LARGE_CPU: &[&str] = &["10", "20", "25", "1"];
const LARGE_MEMORY: &[&str] = &["10Gi", "20Gi", "21G", "1Gi"];

/// Changes the processor and memory of requests and limits, each with a chance in percent.
fn change_some(random: &mut Random, resources: &mut Value, chance: usize, amounts: [&[&'static str]; 2]) {
    for list in ["requests", "limits"] {
        let list = resources.get_mut(list).and_then(Value::as_object_mut);
        for (name, amount) in list.into_iter().flatten() {
            let index = ["cpu", "memory"].iter().position(|one| one == name);
            if let Some(index) = index.filter(|_| random.percent(chance)) {
                *amount = Value::from(random.pick(amounts[index]));
            }
        }
    }
}

/// The processor and memory of a pod and of its containers, by value.
fn amounts(pod: &Value) -> Vec<Quantity> {
    let containers =
        std::iter::once(&pod["spec"]).chain(pod["spec"]["containers"].as_array().into_iter().flatten());
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
