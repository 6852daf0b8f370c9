//! Random objects in random namespaces, counted by the real quota controller: `verify` counts the same.
//!
//! A failure names its seed: `VERIFY_SEED=… cargo test -p kubectl-quota --test quota verify::random` makes the same objects
//! again. `VERIFY_NAMESPACES=1000` makes more of them.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use serde_json::{Map, Value, json};
use support::{Output, Random, TestEnv, cluster, fresh_namespace, number, seed};

use crate::{
    check::differential::{
        classes::classes,
        existing::with_report,
        objects::{object, pod},
        rules::{KEYS, scopes},
    },
    support::{administrator, count_again, write_status},
};

/// Namespaces of an ordinary run.
const NAMESPACES: u64 = 24;

/// How long the controllers may take to be quiet. The quota controller looks for new kinds every 30 seconds.
const QUIET: Duration = Duration::from_secs(300);

/// The group of a kind that is a custom resource.
const GROUP: &str = "verify.example.com";

/// Names that quotas count objects by, beside those of [`KEYS`].
const MORE_KEYS: [&str; 12] = [
    "count/cronjobs.batch",
    "count/ingresses.networking.k8s.io",
    "count/leases.coordination.k8s.io",
    "count/replicasets.apps",
    "count/roles.rbac.authorization.k8s.io",
    "count/serviceaccounts",
    "count/statefulsets.apps",
    "count/widgets.verify.example.com",
    "replicationcontrollers",
    "requests.hugepages-1Gi",
    "resourcequotas",
    "slow.deviceclass.resource.k8s.io/devices",
];

/// Creates what may be invalid or there already.
fn try_to_create(object: &Value) -> Option<Value> {
    let path = cluster::api::collection(object).expect("a path");
    let answer = cluster().api().request("POST", &path, None, Some(object)).expect("an answer");
    match answer.status {
        201 => Some(answer.body),
        400 | 403 | 404 | 409 | 422 => None,
        status => panic!("POST {path}: {status} {}", answer.body),
    }
}

/// A kind of custom resource, which quotas can count once the controller has found it.
fn define_widgets() {
    let schema = json!({"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}});
    try_to_create(&json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("widgets.{GROUP}")},
        "spec": {
            "group": GROUP, "scope": "Namespaced", "names": {"plural": "widgets", "kind": "Widget"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": schema}],
        },
    }));
    let path = format!("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.{GROUP}");
    let is_served = |definition: &Value| cluster::api::is_true(definition, "Established");
    cluster().api().wait_for(&path, "a served kind", is_served).expect("a served kind");
}

/// An object of one of the kinds of which only the number counts.
fn counted(random: &mut Random, namespace: &str, name: &str) -> Value {
    let labels = json!({"a": "b"});
    let template =
        json!({"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c", "image": "i"}]}});
    let selected = json!({"replicas": 0, "selector": {"matchLabels": labels}, "template": template});
    let mut job = template.clone();
    job["spec"]["restartPolicy"] = json!("Never");
    let job = json!({"suspend": true, "template": job});
    let (version, kind, spec) = match random.below(9) {
        0 => (
            "batch/v1",
            "CronJob",
            json!({"schedule": "0 0 1 1 *", "suspend": true, "jobTemplate": {"spec": job}}),
        ),
        1 => (
            "networking.k8s.io/v1",
            "Ingress",
            json!({"defaultBackend": {"service": {"name": "s", "port": {"number": 80}}}}),
        ),
        2 => ("coordination.k8s.io/v1", "Lease", json!({})),
        3 => ("apps/v1", "ReplicaSet", selected),
        4 => ("apps/v1", "StatefulSet", {
            let mut spec = selected;
            spec["serviceName"] = json!("s");
            spec
        }),
        5 => {
            ("v1", "ReplicationController", json!({"replicas": 0, "selector": labels, "template": template}))
        }
        6 => ("batch/v1", "Job", job),
        7 => ("v1", "ServiceAccount", Value::Null),
        _ => ("verify.example.com/v1", "Widget", json!({})),
    };
    let mut object =
        json!({"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": namespace}});
    if !spec.is_null() {
        object["spec"] = spec;
    }
    object
}

/// A pod that has ended, that a kubelet reports on, that somebody debugs, or that is terminating and stays.
fn changed_pod(random: &mut Random, namespace: &str, name: &str) {
    let mut spec = pod(random);
    spec["schedulerName"] = json!("nobody");
    let mut metadata = json!({"name": name, "namespace": namespace});
    let kind = random.below(4);
    if kind == 3 {
        metadata["finalizers"] = json!(["example.com/stay"]);
    }
    let made = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec});
    let Some(pod) = try_to_create(&made) else { return };
    let path = format!("/api/v1/namespaces/{namespace}/pods/{name}");
    match kind {
        0 => {
            let phase = random.pick(&["Succeeded", "Failed", "Running", "Unknown"]);
            let status = json!({"status": {"phase": phase}});
            cluster().api().merge_patch(&format!("{path}/status"), &status).map(drop).expect("a phase");
        }
        1 => drop(with_report(random, &pod)),
        2 => {
            let debugger = json!({"name": "debugger", "image": "i"});
            let added = json!({"spec": {"ephemeralContainers": [debugger]}});
            cluster().api().merge_patch(&format!("{path}/ephemeralcontainers"), &added).expect("a container");
        }
        _ => drop(cluster().api().delete(&path).expect("a deletion")),
    }
}

/// Fills a namespace, and then gives it quotas.
fn fill(random: &mut Random, namespace: &str) {
    for index in 0..4 + random.below(10) {
        let name = format!("o-{index}");
        match random.below(10) {
            0..6 => {
                let mut object = object(random, namespace);
                if object["metadata"]["generateName"].is_null() {
                    object["metadata"]["name"] = json!(name);
                }
                if object["kind"] == "Pod" {
                    object["spec"]["schedulerName"] = json!("nobody");
                }
                try_to_create(&object);
            }
            6 | 7 => changed_pod(random, namespace, &name),
            _ => drop(try_to_create(&counted(random, namespace, &name))),
        }
    }
    let all: Vec<&str> = KEYS.iter().map(|(key, _)| *key).chain(MORE_KEYS).collect();
    let mut quotas = 0;
    while quotas < 1 + random.below(3) {
        let mut spec = scopes(random);
        let keys = 1 + random.below(if spec == json!({}) { 14 } else { 4 });
        let hard: Map<_, _> = (0..keys).map(|_| (random.pick(&all).to_owned(), json!("1M"))).collect();
        spec["hard"] = Value::from(hard);
        let metadata = json!({"name": format!("q-{quotas}"), "namespace": namespace});
        // A quota with scopes may not have every key.
        let quota = json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": spec});
        quotas += usize::from(try_to_create(&quota).is_some());
    }
}

/// The rows of these namespaces that differ, of one recount of the whole cluster.
fn drifts(env: &TestEnv, namespaces: &BTreeSet<String>) -> (Vec<Value>, usize) {
    let output = env.run("kubectl", ["quota", "verify", "-A", "-o", "json"]);
    assert!(matches!(output.status, Some(0 | 3)), "{output}");
    let report = output.json();
    assert_eq!(report["kind"], "VerifyReport");
    let of_ours = |row: &&Value| row["namespace"].as_str().is_some_and(|name| namespaces.contains(name));
    let rows: Vec<Value> =
        report["items"].as_array().expect("items").iter().filter(of_ours).cloned().collect();
    let count = rows.len();
    (
        rows.into_iter().filter(|row| row["recorded"].is_null() || row["drift"]["decimal"] != "0").collect(),
        count,
    )
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn random_namespaces_are_counted_as_the_controller_counts_them() {
    let seed = seed("VERIFY_SEED");
    let count = number("VERIFY_NAMESPACES").unwrap_or(NAMESPACES);
    println!("VERIFY_SEED={seed} VERIFY_NAMESPACES={count}");
    let mut random = Random::new(seed);
    for class in classes(&mut random) {
        try_to_create(&class);
    }
    define_widgets();
    let namespaces: BTreeSet<String> = (0..count).map(|_| fresh_namespace("verify")).collect();
    for namespace in &namespaces {
        fill(&mut random, namespace);
    }
    let env = administrator();
    let deadline = Instant::now() + QUIET + Duration::from_secs(count);
    let amounts = loop {
        let (rows, amounts) = drifts(&env, &namespaces);
        if rows.is_empty() {
            break amounts;
        }
        let told = serde_json::to_string_pretty(&rows).expect("JSON");
        assert!(Instant::now() < deadline, "VERIFY_SEED={seed}: {} rows differ still:\n{told}", rows.len());
        // The controller counts from its cache when a quota is new, and pods whose grace period ends late.
        let text = |row: &Value, key: &str| row[key].as_str().expect("a text").to_owned();
        let quotas: BTreeSet<_> =
            rows.iter().map(|row| (text(row, "namespace"), text(row, "quota"))).collect();
        quotas.iter().for_each(|(namespace, quota)| count_again(namespace, quota));
    };
    println!("{amounts} amounts in {count} namespaces agree");
    // A generator whose quotas count nothing would prove nothing.
    assert!(amounts as u64 > 4 * count, "only {amounts} amounts");
    for namespace in namespaces.iter().take(8) {
        let output = env.run("kubectl", ["quota", "verify", "-n", namespace]).success();
        assert_eq!(output.stdout, "", "{output}");
        assert!(output.stderr.ends_with(" recounted: no drift\n"), "{output}");
        injected_drift_is_found(&mut random, &env, namespace);
    }
}

/// Writes another amount behind the controller's back: it is found, and nothing else.
fn injected_drift_is_found(random: &mut Random, env: &TestEnv, namespace: &str) {
    let report = |output: &Output| output.json()["items"].as_array().expect("items").clone();
    let before = report(&env.run("kubectl", ["quota", "verify", "-n", namespace, "-o", "json"]).success());
    if before.is_empty() {
        return;
    }
    let row = &before[random.below(before.len())];
    let (quota, resource) =
        (row["quota"].as_str().expect("a name"), row["resource"].as_str().expect("a name"));
    let amount = 1 + random.below(999);
    write_status(namespace, quota, &json!({"used": {resource: amount.to_string()}}));
    let output = env.run("kubectl", ["quota", "verify", "-n", namespace, "-o", "json"]);
    let recounted: f64 = row["recounted"]["decimal"].as_str().expect("a decimal").parse().expect("a number");
    for after in report(&output) {
        let is_it = after["quota"] == quota && after["resource"] == resource;
        assert_eq!(after["recounted"]["decimal"], {
            let same = before
                .iter()
                .find(|one| one["quota"] == after["quota"] && one["resource"] == after["resource"]);
            same.expect("the same row")["recounted"]["decimal"].clone()
        });
        let drift: f64 = after["drift"]["decimal"].as_str().expect("a decimal").parse().expect("a number");
        let expected = if is_it { f64::from(u32::try_from(amount).expect("small")) - recounted } else { 0.0 };
        assert!((drift - expected).abs() < 1e-9, "{drift} instead of {expected}: {output}");
        assert_eq!(after["cause"].is_null(), drift == 0.0, "{output}");
        if is_it {
            output.clone().exits(if drift == 0.0 { 0 } else { 3 });
        }
    }
}
