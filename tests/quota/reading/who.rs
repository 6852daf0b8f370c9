//! `kubectl quota who`: who uses what quotas limit.

use std::time::{Duration, Instant};

use cluster::Rule;
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{cpu, deployment, list, metrics_api, pod, service, template},
    support::{administrator, create, enforced_quota, pods, user, wait_for_status, without_cluster},
};

/// An object of a dump that a controller owns.
fn owned(mut object: Value, kind: &str, name: &str) -> Value {
    object["metadata"]["ownerReferences"] =
        json!([{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": "u", "controller": true}]);
    object
}

/// A dump with a Deployment, a CronJob and a bare pod.
fn dump() -> String {
    let hard = json!({"requests.cpu": "4", "pods": "10"});
    let quota = json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "compute", "namespace": "shop"},
        "spec": {"hard": hard}, "status": {"hard": hard, "used": {"requests.cpu": "2", "pods": "4"}},
    });
    let web = |name: &str| {
        let mut pod = owned(pod("shop", name, &cpu("500m")), "ReplicaSet", "web-5d4");
        pod["metadata"]["labels"] = json!({"pod-template-hash": "5d4"});
        pod
    };
    let job = json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "night-1", "namespace": "shop"}});
    let mut finished = owned(pod("shop", "night-1-a", &cpu("1")), "Job", "night-1");
    finished["status"] = json!({"phase": "Succeeded"});
    let running = owned(pod("shop", "night-1-b", &cpu("250m")), "Job", "night-1");
    let objects = [
        quota,
        web("web-a"),
        web("web-b"),
        owned(job, "CronJob", "night"),
        finished,
        running,
        pod("shop", "bare", &cpu("750m")),
    ];
    list(&objects).to_string()
}

const TREE: &str = "\
NAMESPACE   QUOTA     USED BY             OBJECTS   USED   OF USED   OF HARD     RELEASED
shop        compute   pods                4         4                40% of 10   1
                      ├─ Deployment/web   2         2      50%       20%
                      ├─ CronJob/night    1         1      25%       10%         1
                      └─ Pod/bare         1         1      25%       10%
shop        compute   requests.cpu        4         2                50% of 4    1
                      ├─ Deployment/web   2         1      50%       25%
                      ├─ Pod/bare         1         750m   37%       18%
                      └─ CronJob/night    1         250m   12%       6%          1
";

#[test]
fn workloads_are_shown_as_a_tree_the_largest_first() {
    let run = |words: &[&str]| {
        let arguments = [&["who", "--from", "-"], words].concat();
        without_cluster().command("kubectl-quota", arguments).stdin(dump()).run().success()
    };
    let output = run(&[]);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (TREE, ""));
    let pods = run(&["-r", "cpu", "--pods", "--no-headers", "-n", "shop"]);
    let lines: Vec<_> = pods.stdout.lines().map(str::trim_end).collect();
    assert_eq!(lines.len(), 8, "{pods}");
    assert!(lines[2].contains("│  ├─ web-a") && lines[3].contains("│  └─ web-b"), "{pods}");
    let csv = run(&["-r", "requests.cpu", "-o", "csv"]);
    let expected = "\
NAMESPACE,QUOTA,RESOURCE,KIND,NAME,POD,OBJECTS,USED,HARD,OF USED,OF HARD,RELEASED,IN USE,UNUSED
shop,compute,requests.cpu,Deployment,web,,2,1,4,50,25,0,,
shop,compute,requests.cpu,Pod,bare,,1,0.75,4,37,18,0,,
shop,compute,requests.cpu,CronJob,night,,1,0.25,4,12,6,1,,
";
    assert_eq!(csv.stdout, expected);
    let report = run(&["-o", "json"]).json();
    assert_eq!(report["kind"], "Holders");
    let first = &report["items"][3];
    assert_eq!(
        *first,
        json!({
            "namespace": "shop", "quota": "compute", "resource": "requests.cpu",
            "owner": {"kind": "Deployment", "name": "web"}, "pods": 2, "objects": 2,
            "used": {"quantity": "1", "decimal": "1"}, "share": 0.5, "shareOfHard": 0.25, "released": 0,
            "measured": null, "unused": null,
        })
    );
}

#[test]
fn everything_that_counts_has_an_owner() {
    let namespace = fresh_namespace("who");
    let hard = json!({
        "requests.cpu": "4", "services": "5", "services.nodeports": "9", "requests.storage": "10Gi",
        "gold.storageclass.storage.k8s.io/requests.storage": "10Gi", "configmaps": "9", "secrets": "9",
    });
    enforced_quota(&namespace, "all", &hard);
    let mut web = deployment(&namespace, "web", 2, template("web", &cpu("100m")));
    web["spec"]["template"]["spec"]["schedulerName"] = json!("nobody");
    create(&web);
    create(&service(&namespace, "front", "NodePort"));
    create(&json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": namespace},
        "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "gold", "resources": {"requests": {"storage": "2Gi"}}},
    }));
    create(
        &json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "key", "namespace": namespace}, "stringData": {"a": "very-secret"}}),
    );
    pods(&namespace, "web", 2);
    wait_for_status(&namespace, "all", |status| status["used"]["requests.cpu"] == "200m");
    let env = administrator();
    let csv = env.run("kubectl", ["quota", "who", "-n", &namespace, "-o", "csv", "--no-headers"]).success();
    let expected = [
        "configmaps,ConfigMap,*,,1,1,9,100,11,0,,",
        "gold.storageclass.storage.k8s.io/requests.storage,PersistentVolumeClaim,data,,1,2147483648,10737418240,100,20,0,,",
        "requests.cpu,Deployment,web,,2,0.2,4,100,5,0,,",
        "requests.storage,PersistentVolumeClaim,data,,1,2147483648,10737418240,100,20,0,,",
        "secrets,Secret,*,,1,1,9,100,11,0,,",
        "services,Service,front,,1,1,5,100,20,0,,",
        "services.nodeports,Service,front,,1,1,9,100,11,0,,",
    ];
    let expected: String = expected.iter().map(|line| format!("{namespace},all,{line}\n")).collect();
    assert_eq!((csv.stdout.as_str(), csv.stderr.as_str()), (expected.as_str(), ""));
    assert!(!csv.stdout.contains("very-secret"));
}

#[test]
fn what_is_requested_and_not_used_is_shown_where_it_is_measured() {
    let namespace = fresh_namespace("unused");
    enforced_quota(
        &namespace,
        "compute",
        &json!({"requests.cpu": "4", "requests.memory": "4Gi", "pods": "9"}),
    );
    let requests = json!({"cpu": "500m", "memory": "256Mi"});
    let mut web = pod(&namespace, "web", &requests);
    web["spec"]["schedulerName"] = json!("nobody");
    create(&web);
    wait_for_status(&namespace, "compute", |status| status["used"]["pods"] == "1");
    let env = administrator();
    let none = env.run("kubectl", ["quota", "who", "-n", &namespace, "--unused"]);
    // Another run of this test may have defined the metrics already.
    if none.status != Some(0) {
        let none = none.exits(4);
        assert!(
            none.stderr.contains("nothing serves metrics.k8s.io, so metrics-server is not installed"),
            "{none}"
        );
    }
    create(&metrics_api());
    let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/pods.metrics.k8s.io";
    let is_served = |definition: &Value| cluster::api::is_true(definition, "Established");
    cluster().api().wait_for(path, "served metrics", is_served).expect("served metrics");
    let metrics = json!({
        "apiVersion": "metrics.k8s.io/v1beta1", "kind": "PodMetrics", "metadata": {"name": "web", "namespace": namespace},
        "containers": [{"name": "app", "usage": {"cpu": "120000000n", "memory": "65536Ki"}}],
    });
    // Their plural is that of pods, which no rule would make of their kind.
    let place = format!("/apis/metrics.k8s.io/v1beta1/namespaces/{namespace}/pods");
    let deadline = Instant::now() + Duration::from_secs(120);
    loop {
        let answer = cluster().api().request("POST", &place, None, Some(&metrics)).expect("an answer");
        if answer.status == 201 {
            break;
        }
        assert!(Instant::now() < deadline, "no metrics: {} {}", answer.status, answer.body);
    }
    let output = env.run("kubectl", ["quota", "who", "-n", &namespace, "--unused"]).success();
    let expected = "\
QUOTA     USED BY           OBJECTS   USED    OF USED   OF HARD       IN USE   UNUSED
compute   requests.cpu      1         500m              12% of 4      120m     380m
          └─ Pod/web        1         500m    100%      12%           120m     380m
compute   requests.memory   1         256Mi             6% of 4Gi     64Mi     192Mi
          └─ Pod/web        1         256Mi   100%      6%            64Mi     192Mi
";
    cluster().api().delete(path).expect("a deletion");
    let squeezed = |text: &str| {
        text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(squeezed(&output.stdout), squeezed(expected), "{output}");
}

#[test]
fn what_may_not_be_listed_is_said() {
    let namespace = fresh_namespace("who-partly");
    enforced_quota(&namespace, "compute", &json!({"pods": "10", "services": "9"}));
    create(&service(&namespace, "front", "ClusterIP"));
    let name = format!("{namespace}-reader");
    let env = user(&name);
    let rules = [Rule::core(&["resourcequotas", "services"], &["list"])];
    cluster().grant(&name, Some(&namespace), &rules).expect("rights");
    let output = env.run("kubectl", ["quota", "who", "-n", &namespace, "-o", "csv", "--no-headers"]).exits(4);
    assert_eq!(output.stdout, format!("{namespace},compute,services,Service,front,,1,1,9,100,11,0,,\n"));
    assert!(
        output.stderr.starts_with(&format!("Warning: can't list pods in namespace {namespace}: ")),
        "{output}"
    );
    let nothing =
        user(&format!("{namespace}-nobody")).run("kubectl", ["quota", "who", "-n", &namespace]).exits(6);
    assert_eq!(nothing.stdout, "");
}
