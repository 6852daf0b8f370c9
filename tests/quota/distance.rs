//! How many answers of a server a command waits for, one after the other: what a server far away costs.

use serde_json::{Value, json};
use support::{FaultProxy, TestEnv, cluster, fresh_namespace};

use crate::objects::{cpu, template, workload};
use crate::support::{QUOTA, create, enforced_quota, pods, told, without_cluster};

/// A Deployment of five pods, two of which a quota refuses.
fn stuck_deployment(namespace: &str) -> Value {
    enforced_quota(namespace, "compute", &json!({"pods": "3", "requests.cpu": "2"}));
    let web = workload("Deployment", namespace, "web", 5, template("web", &cpu("100m")));
    create(&web);
    pods(namespace, "web", 3);
    told(namespace, "ReplicaSet", "exceeded quota: compute");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    cluster().api().wait_for(&path, "three pods", |web| web["status"]["replicas"] == 3).expect("three pods");
    web
}

/// The plugin behind a proxy.
pub fn behind(proxy: &FaultProxy) -> TestEnv {
    let server = json!({
        "clusters": [{"name": "c", "cluster": {"server": proxy.url()}}],
        "contexts": [{"name": "x", "context": {"cluster": "c"}}],
        "current-context": "x",
    });
    let env = without_cluster();
    let path = env.file("kubeconfig", server.to_string());
    env.variable("KUBECONFIG", path)
}

/// Runs a command whose requests go together in these rounds: none of a round is answered before all have arrived. There
/// are no other requests.
fn answers_in_rounds(
    namespace: &str,
    words: &[&str],
    input: &Value,
    rounds: &[&[&str]],
    status: i32,
) -> String {
    let proxy = FaultProxy::of(cluster());
    let paths = |round: &&[&str]| -> Vec<String> {
        round.iter().map(|path| path.replace("NAMESPACE", namespace)).collect()
    };
    let rounds: Vec<Vec<String>> = rounds.iter().map(paths).collect();
    for round in &rounds {
        proxy.gather(&round.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let command = behind(&proxy).command(QUOTA, [words, &["-n", namespace]].concat());
    let output = command.stdin(input.to_string()).run();
    let mut seen = proxy.seen();
    seen.sort();
    let mut expected = rounds.concat();
    expected.sort();
    assert_eq!(seen, expected, "{output}");
    let output = output.exits(status);
    assert_eq!(output.stderr, "", "{output}");
    output.stdout
}

const RULES: [&str; 4] = [
    "/version",
    "/api/v1/namespaces/NAMESPACE",
    "/api/v1/namespaces/NAMESPACE/resourcequotas",
    "/api/v1/namespaces/NAMESPACE/limitranges",
];

/// What is not judged and may refuse all the same.
const POLICIES: [&str; 6] = [
    "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies",
    "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings",
    "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
    "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
    "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
    "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
];

#[test]
fn a_stuck_workload_is_explained_after_two_rounds() {
    let namespace = fresh_namespace("distance");
    stuck_deployment(&namespace);
    let of_workload = [
        "/apis/apps/v1/namespaces/NAMESPACE/deployments/web",
        "/api/v1/namespaces/NAMESPACE/events",
        "/apis/autoscaling/v2/namespaces/NAMESPACE/horizontalpodautoscalers",
    ];
    let pods = "/api/v1/namespaces/NAMESPACE/pods";
    let sets = "/apis/apps/v1/namespaces/NAMESPACE/replicasets";
    let second = [
        pods,
        pods,
        sets,
        sets,
        "/apis/apps/v1/namespaces/NAMESPACE/deployments",
        "/apis/apps/v1/namespaces/NAMESPACE/statefulsets",
        "/apis/batch/v1/namespaces/NAMESPACE/jobs",
    ];
    let rounds: [&[&str]; 2] = [&[&RULES[..], &of_workload].concat(), &second];
    let text = answers_in_rounds(&namespace, &["explain", "deploy/web"], &Value::Null, &rounds, 3);
    assert!(text.contains("2 of 5 pods are missing: would be refused now\n"), "{text}");
    assert!(text.contains("Deployment/web   3         3      100%\n"), "{text}");
}

#[test]
fn manifests_are_checked_after_one_round() {
    let namespace = fresh_namespace("distance");
    let web = stuck_deployment(&namespace);
    // The API that serves Deployments, and the version that decides which rules there are.
    let api = [
        "/apis/apps/v1",
        "/version",
        "/apis/apps/v1/namespaces/NAMESPACE/deployments/web",
        "/apis/autoscaling/v2/namespaces/NAMESPACE/horizontalpodautoscalers",
    ];
    let round = [&RULES[..], &POLICIES, &api].concat();
    let text = answers_in_rounds(&namespace, &["check", "-f", "-"], &web, &[&round], 3);
    assert!(text.contains("Deployment   web    Refused"), "{text}");
}

#[test]
fn room_for_more_pods_is_known_after_two_rounds() {
    let namespace = fresh_namespace("distance");
    stuck_deployment(&namespace);
    let autoscalers = "/apis/autoscaling/v2/namespaces/NAMESPACE/horizontalpodautoscalers";
    let web = "/apis/apps/v1/namespaces/NAMESPACE/deployments/web";
    let first = [&POLICIES[..], &[autoscalers, web]].concat();
    let of_workload =
        [web, "/apis/apps/v1/namespaces/NAMESPACE/replicasets", "/api/v1/namespaces/NAMESPACE/pods"];
    let second = [&RULES[..], &of_workload].concat();
    let text = answers_in_rounds(&namespace, &["fits", "deploy/web"], &Value::Null, &[&first, &second], 0);
    assert!(text.contains("Deployment   web    3      0      pods of compute"), "{text}");
}
