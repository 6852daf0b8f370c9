//! What is particular about a pod: its priority, its volumes, its Job, its operator, or that nobody owns it.

use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, message, pods, squeezed};

fn running(pod: &Value) -> bool {
    pod["status"]["phase"] == "Running"
}

#[test]
fn pods_of_system_priority_go_after_the_others_of_their_node() {
    let stage = Stage::three();
    stage.deployment("cni", Some("n1"), 1, json!({"spec": {"priorityClassName": "system-node-critical"}}));
    stage.deployment("web", Some("n1"), 2, json!({}));
    stage.budget("web", "web", json!({"maxUnavailable": 1}));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 []", "Evict 2 []", "Evict 3 [OnlyReplica,Critical]"]);
    let expected = "its priority 2000001000 lets it go after the others of its node";
    assert_eq!(message(&plan, "Critical"), expected);
    let output = squeezed(&stage.text("n1", 0));
    assert!(
        output.contains("Wave 3: 1 pod") && output.contains(&format!("Critical: {expected}")),
        "{output}"
    );
}

#[test]
fn the_eviction_of_a_pod_of_a_job_is_a_failure_that_may_end_it() {
    let stage = Stage::three();
    let job = |name: &str, limit: usize, policy: Value| {
        let template = json!({
            "metadata": {"labels": {"app": name, "kubelet.test/runs-on": "true"}},
            "spec": {"restartPolicy": "Never", "containers": [{"name": "app", "image": "app"}]},
        });
        let mut spec = json!({"template": template, "backoffLimit": limit});
        if !policy.is_null() {
            spec["podFailurePolicy"] = policy;
        }
        stage.create(
            json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name}, "spec": spec}),
        );
        let path = format!("/api/v1/namespaces/{}/pods", stage.namespace);
        let label = format!("labelSelector=app%3D{name}");
        cluster().api().wait(&path, &label, "a Running pod", |pods| pods.iter().any(running)).expect("a pod");
    };
    let ignore = json!({"rules": [{
        "action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}],
    }]});
    job("again", 6, Value::Null);
    job("ends", 0, Value::Null);
    job("spared", 0, ignore);
    let plan = stage.plan("n1 n2 n3", 5);
    let said = |name: &str| {
        let pods = pods(&plan);
        let pod = pods.iter().find(|pod| pod["owner"]["name"] == name).expect("a pod of the Job");
        assert_eq!(pod["reasons"][0]["code"], if pod["fits"].is_null() { "JobRestarts" } else { "NoPlace" });
        let reasons = pod["reasons"].as_array().expect("reasons");
        let found = reasons.iter().find(|one| one["code"] == "JobRestarts").expect("JobRestarts");
        (found["message"].clone(), pod["fits"].clone())
    };
    let again = "Job again counts the eviction as failure 1 of 6 that it allows, and starts another pod after a while";
    assert_eq!(said("again"), (json!(again), json!("no")));
    let ends = "Job ends counts the eviction as failure 1 of 0 that it allows, which ends it";
    assert_eq!(said("ends"), (json!(ends), Value::Null));
    let spared = "Job spared starts another pod, and does not count the eviction";
    assert_eq!(said("spared"), (json!(spared), json!("no")));
}

#[test]
fn files_and_volumes_of_the_node_are_named() {
    let stage = Stage::three();
    let host = json!([{"name": "logs", "hostPath": {"path": "/var/log/app"}}]);
    stage.deployment("shipper", Some("n1"), 1, json!({"spec": {"volumes": host}}));
    local_volume(&stage);
    let local = json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    stage.deployment("db", None, 1, json!({"spec": {"volumes": local}}));
    let plan = stage.plan("n1", 5);
    assert_eq!(fates(&plan), ["Evict 1 [NoPlace,OnlyReplica,LocalVolume]", "Evict 1 [OnlyReplica,HostPath]"]);
    assert_eq!(message(&plan, "HostPath"), "it uses files of the node: /var/log/app (logs)");
    let expected =
        format!("it uses volumes that only this node has: local-{} (claim data, /mnt/disk)", stage.namespace);
    assert_eq!(message(&plan, "LocalVolume"), expected);
    assert_eq!(
        message(&plan, "NoPlace"),
        "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match PersistentVolume's node affinity."
    );
}

/// A volume of node `n1`, and the claim `data` that is bound to it.
fn local_volume(stage: &Stage) {
    let expression = json!({"key": "kubernetes.io/hostname", "operator": "In", "values": ["n1"]});
    let affinity = json!({"required": {"nodeSelectorTerms": [{"matchExpressions": [expression]}]}});
    let name = format!("local-{}", stage.namespace);
    let volume = json!({
        "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name},
        "spec": {
            "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "",
            "local": {"path": "/mnt/disk"}, "nodeAffinity": affinity,
            "claimRef": {"namespace": stage.namespace, "name": "data"},
        },
    });
    cluster().api().create(&volume).expect("a volume");
    stage.create(json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
        "spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "", "volumeName": name,
            "resources": {"requests": {"storage": "1Gi"}},
        },
    }));
    let path = format!("/api/v1/namespaces/{}/persistentvolumeclaims/data", stage.namespace);
    let bound = |claim: &Value| claim["status"]["phase"] == "Bound";
    cluster().api().wait_for(&path, "a bound claim", bound).expect("a claim");
}

#[test]
fn a_bare_pod_is_recreated_where_that_can_be() {
    let stage = Stage::three();
    stage.pod("tool", "n1", json!({}), json!({}));
    stage.wait_for_pod("tool", "a Running pod", running);
    let plan = stage.plan("n1 --recreate-bare", 0);
    assert_eq!(fates(&plan), ["Evict 1 [Recreate]"]);
    assert_eq!((&pods(&plan)[0]["fits"], &pods(&plan)[0]["goesTo"]), (&json!("yes"), &json!(["n2", "n3"])));
}

#[test]
fn a_bare_pod_that_is_bound_to_its_node_is_not_recreated() {
    let stage = Stage::three();
    local_volume(&stage);
    let claim = json!({"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]});
    stage.pod("db", "n1", json!({}), claim);
    stage.pod(
        "logs",
        "n1",
        json!({}),
        json!({"volumes": [{"name": "logs", "hostPath": {"path": "/var/log"}}]}),
    );
    stage.pod("zonal", "n1", json!({}), json!({"nodeSelector": {"topology.kubernetes.io/zone": "eu-a"}}));
    for name in ["db", "logs", "zonal"] {
        stage.wait_for_pod(name, "a Running pod", running);
    }
    let plan = stage.plan("n1 --recreate-bare", 3);
    let why = |name: &str| {
        let pods = pods(&plan);
        let pod = pods.iter().find(|pod| pod["name"] == name).expect("a pod").to_owned();
        assert_eq!(pod["verdict"], "Blocked", "{pod:#}");
        let reason = &pod["reasons"][0];
        assert_eq!((&reason["code"], &reason["fix"]), (&json!("CannotRecreate"), &json!("--force")));
        reason["message"].as_str().expect("a message").to_owned()
    };
    let volume = format!("local-{} (claim data, /mnt/disk)", stage.namespace);
    assert_eq!(why("db"), format!("it can't be recreated elsewhere: volume {volume} stays on this node"));
    assert_eq!(why("logs"), "it can't be recreated elsewhere: hostPath /var/log stays on this node");
    assert_eq!(
        why("zonal"),
        "it can't be recreated elsewhere: 0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector"
    );
    let output = stage.text("n1 --recreate-bare", 3);
    assert!(output.starts_with("Node n1 (zone eu-a, Ready), pods: 3 Blocked\n"), "{output}");
    let plan = stage.plan("n1 --recreate-bare --force", 0);
    assert_eq!(fates(&plan)[2], "Evict 1 [NoController,CannotRecreate]");
    assert!(pods(&plan).iter().all(|pod| pod["wave"] == 1 && pod["fits"].is_null()), "{plan:#}");
}

#[test]
fn an_operator_is_expected_to_lift_the_budget_of_its_pods() {
    let stage = Stage::three();
    let owner = json!({"ownerReferences": [{
        "apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "name": "pg", "uid": "u", "controller": true,
    }], "labels": {"app": "pg"}});
    stage.pod("pg-1", "n1", owner, json!({}));
    stage.wait_for_pod("pg-1", "a Ready pod", |pod| cluster::api::is_true(pod, "Ready"));
    stage.budget("pg-primary", "pg", json!({"minAvailable": 1}));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Wait - [BudgetOfOperator,PlaceUnknown,OnlyReplica]"]);
    assert_eq!(
        message(&plan, "BudgetOfOperator"),
        "budget pg-primary needs 1 healthy pods and has 1 of 1; Cluster pg, a custom resource, is to lift it once the node is cordoned"
    );
    assert_eq!(
        message(&plan, "PlaceUnknown"),
        "Cluster pg, a custom resource, decides what comes in its place"
    );
    let output = stage.text("n1", 0);
    assert!(output.contains("\nThe drain can begin; it waits for some pods. Plan "), "{output}");
    assert!(output.contains("\nWaited for\n"), "{output}");
}

#[test]
fn pods_that_the_selector_leaves_out_stay() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    stage.deployment("db", Some("n1"), 1, json!({}));
    let plan = stage.plan("n1 --pod-selector app=web", 0);
    assert_eq!(fates(&plan), ["Evict 1 []", "Evict 2 [KeepOne]", "Skip - [NotSelected]"]);
    let output = stage.text("n1 --pod-selector app=web", 0);
    assert!(output.contains("\nLeft where they are\n1 NotSelected\n"), "{output}");
    let output = stage.run("plan n1 --pod-selector app=(").exits(2);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.starts_with("error: "), "{output}");
}

#[test]
fn a_claim_that_one_pod_holds_or_a_full_quota_rules_a_surge_out() {
    let stage = Stage::three();
    local_volume(&stage);
    let volumes = json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    stage.deployment("db", None, 1, json!({"spec": {"volumes": volumes}}));
    let plan = stage.plan("n1 --single-replica=surge", 3);
    let reason = &pods(&plan)[0]["reasons"][0];
    let expected = json!({
        "code": "SingleReplica", "message": "claim data can't be used by two pods at once",
        "fix": "--single-replica=evict",
    });
    assert_eq!(*reason, expected);
    drop(stage);
    let stage = Stage::three();
    stage.create(json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "one"}, "spec": {"hard": {"pods": "1"}},
    }));
    let path = format!("/api/v1/namespaces/{}/resourcequotas/one", stage.namespace);
    let enforced = |quota: &Value| quota["status"]["used"]["pods"] == "0";
    cluster().api().wait_for(&path, "an enforced quota", enforced).expect("a quota");
    stage.deployment("web", Some("n1"), 1, json!({}));
    let charged = |quota: &Value| quota["status"]["used"]["pods"] == "1";
    cluster().api().wait_for(&path, "a charged quota", charged).expect("a quota");
    let plan = stage.plan("n1 --single-replica=surge", 3);
    let reason = &pods(&plan)[0]["reasons"][0];
    assert_eq!(
        (&reason["code"], &reason["message"]),
        (&json!("SingleReplica"), &json!("a ResourceQuota admits no pod more"))
    );
    assert_eq!(fates(&stage.plan("n1", 0)), ["Evict 1 [Quota,OnlyReplica]"]);
}
