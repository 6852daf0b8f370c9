//! What is printed for LimitRanges and for numbers that are missing, done and seen to help.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use super::{ask, explain, fix, workload};
use crate::objects::limit_range;
use crate::support::{administrator, create, enforced_quota, follow, on_a_node, pods, told};

fn bounds(namespace: &str, item: &Value) {
    create(&limit_range(namespace, "bounds", item));
}

/// Follows one command, and touches the workload where it has not got its pods yet.
fn heals(env: &TestEnv, namespace: &str, target: &str, command: &str) {
    follow(env, command);
    let now = ask(env, namespace, &[target, "-o", "json"]).json();
    if now["state"] == "Admissible"
        && let Some(command) = now["retry"]["command"].as_str()
    {
        follow(env, command);
    }
    pods(namespace, "web", 2);
}

#[test]
fn numbers_that_a_quota_wants_come_from_the_workload_or_from_a_limit_range() {
    let env = administrator();
    for way in ["kubectl set resources", "printf"] {
        let namespace = fresh_namespace("explain");
        enforced_quota(&namespace, "compute", &json!({"limits.memory": "200Mi", "requests.cpu": "1"}));
        create(&on_a_node(&namespace, workload("Deployment", &namespace, "web", 2, &json!({}))));
        told(&namespace, "ReplicaSet", "must specify limits.memory for: app; requests.cpu for: app");
        let explained = explain(&env, &namespace, "deploy/web", 3);
        assert_eq!(explained["refusals"][0]["quota"], json!("compute"));
        // The usual 128Mi would be too much for two pods of 200Mi in all.
        let set = format!(
            "kubectl set resources deployment web -n {namespace} -c app --limits=memory=64Mi --requests=cpu=50m"
        );
        let range = limit_range(
            &namespace,
            "defaults",
            &json!({"type": "Container", "default": {"memory": "64Mi"}, "defaultRequest": {"cpu": "50m"}}),
        );
        let apply = format!("printf '%s\\n' '{range}' | kubectl apply -n {namespace} -f -");
        assert_eq!(explained["fix"], json!([apply, set]));
        heals(&env, &namespace, "deploy/web", fix(&explained, way));
    }
}

#[test]
fn bounds_of_a_limit_range_are_kept_or_moved() {
    let env = administrator();
    for way in ["kubectl set resources", "kubectl patch limitrange"] {
        let namespace = fresh_namespace("explain");
        bounds(&namespace, &json!({"type": "Container", "max": {"cpu": "1"}, "min": {"memory": "64Mi"}}));
        let mut web = workload("Deployment", &namespace, "web", 2, &json!({"memory": "32Mi", "cpu": "100m"}));
        web["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"] = json!({"cpu": "2"});
        create(&on_a_node(&namespace, web));
        told(&namespace, "ReplicaSet", "maximum cpu usage per Container is 1, but limit is 2");
        let explained = explain(&env, &namespace, "deploy/web", 3);
        assert_eq!(explained["refusals"][0]["by"], json!("LimitRange"));
        let operations = json!([
            {"op": "replace", "path": "/spec/limits/0/min/memory", "value": "32Mi"},
            {"op": "replace", "path": "/spec/limits/0/max/cpu", "value": "2"},
        ]);
        assert_eq!(
            explained["fix"],
            json!([
                format!("kubectl patch limitrange bounds -n {namespace} --type json -p '{operations}'"),
                format!(
                    "kubectl set resources deployment web -n {namespace} -c app --limits=cpu=1 --requests=memory=64Mi"
                ),
            ])
        );
        heals(&env, &namespace, "deploy/web", fix(&explained, way));
    }
}

#[test]
fn a_request_above_the_default_limit_gets_a_limit_of_its_own() {
    let env = administrator();
    let namespace = fresh_namespace("explain");
    bounds(&namespace, &json!({"type": "Container", "default": {"cpu": "500m"}}));
    create(&on_a_node(&namespace, workload("Deployment", &namespace, "web", 2, &json!({"cpu": "700m"}))));
    told(&namespace, "ReplicaSet", "must be less than or equal to cpu limit of 500m");
    let explained = explain(&env, &namespace, "deploy/web", 3);
    let set = format!("kubectl set resources deployment web -n {namespace} -c app --limits=cpu=700m");
    let raise = format!(
        r#"kubectl patch limitrange bounds -n {namespace} --type json -p '[{{"op":"replace","path":"/spec/limits/0/default/cpu","value":"700m"}}]'"#
    );
    assert_eq!(explained["fix"], json!([raise, set]));
    heals(&env, &namespace, "deploy/web", &set);
}

#[test]
fn requests_that_all_fit_are_told_where_a_rollout_of_them_gets_through() {
    let env = administrator();
    let namespace = fresh_namespace("explain");
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "500m"}));
    let mut web = workload("Deployment", &namespace, "web", 2, &json!({"cpu": "600m"}));
    web["spec"]["strategy"] = json!({"type": "Recreate"});
    create(&on_a_node(&namespace, web));
    told(&namespace, "ReplicaSet", "exceeded quota: compute");
    let explained = explain(&env, &namespace, "deploy/web", 3);
    let set = format!("kubectl set resources deployment web -n {namespace} -c app --requests=cpu=250m");
    let raise = format!(
        "kubectl patch resourcequota compute -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"requests.cpu\":\"1200m\"}}}}}}'"
    );
    assert_eq!(explained["fix"], json!([raise, set]));
    heals(&env, &namespace, "deploy/web", &set);
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let made = cluster().api().get(&path).expect("pods");
    let requests = &made["items"][0]["spec"]["containers"][0]["resources"]["requests"];
    assert_eq!(*requests, json!({"cpu": "250m"}));
}
