//! Random workloads and other objects, as they stand in manifests.

use serde_json::{Value, json};
use support::Random;

use super::POOL;
use crate::objects::{autoscaler, batch, config_map, on_nodes_of, service, template, workload};

/// The ResourceClaimTemplate that pods make their device claims from.
pub const DEVICES: &str = "devices";

/// A ResourceClaimTemplate of one or two devices.
pub fn claim_template(random: &mut Random, namespace: &str) -> Value {
    let exactly =
        json!({"deviceClassName": "example", "allocationMode": "ExactCount", "count": 1 + random.below(2)});
    let devices = json!({"devices": {"requests": [{"name": "device", "exactly": exactly}]}});
    json!({
        "apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaimTemplate",
        "metadata": {"name": DEVICES, "namespace": namespace}, "spec": {"spec": devices},
    })
}

fn storage(random: &mut Random) -> Value {
    json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": random.pick(&["512Mi", "1Gi", "2Gi"])}}})
}

/// Objects of one name: a workload, and what goes with it. `other_rules` says whether anything but quotas and LimitRanges may
/// refuse pods.
pub fn objects(random: &mut Random, namespace: &str, name: &str, other_rules: bool) -> Vec<Value> {
    let replicas = 1 + random.below(4);
    let mut pods = pods(random, name);
    if other_rules && random.percent(6) {
        pods["spec"]["serviceAccountName"] = json!("missing");
    }
    match random.below(20) {
        0..6 => {
            let mut web = workload("Deployment", namespace, name, replicas, pods);
            if random.percent(20) {
                web["spec"]["strategy"] = json!({"type": "Recreate"});
            }
            if !random.percent(15) {
                return vec![web];
            }
            let mut scaler = autoscaler(namespace, name, name, 6);
            scaler["spec"]["minReplicas"] = json!(replicas + 1);
            // It stands before what it scales at times.
            if random.percent(30) { vec![scaler, web] } else { vec![web, scaler] }
        }
        6 | 7 => {
            let mut set = workload("ReplicaSet", namespace, name, replicas, pods);
            if random.percent(60) {
                set["metadata"]["ownerReferences"] = json!([{
                    "apiVersion": "rollouts.example.com/v1", "kind": "Rollout", "name": name,
                    "uid": "11111111-0000-0000-0000-000000000001", "controller": true,
                }]);
            }
            vec![set]
        }
        8..11 => {
            let mut set = workload("StatefulSet", namespace, name, replicas, pods);
            set["spec"]["podManagementPolicy"] = json!("Parallel");
            if random.percent(70) {
                let templates = (0..1 + random.below(2))
                    .map(|index| json!({"metadata": {"name": format!("d{index}")}, "spec": storage(random)}));
                set["spec"]["volumeClaimTemplates"] = templates.collect();
            }
            if random.percent(20) {
                set["spec"]["ordinals"] = json!({"start": 3});
            }
            vec![set]
        }
        11 => {
            // Only a pod that is ready lets the next one be created.
            let pods = on_nodes_of(POOL, template(name, &requests(random)));
            vec![workload("StatefulSet", namespace, name, replicas, pods)]
        }
        12 => {
            let pods = on_nodes_of(POOL, template(name, &requests(random)));
            vec![workload("DaemonSet", namespace, name, 1, pods)]
        }
        13 | 14 => vec![batch("Job", namespace, name, &job(random, pods))],
        15 => {
            let spec = json!({"schedule": "0 0 1 1 *", "jobTemplate": {"spec": job(random, pods)}});
            vec![batch("CronJob", namespace, name, &spec)]
        }
        16 | 17 => vec![json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace, "labels": {"app": name}},
            "spec": pods["spec"],
        })],
        18 => vec![json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": {"name": name, "namespace": namespace}, "spec": storage(random),
        })],
        _ if random.percent(50) => vec![config_map(namespace, name)],
        _ => vec![service(namespace, name, "ClusterIP")],
    }
}

fn job(random: &mut Random, mut pods: Value) -> Value {
    pods["spec"]["restartPolicy"] = json!("Never");
    let mut spec = json!({"parallelism": 1 + random.below(3), "template": pods});
    if random.percent(40) {
        spec["completions"] = json!(1 + random.below(4));
    }
    if random.percent(30) {
        spec["template"]["spec"]["activeDeadlineSeconds"] = json!(3600);
    }
    spec
}

fn requests(random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!({}),
        1 => json!({"cpu": random.pick(&["50m", "100m", "250m"])}),
        _ => {
            json!({"cpu": random.pick(&["50m", "100m", "250m"]), "memory": random.pick(&["64Mi", "128Mi"])})
        }
    }
}

/// A template of pods that no node takes: a Job's would end, and free what they are charged.
fn pods(random: &mut Random, app: &str) -> Value {
    let mut pods = template(app, &requests(random));
    pods["spec"]["nodeSelector"] = json!({"for": "nobody"});
    if random.percent(40) {
        pods["spec"]["containers"][0]["resources"]["limits"] = json!({"cpu": "300m", "memory": "256Mi"});
    }
    if random.percent(20) {
        let beside = json!({"name": "beside", "image": "app", "resources": {"requests": requests(random)}});
        pods["spec"]["containers"].as_array_mut().expect("containers").push(beside);
    }
    // One each: which pods get which of several is for the controllers' queues to say.
    if random.percent(25) {
        let claim = json!({"spec": storage(random)});
        pods["spec"]["volumes"] = json!([{"name": "scratch", "ephemeral": {"volumeClaimTemplate": claim}}]);
    } else if random.percent(20) {
        pods["spec"]["resourceClaims"] = json!([{"name": "device", "resourceClaimTemplateName": DEVICES}]);
    }
    if random.percent(6) {
        pods["spec"]["hostNetwork"] = json!(true);
    }
    pods
}
