//! `what-if`, foretold and then done to the quota.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::support::without_progress;
use crate::{
    objects::{
        self, autoscaler, batch, deployment, limit_range, list, quota, template, with_grace,
        without_namespace,
    },
    support::{
        administrator, enforced_quota, refusal_of_pods, wait_for_status, with_made_up_names, without_cluster,
    },
};

fn web(namespace: &str, replicas: usize, cpu: &str) -> Value {
    deployment(namespace, "web", replicas, with_grace(template("web", &json!({"cpu": cpu})), 0))
}

fn ask(env: &TestEnv, namespace: &str, words: &[&str], status: i32) -> Value {
    let arguments = [&["quota", "what-if", "-n", namespace, "-o", "json"], words].concat();
    env.run("kubectl", arguments).exits(status).json()
}

/// The verdicts before and after, by kind.
fn verdicts(report: &Value) -> Vec<(&str, &str, &str)> {
    let text = |value: &'_ Value| -> &str { value.as_str().expect("a text").to_owned().leak() };
    let workloads = report["workloads"].as_array().expect("workloads").iter();
    let verdict = |one: &Value, when: &str| text(&one[when]["verdict"]);
    workloads.map(|one| (text(&one["kind"]), verdict(one, "before"), verdict(one, "after"))).collect()
}

#[test]
fn a_lower_quota_stops_a_rollout_a_run_and_an_autoscaler() {
    let namespace = fresh_namespace("what-if");
    let api = cluster().api();
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "1", "pods": "10"}));
    let mut pods = with_grace(template("report", &json!({"cpu": "50m"})), 0);
    pods["spec"]["restartPolicy"] = Value::from("Never");
    let scaler = autoscaler(&namespace, "scaler", "web", 8);
    let spec = json!({"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": pods}}});
    let report = batch("CronJob", &namespace, "report", &spec);
    api.create_all(&[web(&namespace, 3, "100m"), scaler, report]).expect("objects");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    api.wait_for(&path, "three pods", |web| web["status"]["replicas"] == 3).expect("pods");
    wait_for_status(&namespace, "compute", |status| status["used"]["requests.cpu"] == "300m");

    let env = administrator();
    let told = ask(&env, &namespace, &["--hard", "requests.cpu=300m"], 3);
    let quantity = |s: &str, n: &str| json!({"quantity": s, "decimal": n});
    assert_eq!(
        told["changes"],
        json!([{"quota": "compute", "resource": "requests.cpu", "from": quantity("1", "1"), "to": quantity("300m", "0.3"), "used": quantity("300m", "0.3"), "over": false}])
    );
    assert_eq!((&told["kind"], &told["quota"]), (&json!("WhatIf"), &json!("compute")));
    assert_eq!(
        verdicts(&told),
        [("Deployment", "Completes", "Deadlocks"), ("CronJob", "Completes", "Refused")]
    );
    let web = &told["workloads"][0];
    assert_eq!((&web["before"]["fits"], &web["after"]["fits"]), (&json!(7), &json!(0)));
    let words = "pods \"web-*\" is forbidden: exceeded quota: compute, requested: requests.cpu=100m, used: requests.cpu=300m, limited: requests.cpu=300m";
    assert_eq!(web["after"]["messages"], json!([words]));
    assert_eq!(
        told["autoscalers"],
        json!([{"name": "scaler", "workload": {"kind": "Deployment", "name": "web"}, "maxReplicas": 8, "before": 8, "after": 3}])
    );
    // A name that nothing limits yet is counted first.
    let told = ask(&env, &namespace, &["--hard", "limits.memory=1Gi,pods=2"], 3);
    assert_eq!(told["changes"][0]["used"], quantity("0", "0"));
    assert_eq!(
        (&told["changes"][1]["used"], &told["changes"][1]["over"]),
        (&quantity("3", "3"), &json!(true))
    );
    let must = "pods \"web-*\" is forbidden: failed quota: compute: must specify limits.memory for: app";
    assert_eq!(told["workloads"][0]["after"]["messages"], json!([must]));
    ask(&env, &namespace, &["--hard", "requests.cpu=2"], 0);

    // Now for good.
    api.merge_patch(
        &format!("/api/v1/namespaces/{namespace}/resourcequotas/compute"),
        &json!({"spec": {"hard": {"requests.cpu": "300m"}}}),
    )
    .expect("a lower quota");
    wait_for_status(&namespace, "compute", |status| status["hard"]["requests.cpu"] == "300m");
    api.merge_patch(&path, &json!({"spec": {"template": {"metadata": {"annotations": {"version": "2"}}}}}))
        .expect("an update");
    assert_eq!(with_made_up_names(&refusal_of_pods(&namespace, "web"), "web"), words);
    env.run("kubectl", ["create", "job", "now", "--from", "cronjob/report", "-n", &namespace]).success();
    let events = format!("/api/v1/namespaces/{namespace}/events");
    let refused = |event: &Value| {
        event["involvedObject"]["name"] == "now"
            && event["message"].as_str().is_some_and(|text| {
                text.ends_with(
                    "requested: requests.cpu=50m, used: requests.cpu=300m, limited: requests.cpu=300m",
                )
            })
    };
    api.wait(&events, "fieldSelector=reason%3DFailedCreate", "a refused run", |events| {
        events.iter().any(refused)
    })
    .expect("a refusal");
}

#[test]
fn a_file_is_a_change_too_and_what_cannot_be_asked_says_so() {
    let env = without_cluster();
    let counted = |name: &str, pods: &str| {
        let mut counted = quota("team", name, &json!({"pods": pods}));
        counted["status"] = json!({"hard": {"pods": pods}, "used": {"pods": "3"}});
        counted
    };
    let mut web = web("team", 3, "1m");
    web["status"] = json!({"replicas": 3});
    env.file("dump.json", list(&[counted("a", "9"), counted("b", "9"), web]).to_string());
    let range = limit_range("", "floor", &json!({"type": "Container", "min": {"cpu": "10m"}}));
    env.file("rules.json", list(&[counted("a", "4"), without_namespace(range)]).to_string());
    let run = |words: &[&str], status: i32| {
        let arguments = [&["what-if", "-n", "team", "--from", "dump.json"], words].concat();
        env.run("kubectl-quota", arguments).exits(status)
    };
    let output = run(&["-f", "rules.json"], 3);
    let expected = "QUOTA   RESOURCE   NOW   THEN   USED   STATE\n\
                    a       pods       9     4      3      Ok\n\
                    \n\
                    KIND         NAME   PODS   NOW         THEN        MORE NOW   MORE THEN\n\
                    Deployment   web    3      Completes   Deadlocks   6          0\n\
                    \n\
                    Deployment web\n  pods \"web-*\" is forbidden: minimum cpu usage per Container is 10m, but request is 1m\n\
                    \nNot checked:\n  whether the namespaces exist and what Pod Security they enforce: the dump has no Namespace\n  \
                    LimitRanges: the dump has none\n  admission webhooks and policies: the dump has none\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (expected, ""));
    let output = run(&["--hard", "pods=3"], 2);
    assert_eq!(output.stderr, "error: several quotas in namespace team: a, b\nhint: name one with --quota\n");
    run(&["--hard", "pods=3", "--quota", "b"], 3);
    run(&["--hard", "pods=4", "--quota", "b"], 0);
    let output = run(&["--hard", "pods=4", "--quota", "c"], 1);
    assert_eq!(output.stderr, "error: no resourcequota `c` in namespace team; existing: a, b\n");
    run(&["--hard", "pods"], 2);
    run(&[], 2);

    // What the server would not take is no answer to anything.
    let output = run(&["--hard", "pods=500m", "--quota", "b"], 2);
    assert_eq!(
        output.stderr,
        "error: --hard: spec.hard[pods]: Invalid value: \"500m\": must be an integer\n"
    );
    let output = run(&["--hard", "pods=-1", "--quota", "b"], 2);
    assert_eq!(
        output.stderr,
        "error: --hard: spec.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0\n"
    );
    let mut broken = counted("a", "4");
    broken["metadata"]["namespace"] = json!("default");
    broken["spec"]["hard"]["nothing"] = json!("1");
    broken["spec"]["scopes"] = json!(["BestEffort", "NotBestEffort"]);
    let file = env.file("broken.json", list(&[broken]).to_string());
    let words = ["what-if", "-n", "default", "--from", "dump.json", "-f", "broken.json"];
    let ours = env.run("kubectl-quota", words).exits(2);
    let theirs = administrator()
        .run("kubectl", ["create", "--dry-run=server", "-f", file.to_str().expect("a path")])
        .exits(1);
    // kubectl lists several complaints as points.
    let (start, points) = theirs.stderr.split_once("\n* ").expect("several complaints");
    let mut expected: Vec<_> =
        points.lines().map(|point| format!("{start}{}", point.trim_start_matches("* "))).collect();
    let mut lines: Vec<_> = ours.stderr.lines().map(str::to_owned).collect();
    expected.sort();
    lines.sort();
    assert_eq!((lines, ours.stdout.as_str()), (expected, ""));
}

#[test]
fn the_only_quota_that_limits_a_resource_is_changed() {
    let env = without_cluster();
    let counted = |name: &str, hard: &Value, used: &Value| {
        let mut counted = quota("team", name, hard);
        counted["status"] = json!({"hard": hard, "used": used});
        counted
    };
    let quotas = [
        counted(
            "compute",
            &json!({"pods": "9", "requests.cpu": "4"}),
            &json!({"pods": "3", "requests.cpu": "2"}),
        ),
        counted("objects", &json!({"pods": "9", "services": "5"}), &json!({"pods": "3", "services": "1"})),
    ];
    env.file("dump.json", list(&quotas).to_string());
    let run = |hard: &str, status: i32| {
        let words = ["what-if", "-n", "team", "--from", "dump.json", "--hard", hard];
        env.run("kubectl-quota", words).exits(status)
    };
    let changed = run("requests.cpu=1,pods=8", 0);
    let table = "\
QUOTA     RESOURCE       NOW   THEN   USED   STATE
compute   pods           9     8      3      Ok
compute   requests.cpu   4     1      2      Over
";
    assert!(changed.stdout.starts_with(table), "{changed}");
    assert!(run("services=1", 0).stdout.contains("\nobjects   services   5     1      1      Ok\n"));
    // The amounts of now are no change.
    let same = run("services=5,pods=9", 0);
    assert!(!same.stdout.contains("QUOTA"), "{same}");
    assert_eq!(same.stderr, "Nothing changes: the quota has these amounts already\n");
    // Both limit pods, none secrets, and no one both of these.
    for hard in ["pods=1", "secrets=1", "services=1,requests.cpu=1"] {
        let refused = run(hard, 2);
        let said = "error: several quotas in namespace team: compute, objects\nhint: name one with --quota\n";
        assert_eq!((refused.stdout.as_str(), refused.stderr.as_str()), ("", said));
    }
}

#[test]
fn every_namespace_with_the_quota_or_with_what_a_file_names() {
    let env = administrator();
    let api = cluster().api();
    // Nobody else has a quota of this name.
    let quota = fresh_namespace("shared");
    let [tight, roomy] = ["what-if-tight", "what-if-roomy"].map(fresh_namespace);
    let other = fresh_namespace("what-if-other");
    for (namespace, replicas) in [(&tight, 3), (&roomy, 1)] {
        enforced_quota(namespace, &quota, &json!({"pods": "9"}));
        api.create(&web(namespace, replicas, "1m")).expect("a deployment");
        let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
        api.wait_for(&path, "pods", |web| web["status"]["replicas"] == replicas).expect("pods");
        let used = replicas.to_string();
        wait_for_status(namespace, &quota, |status| status["used"]["pods"] == *used);
    }
    enforced_quota(&other, "another", &json!({"pods": "9"}));
    let names = |report: &Value| {
        let items = report["items"].as_array().expect("items").iter();
        items.map(|one| one["namespace"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let mut both = vec![tight.clone(), roomy.clone()];
    both.sort();
    let ask = |words: &[&str], status: i32| {
        let output = env.run("kubectl", [&["quota", "what-if", "-A"], words].concat()).exits(status);
        // How far it is, where that takes seconds.
        let mut said = output.stderr.lines().filter(|line| !line.starts_with("reading the namespaces"));
        assert_eq!(said.next(), None, "{output}");
        output
    };
    let told = ask(&["--hard", "pods=3", "--quota", &quota, "-o", "json"], 3).json();
    assert_eq!((&told["kind"], names(&told)), (&json!("WhatIfList"), both.clone()));
    let of = |namespace: &str| told["items"].as_array()?.iter().find(|one| one["namespace"] == *namespace);
    let fate = |namespace: &str| &of(namespace).expect("the namespace")["workloads"][0]["after"]["verdict"];
    assert_eq!((fate(&tight), fate(&roomy)), (&json!("Deadlocks"), &json!("Completes")));
    // Each namespace as it is told alone.
    for namespace in &both {
        let arguments = ["quota", "what-if", "-n", namespace, "--hard", "pods=3", "-o", "json"];
        let alone = env.run("kubectl", arguments).json();
        for field in ["namespace", "quota", "changes", "workloads", "autoscalers"] {
            assert_eq!(of(namespace).expect("the namespace")[field], alone[field], "{field}");
        }
    }
    let table = ask(&["--hard", "pods=3", "--quota", &quota], 3).stdout;
    let rows = |namespace: &str| {
        let lines = table.lines().filter(|line| line.starts_with(&format!("{namespace} ")));
        lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(
        rows(&tight),
        [
            format!("{tight} {quota} pods 9 3 3 Ok"),
            format!("{tight} Deployment web 3 Completes Deadlocks 6 0")
        ]
    );
    assert!(table.starts_with("NAMESPACE "), "{table}");
    let words = format!(
        "\nDeployment web in namespace {tight}\n  pods \"web-*\" is forbidden: exceeded quota: {quota}, requested: pods=1, used: pods=3, limited: pods=3\n"
    );
    assert!(table.ends_with(&words), "{table}");
    // A file: without a namespace for all that have its name, with one for that.
    let nine = json!({"pods": "9"});
    let rules =
        list(&[without_namespace(objects::quota("", &quota, &nine)), objects::quota(&other, "new", &nine)]);
    let file = env.file("rules.json", rules.to_string());
    let told = ask(&["-f", file.to_str().expect("a path"), "-o", "json"], 0).json();
    let mut all = both;
    all.push(other);
    all.sort();
    assert_eq!(names(&told), all);

    let refused = |words: &[&str], status: i32| {
        let output = env.run("kubectl", [&["quota", "what-if", "-A"], words].concat()).exits(status);
        assert_eq!(output.stdout, "");
        without_progress(&output.stderr)
    };
    assert_eq!(
        refused(&["--hard", "pods=3", "--quota", "no-such-quota"], 1),
        "error: no resourcequota `no-such-quota` in any namespace\n"
    );
    assert_eq!(
        refused(&["--hard", "pods=3"], 2),
        "error: `--hard` with --all-namespaces needs the name of a quota\nhint: name it with --quota\n"
    );
}
