//! Amounts and numbers of pods, claims, workloads and nodes that no API server stores: every command says so, in every format,
//! and what can't be added up is an error.

use serde_json::{Value, json};

use super::{LINES, Shop, run};
use crate::objects::{cpu, list};

const NOT_STORED: &str = "which no API server stores: ";
const FORMAT: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const HINT: &str = "hint: make the dump again with: kubectl get quota,limits,deploy,sts,ds,cj,rs,rc,jobs,pods,svc,pvc,hpa,ns -A -o yaml\n";

/// The objects of a shop, and a claim of a volume, of devices, a node and a class beside them.
fn shop(change: impl Fn(&mut Value)) -> String {
    let claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    });
    let request = json!({"name": "gpu", "exactly": {"deviceClassName": "gpu", "count": 1}});
    let devices = json!({
        "apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim", "metadata": {"name": "gpu", "namespace": "shop"},
        "spec": {"devices": {"requests": [request]}},
    });
    let node = json!({
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-1"},
        "status": {"allocatable": {"cpu": "4", "memory": "8Gi", "pods": "110"}},
    });
    let mut objects = [Shop::new().objects(), vec![claim, devices, node]].concat();
    objects.iter_mut().for_each(change);
    list(&objects).to_string()
}

/// Sets one field of the object of a kind.
fn with(kind: &str, path: &str, value: &Value) -> String {
    shop(|object| {
        if object["kind"] == kind {
            *object.pointer_mut(path).unwrap_or_else(|| panic!("{kind} has {path}")) = value.clone();
        }
    })
}

fn warnings(stderr: &str) -> Vec<&str> {
    stderr.lines().filter_map(|line| line.strip_prefix("Warning: ")).collect()
}

/// Command lines that read everything of a dump that decides about pods.
fn lines_of_objects() -> impl Iterator<Item = &'static str> {
    let reads_less = ["usage", "limits", "diff"];
    LINES.iter().copied().filter(move |line| !reads_less.iter().any(|word| line.starts_with(word)))
}

#[test]
fn who_and_verify_mark_a_negative_request() {
    let dump = with("Pod", "/spec/containers/0/resources/requests/cpu", &json!("-5"));
    let warning = format!(
        "Warning: pod shop/web-1: spec.containers[app].resources.requests[cpu] is -5, {NOT_STORED}amounts are not negative\n"
    );
    let who = run("who -r requests.cpu --from DUMP", &dump).exits(0);
    let table = "\
NAMESPACE   QUOTA   USED BY        OBJECTS   USED   OF USED   OF HARD
shop        q       requests.cpu   1         -5               -500% of 1
                    └─ Pod/web-1   1         -5     -         -500%
";
    assert_eq!(who.stdout, table);
    let note = "quota shop/q: requests.cpu is recorded as 100m, but existing objects add up to -5; see `kubectl quota verify -n shop`\n";
    assert_eq!(who.stderr, format!("{warning}{note}"));
    let verify = run("verify --from DUMP", &dump).exits(3);
    let table = "\
NAMESPACE   QUOTA   RESOURCE       RECORDED   RECOUNTED   DRIFT    WRITTEN   CAUSE
shop        q       requests.cpu   100m       -5          +5100m   -         objects are gone, or were charged and never stored, and nothing was recounted since
";
    assert_eq!(verify.stdout, table);
    let note = "2 amounts recounted: 1 amount drifted. The quota controller recounts a namespace when something in it is deleted, when spec.hard changes, and every five minutes\n";
    assert_eq!(verify.stderr, format!("{warning}{note}"));
    for line in ["who -r requests.cpu -o json --from DUMP", "verify -o json --from DUMP"] {
        let output = run(line, &dump);
        assert_eq!(output.stderr, warning, "{output}");
        let items = output.json()["items"].as_array().expect("items").clone();
        let item = items.iter().find(|item| item["resource"] == "requests.cpu").expect("the row");
        let amount = if line.starts_with("who") { &item["used"] } else { &item["recounted"] };
        assert_eq!(*amount, json!({"quantity": "-5", "decimal": "-5"}), "{output}");
    }
}

#[test]
fn a_huge_request_is_shown_as_it_is() {
    let dump = with("Pod", "/spec/containers/0/resources/requests/cpu", &json!("1e400"));
    let who = run("who -r requests.cpu -o json --from DUMP", &dump).exits(0);
    assert_eq!(who.stderr, "");
    let used = &who.json()["items"][0]["used"];
    assert_eq!(used["quantity"], "10e399");
    assert_eq!(used["decimal"].as_str().map(str::len), Some(401));
    // Of this size the canonical text is another amount, which is the server's own defect.
    let dump = with("Pod", "/spec/containers/0/resources/requests/cpu", &json!("10000000000000000000000"));
    let who = run("who -r requests.cpu -o json --from DUMP", &dump).exits(0);
    let place = "pod shop/web-1: spec.containers[app].resources.requests[cpu] is 10000000000000000000000";
    let warning = format!("Warning: {place}, which is too large to be printed: an API server prints 10\n");
    assert_eq!(who.stderr, warning);
    let used = &who.json()["items"][0]["used"];
    assert_eq!(used["decimal"], "10000000000000000000000");
}

#[test]
fn what_is_no_quantity_is_an_error_where_it_is_added_up_and_a_remark_elsewhere() {
    let pod = "pod shop/web-1: spec.containers[app].resources.requests[cpu] is";
    let claim = "persistentvolumeclaim shop/data: spec.resources.requests[storage] is";
    for (kind, path, value, said) in [
        ("Pod", "/spec/containers/0/resources/requests/cpu", json!("abc"), format!("{pod} `abc`")),
        ("Pod", "/spec/containers/0/resources/requests/cpu", json!(true), format!("{pod} true")),
        (
            "PersistentVolumeClaim",
            "/spec/resources/requests/storage",
            json!("1.2.3"),
            format!("{claim} `1.2.3`"),
        ),
    ] {
        let why = if value == true { "a quantity is a text or a number" } else { FORMAT };
        let dump = with(kind, path, &value);
        for line in lines_of_objects() {
            let adds_up = ["who", "verify", "recommend"].iter().any(|word| line.starts_with(word));
            if adds_up {
                let output = run(line, &dump).exits(1);
                assert_eq!(output.stdout, "", "{output}");
                assert_eq!(output.stderr, format!("error: {said}: {why}\n{HINT}"), "{output}");
                continue;
            }
            let output = run(line, &dump);
            let remark = format!("{said}, {NOT_STORED}{why}");
            let remarks = warnings(&output.stderr).into_iter().filter(|one| *one == remark).count();
            assert_eq!(remarks, 1, "{output}");
        }
    }
}

#[test]
fn odd_numbers_of_other_objects_are_remarked_upon_by_every_command() {
    let cases = [
        (
            "Pod",
            "/spec/containers/0/resources/requests/cpu",
            json!("-5"),
            "pod shop/web-1: spec.containers[app].resources.requests[cpu] is -5, which no API server stores: amounts are not negative",
        ),
        (
            "PersistentVolumeClaim",
            "/spec/resources/requests/storage",
            json!("-5"),
            "persistentvolumeclaim shop/data: spec.resources.requests[storage] is -5, which no API server stores: amounts are not negative",
        ),
        (
            "ResourceClaim",
            "/spec/devices/requests/0/exactly/count",
            json!("many"),
            "resourceclaim shop/gpu: spec.devices.requests[gpu].exactly.count is `many`, which no API server stores: it is not a whole number from 0 to 9223372036854775807",
        ),
        (
            "Deployment",
            "/spec/replicas",
            json!(1_000_000_000_000_000_000_i64),
            "deployment shop/web: spec.replicas is 1000000000000000000, which no API server stores: it is not a whole number from 0 to 2147483647",
        ),
        (
            "Deployment",
            "/spec/template/spec/containers/0/resources/requests/cpu",
            json!("-5"),
            "deployment shop/web: spec.template.spec.containers[app].resources.requests[cpu] is -5, which no API server stores: amounts are not negative",
        ),
    ];
    for (kind, path, value, remark) in cases {
        let dump = with(kind, path, &value);
        for line in lines_of_objects() {
            let output = run(line, &dump);
            let remarks = warnings(&output.stderr).into_iter().filter(|one| *one == remark).count();
            assert_eq!(remarks, 1, "{output}");
            assert!(matches!(output.status, Some(0 | 3 | 4)), "{output}");
        }
    }
}

#[test]
fn devices_by_the_quintillion_add_up() {
    let request = |name: &str| json!({"name": name, "exactly": {"deviceClassName": "gpu", "count": 9_000_000_000_000_000_000_i64}});
    let dump = shop(|object| match object["kind"].as_str() {
        Some("ResourceClaim") => object["spec"]["devices"]["requests"] = json!([request("a"), request("b")]),
        Some("ResourceQuota") => {
            for part in ["spec", "status"] {
                object[part]["hard"]["gpu.deviceclass.resource.k8s.io/devices"] = json!("5");
            }
        }
        _ => {}
    });
    let who = run("who -r gpu.deviceclass.resource.k8s.io/devices -o json --from DUMP", &dump).exits(0);
    assert_eq!(who.stderr, "");
    assert_eq!(who.json()["items"][0]["used"]["decimal"], "18000000000000000000");
}

#[test]
fn nodes_with_odd_amounts_are_named_where_they_are_added_up() {
    for (amount, why) in [
        ("abc", format!("`abc`, which no kubelet reports: {FORMAT}")),
        ("-5", "-5, which no kubelet reports: amounts are not negative".to_owned()),
    ] {
        let dump = with("Node", "/status/allocatable/cpu", &json!(amount));
        for line in ["usage --by label:team --from DUMP", "fits deployment/web -n shop --nodes --from DUMP"] {
            let output = run(line, &dump);
            let remark = format!("node node-1: status.allocatable[cpu] is {why}");
            assert_eq!(warnings(&output.stderr).iter().filter(|one| **one == remark).count(), 1, "{output}");
        }
    }
}

#[test]
fn a_pod_of_another_shape_is_named() {
    let dump = with("Pod", "/spec/containers", &json!({"name": "app"}));
    let why = "invalid type: map, expected a sequence";
    for line in ["explain deployment/web -n shop --from DUMP", "fits deployment/web -n shop --from DUMP"] {
        let output = run(line, &dump);
        let remark = format!("pod shop/web-1 can't be read: {why}");
        assert_eq!(warnings(&output.stderr).iter().filter(|one| **one == remark).count(), 1, "{output}");
    }
    for line in ["who --from DUMP", "verify --from DUMP"] {
        let output = run(line, &dump).exits(1);
        assert_eq!(output.stdout, "", "{output}");
        assert!(
            output.stderr.starts_with(&format!("error: Pod shop/web-1 can't be read: {why}\n")),
            "{output}"
        );
    }
}

#[test]
fn of_many_odd_amounts_the_first_are_named_and_the_rest_counted() {
    let pods: Vec<Value> =
        (0..30).map(|number| crate::objects::pod("shop", &format!("p-{number}"), &cpu("-1"))).collect();
    let dump = list(&[Shop::new().objects(), pods].concat()).to_string();
    let output = run("verify --from DUMP", &dump).exits(3);
    let warnings = warnings(&output.stderr);
    assert_eq!(warnings.len(), 21, "{output}");
    assert_eq!(warnings[20], "the dump holds 10 more such amounts", "{output}");
}
