//! Deployments in the middle of a rollout, and paused ones: foretold, and then gone on with.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::objects::{deployment, template, with_grace};
use crate::support::{
    administrator, condition, enforced_quota, follow, on_a_node, try_again, wait_awake, wait_for_status,
    wait_until_counted,
};

/// A Deployment whose pods are all ready and fill a quota on processors as far as `free` goes.
fn full(replicas: u8, strategy: &Value, free: u16) -> String {
    let namespace = fresh_namespace("way");
    let used = u16::from(replicas) * 100;
    enforced_quota(&namespace, "few", &json!({"requests.cpu": format!("{}m", used + free)}));
    let pods = with_grace(template("web", &json!({"cpu": "100m"})), 0);
    let mut web = on_a_node(&namespace, deployment(&namespace, "web", replicas.into(), pods));
    web["spec"]["progressDeadlineSeconds"] = json!(2);
    web["spec"]["strategy"] = strategy.clone();
    cluster().api().create(&web).expect("a Deployment");
    wait(&namespace, "ready pods", |web| web["status"]["readyReplicas"] == replicas);
    used_is(&namespace, used);
    namespace
}

fn path(namespace: &str) -> String {
    format!("/apis/apps/v1/namespaces/{namespace}/deployments/web")
}

fn wait(namespace: &str, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    cluster().api().wait_for(&path(namespace), what, wanted).expect("in time")
}

fn used_is(namespace: &str, used: u16) {
    wait_until_counted(namespace, "few", &json!({"requests.cpu": format!("{used}m")}));
}

/// Has the template ask for so much.
fn ask_for(namespace: &str, cpu: &str) {
    let change = json!([{"op": "replace", "path": "/spec/template/spec/containers/0/resources/requests/cpu", "value": cpu}]);
    let answer = cluster().api().request(
        "PATCH",
        &path(namespace),
        Some("application/json-patch+json"),
        Some(&change),
    );
    assert_eq!(answer.expect("an answer").status, 200);
}

fn ask(env: &TestEnv, namespace: &str, words: &[&str], status: i32) -> Value {
    let arguments = [&["quota"], words, &["-o", "json", "-n", namespace]].concat();
    env.run("kubectl", arguments).exits(status).json()
}

/// Waits until a ReplicaSet lacks a pod because of these last words. A paused Deployment does not tell.
fn refused(namespace: &str, words: &str) {
    let sets = format!("/apis/apps/v1/namespaces/{namespace}/replicasets");
    let told = cluster().api().wait(&sets, "", "a refusal", |sets| {
        sets.iter().any(|set| {
            let message = condition(set, "ReplicaFailure").and_then(|one| one["message"].as_str());
            message.is_some_and(|text| text.ends_with(words))
        })
    });
    told.expect("a refusal");
}

fn is_complete(replicas: u8) -> impl Fn(&Value) -> bool {
    move |web| {
        web["status"]["observedGeneration"] == web["metadata"]["generation"]
            && ["replicas", "readyReplicas", "updatedReplicas"]
                .iter()
                .all(|field| web["status"][*field] == replicas)
    }
}

fn refusal(cpu: &str, used: &str, hard: &str) -> Value {
    json!([format!(
        "pods \"web-*\" is forbidden: exceeded quota: few, requested: requests.cpu={cpu}, used: requests.cpu={used}, limited: requests.cpu={hard}"
    )])
}

#[test]
fn half_way_the_pods_that_are_there_count_as_what_they_are() {
    let strategy = json!({"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 2}});
    let namespace = full(4, &strategy, 0);
    let env = administrator();
    ask_for(&namespace, "200m");
    // Two old ones go, a new one comes, another old one goes: then one of each is as few as may be.
    let half_way = |web: &Value| {
        let status = &web["status"];
        (&status["replicas"], &status["updatedReplicas"]) == (&json!(2), &json!(1))
            && condition(web, "ReplicaFailure").is_some_and(|one| one["status"] == "True")
    };
    wait_awake(&namespace, "web", "a rollout that stops half way", half_way).expect("in time");
    used_is(&namespace, 300);

    let told = ask(&env, &namespace, &["rollout", "deploy/web"], 3);
    let advice = format!(
        "kubectl patch resourcequota few -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"requests.cpu\":\"800m\"}}}}}}'"
    );
    let expected = json!({
        "apiVersion": "kubectl-quota/v1",
        "kind": "Rollout",
        "workload": {"kind": "Deployment", "namespace": namespace, "name": "web"},
        "paused": false, "underWay": true, "oldPods": 1, "newPods": 1,
        "strategy": {"type": "RollingUpdate", "maxSurge": 1, "maxUnavailable": 2},
        "peakPods": 5,
        "terminatingPods": 0,
        "worstPods": 5,
        "mayWait": false,
        "verdict": "Deadlocks",
        "by": [{"kind": "ResourceQuota", "name": "few", "resource": "requests.cpu"}],
        "messages": refusal("200m", "300m", "400m"),
        "fix": [advice],
        "skipped": [],
        "unchecked": [],
    });
    assert_eq!(told, expected);
    let output = env.run("kubectl", ["quota", "rollout", "deploy/web", "-n", &namespace]).exits(3);
    assert_eq!(
        output.stderr,
        "Deployment web has a rollout in progress (pods of earlier templates: 1, of the latest: 1); this is how it continues\n"
    );
    // A dump says the same.
    let dumped =
        env.run("kubectl", ["get", "deploy,rs,pods,quota", "-n", &namespace, "-o", "json"]).success().stdout;
    env.file("dump.json", dumped);
    let mut of_dump = expected.clone();
    of_dump["unchecked"] = json!([
        "whether the namespaces exist and what Pod Security they enforce: the dump has no Namespace",
        "LimitRanges: the dump has none",
        "admission webhooks and policies: the dump has none",
    ]);
    assert_eq!(ask(&env, &namespace, &["rollout", "deploy/web", "--from", "dump.json"], 3), of_dump);
    // What changes nothing of the template, and what brings the earlier one back.
    let mut live = cluster().api().get(&path(&namespace)).expect("the Deployment");
    env.file("same.json", live.to_string());
    assert_eq!(ask(&env, &namespace, &["rollout", "-f", "same.json"], 3), expected);
    live["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]["cpu"] = json!("100m");
    env.file("back.json", live.to_string());
    let back = ask(&env, &namespace, &["rollout", "-f", "back.json"], 0);
    assert_eq!(
        (&back["verdict"], &back["oldPods"], &back["newPods"]),
        (&json!("Completes"), &json!(1), &json!(1))
    );

    // The old one makes room, for one of the two sizes.
    let fits = ask(&env, &namespace, &["fits", "deploy/web", "--replicas", "2"], 0);
    assert_eq!((&fits["replicas"], &fits["fits"]), (&json!(2), &json!(0)));
    ask(&env, &namespace, &["fits", "deploy/web", "--replicas", "3"], 3);

    let what_if = ask(&env, &namespace, &["what-if", "--hard", "requests.cpu=799m"], 3);
    let verdicts = |what_if: &Value| {
        ["before", "after"]
            .map(|when| what_if["workloads"][0][when]["verdict"].as_str().expect("one").to_owned())
    };
    assert_eq!(verdicts(&what_if), ["Deadlocks", "Deadlocks"]);
    let what_if = ask(&env, &namespace, &["what-if", "--hard", "requests.cpu=800m"], 0);
    assert_eq!(verdicts(&what_if), ["Deadlocks", "Completes"]);

    follow(&env, &advice);
    wait_for_status(&namespace, "few", |status| status["hard"]["requests.cpu"] == "800m");
    try_again(&namespace, &json!("now"));
    wait_awake(&namespace, "web", "four new pods", is_complete(4)).expect("in time");
    used_is(&namespace, 800);
    let told = ask(&env, &namespace, &["rollout", "deploy/web"], 0);
    assert_eq!(
        (&told["underWay"], &told["oldPods"], &told["newPods"]),
        (&json!(false), &json!(4), &json!(0))
    );
}

#[test]
fn a_paused_one_is_judged_by_what_comes_when_it_is_resumed() {
    let namespace = full(3, &json!({}), 90);
    let env = administrator();
    let rollout = |what: &str| {
        env.run("kubectl", ["rollout", what, "deployment/web", "-n", &namespace]).success();
    };
    rollout("pause");
    let resume = format!("kubectl rollout resume deployment web -n {namespace}");
    let output = env.run("kubectl", ["quota", "rollout", "deploy/web", "-n", &namespace]).exits(3);
    assert_eq!(
        output.stderr,
        format!(
            "Deployment web is paused: nothing rolls out until `{resume}`; this is the outcome of a restart after that\n"
        )
    );
    ask_for(&namespace, "10m");
    let seen = |web: &Value| web["status"]["observedGeneration"] == web["metadata"]["generation"];
    wait(&namespace, "the change to be seen", seen);
    let told = ask(&env, &namespace, &["rollout", "deploy/web"], 0);
    assert_eq!(
        (&told["paused"], &told["underWay"], &told["oldPods"], &told["verdict"]),
        (&json!(true), &json!(true), &json!(3), &json!("Completes"))
    );
    // Nine of the next template had room, but none comes: it scales what runs.
    let fits = ask(&env, &namespace, &["fits", "deploy/web"], 0);
    assert_eq!(
        (&fits["paused"], &fits["fits"], &fits["messages"]),
        (&json!(true), &json!(0), &refusal("100m", "300m", "390m"))
    );
    let scale = |replicas: &str| {
        env.run("kubectl", ["scale", "deploy/web", "--replicas", replicas, "-n", &namespace]).success();
    };
    scale("4");
    refused(&namespace, "requested: requests.cpu=100m, used: requests.cpu=300m, limited: requests.cpu=390m");
    scale("3");

    ask_for(&namespace, "95m");
    wait(&namespace, "the change to be seen", seen);
    let told = ask(&env, &namespace, &["rollout", "deploy/web"], 3);
    assert_eq!((&told["verdict"], &told["messages"]), (&json!("Deadlocks"), &refusal("95m", "300m", "390m")));
    let what_if = ask(&env, &namespace, &["what-if", "--hard", "requests.cpu=395m"], 0);
    let web = &what_if["workloads"][0];
    assert_eq!(
        (&web["paused"], &web["before"]["verdict"], &web["after"]["verdict"]),
        (&json!(true), &json!("Deadlocks"), &json!("Completes"))
    );
    let output =
        env.run("kubectl", ["quota", "what-if", "--hard", "requests.cpu=395m", "-n", &namespace]).success();
    assert_eq!(output.stderr, format!("Deployment web is paused: nothing rolls out until `{resume}`\n"));

    rollout("resume");
    refused(&namespace, "requested: requests.cpu=95m, used: requests.cpu=300m, limited: requests.cpu=390m");
    let told = ask(&env, &namespace, &["rollout", "deploy/web"], 3);
    assert_eq!(told["messages"], refusal("95m", "300m", "390m"));
    let advice = told["fix"].as_array().and_then(|all| all.last()).and_then(Value::as_str);
    follow(&env, advice.expect("advice"));
    wait_for_status(&namespace, "few", |status| status["hard"]["requests.cpu"] == "395m");
    try_again(&namespace, &json!("now"));
    wait_awake(&namespace, "web", "three new pods", is_complete(3)).expect("in time");
}

#[test]
fn a_paused_one_with_two_kinds_of_pods_scales_both() {
    let strategy = json!({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 2}});
    let env = administrator();
    let half_way = || {
        let namespace = full(4, &strategy, 0);
        ask_for(&namespace, "200m");
        let stopped = wait_awake(&namespace, "web", "a rollout that stops half way", |web| {
            let status = &web["status"];
            (&status["replicas"], status["updatedReplicas"].as_u64().is_some_and(|new| new > 0))
                == (&json!(2), true)
                && condition(web, "ReplicaFailure").is_some_and(|one| one["status"] == "True")
        })
        .expect("in time");
        (stopped["status"]["updatedReplicas"] == 1).then_some(namespace)
    };
    // The quota controller may count before it has heard of the first new pod, and then there is room for a second one.
    let namespace = (0..10).find_map(|_| half_way()).expect("one that stops with one new pod");
    env.run("kubectl", ["rollout", "pause", "deployment/web", "-n", &namespace]).success();
    // Of the four pods it may have, three are to be new already: two more of these wait.
    let patch = json!({"spec": {"hard": {"requests.cpu": "1600m"}}});
    let quota = format!("/api/v1/namespaces/{namespace}/resourcequotas/few");
    cluster().api().merge_patch(&quota, &patch).expect("a wider quota");
    wait_for_status(&namespace, "few", |status| status["hard"]["requests.cpu"] == "1600m");
    try_again(&namespace, &json!("now"));
    wait(&namespace, "four pods", |web| web["status"]["readyReplicas"] == 4);
    used_is(&namespace, 700);
    // Each fourth one is of 100m: of 200m alone there would be room for four.
    let more = ask(&env, &namespace, &["fits", "deploy/web"], 0)["fits"].clone();
    assert_eq!(more, 5);
    let scale = |replicas: u8| {
        let replicas = replicas.to_string();
        env.run("kubectl", ["scale", "deploy/web", "--replicas", &replicas, "-n", &namespace]).success();
    };
    scale(9);
    wait(&namespace, "as many as fit", |web| web["status"]["readyReplicas"] == 9);
    scale(10);
    refused(&namespace, "used: requests.cpu=1600m, limited: requests.cpu=1600m");
}
