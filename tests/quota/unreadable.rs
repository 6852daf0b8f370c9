//! One kind that can't be read ends nothing: it is named where it matters, and the rest is answered. Nobody is warned about
//! what nothing uses.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{config_map, deployment, limit_range, list, pod, quota, service, template},
    support::{QUOTA, administrator, create, enforced_quota, user, without_cluster},
};

#[test]
fn a_kind_that_cannot_be_listed_ends_nothing() {
    let namespace = fresh_namespace("unlistable");
    let env = administrator();
    let hard = json!({"count/bindings": "1", "pods": "3"});
    let objects = [quota(&namespace, "unlistable", &hard), pod(&namespace, "p", &json!({}))];
    env.file("work.json", list(&objects).to_string());
    let checked = env.run("kubectl", ["quota", "check", "-f", "work.json", "-o", "json"]).exits(0).json();
    let verdicts: Vec<_> =
        checked["objects"].as_array().expect("rows").iter().map(|row| &row["verdict"]).collect();
    assert_eq!(verdicts, ["Admitted", "Admitted"]);
    enforced_quota(&namespace, "unlistable", &hard);
    let usage = env.run("kubectl", ["quota", "usage", "-n", &namespace, "-o", "json"]).success();
    assert_eq!(usage.stderr, "");
    let states: Vec<_> = usage.json()["items"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["resource"].clone(), row["state"].clone()))
        .collect();
    let expected = [("count/bindings", "NeverEnforced"), ("pods", "Ok")]
        .map(|(name, state)| (json!(name), json!(state)));
    assert_eq!(states, expected);
    for words in [
        ["-n", &namespace, "--hard", "pods=5"].as_slice(),
        &["-A", "--quota", "unlistable", "--hard", "pods=5"],
    ] {
        let output = env.run("kubectl", ["quota", "what-if"].iter().chain(words)).success();
        assert!(output.stdout.contains("pods"), "{output}");
        assert_eq!(output.stderr, "", "{output}");
    }
}

#[test]
fn what_a_quota_does_not_count_is_known_whatever_it_has_counted() {
    let env = without_cluster();
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team"}});
    env.file("dump.json", list(&[namespace]).to_string());
    let objects = [
        quota("team", "compute", &json!({"limits.memory": "6Gi"})),
        limit_range("team", "defaults", &json!({"type": "Container", "default": {"memory": "1Gi"}})),
        config_map("team", "settings"),
        service("team", "front", "ClusterIP"),
        pod("team", "p", &json!({})),
    ];
    env.file("work.json", list(&objects).to_string());
    let report =
        env.run(QUOTA, ["check", "-f", "work.json", "--from", "dump.json", "-o", "json"]).exits(4).json();
    let rows: Vec<(Value, Value)> = report["objects"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["verdict"].clone(), row["doubt"].clone()))
        .collect();
    let known = (json!("Admitted"), Value::Null);
    assert_eq!(rows[..4], [known.clone(), known.clone(), known.clone(), known]);
    let doubt = json!("how many pods there are is not known to quota compute");
    assert_eq!(rows[4], (json!("Unknown"), doubt));
}

#[test]
fn a_count_of_a_kind_that_is_not_there_is_never_enforced() {
    let namespace = fresh_namespace("absent");
    enforced_quota(
        &namespace,
        "gke-resource-quotas",
        &json!({"count/ingresses.extensions": "100", "count/ingresses.networking.k8s.io": "100", "pods": 1500}),
    );
    let usage = administrator().run("kubectl", ["quota", "usage", "-n", &namespace, "-o", "json"]).success();
    let rows = usage.json()["items"].as_array().expect("rows").clone();
    let state = |resource: &str| {
        let row = rows.iter().find(|row| row["resource"] == resource).expect("a row");
        (row["state"].clone(), row["reason"].clone())
    };
    let (absent, why) = state("count/ingresses.extensions");
    assert_eq!(absent, "NeverEnforced");
    assert!(why.as_str().is_some_and(|why| why.contains("there is no such kind")), "{why}");
    assert_eq!(state("count/ingresses.networking.k8s.io").0, "Ok");
}

#[test]
fn nobody_is_warned_about_classes_that_nothing_uses() {
    let namespace = fresh_namespace("viewer");
    enforced_quota(&namespace, "few", &json!({"pods": "5"}));
    create(&deployment(&namespace, "web", 1, template("web", &json!({}))));
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    cluster().api().wait_for(&path, "a pod", |web| web["status"]["replicas"] == 1).expect("a pod");
    let name = format!("{namespace}-developer");
    let env = user(&name);
    cluster().grant_role(&name, Some(&namespace), "view").expect("a role");
    let mut other = deployment(&namespace, "other", 1, template("other", &json!({})));
    env.file("other.json", other.to_string());
    for words in [
        ["fits", "deploy/web"].as_slice(),
        &["rollout", "deploy/web"],
        &["check", "-f", "other.json"],
        &["fits", "-f", "other.json"],
    ] {
        let arguments = [&["quota"], words, &["-n", &namespace]].concat();
        let output = env.run("kubectl", arguments).success();
        assert_eq!(output.stderr, "", "{output}");
        assert!(output.stdout.contains("\nNot checked:\n"), "{output}");
    }
    // One that is named matters: whether it exists decides.
    other["spec"]["template"]["spec"]["priorityClassName"] = json!("high");
    env.file("other.json", other.to_string());
    let output = env.run("kubectl", ["quota", "check", "-f", "other.json", "-n", &namespace]);
    assert!(output.stderr.contains("can't get priorityclasses"), "{output}");
}
