//! One kind that can't be read ends nothing: it is named where it matters, and the rest is answered. Nobody is warned about
//! what nothing uses.

use serde_json::{Value, json};
use support::{FaultProxy, Reply, TestEnv, cluster, fresh_namespace};

use crate::{
    distance::behind,
    objects::{batch, config_map, deployment, limit_range, list, pod, quota, service, template},
    support::{QUOTA, administrator, create, enforced_quota, told, user, without_cluster},
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

/// The plugin behind a proxy that answers each list of one resource so.
fn without_list_of(resource: &str, status: u16, reason: &str) -> (FaultProxy, TestEnv) {
    let proxy = FaultProxy::of(cluster());
    let reply = || Reply::status(status, reason, "this one can't be listed").header("Retry-After", "0");
    proxy.answer("GET", &format!("/{resource}"), (0..20).map(|_| reply()));
    let env = behind(&proxy);
    (proxy, env)
}

#[test]
fn whatever_the_server_says_of_one_kind_the_rest_is_answered() {
    let namespace = fresh_namespace("one-kind");
    enforced_quota(&namespace, "few", &json!({"pods": "1"}));
    create(&deployment(&namespace, "web", 2, template("web", &json!({"cpu": "1m"}))));
    told(&namespace, "ReplicaSet", "exceeded quota: few");
    let counting = quota(&namespace, "counting", &json!({"count/jobs.batch": "5"}));
    let mut pod = template("run", &json!({}));
    pod["spec"]["restartPolicy"] = json!("Never");
    let job = batch("Job", &namespace, "run", &json!({"suspend": true, "template": pod}));
    let work = list(&[counting, config_map(&namespace, "settings"), job]).to_string();
    // What cannot be listed, the command, what it says all the same, and its exit status where the kind matters.
    let cases: [(&str, &[&str], &str, i32); 6] = [
        (
            "horizontalpodautoscalers",
            &["explain", "deploy/web"],
            ": 1 of 2 pods are missing: would be refused now\n",
            3,
        ),
        ("horizontalpodautoscalers", &["fits", "deploy/web"], "   1      0      pods of few\n", 0),
        ("jobs", &["explain"], ": 1 of 2 pods are missing: would be refused now\n", 3),
        ("jobs", &["recommend"], "\n    pods: \"5\"\n", 4),
        (
            "cronjobs",
            &["what-if", "--hard", "pods=9"],
            "   web    1      Deadlocks   Completes   0          8\n",
            4,
        ),
        ("jobs", &["check", "-f", "work.json"], "   ConfigMap       settings   Admitted   -\n", 4),
    ];
    for (status, reason) in
        [(403, "Forbidden"), (404, "NotFound"), (405, "MethodNotAllowed"), (503, "ServiceUnavailable")]
    {
        for (resource, words, said, exits) in cases {
            let (_proxy, env) = without_list_of(resource, status, reason);
            env.file("work.json", &work);
            let output = env.run(QUOTA, [words, &["-n", &namespace]].concat());
            assert!(output.stdout.contains(said), "{status} {resource}: {output}");
            // A kind that the server does not serve has no objects.
            let is_missed = status != 404;
            let exits = if exits == 4 && !is_missed { 0 } else { exits };
            assert_eq!(output.status, Some(exits), "{status} {resource}: {output}");
            // Autoscalers matter to what is advised only.
            let warning = format!("Warning: can't list {resource}.batch in namespace {namespace}: ");
            let is_named = output.stderr.contains(&warning);
            assert_eq!(
                is_named,
                is_missed && resource != "horizontalpodautoscalers",
                "{status} {resource}: {output}"
            );
            if words[0] == "check" {
                let verdict = if is_missed { "Unknown" } else { "Admitted" };
                let rows =
                    output.stdout.lines().filter(|line| line.contains("   Job ") && line.contains(verdict));
                assert_eq!(rows.count(), 1, "{status}: {output}");
            }
        }
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
