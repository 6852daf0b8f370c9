//! What deciding commands read of a dump: of pods that controllers made only what rules ask of them, all of one that a
//! manifest changes; and what they say where the dump has no ResourceQuota.

use serde_json::{Value, json};

use super::{Shop, run};
use crate::{
    objects::{cpu, list, pod},
    support::{QUOTA, without_cluster},
};

/// A pod of Deployment web, with all that a cluster fills in.
fn running(number: usize, is_whole: bool) -> Value {
    let mut running = pod("shop", &format!("web-x-{number}"), &cpu("100m"));
    running["metadata"]["labels"] = json!({"app": "web"});
    running["metadata"]["ownerReferences"] = json!([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-x", "controller": true, "uid": "u"}]);
    running["status"] = json!({"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]});
    if is_whole {
        let spec = &mut running["spec"];
        spec["containers"][0]["env"] = json!([{"name": "SETTING", "value": "x".repeat(500)}]);
        spec["containers"][0]["livenessProbe"] = json!({"httpGet": {"path": "/", "port": 80}});
        spec["tolerations"] = json!([{"key": "node.kubernetes.io/not-ready", "operator": "Exists"}]);
        spec["volumes"] = json!([{"name": "c", "configMap": {"name": "c"}}]);
        let status = &mut running["status"];
        status["podIPs"] = json!([{"ip": "10.0.0.1"}]);
        status["containerStatuses"] = json!([{"name": "app", "ready": true, "imageID": "y".repeat(100)}]);
        status["conditions"]
            .as_array_mut()
            .expect("conditions")
            .push(json!({"type": "Initialized", "status": "True"}));
    }
    running
}

fn dump(is_whole: bool) -> String {
    let pods: Vec<_> = (0..3).map(|number| running(number, is_whole)).collect();
    list(&[Shop::new().objects(), pods].concat()).to_string()
}

#[test]
fn what_no_rule_reads_of_pods_changes_no_answer() {
    for line in [
        "check -f pod.yaml --from DUMP",
        "explain -A --from DUMP",
        "explain deployment/web -n shop --from DUMP",
        "fits -A --from DUMP",
        "fits deployment/web -n shop --from DUMP",
        "lint -A --from DUMP",
        "recommend -A --from DUMP",
        "rollout -A --from DUMP",
        "verify --all --from DUMP",
        "what-if -n shop --hard pods=1 --from DUMP",
        "who --pods --from DUMP",
    ] {
        let (whole, slim) = (run(line, dump(true)), run(line, dump(false)));
        let said = |output: &support::Output| {
            let lines = output.stdout.lines().filter(|line| !line.contains("kubectl-quota/retry="));
            (lines.collect::<Vec<_>>().join("\n"), output.stderr.clone(), output.status)
        };
        assert_eq!(said(&whole), said(&slim), "{line}");
    }
}

#[test]
fn a_pod_that_a_manifest_changes_is_compared_with_all_of_it() {
    let env = without_cluster();
    env.file("dump.json", dump(true));
    let check = |pod: &Value| {
        let arguments = ["check", "-f", "-", "--from", "dump.json", "-o", "json"];
        let output = env.command(QUOTA, arguments).stdin(pod.to_string()).run();
        let row = output.json()["objects"][0].clone();
        (output.status, row["verdict"].clone(), row["messages"][0].clone())
    };
    let mut pod = running(1, true);
    pod.as_object_mut().expect("a pod").remove("status");
    let (status, verdict, _) = check(&pod);
    assert_eq!((status, verdict), (Some(0), json!("Admitted")));
    pod["spec"]["containers"][0]["env"][0]["value"] = json!("another");
    let (status, verdict, message) = check(&pod);
    assert_eq!((status, verdict), (Some(3), json!("Refused")));
    assert!(
        message.as_str().is_some_and(|text| text.contains("pod updates may not change fields")),
        "{message}"
    );
}

#[test]
fn a_dump_without_any_quota_is_told_by_every_deciding_command() {
    let objects = &Shop::new().objects()[1..];
    let dump = list(objects).to_string();
    let sentence = "\n  ResourceQuotas: the dump has none\n";
    for line in [
        "check -f pod.yaml --from DUMP",
        "fits deployment/web -n shop --from DUMP",
        "fits -A --from DUMP",
        "rollout deployment/web -n shop --from DUMP",
        "rollout -A --from DUMP",
    ] {
        let output = run(line, &dump);
        assert!(output.stdout.contains(sentence), "{output}");
        let document = run(&format!("{line} -o json"), &dump).json();
        let unchecked = match &document["items"][0]["unchecked"] {
            Value::Null => &document["unchecked"],
            of_item => of_item,
        };
        assert!(unchecked.to_string().contains("ResourceQuotas: the dump has none"), "{document}");
    }
    let mut changed = Shop::new().quota;
    changed["spec"]["hard"]["pods"] = json!("1");
    let env = without_cluster();
    env.file("quota.json", changed.to_string());
    env.file("dump.json", &dump);
    let arguments = ["what-if", "-n", "shop", "-f", "quota.json", "--from", "dump.json"];
    assert!(env.run(QUOTA, arguments).stdout.contains(sentence));
    for line in ["explain -n shop --from DUMP", "explain -A --from DUMP"] {
        let output = run(line, &dump).exits(4);
        assert!(output.stderr.contains("the dump contains no ResourceQuota\n"), "{output}");
    }
    // With one, nothing is said of it, wherever it is.
    let mut elsewhere = Shop::new().quota;
    elsewhere["metadata"]["namespace"] = json!("elsewhere");
    let dump = list(&[objects.to_vec(), vec![elsewhere]].concat()).to_string();
    assert!(!run("fits -A --from DUMP", &dump).stdout.contains("ResourceQuotas"));
}
