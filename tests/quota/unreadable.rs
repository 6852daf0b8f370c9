//! One kind that can't be read ends nothing: it is named where it matters, and the rest is answered. Nobody is warned about
//! what nothing uses.

use cluster::Rule;
use serde_json::{Value, json};
use support::{FaultProxy, Reply, TestEnv, cluster, fresh_namespace};

use crate::{
    distance::behind,
    objects::{
        autoscaler, batch, config_map, cpu, deployment, limit_range, list, pod, quota, service, template,
    },
    support::without_progress,
    support::{QUOTA, administrator, create, enforced_quota, pods, told, user, without_cluster},
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
        assert_eq!(without_progress(&output.stderr), "", "{output}");
    }
}

/// The plugin behind a proxy that answers each list of one resource so.
fn without_list_of(resource: &str, status: u16, reason: &str) -> (FaultProxy, TestEnv) {
    let proxy = FaultProxy::of(cluster());
    let reply = || Reply::status(status, reason, "this one can't be listed").header("Retry-After", "0");
    proxy.answer("GET", &format!("/{resource}"), (0..200).map(|_| reply()));
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
    let cases: [(&str, &[&str], &str, i32); 4] = [
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
            let warning = format!("Warning: can't list {resource}.batch in namespace {namespace}: ");
            assert_eq!(output.stderr.contains(&warning), is_missed, "{status} {resource}: {output}");
            if words[0] == "check" {
                let verdict = if is_missed { "Unknown" } else { "Admitted" };
                let rows =
                    output.stdout.lines().filter(|line| line.contains("   Job ") && line.contains(verdict));
                assert_eq!(rows.count(), 1, "{status}: {output}");
            }
        }
    }
}

/// Asserts that a command names the autoscalers that it could not list: once in text, once in JSON.
fn assert_autoscalers_named(env: &TestEnv, namespace: &str, words: &[&str], about: &str) -> Value {
    let all = [words, &["-n", namespace]].concat();
    let output = env.run(QUOTA, all.clone());
    let warning = format!("Warning: can't list {AUTOSCALERS} in namespace {namespace}: ");
    assert_eq!(output.stderr.matches(&warning).count(), 1, "{about} {words:?}: {output}");
    let json = env.run(QUOTA, [&all[..], &["-o", "json"]].concat());
    assert_eq!(json.status, output.status, "{about} {words:?}: {json}");
    let document = json.json();
    let skipped = document["skipped"].as_array().expect("what was skipped");
    let named = skipped.iter().filter(|one| one["resource"] == AUTOSCALERS && one["verb"] == "list");
    assert_eq!(named.count(), 1, "{about} {words:?}: {json}");
    document
}

const AUTOSCALERS: &str = "horizontalpodautoscalers.autoscaling";

/// The command, and its exit status where autoscalers can't be listed. A change of replicas is advised where they can.
const ABOUT_AUTOSCALERS: [(&[&str], i32); 8] = [
    (&["explain", "deploy/web"], 3),
    (&["explain"], 3),
    (&["fits", "deploy/web"], 0),
    (&["fits"], 4),
    (&["rollout", "deploy/web"], 3),
    (&["what-if", "--hard", "pods=9"], 4),
    (&["recommend"], 4),
    (&["check", "-f", "web.json"], 3),
];

#[test]
fn autoscalers_that_cannot_be_listed_are_not_taken_for_absent() {
    let namespace = fresh_namespace("autoscalers");
    enforced_quota(&namespace, "few", &json!({"pods": "1"}));
    let web = deployment(&namespace, "web", 2, template("web", &json!({"cpu": "1m"})));
    create(&web);
    told(&namespace, "ReplicaSet", "exceeded quota: few");
    let scale = format!("kubectl scale deployment web -n {namespace} --replicas=1");
    let advises_scale = |explained: &Value| {
        let explained = explained.get("items").map_or(explained, |items| &items[0]);
        let fixes = explained["fix"].as_array().expect("commands");
        assert!(!fixes.is_empty(), "{explained}");
        fixes.iter().any(|fix| *fix == scale.as_str())
    };
    let admin = administrator();
    let known = admin.run(QUOTA, ["explain", "deploy/web", "-n", &namespace, "-o", "json"]).exits(3);
    assert!(advises_scale(&known.json()), "{known}");
    assert_eq!(known.json()["skipped"], json!([]));

    // Who has every permission but this one.
    let name = format!("{namespace}-narrow");
    let all = ["get", "list"];
    let core = ["configmaps", "events", "limitranges", "namespaces", "persistentvolumeclaims", "pods"];
    let rules = [
        Rule::core(&core, &all),
        Rule::core(&["replicationcontrollers", "resourcequotas", "secrets", "serviceaccounts"], &all),
        Rule::core(&["services"], &all),
        Rule::of("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"], &all),
        Rule::of("batch", &["cronjobs", "jobs"], &all),
    ];
    let narrow = user(&name);
    cluster().grant(&name, Some(&namespace), &rules).expect("a grant");
    let mut everyone = vec![("a user without the permission".to_owned(), None, narrow)];
    for (status, reason) in [(404, "NotFound"), (405, "MethodNotAllowed"), (503, "ServiceUnavailable")] {
        let (proxy, env) = without_list_of("horizontalpodautoscalers", status, reason);
        everyone.push((status.to_string(), Some(proxy), env));
    }
    for (about, _proxy, env) in &everyone {
        env.file("web.json", web.to_string());
        for (words, exits) in ABOUT_AUTOSCALERS {
            let document = assert_autoscalers_named(env, &namespace, words, about);
            let output = env.run(QUOTA, [words, &["-n", &namespace]].concat());
            assert_eq!(output.status, Some(exits), "{about} {words:?}: {output}");
            if words[0] == "explain" {
                assert!(!advises_scale(&document), "{about} {words:?}: {document}");
                assert!(
                    output.stderr.contains(
                        "; no number of replicas is advised, which an autoscaler might change back\n"
                    ),
                    "{about}: {output}"
                );
            }
        }
    }
    // Nobody is told where nothing is scaled.
    let (_, _, narrow) = &everyone[0];
    narrow.file("settings.json", config_map(&namespace, "settings").to_string());
    let output = narrow.run(QUOTA, ["check", "-f", "settings.json", "-n", &namespace]).success();
    assert_eq!(output.stderr, "", "{output}");
}

#[test]
fn an_existing_autoscaler_demands_its_minimum_of_whatever_is_applied() {
    let namespace = fresh_namespace("minimum");
    enforced_quota(&namespace, "few", &json!({"pods": "3"}));
    let mut scaler = autoscaler(&namespace, "scaler", "web", 9);
    scaler["spec"]["minReplicas"] = json!(5);
    create(&scaler);
    let env = administrator();
    let web = deployment(&namespace, "web", 2, template("web", &json!({"cpu": "1m"})));
    env.file("web.json", web.to_string());
    let arguments = ["quota", "check", "-f", "web.json", "-n", &namespace, "-o", "json"];
    let checked = env.run("kubectl", arguments).exits(3).json();
    assert_eq!(checked["objects"][0]["pods"]["wanted"], 5, "{checked}");
    assert_eq!(checked["objects"][0]["pods"]["admitted"], 3, "{checked}");
    create(&web);
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    cluster()
        .api()
        .wait_for(&path, "the minimum", |web| web["spec"]["replicas"] == 5)
        .expect("five replicas");
    pods(&namespace, "web", 3);
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

#[test]
fn classes_that_decide_and_cannot_be_listed_are_named_by_recommend_and_create() {
    let namespace = fresh_namespace("sandboxed");
    let class = json!({
        "apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": namespace}, "handler": "h",
        "overhead": {"podFixed": {"cpu": "50m"}},
    });
    create(&class);
    let plain = deployment(&namespace, "web", 1, template("web", &cpu("100m")));
    create(&plain);
    pods(&namespace, "web", 1);
    let name = format!("{namespace}-sizer");
    let env = user(&name);
    cluster().grant_role(&name, Some(&namespace), "admin").expect("a role");
    let recommend = || env.run("kubectl", ["quota", "recommend", "-n", &namespace]);
    assert_eq!(recommend().success().stderr, "");
    let mut sandboxed = deployment(&namespace, "sandboxed", 1, template("sandboxed", &cpu("100m")));
    sandboxed["spec"]["template"]["spec"]["runtimeClassName"] = json!(namespace);
    create(&sandboxed);
    pods(&namespace, "sandboxed", 1);
    let output = recommend().exits(4);
    let warning = format!(
        "Warning: can't list runtimeclasses in all namespaces: runtimeclasses.node.k8s.io is forbidden: User \"{name}\" cannot list resource \"runtimeclasses\" in API group \"node.k8s.io\" at the cluster scope"
    );
    assert_eq!(
        output.stderr,
        format!("{warning}; what they add to pods, and which quotas they decide on, is not considered\n")
    );
    let json = env.run("kubectl", ["quota", "recommend", "-n", &namespace, "-o", "json"]).exits(4).json();
    assert_eq!(json["skipped"][0]["resource"], "runtimeclasses");
    let words = ["quota", "create", "few", "--hard", "pods=9", "-n", &namespace, "--dry-run=client", "--yes"];
    let output = env.run("kubectl", words);
    assert!(output.stderr.contains(&format!("{warning}\n")), "{output}");
}
