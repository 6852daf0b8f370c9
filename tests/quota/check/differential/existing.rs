//! What is in a namespace before its rules: objects to be updated.

use serde_json::{Value, json};
use support::{Random, cluster};

use super::{
    cluster_state::put,
    objects::{claim, pod, service},
    server_answers,
};

/// Services, claims with volumes, and pods, as the server has them.
pub fn existing(random: &mut Random, namespace: &str) -> Vec<Value> {
    let create = |object: Value| cluster().api().create(&object).expect("an object");
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
        all.push(create(claim));
    }
    // One that nobody gives a volume.
    let mut loose = claim(random);
    loose["apiVersion"] = Value::from("v1");
    loose["kind"] = Value::from("PersistentVolumeClaim");
    loose["metadata"] = metadata("loose");
    loose["spec"] = json!({
        "accessModes": random.pick(&["ReadWriteOnce", "ReadWriteOnce ReadOnlyMany"]).split(' ').collect::<Vec<_>>(),
        "storageClassName": "", "resources": {"requests": {"storage": "3Gi"}},
    });
    if random.percent(50) {
        loose["spec"]["selector"] = json!({"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "c", "operator": "In", "values": ["d", "e"]}]});
    }
    all.push(create(loose));
    for index in 0..4 {
        let mut spec = loop {
            // A pod at whose creation there are no rules can only be invalid.
            let mut spec = pod(random);
            for field in ["resources", "overhead", "runtimeClassName", "priorityClassName"] {
                spec.as_object_mut().expect("a spec").remove(field);
            }
            // A container without limits keeps the quality of service Burstable through every resize.
            if index >= 2 {
                // A large total, so that containers may grow.
                spec["resources"] = json!({"requests": {"cpu": "20", "memory": "20Gi"}});
                if random.percent(50) {
                    spec["resources"]["limits"] = json!({"cpu": random.pick(&["20", "30"])});
                }
            }
            let quiet = json!({"name": "quiet", "image": "app", "resources": {"requests": {"cpu": "1m", "memory": "1Mi"}}});
            spec["containers"].as_array_mut().expect("containers").push(quiet);
            let name = metadata("probe");
            let probe = json!({"apiVersion": "v1", "kind": "Pod", "metadata": name, "spec": spec});
            let path = format!("{}?dryRun=All", server_answers::collection(&probe, namespace));
            if cluster().api().request("POST", &path, None, Some(&probe)).expect("an answer").status == 201 {
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

/// Waits until the claims that name a volume are bound to it, and reads them again. An older controller may take a quarter
/// of a minute, for all of them at once.
pub fn wait_until_bound(existing: &mut [Value]) {
    let named = existing.iter_mut().filter(|one| one["spec"]["volumeName"].is_string());
    for claim in named {
        let path = cluster::api::object(claim).expect("a path");
        let is_bound = |claim: &Value| claim["status"]["phase"] == "Bound";
        let bound = cluster().api().wait_for(&path, "a bound claim", is_bound).expect("a bound claim");
        let kind = claim["kind"].clone();
        *claim = bound;
        // Items of a list don't say what they are.
        claim["apiVersion"] = Value::from("v1");
        claim["kind"] = kind;
    }
}

/// A pod of which the kubelet has reported other resources than its spec's.
pub fn with_report(random: &mut Random, pod: &Value) -> Value {
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
        server_answers::collection(&pod, pod["metadata"]["namespace"].as_str().expect("a namespace")),
        pod["metadata"]["name"].as_str().expect("a name")
    );
    put(&path, &pod).expect("a status")
}
