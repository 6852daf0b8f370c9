//! Whatever runs: what is recommended for it breaks nothing.

use proptest::prelude::*;
use serde_json::{Value, json};
use shared::admission::{
    ClusterFacts, NamespaceFacts,
    object::ObjectKind,
    simulator::{Outcome, Simulator},
};

use super::{inventory, pod};
use crate::{
    inventory::Workload,
    proposal::violations,
    sizing::{Options, options::Terminating},
    sizing::{decide, reasons},
};

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

fn create(simulator: &mut Simulator, object: shared::admission::object::Object) -> Result<(), TestCaseError> {
    let name = object.name.clone();
    match simulator.create(object) {
        Outcome::Admitted => Ok(()),
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => {
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
        let cluster_facts = ClusterFacts::default();
        let stuck = violations(&inventory, &inventory.rules, &cluster_facts);
        let is_stuck = |owner: &str| stuck.iter().any(|one| one.object == owner);
        let advice = decide(&inventory, &cluster_facts, &options).unwrap();
        prop_assert_eq!(&advice.violations, &[]);

        let rules = advice.proposal.rules(&inventory).unwrap();
        let simulator = |rules: NamespaceFacts| Simulator::for_namespace("team", rules, cluster_facts.clone());
        let workloads: Vec<_> = inventory.workloads.iter().map(|one| Workload::of(one, &inventory)).collect();

        // All of it anew, from nothing to as many as autoscalers make.
        let mut empty = rules.clone();
        for quota in &mut empty.quotas {
            quota.used.values_mut().for_each(|used| *used = Default::default());
        }
        let mut fresh = simulator(empty);
        for object in &inventory.objects {
            create(&mut fresh, object.clone())?;
        }
        for workload in workloads.iter().filter(|workload| !is_stuck(&workload.owner.to_string())) {
            for claim in workload.missing_claims(&inventory, workload.max_replicas) {
                create(&mut fresh, claim)?;
            }
            for _ in 0..workload.max_replicas {
                create(&mut fresh, workload.pod().unwrap())?;
            }
        }

        // All rollouts at once, at their peak, beside all that runs.
        let mut busy = simulator(rules.clone());
        for workload in workloads.iter().filter(|workload| !is_stuck(&workload.owner.to_string())) {
            let terminating = match terminating {
                Terminating::None => 0,
                Terminating::Step => workload.terminating_per_step(),
                Terminating::All => workload.strategy_for(workload.desired).map_or(0, |_| workload.max_replicas),
            };
            let more = workload.max_replicas.saturating_sub(workload.running) + workload.surge() + terminating;
            for _ in 0..more {
                create(&mut busy, workload.pod().unwrap())?;
            }
        }

        // What is printed is what was meant.
        for manifest in advice.proposal.manifests() {
            let text = shared::output::yaml_with_comments(&manifest, &reasons::quota_reasons(&advice, options.headroom)).unwrap();
            let read: Value = serde_yaml::from_str(&text).unwrap();
            prop_assert_eq!(read, manifest);
        }
        for (object, _) in inventory.charged() {
            if let ObjectKind::Pod(pod) = &object.body {
                prop_assert!(!pod.released);
            }
        }
    }
}
