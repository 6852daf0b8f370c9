//! What can't be told: places that only preemption makes, and what is not modeled.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, message, pods, squeezed};

#[test]
fn a_place_that_only_preemption_makes_is_unknown() {
    let stage = Stage::new(&[
        NodeSpec::new("n1").capacity("cpu", "2"),
        NodeSpec::new("n2").capacity("cpu", "2").unschedulable(),
    ]);
    let class = |name: &str, value: i32| {
        json!({
            "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}, "value": value,
        })
    };
    cluster().api().create_all(&[class("low", 1), class("high", 1000)]).expect("classes");
    let pods_of = |class: &str| {
        let container = json!({"name": "app", "image": "app", "resources": {"requests": {"cpu": "1500m"}}});
        json!({"spec": {"priorityClassName": class, "containers": [container]}})
    };
    stage.deployment("shop", None, 1, pods_of("high"));
    let lift = json!({"spec": {"unschedulable": null}});
    cluster().api().merge_patch("/api/v1/nodes/n2", &lift).expect("no cordon");
    stage.deployment("batch", None, 1, pods_of("low"));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 [Preempts,OnlyReplica]"]);
    assert_eq!(pods(&plan)[0]["fits"], "unknown");
    let expected = "it fits only if a pod of lower priority is preempted, on n2 for instance";
    assert_eq!(message(&plan, "Preempts"), expected);
    let output = squeezed(&stage.text("n1", 0));
    assert!(output.contains(&format!("Preempts: {expected}")), "{output}");
}

#[test]
fn what_another_scheduler_does_or_devices_allow_is_unknown() {
    let stage = Stage::three();
    let bind = |name: &str, spec: Value| {
        let mut deployment = super::stage::deployment(name, None, 1, json!({"spec": spec}));
        deployment["spec"]["template"]["spec"]["schedulerName"] = json!("volcano");
        stage.create(deployment);
        let path = format!("/api/v1/namespaces/{}/pods", stage.namespace);
        let label = format!("labelSelector=app%3D{name}");
        let there = |pods: &[Value]| pods.len() == 1;
        let pods = cluster().api().wait(&path, &label, "a pod", there).expect("a pod");
        let pod = pods[0]["metadata"]["name"].as_str().expect("a name");
        let binding = json!({
            "apiVersion": "v1", "kind": "Binding", "metadata": {"name": pod, "namespace": stage.namespace},
            "target": {"apiVersion": "v1", "kind": "Node", "name": "n1"},
        });
        let answer = cluster().api().request("POST", &format!("{path}/{pod}/binding"), None, Some(&binding));
        assert_eq!(answer.expect("an answer").status, 201);
        cluster()
            .api()
            .wait_for_ready_pods(&stage.namespace, &format!("app={name}"), 1)
            .expect("a Ready pod");
    };
    bind("gang", json!({}));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 [PlaceUnknown,OnlyReplica]"]);
    assert_eq!(message(&plan, "PlaceUnknown"), "the scheduler volcano places it");
    assert_eq!(pods(&plan)[0]["fits"], "unknown");
    let output = squeezed(&stage.text("n1", 0));
    assert!(output.contains("PlaceUnknown: the scheduler volcano places it"), "{output}");
}
