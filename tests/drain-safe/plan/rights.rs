//! What a user may not read makes an answer incomplete, and never a better one.

use cluster::Rule;
use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, plugin, pods, said};

const READ: [&str; 2] = ["get", "list"];

/// Rules for everything that a plan reads, save these resources.
fn all_but(left_out: &[&str]) -> Vec<Rule> {
    let groups: [(&str, &[&str]); 8] = [
        ("", &["nodes", "pods", "namespaces", "resourcequotas", "limitranges", "services"]),
        ("", &["persistentvolumes", "persistentvolumeclaims", "replicationcontrollers"]),
        (
            "admissionregistration.k8s.io",
            &["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
        ),
        ("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"]),
        ("autoscaling", &["horizontalpodautoscalers"]),
        ("coordination.k8s.io", &["leases"]),
        ("policy", &["poddisruptionbudgets"]),
        ("storage.k8s.io", &["csidrivers", "csinodes", "storageclasses", "volumeattachments"]),
    ];
    let rule = |(group, resources): (&str, &[&str])| {
        let rest: Vec<_> = resources.iter().copied().filter(|one| !left_out.contains(one)).collect();
        (!rest.is_empty()).then(|| Rule::of(group, &rest, &READ))
    };
    groups.into_iter().filter_map(rule).collect()
}

#[test]
fn a_daemon_set_that_may_not_be_read_is_told_by_its_pods() {
    let stage = Stage::three();
    let template = json!({"metadata": {"labels": {"app": "log"}}, "spec": {"containers": [{"name": "app", "image": "app"}]}});
    let spec = json!({"selector": {"matchLabels": {"app": "log"}}, "template": template});
    stage.create(
        json!({"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "log"}, "spec": spec}),
    );
    cluster().api().wait_for_ready_pods(&stage.namespace, "app=log", 3).expect("Ready pods");
    cluster().grant("no-daemons", None, &all_but(&["daemonsets"])).expect("rights");
    let kubeconfig = cluster().user("no-daemons", &[]).expect("a user");
    let output =
        plugin().kubeconfig(kubeconfig).run("kubectl", ["drain-safe", "plan", "n1", "-o", "json"]).exits(0);
    let plan = output.json();
    assert_eq!(fates(&plan), ["Skip - [DaemonSet]"]);
    let expected = format!(
        "Warning: can't get daemonsets.apps in namespace {0}: daemonsets.apps \"log\" is forbidden: User \"no-daemons\" cannot get resource \"daemonsets\" in API group \"apps\" in the namespace \"{0}\"\n",
        stage.namespace
    );
    assert_eq!(said(&output), expected);
    assert_eq!(plan["skipped"][0]["resource"], "daemonsets.apps");
}

#[test]
fn budgets_are_asked_for_namespace_by_namespace_where_not_all_may_be_listed() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    stage.budget("web", "web", json!({"maxUnavailable": 1}));
    let other = support::fresh_namespace("drain");
    let mut pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "tool", "namespace": other},
        "spec": {"nodeName": "n1", "containers": [{"name": "app", "image": "app"}]},
    });
    pod["metadata"]["labels"] = json!({"app": "web"});
    cluster().api().create(&pod).expect("a pod");
    let path = format!("/api/v1/namespaces/{other}/pods/tool");
    let running = |pod: &Value| pod["status"]["phase"] == "Running";
    cluster().api().wait_for(&path, "a Running pod", running).expect("a pod");
    cluster().grant("tenant", None, &all_but(&["poddisruptionbudgets"])).expect("rights");
    let budgets = [Rule::of("policy", &["poddisruptionbudgets"], &READ)];
    cluster().grant("tenant", Some(&stage.namespace), &budgets).expect("rights");
    let kubeconfig = cluster().user("tenant", &[]).expect("a user");
    let environment = plugin().kubeconfig(kubeconfig);
    let output = environment.run("kubectl", ["drain-safe", "plan", "n1", "--force", "-o", "json"]).exits(4);
    let plan = output.json();
    assert_eq!(fates(&plan), ["Evict 1 []", "Evict 2 []", "Unknown - [BudgetsUnreadable,NoController]"]);
    let unknown = pods(&plan).into_iter().find(|pod| pod["verdict"] == "Unknown").expect("a pod");
    assert_eq!(unknown["namespace"], json!(other));
    assert_eq!(unknown["reasons"][0]["fix"], "kubectl drain-safe rbac plan");
    let output = environment.run("kubectl", ["drain-safe", "plan", "n1", "--force"]).exits(4);
    assert!(
        output.stdout.contains("\nWhether the drain would come to its end is unknown. Plan "),
        "{output}"
    );
    let expected = format!(
        "Warning: can't list poddisruptionbudgets.policy in namespace {other}: poddisruptionbudgets.policy is forbidden: User \"tenant\" cannot list resource \"poddisruptionbudgets\" in API group \"policy\" in the namespace \"{other}\"\n"
    );
    assert_eq!(said(&output), expected);
}

#[test]
fn a_budget_of_another_namespace_is_none_of_a_pods_concern() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    let other = support::fresh_namespace("drain");
    cluster()
        .api()
        .create(&json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": {"name": "web", "namespace": other},
            "spec": {"maxUnavailable": 0, "selector": {"matchLabels": {"app": "web"}}},
        }))
        .expect("a budget");
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 []", "Evict 2 [KeepOne]"]);
    assert!(pods(&plan).iter().all(|pod| pod["budgets"] == json!([])), "{plan:#}");
}
