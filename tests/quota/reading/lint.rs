//! `kubectl quota lint`: quotas, LimitRanges and workloads that do not do what they look like.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{cpu, deployment, limit_range, list, quota, template},
    support::{
        administrator, create, enforced_quota, pods, user, wait_for_status, without_cluster, write_status,
    },
};

/// The findings as `RULE KIND/NAME KEY`.
fn named(report: &Value) -> Vec<String> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let name = |finding: &Value| {
        let words = [
            text(finding, "rule"),
            format!("{}/{}", text(finding, "kind"), text(finding, "name")),
            text(finding, "key"),
        ];
        words.join(" ").trim_end().to_owned()
    };
    report["items"].as_array().expect("items").iter().map(name).collect()
}

#[test]
fn every_rule_finds_what_it_is_for() {
    let enforced = |name: &str, spec: &Value| {
        let mut one = quota("shop", name, &json!({}));
        one["spec"] = spec.clone();
        let used: serde_json::Map<_, _> =
            spec["hard"].as_object().expect("limits").keys().map(|key| (key.clone(), json!("0"))).collect();
        one["status"] = json!({"hard": spec["hard"], "used": used});
        one
    };
    let mut fresh = quota("shop", "fresh", &json!({"secrets": "5"}));
    fresh["status"] = json!({});
    let mut hole = quota("shop", "hole", &json!({"configmaps": "5"}));
    hole["status"] = json!({"hard": {"configmaps": "5"}, "used": {}});
    let selector = |scope: &str, operator: &str, values: &[&str]| json!({"matchExpressions": [{"scopeName": scope, "operator": operator, "values": values}]});
    let objects = [
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}),
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "free"}}),
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system"}}),
        json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "high"}, "value": 1}),
        enforced(
            "a-names",
            &json!({"hard": {"limits.nvidia.com/gpu": "1", "count/deployments.app": "5", "pods": "50"}}),
        ),
        enforced("b-tight", &json!({"hard": {"pods": "10", "services": "0", "limits.cpu": "4"}})),
        enforced(
            "c-scopes",
            &json!({"hard": {"count/deployments.apps": "1", "pods": "5"}, "scopes": ["NotTerminating", "Terminating"]}),
        ),
        enforced(
            "d-class",
            &json!({"hard": {"pods": "5"}, "scopeSelector": selector("PriorityClass", "In", &["high", "low"])}),
        ),
        enforced(
            "e-unknown",
            &json!({"hard": {"pods": "5"}, "scopeSelector": selector("Sometimes", "Exists", &[])}),
        ),
        enforced("f-empty", &json!({"hard": {}})),
        fresh,
        hole,
        limit_range(
            "shop",
            "one",
            &json!({"type": "Container", "min": {"memory": "1Gi"}, "default": {"memory": "4Gi"}, "defaultRequest": {"memory": "2Gi"}}),
        ),
        limit_range(
            "shop",
            "two",
            &json!({"type": "Container", "max": {"memory": "512Mi", "nvidia.com/gpu": "1"}, "maxLimitRequestRatio": {"ephemeral-storage": "2"}}),
        ),
    ];
    let dump = list(&objects).to_string();
    let lint = |words: &[&str]| {
        let arguments = [&["lint", "--from", "-"], words].concat();
        without_cluster().command("kubectl-quota", arguments).stdin(dump.clone()).run()
    };
    let report = lint(&["-o", "json"]).exits(3).json();
    assert_eq!(report["kind"], "Findings");
    assert_eq!(
        named(&report),
        [
            "LIM-CON-001 LimitRange/one memory",
            "LIM-CON-002 LimitRange/one memory",
            "LIM-CON-002 LimitRange/two memory",
            "QTA-KEY-001 ResourceQuota/a-names count/deployments.app",
            "QTA-KEY-001 ResourceQuota/a-names limits.nvidia.com/gpu",
            "QTA-KEY-003 ResourceQuota/c-scopes count/deployments.apps",
            "QTA-SCP-001 ResourceQuota/c-scopes scopes",
            "QTA-SCP-002 ResourceQuota/e-unknown Sometimes",
            "QTA-STA-001 ResourceQuota/fresh secrets",
            "QTA-STA-002 ResourceQuota/hole configmaps",
            "LIM-DEF-001 LimitRange/one memory",
            "LIM-DEF-001 LimitRange/one memory",
            "LIM-RAT-001 LimitRange/two ephemeral-storage",
            "LIM-EXT-001 LimitRange/two nvidia.com/gpu",
            "QTA-HRD-001 ResourceQuota/b-tight services",
            "QTA-SCP-003 ResourceQuota/d-class PriorityClass",
            "QTA-HRD-002 ResourceQuota/f-empty",
            "QTA-NSP-001 Namespace/free",
            "QTA-HRD-003 ResourceQuota/a-names pods",
            "QTA-DEF-001 ResourceQuota/b-tight limits.cpu",
        ]
    );
    let first = report["items"][4].clone();
    assert_eq!(
        first,
        json!({
            "rule": "QTA-KEY-001", "severity": "error", "namespace": "shop", "kind": "ResourceQuota", "name": "a-names",
            "key": "limits.nvidia.com/gpu", "message": "nothing counts limits.nvidia.com/gpu",
            "fix": "use requests.nvidia.com/gpu", "evidence": null, "source": null,
        })
    );
    let errors = lint(&["--fail-on", "never", "--ignore", "qta-key-001,LIM-CON-001"]).success();
    assert_eq!(errors.stderr, "3 findings left out\n");
    assert!(!errors.stdout.contains("QTA-KEY-001") && errors.stdout.contains("QTA-KEY-003"), "{errors}");
    let sarif = lint(&["-o", "sarif"]).exits(3).json();
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(20));
    let junit = lint(&["-o", "junit", "--fail-on", "error"]).exits(3).stdout;
    assert!(junit.contains("<testsuite name=\"kubectl quota lint\""), "{junit}");
    assert!(junit.contains("classname=\"shop.ResourceQuota\" name=\"a-names\""), "{junit}");
    let wrong = lint(&["--ignore", "NOPE"]).exits(2);
    assert_eq!(wrong.stderr, "error: no rule `NOPE`\nhint: `kubectl quota lint explain` lists the rules\n");
}

#[test]
fn rules_explain_themselves() {
    let env = without_cluster();
    let one = env.run("kubectl-quota", ["lint", "explain", "qta-hrd-001"]).success();
    assert_eq!(
        one.stdout,
        "QTA-HRD-001 (warning): limit of 0\n  A limit of 0 refuses every request that needs the resource.\n"
    );
    let all = env.run("kubectl-quota", ["lint", "explain"]).success();
    assert_eq!(all.stdout.lines().count(), 38, "{all}");
}

#[test]
fn a_live_namespace_is_checked_with_its_workloads() {
    let namespace = fresh_namespace("lint");
    let env = administrator();
    create(&deployment(&namespace, "web", 2, template("web", &cpu("100m"))));
    create(&deployment(&namespace, "mute", 1, template("mute", &json!({}))));
    pods(&namespace, "web", 2);
    pods(&namespace, "mute", 1);
    let hard = json!({"requests.cpu": "4", "count/widgets.nowhere.example.com": "3"});
    create(&quota(&namespace, "compute", &hard));
    wait_for_status(&namespace, "compute", |status| status["used"]["requests.cpu"] == "200m");
    let report = env.run("kubectl", ["quota", "lint", "-n", &namespace, "-o", "json"]).exits(3).json();
    assert_eq!(
        named(&report),
        [
            "WRK-RST-001 Deployment/mute",
            "QTA-KEY-002 ResourceQuota/compute count/widgets.nowhere.example.com",
            "QTA-DEF-001 ResourceQuota/compute requests.cpu",
        ]
    );
    assert_eq!(
        report["items"][0]["message"],
        "pods \"mute-*\" is forbidden: failed quota: compute: must specify requests.cpu for: app"
    );
    // What is said comes true.
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let mute = cluster().api().get(&format!("{path}?labelSelector=app%3Dmute")).expect("pods");
    let name = mute["items"][0]["metadata"]["name"].as_str().expect("a name");
    cluster().api().delete(&format!("{path}/{name}")).expect("a deletion");
    let deployment = format!("/apis/apps/v1/namespaces/{namespace}/deployments/mute");
    let refused = cluster()
        .api()
        .wait_for(&deployment, "a refusal", |mute| cluster::api::is_true(mute, "ReplicaFailure"));
    refused.expect("a refusal");
    // A quota that counts more than it allows lets no pod come back.
    write_status(&namespace, "compute", &json!({"hard": {"requests.cpu": "150m"}}));
    let report = env.run("kubectl", ["quota", "lint", "-n", &namespace, "-o", "json"]).exits(3).json();
    assert!(named(&report).contains(&"WRK-RST-001 Deployment/web".to_owned()), "{report:#}");
    assert!(
        named(&report).contains(&"QTA-STA-001 ResourceQuota/compute requests.cpu".to_owned()),
        "{report:#}"
    );
}

#[test]
fn a_namespace_without_fault_has_no_findings() {
    let namespace = fresh_namespace("clean");
    enforced_quota(&namespace, "objects", &json!({"services": "4"}));
    let env = administrator();
    let output = env.run("kubectl", ["quota", "lint", "-n", &namespace]).success();
    let said = format!("no findings in 1 quota and LimitRanges in namespace {namespace}\n");
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said.as_str()));
    let missing = env.run("kubectl", ["quota", "lint", "-n", "not-there"]).exits(1);
    assert_eq!(
        missing.stderr,
        "Error from server (NotFound): namespaces \"not-there\" not found\nhint: `kubectl get namespaces` lists those that are there\n"
    );
    let forbidden =
        user(&format!("{namespace}-nobody")).run("kubectl", ["quota", "lint", "-n", &namespace]).exits(6);
    assert!(
        forbidden.stderr.starts_with("Error from server (Forbidden): resourcequotas is forbidden"),
        "{forbidden}"
    );
}
