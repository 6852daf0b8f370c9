//! The changes that admit everything: pasted into a shell, after which the manifests are applied and all their objects
//! are created.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{batch, deployment, limit_range, quota, template, workload},
    support::{administrator, create, enforced_quota, wait_for_status},
};

/// Pastes what `check` prints under its heading into a shell, and returns it.
fn paste_advice(env: &TestEnv, namespace: &str) -> String {
    let checked = env.run("kubectl", ["quota", "check", "-n", namespace, "-f", "work.yaml"]).exits(3);
    let (_, advice) = checked.stdout.split_once("\nTo admit everything:\n").expect("advice");
    env.command("sh", ["-s"]).stdin(advice.to_owned()).run().success();
    advice.to_owned()
}

#[test]
fn one_block_admits_everything_that_several_quotas_and_a_limit_range_refuse() {
    let namespace = fresh_namespace("advice");
    let compute = json!({
        "requests.cpu": "1", "requests.memory": "1Gi", "limits.cpu": "2", "pods": "4", "requests.storage": "30Gi",
        "persistentvolumeclaims": "2", "count/jobs.batch": "0", "count/replicasets.apps": "0",
        "count/controllerrevisions.apps": "0",
    });
    enforced_quota(&namespace, "compute", &compute);
    let mut best = quota(&namespace, "long", &json!({"pods": "1"}));
    best["spec"]["scopes"] = json!(["NotTerminating"]);
    create(&best);
    wait_for_status(&namespace, "long", |status| status["hard"]["pods"] == "1");
    create(&limit_range(
        &namespace,
        "bounds",
        &json!({
            "type": "Container", "max": {"cpu": "500m"}, "min": {"memory": "64Mi"},
            "default": {"cpu": "400m", "memory": "256Mi"}, "defaultRequest": {"cpu": "100m", "memory": "128Mi"},
        }),
    ));
    let mut database = workload("StatefulSet", &namespace, "db", 3, template("db", &json!({"cpu": "300m"})));
    database["spec"]["podManagementPolicy"] = json!("Parallel");
    database["spec"]["volumeClaimTemplates"] = json!([{
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "20Gi"}}},
    }]);
    let mut wide = template("web", &json!({"cpu": "700m", "memory": "32Mi"}));
    wide["spec"]["containers"][0]["resources"]["limits"] = json!({"cpu": "700m"});
    let mut run = template("run", &json!({"cpu": "100m"}));
    run["spec"]["restartPolicy"] = json!("Never");
    let job = batch("Job", &namespace, "run", &json!({"parallelism": 2, "template": run}));
    let env = administrator();
    let work = json!({"apiVersion": "v1", "kind": "List", "items": [deployment(&namespace, "web", 6, wide), database, job]});
    env.file("work.yaml", work.to_string());

    let advice = paste_advice(&env, &namespace);
    let lines: Vec<&str> = advice.lines().map(str::trim).collect();
    for (name, start) in [("bounds", "limitrange"), ("compute", "resourcequota"), ("long", "resourcequota")] {
        let of_one = lines.iter().filter(|line| line.starts_with(&format!("kubectl patch {start} {name} ")));
        assert_eq!(of_one.count(), 1, "one change of {name}: {advice}");
    }
    assert_eq!(lines.len(), 3, "{advice}");
    for name in ["compute", "long"] {
        let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}");
        let taken_up = |quota: &Value| quota["spec"]["hard"] == quota["status"]["hard"];
        cluster().api().wait_for(&path, "the change of the quota", taken_up).expect("a change");
    }
    env.run("kubectl", ["quota", "check", "-n", &namespace, "-f", "work.yaml"]).success();
    env.run("kubectl", ["apply", "-n", &namespace, "-f", "work.yaml"]).success();
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    cluster().api().wait(&pods, "", "all pods", |pods| pods.len() == 11).expect("six, three and two pods");
    // Nothing is left: the changes were the least.
    let left = cluster().api().get(&format!("/api/v1/namespaces/{namespace}/resourcequotas/long"));
    assert_eq!(left.expect("the quota")["spec"]["hard"]["pods"], "11");
}

const DUMP: &str = "
apiVersion: v1
kind: ResourceQuota
metadata: {name: q, namespace: team}
spec: {hard: {HARD}}
status: {hard: {HARD}, used: {USED}}
";

fn offline(hard: &str, used: &str, more: &str, manifest: &str) -> TestEnv {
    let env = crate::support::without_cluster();
    env.file("dump.yaml", format!("{}{more}", DUMP.replace("HARD", hard).replace("USED", used)));
    env.file("work.yaml", manifest);
    env
}

fn advice(env: &TestEnv) -> Value {
    let arguments = ["check", "-n", "team", "-f", "work.yaml", "--from", "dump.yaml", "-o", "json"];
    env.run("kubectl-quota", arguments).exits(3).json()
}

fn raised(hard: &str) -> Value {
    json!([format!(
        "kubectl patch resourcequota q -n team --type merge -p '{{\"spec\":{{\"hard\":{hard}}}}}'"
    )])
}

#[test]
fn a_refused_claim_has_a_shortage_and_a_change() {
    let set = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: st}
spec:
  replicas: 3
  serviceName: st
  selector: {matchLabels: {app: st}}
  template: {metadata: {labels: {app: st}}, spec: {containers: [{name: c, image: i}]}}
  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
";
    let report = advice(&offline("persistentvolumeclaims: '2'", "persistentvolumeclaims: '0'", "", set));
    let expected = raised("{\"persistentvolumeclaims\":\"3\"}");
    assert_eq!((&report["objects"][0]["fix"], &report["admitEverything"]), (&expected, &expected));
    assert_eq!(
        report["objects"][0]["shortages"],
        json!(["quota q: persistentvolumeclaims needs 1 more, 0 of 2 is free: 1 short"])
    );
}

#[test]
fn a_rollout_needs_its_peak_and_not_all_its_pods_at_once() {
    let present = "
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: team, generation: 1}
spec: {replicas: 3, selector: {matchLabels: {app: web}}, strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: 'i:1'}]}}}
status: {observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3}
";
    let work = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: 'i:2'}]}}}
";
    let report = advice(&offline("pods: '3'", "pods: '3'", present, work));
    assert_eq!(report["admitEverything"], raised("{\"pods\":\"4\"}"));
    let shortages = json!(["quota q: pods needs 1 more, 0 of 3 is free: 1 short"]);
    assert_eq!(report["objects"][0]["shortages"], shortages);
}

#[test]
fn what_the_manifests_set_themselves_is_not_changed_before_them() {
    let work = "
apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec: {hard: {pods: '0'}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i}]}
";
    let report = advice(&offline("pods: '3'", "pods: '0'", "", work));
    assert_eq!((&report["objects"][1]["fix"], &report["admitEverything"]), (&json!([]), &json!([])));
}
