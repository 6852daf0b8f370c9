//! Numbers of objects: what controllers keep of earlier revisions and Jobs, and what other quotas limit.

use serde_json::{Value, json};
use shared::admission::ClusterFacts;

use super::{deployment, hard, inventory};
use crate::sizing::{Advice, Options, decide};

fn quota(name: &str, hard: &Value, used: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": name},
        "spec": {"hard": hard}, "status": {"hard": hard, "used": used},
    })
}

fn child(kind: &str, name: &str, owner: (&str, &str)) -> Value {
    let (owner_kind, owner) = owner;
    json!({
        "apiVersion": if kind == "Job" { "batch/v1" } else { "apps/v1" }, "kind": kind,
        "metadata": {"name": name, "ownerReferences": [{"kind": owner_kind, "name": owner, "controller": true}]},
        "spec": {"replicas": 0, "template": {"spec": {"containers": [{"name": "app"}]}}},
        "status": {"conditions": [{"type": "Complete", "status": "True"}]},
    })
}

fn advice(objects: &[Value]) -> Advice {
    decide(&inventory(objects), &ClusterFacts::default(), &Options::default()).unwrap()
}

#[test]
fn earlier_revisions_are_kept_beside_the_next_one() {
    let used = json!({"count/replicasets.apps": "3", "count/controllerrevisions.apps": "1"});
    let mut objects = vec![
        deployment("web", 1, &json!({})),
        json!({
            "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db"},
            "spec": {"replicas": 1, "revisionHistoryLimit": 4, "template": {"spec": {"containers": [{"name": "app"}]}}},
        }),
        quota("q", &json!({"count/replicasets.apps": "3", "count/controllerrevisions.apps": "1"}), &used),
    ];
    objects.extend((0..3).map(|number| child("ReplicaSet", &format!("web-{number}"), ("Deployment", "web"))));
    let sized = advice(&objects);
    // Ten earlier ones, the current one and the next one, and a fifth more.
    assert_eq!(hard(&sized, "count/replicasets.apps").as_deref(), Some("15"));
    // Four, the current one and the next one; the one that exists was not read, only counted.
    assert_eq!(hard(&sized, "count/controllerrevisions.apps").as_deref(), Some("9"));
    assert_eq!(sized.violations, []);
    // What is enough stays.
    objects[2] =
        quota("q", &json!({"count/replicasets.apps": "50"}), &json!({"count/replicasets.apps": "3"}));
    assert_eq!(hard(&advice(&objects), "count/replicasets.apps").as_deref(), Some("50"));
}

#[test]
fn nothing_is_sized_below_what_is_stored() {
    let names = ["count/jobs.batch", "count/podtemplates", "secrets", "requests.cpu"];
    let amounts =
        |amount: &str| names.iter().map(|name| ((*name).to_owned(), json!(amount))).collect::<Value>();
    let mut objects = vec![
        json!({
            "apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "nightly"},
            "spec": {"schedule": "0 0 * * *", "failedJobsHistoryLimit": 2, "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}},
        }),
        quota("q", &amounts("30"), &amounts("29")),
    ];
    objects.extend((0..3).map(|number| child("Job", &format!("nightly-{number}"), ("CronJob", "nightly"))));
    let sized = advice(&objects);
    for name in names {
        let hard: u32 = hard(&sized, name).unwrap().parse().unwrap();
        assert!(hard >= 30, "{name}: {hard}");
    }
    assert_eq!(sized.violations, []);
}

#[test]
fn the_quotas_there_are_are_written_and_the_other_is_named() {
    let limits = json!({"requests": {"cpu": "1"}, "limits": {"cpu": "1"}});
    let objects = [
        deployment("web", 2, &limits),
        quota(
            "a-objects",
            &json!({"services": "5", "limits.cpu": "4"}),
            &json!({"services": "0", "limits.cpu": "0"}),
        ),
        quota(
            "compute",
            &json!({"requests.cpu": "4", "pods": "9"}),
            &json!({"requests.cpu": "0", "pods": "0"}),
        ),
    ];
    let sized = advice(&objects);
    assert_eq!(sized.proposal.quota.as_ref().unwrap().name, "compute");
    assert_eq!(hard(&sized, "limits.cpu"), None, "the other quota limits it");
    let note = "quota a-objects goes on limiting limits.cpu to 4, which is less than 5";
    assert!(sized.notes.iter().any(|one| one == note), "{:?}", sized.notes);
}
