//! Updates of one field each, which may change or not: `check` refuses what kubectl's dry run is refused.
//!
//! `APPLY_TRIALS=250` makes more of them, `APPLY_SEED=…` the same again.

use serde_json::{Value, json};
use support::{Random, TestEnv, cluster, fresh_namespace, number, seed};

use crate::{
    objects::{batch, config_map, cpu, deployment, pod, template, workload},
    support::{administrator, check},
};

const TRIALS: u64 = 16;

/// An object without pods that run, and fields with what they may be changed to.
fn object(random: &mut Random, namespace: &str) -> (Value, Vec<(&'static str, Value)>) {
    let nobody = |mut pods: Value| {
        pods["spec"]["nodeSelector"] = json!({"for": "nobody"});
        pods
    };
    let pods = || nobody(template("x", &cpu("1m")));
    let storage = |amount: &str| json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": amount}}});
    match random.below(8) {
        0 => {
            let mut set = workload("StatefulSet", namespace, "x", 0, pods());
            set["spec"]["volumeClaimTemplates"] =
                json!([{"metadata": {"name": "data"}, "spec": storage("1Gi")}]);
            let changes = vec![
                ("/spec/replicas", json!(1)),
                ("/spec/serviceName", json!("other")),
                ("/spec/podManagementPolicy", json!("Parallel")),
                ("/spec/minReadySeconds", json!(5)),
                ("/spec/template/spec/containers/0/image", json!("other")),
                ("/spec/volumeClaimTemplates/0/spec/resources/requests/storage", json!("2Gi")),
            ];
            (set, changes)
        }
        1 | 2 => {
            let mut spec = json!({"suspend": random.percent(50), "completions": 2, "template": pods()});
            spec["template"]["spec"]["restartPolicy"] = json!("Never");
            let changes = vec![
                ("/spec/completions", json!(3)),
                ("/spec/parallelism", json!(2)),
                ("/spec/backoffLimit", json!(1)),
                ("/spec/template/spec/containers/0/image", json!("other")),
                ("/spec/template/spec/containers/0/resources", json!({"requests": {"cpu": "2m"}})),
                ("/spec/template/spec/nodeSelector", json!({"for": "nobody", "and": "nothing"})),
                ("/spec/template/metadata/annotations", json!({"a": "b"})),
            ];
            (batch("Job", namespace, "x", &spec), changes)
        }
        3 => {
            let mut one = pod(namespace, "x", &cpu("1m"));
            one["spec"]["nodeSelector"] = json!({"for": "nobody"});
            let changes = vec![
                ("/spec/activeDeadlineSeconds", json!(60)),
                ("/spec/containers/0/env", json!([{"name": "A", "value": "b"}])),
                ("/spec/containers/0/image", json!("other")),
                ("/spec/containers/0/resources/requests/cpu", json!("2m")),
                ("/spec/nodeSelector", json!({"for": "none"})),
                ("/spec/terminationGracePeriodSeconds", json!(5)),
                ("/spec/tolerations", json!([{"key": "a", "operator": "Exists"}])),
                ("/metadata/labels", json!({"a": "b"})),
            ];
            (one, changes)
        }
        4 => {
            let mut map = config_map(namespace, "x");
            map["data"] = json!({"a": "b"});
            map["immutable"] = json!(random.percent(70));
            let changes = vec![
                ("/data/a", json!("c")),
                ("/immutable", json!(false)),
                ("/metadata/labels", json!({"a": "b"})),
            ];
            (map, changes)
        }
        5 => {
            let binding = json!({
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
                "metadata": {"name": "x", "namespace": namespace},
                "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "a"}],
                "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "a"},
            });
            (binding, vec![("/roleRef/name", json!("b")), ("/subjects/0/name", json!("b"))])
        }
        6 => {
            let web = deployment(namespace, "x", 0, pods());
            let other = json!({"app": "x", "a": "b"});
            let changes = vec![
                ("/spec/selector/matchLabels", json!({"app": "y"})),
                ("/spec/template/metadata/labels", other),
                ("/spec/strategy", json!({"type": "Recreate"})),
                ("/spec/paused", json!(true)),
            ];
            (web, changes)
        }
        _ => {
            let mut spec = storage("1Gi");
            spec["storageClassName"] = json!("");
            let claim = json!({
                "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                "metadata": {"name": "x", "namespace": namespace}, "spec": spec,
            });
            let changes = vec![
                ("/spec/accessModes", json!(["ReadWriteMany"])),
                ("/spec/storageClassName", json!("other")),
                ("/spec/resources/requests/storage", json!("2Gi")),
                ("/metadata/annotations", json!({"a": "b"})),
            ];
            (claim, changes)
        }
    }
}

fn with(object: &Value, path: &str, value: Value) -> Value {
    let mut object = object.clone();
    let (parent, field) = path.rsplit_once('/').expect("a path");
    match object.pointer_mut(parent) {
        Some(Value::Object(parent)) => drop(parent.insert(field.to_owned(), value)),
        Some(parent) => parent[field] = value,
        None => object["metadata"][field] = value,
    }
    object
}

fn apply(env: &TestEnv, object: &Value, words: &[&str]) -> Result<(), String> {
    let arguments = [&["apply", "-f", "-"], words].concat();
    let output = env.command("kubectl", arguments).stdin(object.to_string()).run();
    if output.status == Some(0) { Ok(()) } else { Err(output.stderr.clone()) }
}

/// Whether the server's text has what ours says of one complaint; where it prints objects, `…` stands in ours.
fn says(theirs: &str, ours: &str) -> bool {
    let why = ours.split_once(" is invalid: ").map_or(ours, |(_, why)| why);
    if why.starts_with('[') {
        // kubectl writes a line for each of several complaints.
        return theirs.contains("* ");
    }
    let mut rest = theirs;
    why.split('…').all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn what_may_not_change_is_refused_as_kubectl_is_refused() {
    let seed = seed("APPLY_SEED");
    let trials = number("APPLY_TRIALS").unwrap_or(TRIALS);
    println!("APPLY_SEED={seed} APPLY_TRIALS={trials}");
    let random = &mut Random::new(seed ^ 0x5eed);
    let env = administrator();
    let mut refused = 0;
    for trial in 0..trials {
        let namespace = fresh_namespace("immutable");
        let (object, changes) = object(random, &namespace);
        apply(&env, &object, &[]).expect("an object");
        let (path, value) = random.pick(&changes);
        let changed = with(&object, path, value);
        let theirs = apply(&env, &changed, &["--dry-run=server"]);
        let rows = check(&env, &[], std::slice::from_ref(&changed), if theirs.is_ok() { 0 } else { 3 });
        if let Err(why) = theirs {
            refused += 1;
            let ours = rows[0]["messages"][0].as_str().expect("a message");
            assert!(says(&why, ours), "APPLY_SEED={seed}, trial {trial}\n{changed:#}\n{why}\n{ours}");
        }
        cluster().api().delete(&format!("/api/v1/namespaces/{namespace}")).expect("an end");
    }
    println!("{trials} updates, {refused} refused, 0 judged otherwise");
    assert!(refused > 0, "nothing was refused");
}
