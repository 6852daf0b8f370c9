//! Each controller, refused by the real server, explained by numbers, healed by the command that is printed.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use super::{amount, ask, explain, fix, hurry, template, workload};
use crate::objects::cpu;
use crate::support::{administrator, create, enforced_quota, follow, pods, told, wait_for_status};

/// What is said of one missing kind.
fn missing(kind: &str, maker: (&str, &str), wanted: u8, present: u8, admitted: u8) -> Value {
    json!({
        "kind": kind,
        "maker": {"kind": maker.0, "name": maker.1},
        "wanted": wanted, "present": present, "admitted": admitted,
    })
}

#[test]
fn a_deployment_is_told_in_numbers_and_healed_by_the_first_fix() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "1", "pods": "20"}));
    create(&workload("Deployment", &namespace, "other", 2, &cpu("150m")));
    pods(&namespace, "other", 2);
    create(&workload("Deployment", &namespace, "web", 4, &cpu("300m")));
    pods(&namespace, "web", 2);
    let event = told(&namespace, "ReplicaSet", "exceeded quota: compute");
    let set = event["involvedObject"]["name"].as_str().expect("a name");
    wait_for_status(&namespace, "compute", |status| status["used"]["requests.cpu"] == "900m");

    let told = explain(&env, &namespace, "deploy/web", 3);
    let message = "pods \"web-*\" is forbidden: exceeded quota: compute, requested: requests.cpu=300m, used: requests.cpu=900m, limited: requests.cpu=1";
    // A controller's own names are `web-HASH-*`.
    let message = message.replace("web-*", &format!("{set}-*"));
    assert_eq!(told["subject"], json!({"kind": "Deployment", "namespace": namespace, "name": "web"}));
    assert_eq!(
        told["summary"],
        json!(format!("Deployment web (ReplicaSet {set}): 2 of 4 pods are missing: would be refused now"))
    );
    assert_eq!(told["missing"], json!([missing("Pod", ("ReplicaSet", set), 4, 2, 0)]));
    assert_eq!(
        told["refusals"],
        json!([{
            "message": message, "by": "ResourceQuota", "quota": "compute", "resource": "requests.cpu",
            "requested": amount("300m", "0.3"), "used": amount("900m", "0.9"), "hard": amount("1", "1"),
            "free": amount("100m", "0.1"), "short": amount("200m", "0.2"),
        }])
    );
    assert_eq!(
        told["holders"],
        json!([
            {"quota": "compute", "resource": "requests.cpu", "owner": {"kind": "Deployment", "name": "web"}, "finished": false, "objects": 2, "used": amount("600m", "0.6"), "share": 2.0 / 3.0},
            {"quota": "compute", "resource": "requests.cpu", "owner": {"kind": "Deployment", "name": "other"}, "finished": false, "objects": 2, "used": amount("300m", "0.3"), "share": 1.0 / 3.0},
        ])
    );
    assert_eq!(told["retry"]["controller"], json!({"kind": "ReplicaSet", "name": set}));
    assert_eq!(told["retry"]["gaveUp"], json!(false));
    assert_eq!(
        told["fix"],
        json!([
            format!(
                "kubectl patch resourcequota compute -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"requests.cpu\":\"1500m\"}}}}}}'"
            ),
            format!("kubectl scale deployment web -n {namespace} --replicas=2"),
        ])
    );

    // What is printed is enough, and it is the least: a millicore less would not do.
    let raise = fix(&told, "kubectl patch resourcequota");
    follow(&env, &raise.replace("1500m", "1499m"));
    wait_for_status(&namespace, "compute", |status| status["hard"]["requests.cpu"] == "1499m");
    // One of the two is made now. Were it made while the question is answered, the pods would be those of before and the
    // quota that of after.
    follow(&env, &hurry(&env, &namespace, "deploy/web"));
    pods(&namespace, "web", 3);
    wait_for_status(&namespace, "compute", |status| status["used"]["requests.cpu"] == "1200m");
    let told = explain(&env, &namespace, "deploy/web", 3);
    assert_eq!(told["missing"], json!([missing("Pod", ("ReplicaSet", set), 4, 3, 0)]));
    let one_left = fix(&told, "kubectl patch resourcequota");
    assert_eq!(one_left, raise, "{told:#}");
    follow(&env, raise);
    wait_for_status(&namespace, "compute", |status| status["hard"]["requests.cpu"] == "1500m");
    follow(&env, &hurry(&env, &namespace, "deploy/web"));
    pods(&namespace, "web", 4);
    let told = explain(&env, &namespace, "deploy/web", 0);
    assert_eq!(
        (&told["state"], &told["summary"], &told["refusals"], &told["fix"]),
        (&json!("Complete"), &json!("Deployment web: nothing is missing"), &json!([]), &json!([]))
    );
}

#[test]
fn a_deployment_whose_replica_sets_are_full() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "few", &json!({"count/replicasets.apps": "1"}));
    create(&workload("Deployment", &namespace, "web", 1, &cpu("1m")));
    pods(&namespace, "web", 1);
    wait_for_status(&namespace, "few", |status| status["used"]["count/replicasets.apps"] == "1");
    let update = json!({"spec": {"template": {"metadata": {"annotations": {"version": "2"}}}}});
    cluster()
        .api()
        .merge_patch(&format!("/apis/apps/v1/namespaces/{namespace}/deployments/web"), &update)
        .expect("an update");
    told(&namespace, "Deployment", "Failed to create new replica set");

    let told = explain(&env, &namespace, "deploy/web", 3);
    let message = "replicasets.apps \"web-*\" is forbidden: exceeded quota: few, requested: count/replicasets.apps=1, used: count/replicasets.apps=1, limited: count/replicasets.apps=1";
    assert_eq!(told["summary"], json!("Deployment web: its new ReplicaSet is missing: would be refused now"));
    assert_eq!(told["refusals"][0]["message"], json!(message));
    assert_eq!(told["holders"][0]["owner"], json!({"kind": "Deployment", "name": "web"}));
    let raise = format!(
        "kubectl patch resourcequota few -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"count/replicasets.apps\":\"2\"}}}}}}'"
    );
    assert_eq!(told["fix"], json!([raise]));
    follow(&env, &raise);
    wait_for_status(&namespace, "few", |status| status["hard"]["count/replicasets.apps"] == "2");
    follow(&env, told["retry"]["command"].as_str().expect("a command"));
    let sets = format!("/apis/apps/v1/namespaces/{namespace}/replicasets");
    cluster().api().wait(&sets, "", "a second ReplicaSet", |sets| sets.len() == 2).expect("in time");
}

#[test]
fn replica_sets_and_replication_controllers() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "few", &json!({"pods": "2"}));
    create(&workload("ReplicaSet", &namespace, "web", 3, &cpu("1m")));
    pods(&namespace, "web", 2);
    told(&namespace, "ReplicaSet", "exceeded quota: few");
    let controller = json!({
        "apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": "old", "namespace": namespace},
        "spec": {"replicas": 1, "selector": {"app": "old"}, "template": template("old", &cpu("1m"))},
    });
    create(&controller);
    told(&namespace, "ReplicationController", "exceeded quota: few");

    let set = explain(&env, &namespace, "rs/web", 3);
    assert_eq!(set["summary"], json!("ReplicaSet web: 1 of 3 pods are missing: would be refused now"));
    assert_eq!(
        fix(&set, "kubectl scale"),
        format!("kubectl scale replicaset web -n {namespace} --replicas=2")
    );
    let told = explain(&env, &namespace, "rc/old", 3);
    assert_eq!(told["summary"], json!("ReplicationController old: its pod is missing: would be refused now"));
    assert_eq!(
        told["holders"],
        json!([{"quota": "few", "resource": "pods", "owner": {"kind": "ReplicaSet", "name": "web"}, "finished": false, "objects": 2, "used": amount("2", "2"), "share": 1.0}])
    );
    // Both are stuck, and without a target both are named, but for nothing else.
    let all = ask(&env, &namespace, &["-o", "json"]).exits(3).json();
    let names: Vec<_> =
        all["items"].as_array().expect("items").iter().map(|one| one["subject"]["name"].clone()).collect();
    assert_eq!((&all["kind"], names), (&json!("ExplanationList"), vec![json!("web"), json!("old")]));

    // Of two fixes the one that takes from the other, which keeps a pod: the one that goes makes room for the one that
    // comes.
    let free = fix(&told, "kubectl scale replicaset web");
    assert_eq!(free, format!("kubectl scale replicaset web -n {namespace} --replicas=1"));
    follow(&env, free);
    pods(&namespace, "web", 1);
    let path = format!("/api/v1/namespaces/{namespace}/pods?labelSelector=app%3Dold");
    wait_for_status(&namespace, "few", |status| {
        let made = cluster().api().get(&path).expect("pods");
        status["used"]["pods"] == "1" || made["items"].as_array().is_some_and(|pods| !pods.is_empty())
    });
    follow(&env, &hurry(&env, &namespace, "rc/old"));
    pods(&namespace, "old", 1);
}

#[test]
fn a_stateful_set_by_pods_and_by_claims() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "disks", &json!({"requests.storage": "3Gi"}));
    let mut set = workload("StatefulSet", &namespace, "db", 3, &cpu("1m"));
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    set["spec"]["volumeClaimTemplates"] = json!([{
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "", "resources": {"requests": {"storage": "2Gi"}}},
    }]);
    create(&set);
    pods(&namespace, "db", 1);
    let event = told(&namespace, "StatefulSet", "Create Claim ");
    assert_eq!(event["reason"], "FailedCreate");
    wait_for_status(&namespace, "disks", |status| status["used"]["requests.storage"] == "2Gi");

    let explained = explain(&env, &namespace, "sts/db", 3);
    assert_eq!(explained["summary"], json!("StatefulSet db: 2 of 3 pods are missing: would be refused now"));
    let row = &explained["refusals"][0];
    assert_eq!(
        (&row["resource"], &row["requested"], &row["free"], &row["short"]),
        (
            &json!("requests.storage"),
            &amount("2Gi", "2147483648"),
            &amount("1Gi", "1073741824"),
            &amount("1Gi", "1073741824")
        )
    );
    assert_eq!(explained["holders"][0]["owner"]["kind"], json!("PersistentVolumeClaim"));
    let raise = fix(&explained, "kubectl patch resourcequota");
    assert!(raise.contains("\"requests.storage\":\"6Gi\""), "{raise}");
    follow(&env, raise);
    wait_for_status(&namespace, "disks", |status| status["hard"]["requests.storage"] == "6Gi");
    follow(&env, &hurry(&env, &namespace, "sts/db"));
    pods(&namespace, "db", 3);

    // A pod that is not there is asked about by its name. It is another set's: of the failures of one object the server
    // is told 25, and then one in five minutes.
    enforced_quota(&namespace, "few", &json!({"pods": "0"}));
    create(&workload("StatefulSet", &namespace, "cache", 1, &cpu("1m")));
    told(&namespace, "StatefulSet", " Pod cache-0 ");
    let pod = explain(&env, &namespace, "pod/cache-0", 3);
    assert_eq!(pod["subject"]["kind"], json!("StatefulSet"));
    assert_eq!(pod["notes"][0], json!("Pod cache-0 does not exist; StatefulSet cache creates it"));
    let missing = ask(&env, &namespace, &["pod/nobody"]).exits(1);
    assert_eq!(
        (missing.stdout.as_str(), missing.stderr.as_str()),
        (
            "",
            "Error from server (NotFound): pods \"nobody\" not found\nhint: a refused pod leaves no object behind: paste the refusal into `kubectl quota explain -`\n"
        )
    );
}
