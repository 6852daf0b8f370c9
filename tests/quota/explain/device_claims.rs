//! Claims of devices that pods bring along.

use serde_json::json;
use support::{cluster, fresh_namespace};

use super::{ask, workload};
use crate::{
    objects::cpu,
    support::{administrator, create, enforced_quota, pods, told},
};

#[test]
fn claims_of_pods_are_used_by_the_workload_of_the_pods() {
    let namespace = fresh_namespace("device-claims");
    enforced_quota(&namespace, "few", &json!({"count/resourceclaims.resource.k8s.io": "2"}));
    create(&json!({
        "apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaimTemplate",
        "metadata": {"name": "devices", "namespace": namespace},
        "spec": {"spec": {"devices": {"requests": [{"name": "device", "exactly": {"deviceClassName": "example"}}]}}},
    }));
    let mut set = workload("StatefulSet", &namespace, "web", 3, &cpu("1m"));
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    set["spec"]["template"]["spec"]["resourceClaims"] =
        json!([{"name": "device", "resourceClaimTemplateName": "devices"}]);
    create(&set);
    pods(&namespace, "web", 3);
    let claims = format!("/apis/resource.k8s.io/v1/namespaces/{namespace}/resourceclaims");
    cluster().api().wait(&claims, "", "two claims", |claims| claims.len() == 2).expect("two claims");
    told(&namespace, "Pod", "exceeded quota: few");
    let explained = ask(&administrator(), &namespace, &["sts/web"]).exits(3);
    let columns = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
    let holder = "few count/resourceclaims.resource.k8s.io StatefulSet/web 2 2 100%";
    assert!(explained.stdout.lines().any(|line| columns(line) == holder), "{explained}");
    // The controller would make the pod anew, and with it its claim.
    assert!(!explained.stdout.contains("kubectl delete pod"), "{explained}");
    let raise = format!(
        "  kubectl patch resourcequota few -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"count/resourceclaims.resource.k8s.io\":\"3\"}}}}}}'\n"
    );
    assert!(explained.stdout.contains(&raise), "{explained}");
}

#[test]
fn advice_for_pods_that_are_refused_admits_their_claims_as_well() {
    let namespace = fresh_namespace("device-claims");
    enforced_quota(
        &namespace,
        "devices",
        &json!({"example.deviceclass.resource.k8s.io/devices": "1", "pods": "2"}),
    );
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "500m", "requests.memory": "256Mi"}));
    let two = json!({"deviceClassName": "example", "allocationMode": "ExactCount", "count": 2});
    create(&json!({
        "apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaimTemplate",
        "metadata": {"name": "devices", "namespace": namespace},
        "spec": {"spec": {"devices": {"requests": [{"name": "device", "exactly": two}]}}},
    }));
    let mut web = workload("Deployment", &namespace, "web", 1, &json!({}));
    web["spec"]["template"]["spec"]["resourceClaims"] =
        json!([{"name": "device", "resourceClaimTemplateName": "devices"}]);
    create(&web);
    told(&namespace, "ReplicaSet", "must specify requests.cpu");
    let env = administrator();
    let explained = ask(&env, &namespace, &["deploy/web", "-o", "json"]).exits(3).json();
    let fixes = explained["fix"].as_array().expect("commands").clone();
    assert!(!fixes.is_empty(), "{explained}");
    // With requests alone the pod would be created, and its claim refused.
    env.run("sh", ["-c", fixes[0].as_str().expect("a command")]).success();
    env.run("sh", ["-c", explained["retry"]["command"].as_str().expect("a command")]).success();
    let claims = format!("/apis/resource.k8s.io/v1/namespaces/{namespace}/resourceclaims");
    cluster().api().wait(&claims, "", "a claim", |claims| claims.len() == 1).expect("a claim");
}
