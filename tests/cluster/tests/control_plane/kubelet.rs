//! The kubelets behave as their pods ask them to, on a real control plane.

use cluster::api::is_true;
use cluster::{NodeSpec, kubelet};
use serde_json::{Value, json};
use std::sync::Once;
use std::time::{Duration, Instant};
use support::cluster;

/// Where the pods of this file run, and no others.
const NODE: &str = "worker";

/// A new namespace, on the control plane that the other files use, too; the path of its pods.
fn namespace(name: &str) -> String {
    static NODE_IS_THERE: Once = Once::new();
    NODE_IS_THERE.call_once(|| cluster().add_node(&NodeSpec::new(NODE).label("for", NODE)).unwrap());
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    cluster().api().create(&namespace).unwrap();
    support::complete_namespace(name).unwrap();
    format!("/api/v1/namespaces/{name}/pods")
}

/// What a pod of this file runs: one container, on its node.
fn spec() -> Value {
    json!({"nodeSelector": {"for": NODE}, "containers": [{"name": "app", "image": "example/app:1"}]})
}

fn create(namespace: &str, labels: Value, annotations: Value, grace: u64) {
    create_named("p", namespace, labels, annotations, grace);
}

fn create_named(name: &str, namespace: &str, labels: Value, annotations: Value, grace: u64) {
    let mut spec = spec();
    spec["terminationGracePeriodSeconds"] = json!(grace);
    cluster()
        .api()
        .create(&json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": name, "namespace": namespace, "labels": labels, "annotations": annotations},
            "spec": spec,
        }))
        .unwrap();
}

#[test]
fn a_pod_is_ready_and_gone_at_once() {
    let pods = namespace("instant");
    // Longer than anything is waited for.
    create("instant", json!({}), json!({}), 10 * cluster::api::LIMIT.as_secs());
    let pod = cluster().api().wait_for_ready_pods("instant", "", 1).unwrap().remove(0);
    assert_eq!(pod["spec"]["nodeName"], "worker");
    assert_eq!(pod["status"]["phase"], "Running");
    assert_eq!(pod["status"]["containerStatuses"][0]["ready"], true);
    cluster().api().delete(&format!("{pods}/p")).unwrap();
    cluster().api().wait_until_gone(&format!("{pods}/p")).unwrap();
}

#[test]
fn a_graceful_pod_stays_until_its_grace_period_is_over() {
    let pods = namespace("graceful");
    create("graceful", json!({(kubelet::DELETION): kubelet::GRACEFUL}), json!({}), 3);
    cluster().api().wait_for_ready_pods("graceful", "", 1).unwrap();
    let start = Instant::now();
    let deleted = cluster().api().delete(&format!("{pods}/p")).unwrap();
    assert!(deleted["metadata"]["deletionTimestamp"].is_string());
    cluster().api().wait_until_gone(&format!("{pods}/p")).unwrap();
    // A deletion timestamp has whole seconds, so the wait may be up to one shorter.
    assert!(start.elapsed() >= Duration::from_millis(1900), "gone after {:?}", start.elapsed());
}

#[test]
fn a_stuck_pod_stays_until_it_is_forced() {
    let pods = namespace("stuck");
    create("stuck", json!({(kubelet::DELETION): kubelet::STUCK}), json!({}), 1);
    create_named("later", "stuck", json!({(kubelet::DELETION): kubelet::GRACEFUL}), json!({}), 2);
    cluster().api().wait_for_ready_pods("stuck", "", 2).unwrap();
    cluster().api().delete(&format!("{pods}/p")).unwrap();
    // A pod that is deleted afterwards, and given more time, goes; this one stays.
    cluster().api().delete(&format!("{pods}/later")).unwrap();
    cluster().api().wait_until_gone(&format!("{pods}/later")).unwrap();
    assert!(cluster().api().get(&format!("{pods}/p")).unwrap()["metadata"]["deletionTimestamp"].is_string());
    cluster().api().delete(&format!("{pods}/p?gracePeriodSeconds=0")).unwrap();
    cluster().api().wait_until_gone(&format!("{pods}/p")).unwrap();
}

#[test]
fn a_slow_pod_runs_first_and_is_ready_later() {
    let pods = namespace("slow");
    let start = Instant::now();
    create("slow", json!({(kubelet::START): kubelet::SLOW}), json!({(kubelet::READY_AFTER): "5s"}), 30);
    let running = |pod: &Value| pod["status"]["phase"] == "Running";
    let pod = cluster().api().wait_for(&format!("{pods}/p"), "a running pod", running).unwrap();
    assert!(!is_true(&pod, "Ready"));
    cluster().api().wait_for_ready_pods("slow", "", 1).unwrap();
    assert!(start.elapsed() >= Duration::from_secs(5), "ready after {:?}", start.elapsed());
}

#[test]
fn a_pod_that_is_never_ready_and_one_without_an_image() {
    let unready = namespace("unready");
    create("unready", json!({(kubelet::START): kubelet::NEVER_READY}), json!({}), 30);
    let pulling = namespace("pulling");
    create("pulling", json!({(kubelet::START): kubelet::IMAGE_PULL_FAILURE}), json!({}), 30);
    let running = |pod: &Value| pod["status"]["phase"] == "Running";
    cluster().api().wait_for(&format!("{unready}/p"), "a running pod", running).unwrap();
    let waiting = |pod: &Value| pod["status"]["containerStatuses"][0]["state"]["waiting"].is_object();
    let pod = cluster().api().wait_for(&format!("{pulling}/p"), "a waiting container", waiting).unwrap();
    let state = &pod["status"]["containerStatuses"][0]["state"]["waiting"];
    assert_eq!(state["reason"], "ImagePullBackOff");
    assert_eq!(state["message"], "Back-off pulling image \"example/app:1\": ErrImagePull: not found");
    assert_eq!(pod["status"]["phase"], "Pending");
    // A pod that starts afterwards, and slowly, becomes ready; this one does not.
    let slow = (json!({(kubelet::START): kubelet::SLOW}), json!({(kubelet::READY_AFTER): "1500ms"}));
    create_named("later", "unready", slow.0, slow.1, 30);
    let ready = |pod: &Value| is_true(pod, "Ready");
    cluster().api().wait_for(&format!("{unready}/later"), "a ready pod", ready).unwrap();
    let pod = cluster().api().get(&format!("{unready}/p")).unwrap();
    assert_eq!(pod["status"]["phase"], "Running");
    assert!(!is_true(&pod, "Ready"));
    assert!(pod["status"]["conditions"].to_string().contains("containers with unready status: [ app ]"));
}

#[test]
fn a_job_completes_unless_its_pods_run_on() {
    namespace("jobs");
    let create = |name: &str, labels: Value| {
        let mut spec = spec();
        spec["restartPolicy"] = json!("Never");
        cluster()
            .api()
            .create(&json!({
                "apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name, "namespace": "jobs"},
                "spec": {"template": {"metadata": {"labels": labels}, "spec": spec}},
            }))
            .unwrap();
    };
    create("long", json!({(kubelet::RUNS_ON): "true"}));
    create("short", json!({}));
    let jobs = "/apis/batch/v1/namespaces/jobs/jobs";
    let complete = |job: &Value| is_true(job, "Complete");
    cluster().api().wait_for(&format!("{jobs}/short"), "a complete job", complete).unwrap();
    cluster().api().wait_for_ready_pods("jobs", "job-name=long", 1).unwrap();
    // A job that starts when the long one runs is through before it.
    create("later", json!({}));
    cluster().api().wait_for(&format!("{jobs}/later"), "a complete job", complete).unwrap();
    assert!(!complete(&cluster().api().get(&format!("{jobs}/long")).unwrap()));
}
