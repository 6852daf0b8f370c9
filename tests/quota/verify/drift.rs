//! Drift, and what the real controller counts late.

use serde_json::{Value, json};
use support::{Output, cluster, fresh_namespace};

use crate::{
    objects::{cpu, pod, service},
    support::{administrator, create, enforced_quota, wait_for_status, write_status},
};

fn verify(namespace: &str, words: &[&str]) -> Output {
    let arguments = [&["quota", "verify", "-n", namespace], words].concat();
    administrator().run("kubectl", arguments)
}

/// The row of a resource, of a report that ends so.
fn row(namespace: &str, resource: &str, status: i32) -> Value {
    let report = verify(namespace, &["-o", "json"]).exits(status).json();
    let rows = report["items"].as_array().expect("items").clone();
    let found = rows.into_iter().find(|row| row["resource"] == resource);
    found.unwrap_or_else(|| panic!("no {resource} in {report:#}"))
}

fn amounts(row: &Value) -> [&str; 3] {
    ["recorded", "recounted", "drift"].map(|key| row[key]["quantity"].as_str().unwrap_or("-"))
}

/// A pod that no scheduler takes.
fn unscheduled(namespace: &str, name: &str) -> Value {
    let mut pod = pod(namespace, name, &cpu("100m"));
    pod["spec"]["schedulerName"] = json!("nobody");
    pod
}

#[test]
fn a_status_that_was_written_behind_the_controllers_back_is_named() {
    let namespace = fresh_namespace("drift");
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "4", "pods": "10", "configmaps": "9"}));
    create(&unscheduled(&namespace, "web"));
    wait_for_status(&namespace, "compute", |status| status["used"]["pods"] == "1");
    let output = verify(&namespace, &[]).success();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", "3 amounts recounted: no drift\n"));

    write_status(&namespace, "compute", &json!({"used": {"requests.cpu": "1600m"}}));
    let output = verify(&namespace, &["-o", "csv"]).exits(3);
    let lines: Vec<_> = output.stdout.lines().collect();
    assert_eq!(lines[0], "NAMESPACE,QUOTA,RESOURCE,RECORDED,RECOUNTED,DRIFT,WRITTEN,CAUSE");
    assert_eq!(lines.len(), 2, "{output}");
    assert!(lines[1].starts_with(&format!("{namespace},compute,requests.cpu,1.6,0.1,1.5,")), "{output}");
    let written = lines[1].split(',').nth(6).expect("when it was written");
    assert!(written.starts_with("20") && written.ends_with('Z'), "{output}");
    assert_eq!(output.stderr, "");

    let output = verify(&namespace, &[]).exits(3);
    let header = output.stdout.lines().next().expect("a header");
    assert_eq!(
        header.split_whitespace().collect::<Vec<_>>(),
        ["QUOTA", "RESOURCE", "RECORDED", "RECOUNTED", "DRIFT", "WRITTEN", "CAUSE"]
    );
    assert_eq!(
        output.stderr,
        "3 amounts recounted: 1 amount drifted. The quota controller recounts a namespace when something in it is deleted, when spec.hard changes, and every five minutes\n"
    );
    let drifting = row(&namespace, "requests.cpu", 3);
    assert_eq!(amounts(&drifting), ["1600m", "100m", "1500m"]);
    assert_eq!(
        drifting["cause"],
        "objects are gone, or were charged and never stored, and nothing was recounted since"
    );
    assert!(drifting["recordedAt"].as_str().is_some_and(|at| at.ends_with('Z')), "{drifting}");
    assert_eq!(amounts(&row(&namespace, "pods", 3)), ["1", "1", "0"]);

    write_status(&namespace, "compute", &json!({"used": {"requests.cpu": "50m"}}));
    let drifting = row(&namespace, "requests.cpu", 3);
    assert_eq!(amounts(&drifting), ["50m", "100m", "-50m"]);
    let cause = "objects were created before the quota was enforced, or their charge was overwritten";
    assert_eq!(drifting["cause"], cause);
}

#[test]
fn a_pod_that_outlives_its_grace_period_stays_charged() {
    let namespace = fresh_namespace("overdue");
    enforced_quota(&namespace, "compute", &json!({"pods": "10", "count/pods": "10"}));
    let mut pod = unscheduled(&namespace, "web");
    pod["metadata"]["finalizers"] = json!(["example.com/stay"]);
    // A pod that no node has is given no time.
    pod["spec"]["nodeName"] = json!("nowhere");
    pod["spec"]["terminationGracePeriodSeconds"] = json!(1);
    create(&pod);
    wait_for_status(&namespace, "compute", |status| status["used"]["pods"] == "1");
    cluster().api().delete(&format!("/api/v1/namespaces/{namespace}/pods/web")).expect("a deletion");
    // It is overdue two seconds later: the server has added its grace period already, and the controller does again.
    let drifting = loop {
        let output = verify(&namespace, &["-o", "json"]);
        if output.status == Some(3) {
            break row(&namespace, "pods", 3);
        }
        output.success();
    };
    assert_eq!(amounts(&drifting), ["1", "0", "1"]);
    assert_eq!(drifting["cause"], "1 pod remains after its grace period, which no event releases");
    assert_eq!(amounts(&row(&namespace, "count/pods", 3)), ["1", "1", "0"]);
}

#[test]
fn resources_that_a_kubelet_reports_first_are_counted_late() {
    let namespace = fresh_namespace("resized");
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "4"}));
    create(&unscheduled(&namespace, "web"));
    wait_for_status(&namespace, "compute", |status| status["used"]["requests.cpu"] == "100m");
    let report = json!([{
        "name": "app", "image": "app", "imageID": "app", "ready": true, "restartCount": 0,
        "resources": {"requests": {"cpu": "300m"}},
    }]);
    let path = format!("/api/v1/namespaces/{namespace}/pods/web/status");
    cluster().api().merge_patch(&path, &json!({"status": {"containerStatuses": report}})).expect("a report");
    let drifting = row(&namespace, "requests.cpu", 3);
    assert_eq!(amounts(&drifting), ["100m", "300m", "-200m"]);
    assert_eq!(
        drifting["cause"],
        "1 pod runs with other resources than its spec: resizes in place are counted late"
    );
}

#[test]
fn ports_that_a_service_loses_stay_charged() {
    let namespace = fresh_namespace("ports");
    enforced_quota(&namespace, "net", &json!({"services": "5", "services.nodeports": "9"}));
    let mut web = service(&namespace, "web", "NodePort");
    let ports = |count: u16| {
        (0..count).map(|index| json!({"name": format!("p{index}"), "port": 80 + index})).collect::<Vec<_>>()
    };
    web["spec"]["ports"] = json!(ports(3));
    create(&web);
    wait_for_status(&namespace, "net", |status| status["used"]["services.nodeports"] == "3");
    let path = format!("/api/v1/namespaces/{namespace}/services/web");
    cluster().api().merge_patch(&path, &json!({"spec": {"ports": ports(1)}})).expect("fewer ports");
    let drifting = row(&namespace, "services.nodeports", 3);
    assert_eq!(amounts(&drifting), ["3", "1", "2"]);
    assert_eq!(
        drifting["cause"],
        "ports that were removed from a Service stay charged until the next recount"
    );
}

#[test]
fn what_the_server_charged_and_did_not_store_is_named() {
    let namespace = fresh_namespace("leak");
    enforced_quota(&namespace, "compute", &json!({"pods": "10"}));
    create(&unscheduled(&namespace, "web"));
    wait_for_status(&namespace, "compute", |status| status["used"]["pods"] == "1");
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    for _ in 0..3 {
        let again = unscheduled(&namespace, "web");
        let answer = cluster().api().request("POST", &path, None, Some(&again)).expect("an answer");
        assert_eq!(answer.status, 409, "{}", answer.body);
    }
    let drifting = row(&namespace, "pods", 3);
    assert_eq!(amounts(&drifting), ["4", "1", "3"]);
    assert_eq!(
        drifting["cause"],
        "objects are gone, or were charged and never stored, and nothing was recounted since"
    );
}

#[test]
fn a_quota_that_is_not_enforced_has_nothing_recorded() {
    let namespace = fresh_namespace("unsynced");
    enforced_quota(&namespace, "compute", &json!({"pods": "10"}));
    create(&unscheduled(&namespace, "web"));
    wait_for_status(&namespace, "compute", |status| status["used"]["pods"] == "1");
    write_status(&namespace, "compute", &json!({"used": {"pods": null}}));
    let hole = row(&namespace, "pods", 3);
    assert_eq!(amounts(&hole), ["-", "1", "-"]);
    assert_eq!(hole["cause"], "the quota controller has no count, so requests that need it are refused");
    write_status(&namespace, "compute", &json!({"hard": null, "used": null}));
    let fresh = row(&namespace, "pods", 3);
    assert_eq!(amounts(&fresh), ["-", "1", "-"]);
    assert_eq!(
        fresh["cause"],
        "the quota controller has not taken up this limit, so nothing is enforced yet"
    );
}
