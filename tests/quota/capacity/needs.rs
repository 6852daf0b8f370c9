//! What one more pod needs, beside the pod: `check`, `fits`, `rollout`, `explain` and `what-if` give one answer.

use cluster::Rule;
use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::objects::{autoscaler, batch, cpu, deployment, list, quota, template, workload};
use crate::support::{QUOTA, administrator, enforced_quota, follow, user, wait_for_status, without_cluster};

const NAMESPACE: &str = "needs";

/// A quota that is in force and has counted this.
fn counted_quota(hard: &Value, used: &Value) -> Value {
    let mut quota = quota(NAMESPACE, "q", hard);
    quota["status"] = json!({"hard": hard, "used": used});
    quota
}

/// Runs the plugin on a dump of these objects, and returns its JSON.
fn on_dump(dump: &[Value], manifests: &[Value], words: &[&str], status: i32) -> Value {
    let env = without_cluster();
    env.file("dump.json", list(dump).to_string());
    env.file("manifests.json", list(manifests).to_string());
    let output = env
        .run(QUOTA, [words, &["-n", NAMESPACE, "--from", "dump.json", "-o", "json"]].concat())
        .exits(status);
    assert!(!output.stderr.contains("error"), "{output}");
    output.json()
}

fn claim_template(name: &str) -> Value {
    let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
    json!({"metadata": {"name": name}, "spec": spec})
}

fn with_ephemeral_volume(mut template: Value) -> Value {
    let claim = json!({"spec": claim_template("")["spec"]});
    template["spec"]["volumes"] = json!([{"name": "s", "ephemeral": {"volumeClaimTemplate": claim}}]);
    template
}

fn ask(env: &TestEnv, namespace: &str, words: &[&str], status: i32) -> Value {
    env.run("kubectl", [&["quota"], words, &["-o", "json", "-n", namespace]].concat()).exits(status).json()
}

#[test]
fn claims_of_ephemeral_volumes_are_charged_and_missed() {
    let namespace = fresh_namespace("needs");
    enforced_quota(&namespace, "q", &json!({"persistentvolumeclaims": "2", "pods": "10"}));
    let env = administrator();
    let scratch =
        deployment(&namespace, "scratch", 4, with_ephemeral_volume(template("scratch", &json!({}))));
    env.file("scratch.json", scratch.to_string());
    let foretold = "persistentvolumeclaims \"scratch-*-s\" is forbidden: exceeded quota: q, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=2, limited: persistentvolumeclaims=2";
    let row = &ask(&env, &namespace, &["check", "-f", "scratch.json"], 3)["objects"][0];
    assert_eq!(
        (&row["verdict"], &row["messages"], &row["pods"]),
        (&json!("Refused"), &json!([foretold]), &json!({"wanted": 4, "admitted": 2}))
    );
    let fits = ask(&env, &namespace, &["fits", "-f", "scratch.json"], 0);
    assert_eq!((&fits["fits"], &fits["messages"]), (&json!(2), &json!([foretold])));
    let rollout = ask(&env, &namespace, &["rollout", "-f", "scratch.json"], 3);
    assert_eq!((&rollout["verdict"], &rollout["messages"]), (&json!("Deadlocks"), &json!([foretold])));

    let api = cluster().api();
    api.create(&scratch).expect("a Deployment");
    let events = format!("/api/v1/namespaces/{namespace}/events");
    let words = foretold.split_once(" is forbidden").expect("a refusal").1;
    let refused = |event: &Value| event["message"].as_str().is_some_and(|text| text.ends_with(words));
    let told = api.wait(&events, "fieldSelector=reason%3DFailedBinding", "refused claims", |events| {
        events.iter().filter(|event| refused(event)).count() == 2
    });
    told.expect("two pods without a claim");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/scratch");
    api.wait_for(&path, "a status", |web| web["status"]["replicas"] == 4).expect("four pods");
    let explained = ask(&env, &namespace, &["explain", "deploy/scratch"], 3);
    assert_eq!(explained["state"], "Refused");
    assert_eq!(explained["missing"][0]["kind"], "PersistentVolumeClaim");
    assert_eq!(
        (&explained["missing"][0]["wanted"], &explained["missing"][0]["present"]),
        (&json!(4), &json!(2))
    );
    let retry = &explained["retry"];
    let pod = retry["controller"]["name"].as_str().expect("a pod");
    assert_eq!(retry["command"], json!(format!("kubectl delete pod {pod} -n {namespace}")));
    let text = retry["text"].as_str().expect("a sentence");
    assert!(text.starts_with(&format!("the claims of Pod {pod} are tried again within ")), "{text}");
    assert!(text.ends_with("; exponential back-off, up to 16m)"), "{text}");
    let all = ask(&env, &namespace, &["explain"], 3);
    assert_eq!(all["items"][0]["subject"]["name"], "scratch");
    // A restart frees no claim of a pod that has none.
    assert_eq!(ask(&env, &namespace, &["rollout", "deploy/scratch"], 3)["verdict"], "Deadlocks");
    assert_eq!(ask(&env, &namespace, &["fits", "deploy/scratch"], 0)["fits"], 0);

    // With room, the pod that takes the place of the deleted one gets its claim at once.
    follow(&env, explained["fix"][0].as_str().expect("a fix"));
    wait_for_status(&namespace, "q", |status| status["hard"]["persistentvolumeclaims"] == "4");
    follow(&env, retry["command"].as_str().expect("a command"));
    let claims = format!("/api/v1/namespaces/{namespace}/persistentvolumeclaims");
    api.wait(&claims, "", "a third claim", |claims| claims.len() >= 3).expect("a third claim");
}

#[test]
fn a_gap_in_the_ordinals_is_what_comes_next() {
    let namespace = fresh_namespace("needs");
    let api = cluster().api();
    let mut claim = claim_template("data-db-2");
    claim["apiVersion"] = json!("v1");
    claim["kind"] = json!("PersistentVolumeClaim");
    claim["metadata"]["namespace"] = json!(namespace);
    api.create(&claim).expect("a claim");
    enforced_quota(&namespace, "q", &json!({"persistentvolumeclaims": "2"}));
    let mut set = workload("StatefulSet", &namespace, "db", 3, template("db", &json!({})));
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    set["spec"]["volumeClaimTemplates"] = json!([claim_template("data")]);
    let env = administrator();
    env.file("db.json", set.to_string());
    let row = &ask(&env, &namespace, &["check", "-f", "db.json"], 3)["objects"][0];
    assert_eq!(row["pods"], json!({"wanted": 3, "admitted": 2}));
    api.create(&set).expect("a StatefulSet");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/statefulsets/db");
    api.wait_for(&path, "two pods", |set| set["status"]["replicas"] == 2).expect("two pods");
    let foretold = "persistentvolumeclaims \"data-db-1\" is forbidden: exceeded quota: q, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=2, limited: persistentvolumeclaims=2";
    let expected = json!([foretold]);
    let rollout = ask(&env, &namespace, &["rollout", "sts/db"], 3);
    assert_eq!((&rollout["verdict"], &rollout["messages"]), (&json!("Deadlocks"), &expected));
    let fits = ask(&env, &namespace, &["fits", "sts/db"], 0);
    assert_eq!((&fits["fits"], &fits["messages"]), (&json!(0), &expected));
    let what_if = ask(&env, &namespace, &["what-if", "--hard", "pods=9"], 3);
    let outcome = &what_if["workloads"][0]["before"];
    assert_eq!((&outcome["verdict"], &outcome["messages"]), (&json!("Deadlocks"), &expected));
    assert_eq!(row["messages"], expected);
    assert_eq!(ask(&env, &namespace, &["explain", "sts/db"], 3)["refusals"][0]["message"], json!(foretold));
}

#[test]
fn a_refused_controller_revision_is_what_is_missing() {
    let namespace = fresh_namespace("needs");
    enforced_quota(&namespace, "q", &json!({"count/controllerrevisions.apps": "0"}));
    let api = cluster().api();
    api.create(&workload("StatefulSet", &namespace, "db", 2, template("db", &json!({})))).expect("a set");
    api.create(&workload("DaemonSet", &namespace, "agent", 1, template("agent", &json!({})))).expect("a set");
    let env = administrator();
    for (target, name) in [("sts/db", "db"), ("ds/agent", "agent")] {
        let explained = ask(&env, &namespace, &["explain", target], 3);
        let message = format!(
            "controllerrevisions.apps \"{name}-*\" is forbidden: exceeded quota: q, requested: count/controllerrevisions.apps=1, used: count/controllerrevisions.apps=0, limited: count/controllerrevisions.apps=0"
        );
        assert_eq!(explained["refusals"][0]["message"], json!(message));
        assert_eq!(explained["missing"][0]["kind"], "ControllerRevision");
    }
    let all = ask(&env, &namespace, &["explain"], 3);
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(ask(&env, &namespace, &["rollout", "sts/db"], 3)["verdict"], "Deadlocks");
}

#[test]
fn jobs_come_before_their_pods() {
    let hard = json!({"count/jobs.batch": "0", "pods": "10"});
    let quota = counted_quota(&hard, &json!({"count/jobs.batch": "0", "pods": "0"}));
    let job = json!({"parallelism": 3, "template": template("x", &json!({}))});
    let timed =
        batch("CronJob", NAMESPACE, "c", &json!({"schedule": "@yearly", "jobTemplate": {"spec": job}}));
    let refused = |name: &str| {
        format!(
            "jobs.batch \"{name}\" is forbidden: exceeded quota: q, requested: count/jobs.batch=1, used: count/jobs.batch=0, limited: count/jobs.batch=0"
        )
    };
    let dump = [quota, timed];
    let fits = on_dump(&dump, &[], &["fits", "cronjob/c"], 0);
    assert_eq!((&fits["fits"], &fits["messages"]), (&json!(0), &json!([refused("c-*")])));
    let manifests = [batch("Job", NAMESPACE, "j", &job)];
    let fits = on_dump(&dump, &manifests, &["fits", "-f", "manifests.json"], 0);
    assert_eq!((&fits["fits"], &fits["messages"]), (&json!(0), &json!([refused("j")])));
}

#[test]
fn what_only_a_schedule_makes_is_not_charged_and_not_missing() {
    let hard = json!({"pods": "2", "count/jobs.batch": "1"});
    let quota = counted_quota(&hard, &json!({"pods": "0", "count/jobs.batch": "0"}));
    let mut job = json!({"template": template("x", &json!({}))});
    job["template"]["spec"]["restartPolicy"] = json!("Never");
    let spec = json!({"schedule": "0 3 1 1 *", "jobTemplate": {"spec": job}});
    let manifests = [
        batch("CronJob", NAMESPACE, "backup", &spec),
        deployment(NAMESPACE, "web", 2, template("web", &json!({}))),
        batch("Job", NAMESPACE, "migrate", &job),
    ];
    let report = on_dump(&[quota], &manifests, &["check", "-f", "manifests.json"], 3);
    let verdicts: Vec<_> =
        report["objects"].as_array().expect("rows").iter().map(|row| row["verdict"].clone()).collect();
    assert_eq!(verdicts, ["Admitted", "Admitted", "Refused"]);
    assert_eq!(report["objects"][1]["pods"], json!({"wanted": 2, "admitted": 2}));
    assert_eq!(report["objects"][2]["pods"], json!({"wanted": 1, "admitted": 0}));
    assert_eq!(
        report["objects"][0]["warnings"],
        json!([
            "its schedule creates a Job only later; beside everything in these manifests it would be refused: jobs.batch \"backup-*\" is forbidden: exceeded quota: q, requested: count/jobs.batch=1, used: count/jobs.batch=1, limited: count/jobs.batch=1"
        ])
    );

    // As long as it is not due, it is not stuck.
    let full = counted_quota(&hard, &json!({"pods": "2", "count/jobs.batch": "0"}));
    let env = without_cluster();
    let event = json!({
        "apiVersion": "v1", "kind": "Event", "metadata": {"name": "e", "namespace": NAMESPACE, "creationTimestamp": "2026-01-01T00:00:00Z"},
        "involvedObject": {"kind": "Job", "name": "other"}, "reason": "Started", "message": "", "eventTime": null,
    });
    let mut pod = crate::objects::pod(NAMESPACE, "other", &json!({}));
    pod["metadata"]["creationTimestamp"] = json!("2026-01-01T00:00:00Z");
    env.file("dump.json", list(&[full, manifests[0].clone(), event, pod]).to_string());
    let output = env.run(QUOTA, ["explain", "-n", NAMESPACE, "--from", "dump.json"]).exits(0);
    assert_eq!(
        (output.stdout.as_str(), output.stderr.as_str()),
        (
            "",
            "CronJob backup is not due yet; as things stand, its next Job would be refused\nNothing is stuck in namespace needs\n"
        )
    );
    let output =
        env.run(QUOTA, ["explain", "cronjob/backup", "-n", NAMESPACE, "--from", "dump.json", "-o", "json"]);
    let explained = output.exits(3).json();
    assert_eq!((&explained["state"], &explained["retry"]), (&json!("Refused"), &Value::Null));
}

#[test]
fn custom_resources_above_a_workload_hide_nothing() {
    let owned = |kind: &str, name: &str, replicas: usize, owner: &str, version: &str| {
        let mut workload = workload(kind, NAMESPACE, name, replicas, template(name, &json!({})));
        workload["metadata"]["ownerReferences"] =
            json!([{"apiVersion": version, "kind": owner, "name": "x", "uid": "u", "controller": true}]);
        workload["status"] = json!({"replicas": 0, "observedGeneration": 1});
        workload
    };
    let dump = [
        counted_quota(&json!({"pods": "0"}), &json!({"pods": "0"})),
        owned("StatefulSet", "prometheus", 2, "Prometheus", "monitoring.coreos.com/v1"),
        owned("ReplicaSet", "canary", 3, "Rollout", "argoproj.io/v1alpha1"),
        owned("ReplicaSet", "web-1", 3, "Deployment", "apps/v1"),
    ];
    let names = |all: &Value, pointer: &str| -> Vec<String> {
        let all = all.as_array().expect("workloads").iter();
        all.map(|one| one.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()).collect()
    };
    let explained = on_dump(&dump, &[], &["explain"], 3);
    assert_eq!(names(&explained["items"], "/subject/name"), ["prometheus", "canary"]);
    let what_if = on_dump(&dump, &[], &["what-if", "--hard", "pods=9"], 0);
    assert_eq!(names(&what_if["workloads"], "/name"), ["prometheus", "canary"]);
    assert_eq!(what_if["workloads"][1]["before"]["verdict"], "Refused");
    assert_eq!(what_if["workloads"][1]["after"]["verdict"], "Completes");
}

#[test]
fn an_autoscaler_among_the_manifests_demands_its_minimum() {
    let quota = counted_quota(&json!({"pods": "2"}), &json!({"pods": "0"}));
    let mut api = deployment(NAMESPACE, "api", 1, template("api", &json!({})));
    api["spec"].as_object_mut().expect("a spec").remove("replicas");
    let mut scaler = autoscaler(NAMESPACE, "api", "api", 6);
    scaler["spec"]["minReplicas"] = json!(3);
    let manifests = [api, scaler];
    let report = on_dump(std::slice::from_ref(&quota), &manifests, &["check", "-f", "manifests.json"], 3);
    assert_eq!(report["objects"][0]["pods"], json!({"wanted": 3, "admitted": 2}));
    let fits = on_dump(&[quota], &manifests, &["fits", "-f", "manifests.json"], 0);
    assert_eq!(fits["autoscalers"], json!([{"name": "api", "maxReplicas": 6, "reachable": false}]));
}

#[test]
fn millions_of_pods_take_no_longer_than_a_few() {
    let quota = counted_quota(&json!({"requests.cpu": "2G"}), &json!({"requests.cpu": "10k"}));
    let mut web = deployment(NAMESPACE, "web", 10_000_000, template("web", &json!({"cpu": "1m"})));
    web["spec"]["strategy"] = json!({"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}});
    web["metadata"]["generation"] = json!(1);
    web["status"] = json!({"replicas": 10_000_000, "updatedReplicas": 10_000_000, "observedGeneration": 1});
    let mut set = workload("StatefulSet", NAMESPACE, "db", 10_000_000, template("db", &json!({"cpu": "1m"})));
    set["spec"]["volumeClaimTemplates"] = json!([claim_template("data")]);
    let manifests = [set];
    let start = std::time::Instant::now();
    let rollout = on_dump(&[quota.clone(), web], &[], &["rollout", "deploy/web"], 0);
    assert_eq!(rollout["verdict"], "Completes");
    let report = on_dump(&[quota], &manifests, &["check", "-f", "manifests.json"], 0);
    assert_eq!(report["objects"][0]["pods"], json!({"wanted": 10_000_000, "admitted": 10_000_000}));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn quotas_that_may_not_be_read_are_not_taken_for_none() {
    let namespace = fresh_namespace("unread");
    let reader = format!("reader-{namespace}");
    let rules = [
        Rule::core(&["namespaces", "serviceaccounts"], &["get"]),
        Rule::of("apps", &["deployments"], &["get"]),
    ];
    cluster().grant(&reader, Some(&namespace), &rules).expect("a role");
    enforced_quota(&namespace, "few", &json!({"pods": "1"}));
    cluster()
        .api()
        .create(&deployment(&namespace, "web", 1, template("web", &cpu("1m"))))
        .expect("a Deployment");
    let env = user(&reader);
    let line = ["quota", "fits", "deployment/web", "-n", &namespace];
    let told = env.run("kubectl", line).exits(4);
    let row = told.stdout.lines().nth(1).unwrap_or_default().split_whitespace().collect::<Vec<_>>();
    assert_eq!((row.first(), row.get(4)), (Some(&namespace.as_str()), Some(&"?")), "{told}");
    let sentence =
        "What bounds these pods is not known: no permission to list the ResourceQuotas of the namespace.";
    assert!(told.stdout.replace('\n', " ").contains(sentence), "{told}");
    let fits = env.run("kubectl", [&line[..], &["-o", "json"]].concat()).exits(4).json();
    let doubt = json!("no permission to list the ResourceQuotas of the namespace");
    assert_eq!((&fits["fits"], &fits["doubt"]), (&json!(null), &doubt), "{fits}");
}

#[test]
fn a_job_that_waits_for_pods_that_end_lacks_none() {
    let full = counted_quota(&json!({"pods": "2"}), &json!({"pods": "2"}));
    for (policy, pods, status) in [("Failed", 0, 0), ("TerminatingOrFailed", 2, 3)] {
        let mut ending = template("work", &cpu("1m"));
        ending["spec"]["restartPolicy"] = json!("Never");
        let spec = json!({"parallelism": 2, "podReplacementPolicy": policy, "template": ending});
        let given = batch("Job", NAMESPACE, "work", &spec);
        let mut live = given.clone();
        live["metadata"]["uid"] = json!("job");
        live["status"] = json!({"startTime": "2026-11-30T12:00:00Z", "active": 0, "terminating": 2});
        let dump = [full.clone(), live];
        let report = on_dump(&dump, &[given], &["check", "-f", "manifests.json"], status);
        assert_eq!(report["objects"][0]["pods"]["wanted"], pods, "{policy}");
        // Of events the dump has none.
        let status = if pods > 0 { 3 } else { 4 };
        let explanation = on_dump(&dump, &[], &["explain", "job/work"], status);
        assert_eq!(explanation["refusals"].as_array().map(Vec::len), Some(usize::from(pods > 0)), "{policy}");
    }
}
