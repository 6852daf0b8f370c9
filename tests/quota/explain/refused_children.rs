//! What would be refused next: the pods, once the ReplicaSet or ControllerRevision of a workload is there, and the rest of a
//! rollout, once a pod is that holds it up. The printed command is enough for all of it.

use cluster::Rule;
use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use super::{ask, explain, fix, hurry, workload};
use crate::objects::on_nodes_of;
use crate::support::{
    add_nodes, administrator, create, enforced_quota, follow, pods, told, user, wait_for_status,
    wait_until_counted,
};

fn memory(amount: &str) -> Value {
    json!({"memory": amount})
}

/// A workload whose pods run on the nodes of the namespace.
fn on_nodes(kind: &str, namespace: &str, replicas: usize, requests: &Value) -> Value {
    let mut workload = workload(kind, namespace, "app", replicas, requests);
    let template = &mut workload["spec"]["template"];
    *template = on_nodes_of(namespace, template.take());
    workload
}

/// What is said of one missing kind.
fn missing(kind: &str, maker: &str, wanted: u8, admitted: u8) -> Value {
    let maker = json!({"kind": maker, "name": "app"});
    json!({"kind": kind, "maker": maker, "wanted": wanted, "present": 0, "admitted": admitted})
}

fn messages(explained: &Value) -> Vec<&str> {
    let rows = explained["refusals"].as_array().expect("refusals");
    rows.iter().map(|row| row["message"].as_str().expect("a message")).collect()
}

/// Follows the first advice, and waits until the quotas enforce it.
fn raise(env: &TestEnv, namespace: &str, explained: &Value) {
    follow(env, fix(explained, "kubectl patch resourcequota"));
    for name in ["children", "memory"] {
        let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}");
        let hard = cluster().api().get(&path).expect("a quota")["spec"]["hard"].clone();
        wait_for_status(namespace, name, |status| status["hard"] == hard);
    }
}

#[test]
fn a_new_daemon_set_whose_pods_only_the_nodes_count() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    add_nodes(&namespace, 2);
    enforced_quota(&namespace, "children", &json!({"count/controllerrevisions.apps": "0"}));
    enforced_quota(&namespace, "memory", &json!({"requests.memory": "100Mi"}));
    create(&on_nodes("DaemonSet", &namespace, 1, &memory("64Mi")));

    let explained = explain(&env, &namespace, "ds/app", 3);
    assert_eq!(
        explained["summary"],
        json!("DaemonSet app: its new ControllerRevision is missing: would be refused now")
    );
    assert_eq!(
        explained["missing"],
        json!([missing("ControllerRevision", "DaemonSet", 1, 0), missing("Pod", "DaemonSet", 2, 1)])
    );
    assert_eq!(
        messages(&explained),
        [
            "controllerrevisions.apps \"app-*\" is forbidden: exceeded quota: children, requested: count/controllerrevisions.apps=1, used: count/controllerrevisions.apps=0, limited: count/controllerrevisions.apps=0",
            "pods \"app-*\" is forbidden: exceeded quota: memory, requested: requests.memory=64Mi, used: requests.memory=64Mi, limited: requests.memory=100Mi",
        ]
    );
    let patch = |name: &str, hard: &str| {
        format!(
            "kubectl patch resourcequota {name} -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{{hard}}}}}}}'"
        )
    };
    assert_eq!(
        fix(&explained, "kubectl patch"),
        [
            patch("children", "\"count/controllerrevisions.apps\":\"1\""),
            patch("memory", "\"requests.memory\":\"128Mi\""),
        ]
        .join(" && ")
    );

    // Who may not list nodes is told that the number is unknown, not that there is nothing more.
    let name = format!("{namespace}-narrow");
    let narrow = user(&name);
    let rules = [
        Rule::of("apps", &["controllerrevisions", "daemonsets"], &["get", "list"]),
        Rule::of("autoscaling", &["horizontalpodautoscalers"], &["list"]),
        Rule::core(&["events", "limitranges", "pods", "resourcequotas"], &["list"]),
    ];
    cluster().grant(&name, Some(&namespace), &rules).expect("a grant");
    let unknown = ask(&narrow, &namespace, &["ds/app", "-o", "json"]).exits(3);
    assert!(unknown.stderr.contains("Warning: can't list nodes"), "{unknown}");
    let report = unknown.json();
    assert_eq!(report["missing"], json!([missing("ControllerRevision", "DaemonSet", 1, 0)]));
    let note = "how many pods it wants is unknown: its controller has not processed its last change, and the nodes could not be read; whether its pods would be refused, too, is not foreseen";
    assert_eq!(report["notes"], json!([note]));

    raise(&env, &namespace, &explained);
    follow(&env, &hurry(&env, &namespace, "ds/app"));
    pods(&namespace, "app", 2);
}

/// A change by which the pods of a workload need more memory.
fn with_more_memory(change: &Value) -> Value {
    let mut update = change.clone();
    update["spec"]["template"]["spec"]["containers"] =
        json!([{"name": "app", "image": "app", "resources": {"requests": {"memory": "96Mi"}}}]);
    update
}

/// Waits until there are so many pods, all of which have it.
fn all_replaced(namespace: &str, wanted: usize) {
    let replaced = |pods: &[Value]| {
        let requests = |pod: &Value| pod["spec"]["containers"][0]["resources"]["requests"].clone();
        pods.len() == wanted && pods.iter().all(|pod| requests(pod) == memory("96Mi"))
    };
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    cluster().api().wait(&pods, "labelSelector=app%3Dapp", "new pods", replaced).expect("a rollout");
}

/// Makes a workload of so many pods and waits until they are ready. Returns its namespace and its path.
fn ready_workload(kind: &str, plural: &str, wanted: usize) -> (String, String) {
    let namespace = fresh_namespace("explain");
    add_nodes(&namespace, wanted);
    create(&on_nodes(kind, &namespace, wanted, &memory("64Mi")));
    pods(&namespace, "app", wanted);
    let path = format!("/apis/apps/v1/namespaces/{namespace}/{plural}/app");
    let ready = |workload: &Value| {
        let status = &workload["status"];
        status["readyReplicas"] == json!(wanted) || status["numberReady"] == json!(wanted)
    };
    cluster().api().wait_for(&path, "ready pods", ready).expect("in time");
    (namespace, path)
}

/// Changes the template of a workload whose pods fill a quota, so that its next child is refused and then its pods. The
/// advice of the moment is followed to the end of the rollout.
fn refused_update(kind: &str, plural: &str, child: &str, children: &str, change: &Value) {
    let env = administrator();
    let wanted = 2;
    let (namespace, path) = ready_workload(kind, plural, wanted);
    enforced_quota(&namespace, "children", &json!({children: "1"}));
    enforced_quota(&namespace, "memory", &json!({"requests.memory": "150Mi"}));
    wait_until_counted(&namespace, "children", &json!({children: "1"}));
    wait_until_counted(&namespace, "memory", &json!({"requests.memory": "128Mi"}));
    cluster().api().merge_patch(&path, &with_more_memory(change)).expect("an update");

    let target = format!("{}/app", kind.to_lowercase());
    let explained = explain(&env, &namespace, &target, 3);
    let expected = format!("{kind} app: its new {child} is missing: would be refused now");
    assert_eq!(explained["summary"], json!(expected), "{explained:#}");
    let counted = explained["missing"].as_array().expect("missing objects");
    assert_eq!(counted.len(), 2, "{explained:#}");
    assert_eq!(counted[0], missing(child, kind, 1, 0));
    assert_eq!((&counted[1]["kind"], &counted[1]["wanted"]), (&json!("Pod"), &json!(wanted)));
    let messages = messages(&explained);
    assert!(messages.iter().any(|message| message.contains("exceeded quota: children,")), "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("exceeded quota: memory,")), "{messages:?}");

    raise(&env, &namespace, &explained);
    follow(&env, &hurry(&env, &namespace, &target));
    all_replaced(&namespace, wanted);
}

#[test]
fn the_update_of_a_daemon_set() {
    let children = "count/controllerrevisions.apps";
    refused_update("DaemonSet", "daemonsets", "ControllerRevision", children, &json!({}));
}

#[test]
fn the_update_of_a_stateful_set() {
    let children = "count/controllerrevisions.apps";
    refused_update("StatefulSet", "statefulsets", "ControllerRevision", children, &json!({}));
}

#[test]
fn the_update_of_a_deployment_that_deletes_first() {
    let strategy = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}});
    let change = json!({"spec": {"strategy": strategy}});
    refused_update("Deployment", "deployments", "ReplicaSet", "count/replicasets.apps", &change);
}

/// Changes the template of a workload whose first new pod just fits: the second is refused, and after it the third would be.
fn refused_midway(kind: &str, plural: &str, change: &Value) {
    let env = administrator();
    let wanted = 3;
    let (namespace, path) = ready_workload(kind, plural, wanted);
    enforced_quota(&namespace, "memory", &json!({"requests.memory": "224Mi"}));
    wait_until_counted(&namespace, "memory", &json!({"requests.memory": "192Mi"}));
    cluster().api().merge_patch(&path, &with_more_memory(change)).expect("an update");
    told(&namespace, if kind == "Deployment" { "ReplicaSet" } else { kind }, "exceeded quota: memory");
    wait_for_status(&namespace, "memory", |status| status["used"]["requests.memory"] == "160Mi");

    let target = format!("{}/app", kind.to_lowercase());
    let explained = explain(&env, &namespace, &target, 3);
    let row = &explained["refusals"][0];
    assert_eq!(row["short"], super::amount("32Mi", "33554432"), "{explained:#}");
    // Not the 256Mi that the one pod needs which is missing now.
    let patch = format!(
        "kubectl patch resourcequota memory -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"requests.memory\":\"288Mi\"}}}}}}'"
    );
    assert_eq!(fix(&explained, "kubectl patch resourcequota"), patch, "{explained:#}");
    let note = "once these pods are admitted the rollout goes on, and would be refused again at what they need: the commands are enough for all of it";
    assert!(explained["notes"].as_array().expect("notes").contains(&json!(note)), "{explained:#}");
    follow(&env, &patch);
    wait_for_status(&namespace, "memory", |status| status["hard"]["requests.memory"] == "288Mi");
    follow(&env, &hurry(&env, &namespace, &target));
    all_replaced(&namespace, wanted);
}

#[test]
fn a_deployment_midway() {
    let strategy = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}});
    refused_midway("Deployment", "deployments", &json!({"spec": {"strategy": strategy}}));
}

#[test]
fn a_stateful_set_midway() {
    refused_midway("StatefulSet", "statefulsets", &json!({}));
}

#[test]
fn a_daemon_set_midway() {
    refused_midway("DaemonSet", "daemonsets", &json!({}));
}

#[test]
fn the_next_job_of_a_cron_job_and_its_pods() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "children", &json!({"count/jobs.batch": "0"}));
    enforced_quota(&namespace, "memory", &json!({"requests.memory": "100Mi"}));
    let mut pod = super::template("app", &memory("64Mi"));
    pod["spec"]["restartPolicy"] = json!("Never");
    let spec = json!({"schedule": "* * * * *", "jobTemplate": {"spec": {"parallelism": 2, "template": pod}}});
    create(&crate::objects::batch("CronJob", &namespace, "app", &spec));
    told(&namespace, "CronJob", "Error creating job: jobs.batch");
    let explained = explain(&env, &namespace, "cronjob/app", 3);
    assert_eq!(
        explained["missing"],
        json!([missing("Job", "CronJob", 1, 0), missing("Pod", "CronJob", 2, 1)])
    );
    let messages = messages(&explained);
    assert!(messages.iter().any(|message| message.contains("exceeded quota: memory,")), "{messages:?}");
    raise(&env, &namespace, &explained);
    pods(&namespace, "app", 2);
}
