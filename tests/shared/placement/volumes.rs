//! Random volumes, claims in every state, and nodes that attach few.

use cluster::Api;
use serde_json::{Value, json};
use support::Random;

use super::world::NAMESPACES;

const STORAGE: &str = "storage.k8s.io/v1";
const DRIVER: &str = "csi.example.com";

/// Makes classes, volumes, claims and limits. Returns the claims, by namespace and name.
pub fn make(api: &Api, random: &mut Random, trial: u64, nodes: &[String]) -> Vec<(String, String)> {
    let class = |name: &str, provisioner: &str, mode: &str, topologies: Value| {
        json!({
            "apiVersion": STORAGE, "kind": "StorageClass", "metadata": {"name": format!("w{trial}-{name}")},
            "provisioner": provisioner, "volumeBindingMode": mode, "allowedTopologies": topologies,
        })
    };
    let in_zone =
        json!([{"matchLabelExpressions": [{"key": "topology.kubernetes.io/zone", "values": ["a", "b"]}]}]);
    let nobody = "kubernetes.io/no-provisioner";
    api.create_all(&[
        class("immediate", nobody, "Immediate", json!([])),
        class("local", nobody, "WaitForFirstConsumer", json!([])),
        class("zonal", DRIVER, "WaitForFirstConsumer", in_zone),
    ])
    .unwrap();
    for node in nodes {
        if random.percent(50) {
            continue;
        }
        let driver = json!({"name": DRIVER, "nodeID": node, "topologyKeys": [], "allocatable": {"count": random.below(3)}});
        let csi_node = json!({
            "apiVersion": STORAGE, "kind": "CSINode", "metadata": {"name": node},
            "spec": {"drivers": [driver]},
        });
        create(api, "csinodes", &csi_node);
    }
    let mut claims = Vec::new();
    for number in 0..6 {
        let namespace = random.pick(&NAMESPACES).to_owned();
        let name = format!("w{trial}-c{number}");
        match number {
            0..=3 => bound(api, random, &namespace, &name, nodes),
            _ => unbound(api, random, trial, &namespace, &name),
        }
        claims.push((namespace, name));
    }
    for number in 0..random.below(3) {
        free(api, random, trial, number, nodes);
    }
    claims
}

/// Mounts some of the claims in a pod; one may not be there.
pub fn mount(random: &mut Random, pod: &mut Value, claims: &[(String, String)]) {
    let (namespace, name) = random.pick(claims);
    pod["metadata"]["namespace"] = json!(namespace);
    let name = if random.percent(10) { "nowhere".to_owned() } else { name };
    pod["spec"]["volumes"] = json!([{"name": "data", "persistentVolumeClaim": {"claimName": name}}]);
}

/// Gives a pod a volume whose claim is its own.
pub fn own(random: &mut Random, pod: &mut Value, trial: u64) {
    let class = format!("w{trial}-{}", random.pick(&["immediate", "local", "zonal"]));
    let spec = claim("", "", &class, "ReadWriteOnce")["spec"].take();
    pod["spec"]["volumes"] = json!([{"name": "own", "ephemeral": {"volumeClaimTemplate": {"spec": spec}}}]);
}

/// Makes the claim of a pod's own volume, as the ephemeral volume controller does.
pub fn make_own(api: &Api, pod: &Value) {
    let metadata = &pod["metadata"];
    let spec = &pod["spec"]["volumes"];
    let template = spec.as_array().unwrap().iter().find(|volume| volume["name"] == "own").unwrap();
    let name = format!("{}-own", metadata["name"].as_str().unwrap());
    let claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
        "metadata": {
            "name": name, "namespace": metadata["namespace"],
            "ownerReferences": [{
                "apiVersion": "v1", "kind": "Pod", "name": metadata["name"], "uid": metadata["uid"], "controller": true,
            }],
        },
        "spec": template["ephemeral"]["volumeClaimTemplate"]["spec"],
    });
    api.create(&claim).unwrap();
}

fn node_affinity(random: &mut Random, nodes: &[String]) -> Value {
    let requirement = match random.below(3) {
        0 => json!({"key": "kubernetes.io/hostname", "operator": "In", "values": [random.pick(nodes)]}),
        1 => {
            json!({"key": "topology.kubernetes.io/zone", "operator": "In", "values": [random.pick(&["a", "b"])]})
        }
        _ => json!({"key": "kubernetes.io/os", "operator": "In", "values": ["linux"]}),
    };
    json!({"required": {"nodeSelectorTerms": [{"matchExpressions": [requirement]}]}})
}

fn volume(random: &mut Random, name: &str, class: &str, nodes: &[String]) -> Value {
    let mut labels = json!({});
    if random.percent(30) {
        labels["topology.kubernetes.io/zone"] = json!(random.pick(&["a", "b__c", "c"]));
    }
    json!({
        "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name, "labels": labels},
        "spec": {
            "capacity": {"storage": random.pick(&["1Gi", "5Gi"])}, "accessModes": ["ReadWriteOnce"],
            "storageClassName": class, "persistentVolumeReclaimPolicy": "Retain",
            "csi": {"driver": DRIVER, "volumeHandle": name}, "nodeAffinity": node_affinity(random, nodes),
        },
    })
}

fn claim(namespace: &str, name: &str, class: &str, mode: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "accessModes": [mode], "storageClassName": class, "resources": {"requests": {"storage": "1Gi"}},
        },
    })
}

fn bound(api: &Api, random: &mut Random, namespace: &str, name: &str, nodes: &[String]) {
    let mode = random.pick(&["ReadWriteOnce", "ReadWriteOnce", "ReadWriteOncePod"]);
    let mut claim = claim(namespace, name, "", mode);
    claim["spec"]["volumeName"] = json!(name);
    let mut volume = volume(random, name, "", nodes);
    volume["spec"]["accessModes"] = json!([mode]);
    volume["spec"]["claimRef"] =
        json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": namespace, "name": name});
    // The volume first: its controller then binds the claim as soon as it sees it, and need not look again.
    api.create_all(&[volume, claim]).unwrap();
    let path = format!("/api/v1/namespaces/{namespace}/persistentvolumeclaims/{name}");
    api.wait_for(&path, "a bound claim", |claim| claim["status"]["phase"] == "Bound").unwrap();
    if random.percent(15) {
        let attachment = json!({
            "apiVersion": STORAGE, "kind": "VolumeAttachment", "metadata": {"name": name},
            "spec": {"attacher": DRIVER, "nodeName": random.pick(nodes), "source": {"persistentVolumeName": name}},
        });
        create(api, "volumeattachments", &attachment);
    }
}

fn unbound(api: &Api, random: &mut Random, trial: u64, namespace: &str, name: &str) {
    let class = random.pick(&["immediate", "local", "zonal"]);
    api.create(&claim(namespace, name, &format!("w{trial}-{class}"), "ReadWriteOnce")).unwrap();
}

/// A volume that nobody has yet.
fn free(api: &Api, random: &mut Random, trial: u64, number: usize, nodes: &[String]) {
    let name = format!("w{trial}-free{number}");
    api.create(&volume(random, &name, &format!("w{trial}-local"), nodes)).unwrap();
    let path = format!("/api/v1/persistentvolumes/{name}");
    api.wait_for(&path, "an available volume", |volume| volume["status"]["phase"] == "Available").unwrap();
}

/// Creates an object of the storage group that has no namespace.
fn create(api: &Api, plural: &str, object: &Value) {
    let answer = api.request("POST", &format!("/apis/{STORAGE}/{plural}"), None, Some(object)).unwrap();
    assert_eq!(answer.status, 201, "{:#}", answer.body);
}
