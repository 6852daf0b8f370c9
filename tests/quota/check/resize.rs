//! `check --subresource resize`: random pods with random changes, beside what the server says to each, by dry run.
//!
//! `RESIZE_TRIALS=2000` makes more of them, `RESIZE_SEED=…` the same again.

use serde_json::{Value, json};
use support::{Random, cluster, fresh_namespace, number, seed};

use super::differential::sentences::same;
use crate::{
    objects::limit_range,
    support::{administrator, check},
};

const TRIALS: u64 = 120;
/// Trials at once. Mirror pods are deleted once their node has not existed for 40 s (`pkg/controller/podgc`).
const AT_ONCE: u64 = 100;

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The resources of a container.
fn resources(random: &mut Random) -> Value {
    let mut resources = json!({});
    for (list, cpu, memory) in [("requests", "100m", "64Mi"), ("limits", "2", "2Gi")] {
        for (name, amount, chance) in
            [("cpu", cpu, 55), ("memory", memory, 45), ("ephemeral-storage", memory, 15)]
        {
            if random.percent(chance) {
                resources[list][name] = Value::from(amount);
            }
        }
    }
    resources
}

fn container(random: &mut Random, name: &str) -> Value {
    let mut one = json!({"name": name, "image": "app", "resources": resources(random)});
    if random.percent(20) {
        one["resizePolicy"] = policy(random);
    }
    one
}

fn policy(random: &mut Random) -> Value {
    json!([{"resourceName": "cpu", "restartPolicy": random.pick(&["NotRequired", "RestartContainer"])}])
}

/// A pod that nobody schedules.
fn pod(random: &mut Random, namespace: &str, name: &str) -> Value {
    let mut pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace},
        "spec": {"schedulerName": "nobody", "containers": [container(random, "a")]},
    });
    if random.percent(40) {
        let another = container(random, "b");
        pod["spec"]["containers"].as_array_mut().expect("containers").push(another);
    }
    if random.percent(40) {
        pod["spec"]["initContainers"] = json!([container(random, "first")]);
        if random.percent(50) {
            pod["spec"]["initContainers"][0]["restartPolicy"] = json!("Always");
        }
    }
    if random.percent(15) {
        pod["spec"]["resourceClaims"] = json!([{"name": "device", "resourceClaimName": "device"}]);
        pod["spec"]["containers"][0]["resources"]["claims"] = json!([{"name": "device"}]);
    }
    if random.percent(10) {
        pod["spec"]["resources"] = json!({"requests": {"cpu": "8", "memory": "8Gi"}});
    }
    match random.below(12) {
        0 => pod["spec"]["os"] = json!({"name": "windows"}),
        1 => {
            pod["metadata"]["annotations"] = json!({"kubernetes.io/config.mirror": "x"});
            // A node that has been missing for a while would cost it its life at once.
            pod["spec"]["nodeName"] = json!(namespace);
        }
        _ => {}
    }
    pod
}

/// Creates a valid pod, some of them with containers that run.
fn create(random: &mut Random, namespace: &str, name: &str) -> Value {
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let api = cluster().api();
    let mut created = loop {
        let one = pod(random, namespace, name);
        let answer = api.request("POST", &path, None, Some(&one)).expect("an answer");
        match answer.status {
            201 => break answer.body,
            422 | 403 => {}
            status => panic!("{status} {}", answer.body),
        }
    };
    if random.percent(30) {
        let mut status = json!({
            "name": "a", "image": "app", "imageID": "app", "ready": true, "restartCount": 0,
            "state": {"running": {"startedAt": null}},
        });
        if random.percent(60) {
            status["resources"] = json!({"requests": {"cpu": "1m"}});
        }
        created["status"]["containerStatuses"] = json!([status]);
        let answer = api.request("PUT", &format!("{path}/{name}/status"), None, Some(&created));
        let answer = answer.expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.body);
        created = answer.body;
    }
    // What is there is what was applied: what a manifest lacks was taken away.
    let mut applied = created;
    for field in ["status", "metadata/managedFields", "metadata/resourceVersion"] {
        let (parent, field) = field.rsplit_once('/').map_or(("", field), |(parent, field)| (parent, field));
        let parent = if parent.is_empty() { Some(&mut applied) } else { applied.get_mut(parent) };
        parent.and_then(Value::as_object_mut).and_then(|fields| fields.remove(field));
    }
    let patch = json!({"metadata": {"annotations": {LAST_APPLIED: applied.to_string()}}});
    api.merge_patch(&format!("{path}/{name}"), &patch).expect("an annotation")
}

/// Changes something of a pod.
fn change(random: &mut Random, pod: &mut Value) {
    let list = if random.percent(30) && pod["spec"]["initContainers"].is_array() {
        "initContainers"
    } else {
        "containers"
    };
    let count = pod["spec"][list].as_array().expect("containers").len();
    if count == 0 {
        return;
    }
    let index = random.below(count);
    let field = random.pick(&["requests", "limits"]);
    let name = random.pick(&["cpu", "cpu", "memory", "ephemeral-storage"]);
    let spec = &mut pod["spec"];
    match random.below(20) {
        0 => {
            let another = container(random, "another");
            spec[list].as_array_mut().expect("containers").push(another);
        }
        1 => drop(spec[list].as_array_mut().expect("containers").pop()),
        2 => spec[list][index]["name"] = json!("renamed"),
        3 => spec[list][index]["resizePolicy"] = policy(random),
        4 => spec[list][index]["image"] = json!("other"),
        5 => spec["activeDeadlineSeconds"] = json!(60),
        6 if spec["resources"].is_object() => spec["resources"]["requests"]["cpu"] = json!("9"),
        7..=9 => {
            let resources = spec.pointer_mut(&format!("/{list}/{index}/resources"));
            let Some(resources) = resources.and_then(Value::as_object_mut) else { return };
            let left = resources.get_mut(field).and_then(Value::as_object_mut).map(|amounts| {
                amounts.remove(name);
                amounts.len()
            });
            if left == Some(0) {
                resources.remove(field);
            }
        }
        _ => {
            let amount = if name == "cpu" {
                random.pick(&["50m", "1", "3"])
            } else {
                random.pick(&["32Mi", "1Gi", "3Gi"])
            };
            if !spec[list][index]["resources"].is_object() {
                spec[list][index]["resources"] = json!({});
            }
            spec[list][index]["resources"][field][name] = json!(amount);
        }
    }
}

/// What makes an update of a pod a resize.
fn resized_part(pod: &Value) -> Vec<Value> {
    let lists = ["containers", "initContainers"].into_iter();
    let containers = lists.flat_map(|list| pod["spec"][list].as_array().into_iter().flatten());
    let parts = containers.map(|one| json!([one["name"], one["resources"], one["resizePolicy"]]));
    parts.chain([pod["spec"]["resources"].clone()]).collect()
}

/// Compares what so many random resizes are told. Returns how many the server refuses.
fn compare(random: &mut Random, trials: u64, wrong: &mut Vec<String>) -> u32 {
    let places = [fresh_namespace("resize"), fresh_namespace("resize-filled")];
    let storage = json!({"type": "Container", "defaultRequest": {"ephemeral-storage": "1Gi"}, "default": {"ephemeral-storage": "4Gi"}});
    let mut refused = 0;
    let mut wanted = Vec::new();
    let mut manifests = Vec::new();
    for trial in 0..trials {
        let namespace = &places[usize::from(random.percent(20))];
        manifests.push(create(random, namespace, &format!("pod-{trial}")));
    }
    // What older pods lack, it fills in when they are resized.
    cluster().api().create(&limit_range(&places[1], "storage", &storage)).expect("a LimitRange");
    for pod in &mut manifests {
        // What changes no resources is no resize.
        let before = resized_part(pod);
        while resized_part(pod) == before {
            for _ in 0..=random.below(2) {
                change(random, pod);
            }
        }
        pod["metadata"]["managedFields"] = Value::Null;
        let path = cluster::api::object(pod).expect("a path");
        let path = format!("{path}/resize?dryRun=All&fieldValidation=Strict");
        let answer = cluster().api().request("PUT", &path, None, Some(pod)).expect("an answer");
        wanted.push((answer.status, answer.body["message"].as_str().unwrap_or_default().to_owned()));
    }
    let env = administrator();
    let rows = check(&env, &["--subresource", "resize"], &manifests, 3);
    for ((row, (status, message)), pod) in rows.iter().zip(&wanted).zip(&manifests) {
        let admitted = *status == 200;
        refused += u32::from(!admitted);
        let verdict = if admitted { "Admitted" } else { "Refused" };
        let ours = row["messages"][0].as_str().unwrap_or_default();
        if row["verdict"] != verdict || !same(if admitted { "" } else { message }, ours) {
            let name = &pod["metadata"]["name"];
            let of_pod = format!("{name}: {}", pod["spec"]["containers"]);
            wrong.push(format!(
                "{of_pod}\nthe server: {status} {message}\nwe: {} {}",
                row["verdict"], row["messages"]
            ));
        }
    }
    refused
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn a_resize_is_told_what_the_server_tells_it() {
    let (seed, trials) = (seed("RESIZE_SEED"), number("RESIZE_TRIALS").unwrap_or(TRIALS));
    let mut random = Random::new(seed);
    let (mut wrong, mut refused) = (Vec::new(), 0);
    let mut left = trials;
    while left > 0 {
        let some = left.min(AT_ONCE);
        left -= some;
        refused += compare(&mut random, some, &mut wrong);
    }
    println!("RESIZE_SEED={seed}: {trials} trials, {refused} refused, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "RESIZE_SEED={seed}:\n{}", wrong.join("\n\n"));
    assert!(
        u64::from(refused) * 10 > trials && u64::from(refused) * 10 < trials * 9,
        "{refused} of {trials} refused"
    );
}
