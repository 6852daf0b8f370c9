//! What was recommended is applied, and then everything is rolled out four times, and a small sidecar beside it: claims of
//! generic ephemeral volumes, ReplicaSets and ControllerRevisions that are kept, and what terminates must fit.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::objects::{batch, deployment, on_nodes_of, quota, template, with_grace, workload};
use crate::support::{administrator, create, wait_for_status, wait_until_counted};

const ROLLOUTS: usize = 4;

/// A template whose pods run on the node of the namespace.
fn pods(namespace: &str, app: &str) -> Value {
    on_nodes_of(namespace, with_grace(template(app, &json!({"cpu": "100m", "memory": "64Mi"})), 1))
}

/// Volumes for claims of the namespace's own class: one for each claim that is ever made.
fn create_volumes(namespace: &str, count: usize) {
    for number in 0..count {
        create(&json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": format!("{namespace}-{number}")},
            "spec": {
                "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": namespace,
                "hostPath": {"path": "/tmp"},
            },
        }));
    }
}

fn path(namespace: &str, kind: &str, name: &str) -> String {
    format!("/apis/apps/v1/namespaces/{namespace}/{kind}/{name}")
}

/// Waits until a workload runs only pods of its latest generation.
fn wait_until_current(namespace: &str, kind: &str, name: &str) {
    let current = cluster().api().wait_for(&path(namespace, kind, name), "current pods", |object| {
        let status = &object["status"];
        let wanted = match kind {
            "daemonsets" => &status["desiredNumberScheduled"],
            _ => &object["spec"]["replicas"],
        };
        let counts: &[&str] = match kind {
            "daemonsets" => &["updatedNumberScheduled", "numberReady"],
            _ => &["replicas", "updatedReplicas", "readyReplicas"],
        };
        status["observedGeneration"] == object["metadata"]["generation"]
            && *wanted != 0
            && counts.iter().all(|count| status[*count] == *wanted)
    });
    current.unwrap_or_else(|error| panic!("{kind}/{name}: {error}"));
}

#[test]
fn four_rollouts_of_everything_and_a_small_sidecar_go_through() {
    let namespace = fresh_namespace("advice");
    let node = NodeSpec::new(&namespace).label("for", &namespace).taint("for", &namespace, "NoSchedule");
    cluster().add_node(&node.capacity("cpu", "100")).expect("a node");
    create_volumes(&namespace, 24);
    let mut scratch = deployment(&namespace, "scratch", 2, pods(&namespace, "scratch"));
    let claim = json!({
        "accessModes": ["ReadWriteOnce"], "storageClassName": namespace, "resources": {"requests": {"storage": "1Gi"}},
    });
    scratch["spec"]["template"]["spec"]["volumes"] =
        json!([{"name": "s", "ephemeral": {"volumeClaimTemplate": {"spec": claim}}}]);
    let mut job = template("report", &json!({"cpu": "50m", "memory": "32Mi"}));
    job["spec"]["restartPolicy"] = json!("Never");
    let schedule = json!({"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": job}}});
    for object in [
        deployment(&namespace, "web", 3, pods(&namespace, "web")),
        scratch,
        workload("StatefulSet", &namespace, "db", 2, pods(&namespace, "db")),
        workload("DaemonSet", &namespace, "agent", 1, pods(&namespace, "agent")),
        batch("CronJob", &namespace, "report", &schedule),
    ] {
        create(&object);
    }
    let all =
        [("deployments", "web"), ("deployments", "scratch"), ("statefulsets", "db"), ("daemonsets", "agent")];
    let wait_for_all = || all.iter().for_each(|(kind, name)| wait_until_current(&namespace, kind, name));
    wait_for_all();
    // Exactly what is there: the second rollout of anything would be refused.
    let hard = json!({
        "pods": "8", "persistentvolumeclaims": "2", "requests.storage": "2Gi", "count/replicasets.apps": "2",
        "count/controllerrevisions.apps": "2", "count/jobs.batch": "1",
    });
    create(&quota(&namespace, "quota", &hard));
    wait_until_counted(&namespace, "quota", &json!({"pods": "8", "persistentvolumeclaims": "2"}));

    let env = administrator();
    let advice = env.run("kubectl", ["quota", "recommend", "-n", &namespace]).success();
    assert_eq!(advice.stderr, "");
    for claims in ["persistentvolumeclaims", "requests.storage"] {
        let line = advice.stdout.lines().find(|line| line.trim_start().starts_with(&format!("{claims}: ")));
        assert!(line.is_some_and(|line| !line.ends_with("\"2\"") && !line.ends_with("\"2Gi\"")), "{advice}");
    }
    env.command("kubectl", ["apply", "-f", "-"]).stdin(advice.stdout).run().success();
    wait_for_status(&namespace, "quota", |status| status["used"]["requests.cpu"].is_string());

    for _ in 0..ROLLOUTS {
        // kubectl refuses a second restart within one second.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        env.run("kubectl", ["rollout", "restart", "-n", &namespace, "deployments,statefulsets,daemonsets"])
            .success();
        wait_for_all();
    }
    let small = on_nodes_of(&namespace, template("exporter", &json!({"cpu": "20m", "memory": "32Mi"})));
    create(&deployment(&namespace, "exporter", 1, small));
    wait_until_current(&namespace, "deployments", "exporter");
    let claims = format!("/api/v1/namespaces/{namespace}/persistentvolumeclaims");
    cluster()
        .api()
        .wait(&claims, "", "claims of the last pods only", |claims| claims.len() == 2)
        .expect("claims");
}
