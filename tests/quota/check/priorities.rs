//! `check` of pods that say of their priority something else than their class: in the words of the server, which is asked the
//! same.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{deployment, pod, template},
    support::{administrator, check, create},
};

#[test]
fn a_pod_says_of_its_priority_what_its_class_says() {
    let namespace = fresh_namespace("priority");
    let class = format!("{namespace}-patient");
    create(&json!({
        "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": class},
        "value": 500, "preemptionPolicy": "Never",
    }));
    let with = |mut object: Value, pointer: &str, fields: Value| {
        let spec = object.pointer_mut(pointer).and_then(Value::as_object_mut).expect("a spec");
        spec.extend(fields.as_object().expect("fields").clone());
        object
    };
    let pods: Vec<Value> = [
        json!({"preemptionPolicy": "Never"}),
        json!({"preemptionPolicy": "PreemptLowerPriority"}),
        json!({"preemptionPolicy": "Sometimes"}),
        json!({"priority": 5}),
        json!({"priority": 0}),
        json!({"priorityClassName": class, "priority": 500, "preemptionPolicy": "Never"}),
        json!({"priorityClassName": class, "priority": 501, "preemptionPolicy": "Never"}),
        json!({"priorityClassName": class, "preemptionPolicy": "PreemptLowerPriority"}),
        json!({"priorityClassName": "system-node-critical", "priority": 2_000_001_000}),
        json!({"priorityClassName": "system-cluster-critical", "priority": 2_000_001_000}),
    ]
    .into_iter()
    .enumerate()
    .map(|(number, fields)| with(pod(&namespace, &format!("p{number}"), &json!({})), "/spec", fields))
    .collect();
    let env = administrator();
    let rows = check(&env, &[], &pods, 3);
    let mut refused = 0;
    for (row, pod) in rows.iter().zip(&pods) {
        let path = format!("/api/v1/namespaces/{namespace}/pods?dryRun=All");
        let answer = cluster().api().request("POST", &path, None, Some(pod)).expect("an answer");
        let said = if answer.status == 201 { json!([]) } else { json!([answer.body["message"]]) };
        refused += usize::from(answer.status != 201);
        assert_eq!(row["messages"], said, "{pod:#}");
    }
    assert_eq!(refused, 6);

    // The template is admitted, none of its pods is.
    let impatient = with(
        deployment(&namespace, "web", 2, template("web", &json!({}))),
        "/spec/template/spec",
        json!({"preemptionPolicy": "Never"}),
    );
    let row = &check(&env, &[], &[&impatient], 3)[0];
    assert_eq!(row["pods"], json!({"wanted": 2, "admitted": 0}));
    assert_eq!(
        row["messages"],
        json!([
            "pods \"web-*\" is forbidden: the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name"
        ])
    );
}
