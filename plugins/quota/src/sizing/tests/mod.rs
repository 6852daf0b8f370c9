//! What is recommended, number by number.

mod counts;
mod random;

use serde_json::{Value, json};
use shared::{admission::ClusterFacts, manifest::kinds::Kinds};

use super::decide;
use crate::{
    inventory::{Inventory, InventoryBuilder},
    proposal::Violation,
    sizing::{Options, options::Terminating},
};

fn inventory(objects: &[Value]) -> Inventory {
    let mut builder = InventoryBuilder::new(Kinds::default(), 0);
    builder.namespace_mut("team");
    for object in objects {
        let mut object = object.clone();
        object["metadata"]["namespace"] = json!("team");
        match object["kind"].as_str().unwrap() {
            "Pod" => builder.add_pod(&serde_json::from_value(object).unwrap()).unwrap(),
            "LimitRange" => builder.add_limit_range(&serde_json::from_value(object).unwrap()).unwrap(),
            "ResourceQuota" => builder.add_quota(serde_json::from_value(object).unwrap()).unwrap(),
            _ => builder.add_object(object).unwrap(),
        }
    }
    builder.finish(ClusterFacts::default(), Vec::new()).namespaces.remove(0)
}

fn deployment(name: &str, replicas: usize, resources: &Value) -> Value {
    let container = json!({"name": "app", "image": "app", "resources": resources});
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
        "spec": {"replicas": replicas, "template": {"spec": {"containers": [container]}}},
    })
}

/// A pod of a workload as it runs, after LimitRanges filled in what `resources` say.
fn pod(owner: (&str, &str), number: usize, spec: &Value) -> Value {
    let (kind, name) = owner;
    let (controller, hash) = match kind {
        "Deployment" => {
            (json!({"kind": "ReplicaSet", "name": format!("{name}-5d4f"), "controller": true}), "5d4f")
        }
        kind => (json!({"kind": kind, "name": name, "controller": true}), ""),
    };
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": format!("{name}-{number}"), "labels": {"pod-template-hash": hash}, "ownerReferences": [controller]},
        "spec": spec,
    })
}

fn hard(advice: &super::advice::Advice, resource: &str) -> Option<String> {
    advice.hard.get(resource).map(|sized| sized.hard.to_string())
}

fn web(replicas: usize, running: usize, resources: &Value) -> Vec<Value> {
    let web = deployment("web", replicas, resources);
    let spec = web["spec"]["template"]["spec"].clone();
    let pods = (0..running).map(|number| pod(("Deployment", "web"), number, &spec));
    std::iter::once(web.clone()).chain(pods).collect()
}

#[test]
fn each_number_has_its_reasons() {
    let resources = json!({"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "1Gi"}});
    let mut objects = web(4, 3, &resources);
    objects.push(json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "web"},
        "spec": {"maxReplicas": 8, "scaleTargetRef": {"kind": "Deployment", "name": "web"}},
    }));
    objects.push(json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "ClusterIP"}}));
    let whole = Options { bounds: true, object_counts: true, ..Options::default() };
    let advice = decide(&inventory(&objects), &ClusterFacts::default(), &whole).unwrap();
    let why = |resource: &str| {
        super::reasons::limit_reason(resource, &advice.hard[resource], Options::default().headroom)
    };
    assert_eq!(
        why("requests.cpu"),
        "1500m in use + 500m missing pods (deployment/web) + 2 autoscalers (deployment/web) + 1 surge (deployment/web) + 2 terminating (deployment/web) = 7; + 20% headroom = 8400m; rounded up"
    );
    assert!(
        why("requests.memory").ends_with(" = 14Gi; + 20% headroom = 17204Mi; rounded up"),
        "{}",
        why("requests.memory")
    );
    assert_eq!(hard(&advice, "requests.cpu").as_deref(), Some("8500m"));
    assert_eq!(hard(&advice, "requests.memory").as_deref(), Some("17Gi"));
    assert_eq!(hard(&advice, "limits.memory").as_deref(), Some("17Gi"));
    assert_eq!(hard(&advice, "pods").as_deref(), Some("17"));
    assert_eq!(hard(&advice, "services").as_deref(), Some("2"));
    assert_eq!(hard(&advice, "limits.cpu"), None);
    assert_eq!(
        advice.notes,
        [
            "limits.cpu is omitted: 3 of 3 containers have no limit, such as container app of deployment/web; --default-limits sets one"
        ]
    );
    let range = advice.proposal.range.as_ref().unwrap().manifest("team");
    assert_eq!(
        range["spec"]["limits"],
        json!([{
            "type": "Container",
            "default": {"memory": "1Gi"},
            "defaultRequest": {"cpu": "500m", "memory": "1Gi"},
            "max": {"memory": "1Gi"},
            "min": {"cpu": "500m", "memory": "1Gi"},
        }])
    );
    // Neither is set without being asked for: both would refuse what comes next.
    let advice = decide(&inventory(&objects), &ClusterFacts::default(), &Options::default()).unwrap();
    assert_eq!(hard(&advice, "services"), None);
    assert_eq!(
        advice.proposal.range.as_ref().unwrap().manifest("team")["spec"]["limits"],
        json!([{
            "type": "Container",
            "default": {"memory": "1Gi"},
            "defaultRequest": {"cpu": "500m", "memory": "1Gi"},
        }])
    );
    let tight = Options { terminating: Terminating::None, ..Options::default() };
    let advice = decide(&inventory(&objects), &ClusterFacts::default(), &tight).unwrap();
    assert_eq!(hard(&advice, "pods").as_deref(), Some("12"));
}

#[test]
fn values_that_break_something_name_it() {
    let resources = json!({"requests": {"cpu": "500m"}, "limits": {"cpu": "1"}});
    let inventory = inventory(&web(3, 3, &resources));
    let with = |hard: &[&str], max: &[&str], default: &[&str]| {
        let pairs = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<_>>();
        let mut options = Options { hard: pairs(hard), bounds: true, ..Options::default() };
        options.limits.max = pairs(max);
        options.limits.default_limit = pairs(default);
        let advice = decide(&inventory, &ClusterFacts::default(), &options).unwrap();
        advice.violations.iter().map(Violation::sentence).collect::<Vec<_>>()
    };
    assert_eq!(
        with(&["requests.cpu=1"], &[], &[]),
        [
            "resourcequota/quota: requests.cpu=1 is below the 1500m in use, 1500m by deployment/web",
            "deployment/web: pods \"web-*\" is forbidden: exceeded quota: quota, requested: requests.cpu=500m, used: requests.cpu=1500m, limited: requests.cpu=1",
        ]
    );
    assert_eq!(
        with(&[], &["cpu=900m"], &[]),
        [
            "deployment/web: pods \"web-*\" is forbidden: maximum cpu usage per Container is 900m, but limit is 1",
            "limitrange/limits: spec.limits[0].default[cpu]: Invalid value: \"900m\": default value 1 is greater than max value 900m",
        ]
    );
    assert_eq!(
        with(&[], &[], &["cpu=100m"]),
        [
            "limitrange/limits: spec.limits[0].defaultRequest[cpu]: Invalid value: \"500m\": default request value 500m is greater than default limit value 100m",
            "limitrange/limits: spec.limits[0].default[cpu]: Invalid value: \"500m\": min value 500m is greater than default value 100m",
        ]
    );
    // Nobody names memory limits, and nothing gives them one.
    assert_eq!(
        with(&["limits.memory=10Gi"], &[], &[]),
        [
            "deployment/web: pods \"web-*\" is forbidden: failed quota: quota: must specify limits.memory for: app"
        ]
    );
    assert_eq!(with(&["requests.cpu=2"], &["cpu=1"], &["cpu=500m"]), [""; 0]);
}

#[test]
fn what_stands_stays_unless_what_runs_says_otherwise() {
    let mut objects = web(1, 1, &json!({"requests": {"cpu": "1"}}));
    objects.push(json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "old"},
        "spec": {"hard": {"cpu": "1", "count/jobs.batch": "7", "limits.nvidia.com/gpu": "1"}},
        "status": {"hard": {"cpu": "1", "count/jobs.batch": "7"}, "used": {"cpu": "1", "count/jobs.batch": "0"}},
    }));
    let advice = decide(&inventory(&objects), &ClusterFacts::default(), &Options::default()).unwrap();
    assert_eq!(advice.proposal.quota.as_ref().unwrap().name, "old");
    assert_eq!(hard(&advice, "cpu").as_deref(), Some("3750m"));
    assert_eq!(hard(&advice, "requests.cpu"), None, "the same under another name");
    assert_eq!(hard(&advice, "count/jobs.batch").as_deref(), Some("7"));
    assert!(
        advice.changes.iter().any(|change| change.sentence() == "resourcequota/old cpu: 1 → 3750m"),
        "{:?}",
        advice.changes
    );
    assert!(
        advice.notes.iter().any(|note| note.starts_with("limits.nvidia.com/gpu is omitted")),
        "{:?}",
        advice.notes
    );
}
