//! Nodes that do not exist, lists that are forbidden, dumps that are no use.

use cluster::Rule;
use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, plugin, pods, said};

#[test]
fn a_node_that_does_not_exist_has_neighbors() {
    let stage = Stage::three();
    let output = stage.run("plan n4").exits(1);
    let expected = "error: nodes \"n4\" not found\nhint: did you mean n1, n2, n3?\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", expected));
    let output = stage.run("plan").exits(2);
    assert_eq!(output.stderr, "error: which nodes?\nhint: name them, or select them with -l or --zone\n");
    let output = stage.run("plan pod/x").exits(2);
    assert_eq!(output.stderr, "error: `pod/x` is a pod, and only nodes can be drained\n");
}

#[test]
fn budgets_that_may_not_be_read_are_unknown_and_never_free() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 1, json!({}));
    let read = ["get", "list"];
    let rules = [
        Rule::core(&["nodes", "pods", "namespaces", "resourcequotas", "limitranges"], &read),
        Rule::of("apps", &["deployments", "replicasets"], &read),
        Rule::of("autoscaling", &["horizontalpodautoscalers"], &read),
    ];
    cluster().grant("planner", None, &rules).expect("rights");
    let kubeconfig = cluster().user("planner", &[]).expect("a user");
    let output =
        plugin().kubeconfig(kubeconfig).run("kubectl", ["drain-safe", "plan", "n1", "-o", "json"]).exits(4);
    let plan = output.json();
    assert_eq!(fates(&plan), ["Unknown - [BudgetsUnreadable,OnlyReplica]"]);
    assert_eq!(plan["skipped"][0]["resource"], "poddisruptionbudgets.policy");
    let expected = format!(
        "Warning: can't list poddisruptionbudgets.policy in namespace {0}: poddisruptionbudgets.policy is forbidden: User \"planner\" cannot list resource \"poddisruptionbudgets\" in API group \"policy\" in the namespace \"{0}\"\n",
        stage.namespace
    );
    assert_eq!(said(&output), expected);
}

#[test]
fn a_user_who_may_list_nothing_is_not_permitted() {
    let stage = Stage::three();
    let kubeconfig = cluster().user("nobody", &[]).expect("a user");
    let output = plugin().kubeconfig(kubeconfig).run("kubectl", ["drain-safe", "plan", "n1"]).exits(6);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("nodes is forbidden: User \"nobody\" cannot list resource"), "{output}");
    drop(stage);
}

pub fn node(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "uid": name}, "status": {
        "allocatable": {"cpu": "4", "memory": "8Gi", "pods": "110"}, "conditions": [{"type": "Ready", "status": "True"}],
    }})
}

pub fn pod(name: &str, node: &str, owners: Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": "shop", "uid": name, "labels": {"app": name}, "ownerReferences": owners},
        "spec": {"nodeName": node, "containers": [{"name": "app"}]},
        "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
    })
}

pub fn list(items: &[Value]) -> String {
    json!({"apiVersion": "v1", "kind": "List", "items": items}).to_string()
}

fn budgets() -> Value {
    json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudgetList", "items": []})
}

pub fn run(dump: &str, line: &str) -> support::Output {
    let environment = plugin();
    let words = ["drain-safe"].into_iter().chain(line.split_whitespace());
    environment.command("kubectl", words.chain(["--from", "-"])).stdin(dump.to_owned()).run()
}

#[test]
fn a_dump_without_nodes_or_with_a_pod_on_a_node_it_lacks_is_no_use() {
    let output = run(&list(&[pod("a", "n1", json!([]))]), "plan n1").exits(1);
    let all = "kubectl get nodes,pods,pdb,deploy,rs,sts,ds,jobs,ns,quota,limits,hpa,pv,pvc,sc -A -o yaml";
    let expected =
        format!("error: no Node in standard input: it holds 1 Pod\nhint: make the dump with: {all}\n");
    assert_eq!(output.stderr, expected);
    let output = run(&list(&[node("n1"), pod("a", "n2", json!([]))]), "plan n1").exits(1);
    let expected = format!(
        "error: pod shop/a runs on node n2, which the dump lacks\nhint: a dump needs all nodes and all pods: {all}\n"
    );
    assert_eq!(output.stderr, expected);
}

#[test]
fn a_dump_without_budgets_leaves_them_unknown() {
    let output =
        run(&list(&[node("n1"), node("n2"), pod("a", "n1", json!([]))]), "plan n1 --force -o json").exits(4);
    assert_eq!(fates(&output.json()), ["Unknown - [BudgetsUnreadable,NoController]"]);
    assert_eq!(
        output.stderr,
        "Warning: can't read poddisruptionbudgets.policy in all namespaces: the dump holds no PodDisruptionBudget\n"
    );
}

#[test]
fn owners_in_a_circle_and_owners_that_are_gone_end_somewhere() {
    let owner = |kind: &str, name: &str| json!([{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": name, "controller": true}]);
    let object = |kind: &str, name: &str, owners: Value| json!({"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, "namespace": "shop", "uid": name, "ownerReferences": owners}});
    let dump = list(&[
        node("n1"),
        node("n2"),
        object("ReplicaSet", "set", owner("Deployment", "web")),
        object("Deployment", "web", owner("ReplicaSet", "set")),
        pod("circle", "n1", owner("ReplicaSet", "set")),
        pod("dangling", "n1", owner("ReplicaSet", "none")),
    ]);
    let dump = format!("{dump}\n---\n{}", budgets());
    let output = run(&dump, "plan n1 -o json").exits(0);
    let plan = output.json();
    let owners: Vec<_> = pods(&plan).iter().map(|pod| pod["owner"]["name"].clone()).collect();
    assert_eq!(owners, ["web", "none"]);
    let fits: Vec<_> = pods(&plan).iter().map(|pod| pod["fits"].clone()).collect();
    assert_eq!(fits, [json!("yes"), json!(null)]);
}

#[test]
fn ten_thousand_budgets_in_a_namespace_and_hostile_names_do_no_harm() {
    let mut items = vec![node("n1"), node("n2"), pod("a", "n1", json!([]))];
    items.push(pod("\u{1b}[31mred", "n1", json!([])));
    items.extend((0..10_000).map(|number| {
        json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": {"name": format!("b{number}"), "namespace": "shop", "uid": format!("b{number}")},
            "spec": {"selector": {"matchLabels": {"app": format!("x{number}")}}},
        })
    }));
    let output = run(&list(&items), "plan n1 --force").exits(0);
    assert!(!output.stdout.contains('\u{1b}'), "{output}");
    assert!(output.stdout.contains("shop/\\u{1b}[31mred") || output.stdout.contains("red"), "{output}");
}

#[test]
fn a_command_that_was_mistyped_is_told_as_such() {
    let stage = Stage::three();
    // Nobody can confirm a drain here.
    let unconfirmed = "error: a drain has to be confirmed, and there is no terminal to ask on\nhint: look at `kubectl drain-safe plan` first, then pass --yes";
    for (typed, meant) in [("plna n1", "plan n1"), ("statsu", "status"), ("docter -n shop", "doctor -n shop")]
    {
        let output = stage.run(typed).exits(2);
        let said = format!("{unconfirmed}; or did you mean the command `kubectl drain-safe {meant}`?\n");
        assert_eq!((output.stdout.as_str(), output.stderr), ("", said));
    }
    assert_eq!(stage.run("n1").exits(2).stderr, format!("{unconfirmed}\n"));
    // No node is called so.
    let output = stage.run("plna n1 --yes").exits(1);
    let said = "error: nodes \"plna\" not found\nhint: did you mean the command `kubectl drain-safe plan n1 --yes`?\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    // The flags of the command are none of a drain.
    let output = stage.run("plna n1 --from dump.yaml").exits(2);
    let said = "\nhint: did you mean the command `kubectl drain-safe plan n1 --from dump.yaml`?\n";
    assert!(output.stderr.ends_with(said), "{output}");
    // After a command it is a name.
    let output = stage.run("plan plna").exits(1);
    assert_eq!(
        output.stderr,
        "error: nodes \"plna\" not found\nhint: list the nodes with `kubectl get nodes`\n"
    );
}
