//! Whatever runs: what is recommended for it breaks nothing.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    decide,
    options::{Options, Terminating},
};
use crate::{
    admission::{Classes, NamespaceFacts},
    check::{Kinds, Ledger, Outcome},
    facts::Body,
    inventory::{Gathering, Inventory, Workload},
    proposal::{Break, breaks},
};

fn inventory(objects: &[Value]) -> Inventory {
    let mut gathering = Gathering::new(Kinds::default(), 0);
    gathering.namespace("team");
    for object in objects {
        let mut object = object.clone();
        object["metadata"]["namespace"] = json!("team");
        match object["kind"].as_str().unwrap() {
            "Pod" => gathering.pod(&serde_json::from_value(object).unwrap()).unwrap(),
            "LimitRange" => gathering.limit_range(&serde_json::from_value(object).unwrap()).unwrap(),
            "ResourceQuota" => gathering.quota(serde_json::from_value(object).unwrap()).unwrap(),
            _ => gathering.object(object).unwrap(),
        }
    }
    gathering.finish(Classes::default(), Vec::new()).namespaces.remove(0)
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

fn hard(advice: &super::Advice, resource: &str) -> Option<String> {
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
    let advice = decide(&inventory(&objects), &Classes::default(), &Options::default()).unwrap();
    let why = |resource: &str| {
        super::reasons::of_limit(resource, &advice.hard[resource], Options::default().headroom)
    };
    assert_eq!(
        why("requests.cpu"),
        "runs 1500m, wanted 500m (deployment/web), autoscalers 2 (deployment/web), surge 1 (deployment/web), terminating 2 (deployment/web), headroom 20 % 1400m: 8400m, rounded up"
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
            "limits.cpu is left out: 3 of 3 containers have none, container app of deployment/web for one; --default-limits gives them one"
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
    let tight = Options { terminating: Terminating::None, ..Options::default() };
    let advice = decide(&inventory(&objects), &Classes::default(), &tight).unwrap();
    assert_eq!(hard(&advice, "pods").as_deref(), Some("12"));
}

#[test]
fn values_that_break_something_name_it() {
    let resources = json!({"requests": {"cpu": "500m"}, "limits": {"cpu": "1"}});
    let inventory = inventory(&web(3, 3, &resources));
    let with = |hard: &[&str], max: &[&str], default: &[&str]| {
        let pairs = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<_>>();
        let mut options = Options { hard: pairs(hard), ..Options::default() };
        options.limits.max = pairs(max);
        options.limits.default_limit = pairs(default);
        let advice = decide(&inventory, &Classes::default(), &options).unwrap();
        advice.breaks.iter().map(Break::sentence).collect::<Vec<_>>()
    };
    assert_eq!(
        with(&["requests.cpu=1"], &[], &[]),
        [
            "resourcequota/quota: requests.cpu=1 is below the 1500m in use, 1500m of it by deployment/web",
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
    let advice = decide(&inventory(&objects), &Classes::default(), &Options::default()).unwrap();
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
        advice.notes.iter().any(|note| note.starts_with("limits.nvidia.com/gpu is left out")),
        "{:?}",
        advice.notes
    );
}

fn amounts() -> impl Strategy<Value = Value> {
    let one = |values: &'static [&'static str]| prop_oneof![1 => Just(None), 3 => prop::sample::select(values).prop_map(Some)];
    let (cpu, memory) = (&["0", "50m", "100m", "250m", "1"], &["16Mi", "100M", "128Mi", "1Gi"]);
    (one(cpu), one(memory), one(&["1", "1500m", "2"]), one(&["1Gi", "2Gi"])).prop_map(
        |(cpu, memory, most, limit)| {
            let mut resources = json!({});
            for (list, name, amount) in [
                ("requests", "cpu", cpu),
                ("requests", "memory", memory),
                ("limits", "cpu", most),
                ("limits", "memory", limit),
            ] {
                if let Some(amount) = amount {
                    resources[list][name] = json!(amount);
                }
            }
            resources
        },
    )
}

fn workload(index: usize) -> impl Strategy<Value = Vec<Value>> {
    let containers = prop::collection::vec((amounts(), 0..4u8), 1..4);
    let strategy = prop_oneof![
        4 => Just(json!({})),
        1 => Just(json!({"type": "Recreate"})),
        1 => Just(json!({"rollingUpdate": {"maxSurge": "100%", "maxUnavailable": 0}})),
        1 => Just(json!({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 2}})),
    ];
    let kind = prop::sample::select(
        &["Deployment", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "CronJob"][..],
    );
    (containers, strategy, kind, 0..9usize, 0..9usize, prop::option::of(1..12usize), 0..8u8).prop_map(
        move |(containers, strategy, kind, replicas, running, scaled, whole)| {
            let name = format!("w{index}");
            let all = containers.iter().enumerate().map(|(number, (resources, role))| {
                let container = json!({"name": format!("c{number}"), "resources": resources});
                (container, *role)
            });
            let mut spec = json!({"containers": [], "initContainers": []});
            for (mut container, role) in all {
                let list = if role == 0 { "initContainers" } else { "containers" };
                if role == 0 && replicas % 2 == 0 {
                    container["restartPolicy"] = json!("Always");
                }
                spec[list].as_array_mut().unwrap().push(container);
            }
            if whole == 0 {
                spec["resources"] = json!({"requests": {"cpu": "20"}, "limits": {"cpu": "20", "memory": "20Gi"}});
            }
            let (api, template) = match kind {
                "CronJob" => ("batch/v1", json!({"jobTemplate": {"spec": {"parallelism": replicas, "template": {"spec": spec}}}})),
                _ => ("apps/v1", json!({"replicas": replicas, "strategy": strategy, "template": {"spec": spec}})),
            };
            let mut object = json!({"apiVersion": api, "kind": kind, "metadata": {"name": name}, "spec": template});
            object["status"]["desiredNumberScheduled"] = json!(replicas);
            if kind == "StatefulSet" {
                let claim = json!({"metadata": {"name": "data"}, "spec": {"resources": {"requests": {"storage": "3Gi"}}}});
                object["spec"]["volumeClaimTemplates"] = json!([claim]);
            }
            let mut objects = vec![object];
            objects.extend((0..running.min(replicas)).map(|number| pod((kind, &name), number, &spec)));
            if let Some(most) = scaled {
                objects.push(json!({
                    "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": name},
                    "spec": {"maxReplicas": most, "scaleTargetRef": {"kind": kind, "name": name}},
                }));
            }
            objects
        },
    )
}

fn namespace() -> impl Strategy<Value = Vec<Value>> {
    let workloads = (0..5usize).prop_flat_map(|count| (0..count).map(workload).collect::<Vec<_>>());
    let range = prop::option::of(prop_oneof![
        Just(
            json!({"default": {"cpu": "1", "memory": "1Gi"}, "defaultRequest": {"cpu": "100m", "memory": "64Mi"}})
        ),
        Just(json!({"defaultRequest": {"memory": "64Mi"}, "maxLimitRequestRatio": {"cpu": "50"}})),
        Just(json!({"max": {"cpu": "2"}})),
    ]);
    let services = prop::collection::vec(
        (prop::sample::select(&["ClusterIP", "NodePort", "LoadBalancer"][..]), 1..4usize),
        0..4,
    );
    (workloads, range, services).prop_map(|(workloads, range, services)| {
        let mut objects = workloads.concat();
        objects.extend(services.into_iter().enumerate().map(|(number, (kind, ports))| {
            let ports = vec![json!({"port": 80}); ports];
            json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": format!("s{number}")}, "spec": {"type": kind, "ports": ports}})
        }));
        objects.extend(range.map(|mut item| {
            item["type"] = json!("Container");
            json!({"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "present"}, "spec": {"limits": [item]}})
        }));
        objects
    })
}

fn create(ledger: &mut Ledger, object: crate::facts::Object) -> Result<(), TestCaseError> {
    let name = object.name.clone();
    match ledger.create(object) {
        Outcome::Admitted => Ok(()),
        Outcome::Refused(refusals) | Outcome::Either(refusals) => {
            Err(TestCaseError::fail(format!("{name}: {}", refusals[0].message)))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_recommended_lets_everything_in_and_every_rollout_through(
        objects in namespace(),
        default_limits: bool,
        terminating in prop::sample::select(&[Terminating::None, Terminating::Step, Terminating::All][..]),
        headroom in prop::sample::select(&[0u32, 20][..]),
    ) {
        let inventory = inventory(&objects);
        let options = Options { default_limits, terminating, headroom: shared::quantity::Percent::new(headroom), ..Options::default() };
        let classes = Classes::default();
        let stuck = breaks(&inventory, &inventory.rules, &classes);
        let is_stuck = |owner: &str| stuck.iter().any(|one| one.object == owner);
        let advice = decide(&inventory, &classes, &options).unwrap();
        prop_assert_eq!(&advice.breaks, &[]);

        let rules = advice.proposal.rules(&inventory).unwrap();
        let ledger = |rules: NamespaceFacts| Ledger { namespaces: [("team".to_owned(), rules)].into(), classes: classes.clone(), ..Ledger::default() };
        let workloads: Vec<_> = inventory.workloads.iter().map(|one| Workload::of(one, &inventory)).collect();

        // All of it anew, from nothing to as many as autoscalers make.
        let mut empty = rules.clone();
        for quota in &mut empty.quotas {
            quota.used.values_mut().for_each(|used| *used = Default::default());
        }
        let mut fresh = ledger(empty);
        for object in &inventory.objects {
            create(&mut fresh, object.clone())?;
        }
        for workload in workloads.iter().filter(|workload| !is_stuck(&workload.owner.to_string())) {
            for claim in workload.missing_claims(&inventory, workload.most) {
                create(&mut fresh, claim)?;
            }
            for _ in 0..workload.most {
                create(&mut fresh, workload.pod().unwrap())?;
            }
        }

        // All rollouts at once, at their peak, beside all that runs.
        let mut busy = ledger(rules.clone());
        for workload in workloads.iter().filter(|workload| !is_stuck(&workload.owner.to_string())) {
            let leaving = match terminating {
                Terminating::None => 0,
                Terminating::Step => workload.leaving(),
                Terminating::All => workload.strategy_for(workload.wanted).map_or(0, |_| workload.most),
            };
            let more = workload.most.saturating_sub(workload.live) + workload.surge() + leaving;
            for _ in 0..more {
                create(&mut busy, workload.pod().unwrap())?;
            }
        }

        // What is printed is what was meant.
        for manifest in advice.proposal.manifests() {
            let text = crate::proposal::yaml_manifest(&manifest, &super::reasons::of_quota(&advice, options.headroom));
            let read: Value = serde_yaml::from_str(&text).unwrap();
            prop_assert_eq!(read, manifest);
        }
        for (object, _) in inventory.charged() {
            if let Body::Pod(pod) = &object.body {
                prop_assert!(!pod.released);
            }
        }
    }
}
