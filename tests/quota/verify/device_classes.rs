//! Claims of devices that quotas limit as extended resources, counted by the real quota controller.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::pod,
    support::{administrator, create, enforced_quota, wait_until_counted},
};

fn claim(namespace: &str, name: &str, class: &str, count: usize) -> Value {
    json!({
        "apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"devices": {"requests": [
            {"name": "device", "exactly": {"deviceClassName": class, "count": count}},
        ]}},
    })
}

#[test]
fn claims_are_counted_as_the_extended_resource_of_their_class_and_with_their_pods_once() {
    let namespace = fresh_namespace("device-classes");
    let (served, extended) = (format!("{namespace}-served"), format!("example.com/{namespace}"));
    create(&json!({
        "apiVersion": "resource.k8s.io/v1", "kind": "DeviceClass", "metadata": {"name": served},
        "spec": {"extendedResourceName": extended},
    }));
    let implicit = format!("requests.deviceclass.resource.kubernetes.io/{served}");
    let by_class = format!("{served}.deviceclass.resource.k8s.io/devices");
    let requested = format!("requests.{extended}");
    enforced_quota(&namespace, "devices", &json!({&implicit: "20", &requested: "20", &by_class: "20"}));
    create(&claim(&namespace, "own", &served, 2));

    // As the scheduler makes a claim for a pod that requests the extended resource.
    let mut app = pod(&namespace, "app", &json!({&extended: "3"}));
    app["spec"]["schedulerName"] = json!("nobody");
    app["spec"]["containers"][0]["resources"]["limits"] = json!({&extended: "3"});
    let app = cluster().api().create(&app).expect("a pod");
    let mut made = claim(&namespace, "made", &served, 3);
    made["metadata"]["annotations"] = json!({"resource.kubernetes.io/extended-resource-claim": "true"});
    made["metadata"]["ownerReferences"] = json!([{
        "apiVersion": "v1", "kind": "Pod", "name": "app", "uid": app["metadata"]["uid"], "controller": true,
    }]);
    create(&made);
    // Two of the claim, three of the pod; the claim of the pod counts by its class, and nowhere else.
    let used = json!({&requested: "5", &by_class: "5"});
    wait_until_counted(&namespace, "devices", &used);

    let output = administrator().run("kubectl", ["quota", "verify", "-n", &namespace, "-o", "json"]);
    let report = output.success().json();
    let rows = report["items"].as_array().expect("items");
    let recounted = |resource: &str| {
        let row = rows.iter().find(|row| row["resource"] == resource).expect("a row");
        row["recounted"]["quantity"].clone()
    };
    assert_eq!((recounted(&requested), recounted(&by_class)), (json!("5"), json!("5")), "{report:#}");
}
