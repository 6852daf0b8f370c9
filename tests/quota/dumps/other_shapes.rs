//! Fields of another shape than the API has them, and dumps that lack what an answer needs: each is named.

use serde_json::{Value, json};

use super::{Shop, run};
use crate::objects::{cpu, list, service, template, workload};

fn warnings(stderr: &str) -> Vec<&str> {
    stderr.lines().filter_map(|line| line.strip_prefix("Warning: ")).collect()
}

/// The objects of a shop with one more.
fn with(object: Value) -> String {
    list(&[Shop::new().objects(), vec![object]].concat()).to_string()
}

#[test]
fn a_text_where_a_list_or_a_map_belongs_is_named() {
    let claim = |spec: Value| {
        json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": {"name": "data", "namespace": "shop"}, "spec": spec,
        })
    };
    let ports = |spec: Value| {
        let mut web = service("shop", "web", "NodePort");
        for (field, value) in spec.as_object().expect("fields") {
            web["spec"][field] = value.clone();
        }
        web
    };
    let not_stored = "which no API server stores: it is not";
    for (object, said) in [
        (ports(json!({"ports": "80"})), format!("service shop/web: spec.ports is `80`, {not_stored} a list")),
        (
            ports(json!({"ports": ["80"]})),
            format!("service shop/web: spec.ports[0] is `80`, {not_stored} a map"),
        ),
        (
            ports(json!({"ports": [{"port": 80, "nodePort": "http"}]})),
            format!(
                "service shop/web: spec.ports[0].nodePort is `http`, {not_stored} a whole number from 0 to 65535"
            ),
        ),
        (ports(json!({"type": 1})), format!("service shop/web: spec.type is 1, {not_stored} a text")),
        (
            ports(json!({"allocateLoadBalancerNodePorts": "no"})),
            format!(
                "service shop/web: spec.allocateLoadBalancerNodePorts is `no`, {not_stored} true or false"
            ),
        ),
    ] {
        for line in [
            "who --from DUMP",
            "verify --from DUMP",
            "explain -n shop --from DUMP",
            "recommend -n shop --from DUMP",
        ] {
            let output = run(line, with(object.clone()));
            assert_eq!(
                warnings(&output.stderr).iter().filter(|one| **one == said).count(),
                1,
                "{said}\n{output}"
            );
        }
    }
    // What a claim requests is added up.
    let place = "persistentvolumeclaim shop/data: spec";
    for (spec, said) in [
        (json!({"resources": {"requests": "1Gi"}}), format!("{place}.resources.requests is `1Gi`")),
        (json!({"resources": ["1Gi"]}), format!("{place}.resources is [\"1Gi\"]")),
    ] {
        let dump = with(claim(spec));
        for line in ["who --from DUMP", "verify --from DUMP", "recommend -n shop --from DUMP"] {
            let output = run(line, &dump).exits(1);
            assert!(output.stderr.starts_with(&format!("error: {said}: it is not a map\n")), "{output}");
        }
        let output = run("explain -n shop --from DUMP", &dump);
        assert!(
            warnings(&output.stderr).contains(&format!("{said}, {not_stored} a map").as_str()),
            "{output}"
        );
    }
}

#[test]
fn without_any_workload_nobody_is_asked_about_a_namespace() {
    let dump = list(&[Shop::new().quota]).to_string();
    for line in ["explain -A --from DUMP", "explain --from DUMP"] {
        let output = run(line, &dump).exits(4);
        assert_eq!(output.stdout, "");
        assert_eq!(
            output.stderr,
            "Warning: can't read workloads in all namespaces: the dump contains none, and no event that reports a refusal\nNothing is stuck in the dump\n"
        );
    }
}

#[test]
fn an_unknown_verdict_has_its_reason() {
    // In the middle of a rollout, whose ReplicaSets say how far it is.
    let mut web = workload("Deployment", "shop", "web", 2, template("web", &cpu("100m")));
    web["metadata"]["generation"] = json!(2);
    web["status"] = json!({"observedGeneration": 2, "replicas": 2, "updatedReplicas": 1});
    let dump = list(&[Shop::new().quota, web.clone()]).to_string();
    let reason = "how far the rollout of Deployment web is: the dump has no ReplicaSet";
    for line in ["rollout deployment/web -n shop --from DUMP", "rollout -A --from DUMP"] {
        let output = run(line, &dump).exits(4);
        assert!(output.stdout.contains("Unknown"), "{output}");
        assert!(output.stdout.contains(&format!("\n  {reason}\n")), "{output}");
        let document = run(&format!("{line} -o json"), &dump).exits(4).json();
        let rollout = if line.contains("-A") { &document["items"][0] } else { &document };
        assert_eq!((&rollout["verdict"], &rollout["unchecked"][0]), (&json!("Unknown"), &json!(reason)));
    }
    // Where the dump has ReplicaSets, that there is none of this Deployment is known.
    let other = workload("ReplicaSet", "elsewhere", "other", 1, template("other", &cpu("1m")));
    let dump = list(&[Shop::new().quota, web, other]).to_string();
    let output = run("rollout deployment/web -n shop --from DUMP", &dump);
    assert!(!output.stdout.contains("Unknown") && !output.stdout.contains(reason), "{output}");
}

#[test]
fn annotations_of_pods_do_not_count() {
    let mut pods = Vec::new();
    for number in 0..3 {
        let mut pod = crate::objects::pod("shop", &format!("web-x-{number}"), &cpu("100m"));
        pod["metadata"]["annotations"] = json!({"note": "x".repeat(5000)});
        pod["metadata"]["ownerReferences"] = json!([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-x", "controller": true, "uid": "u"}]);
        pods.push(pod);
    }
    let bare: Vec<Value> = pods.iter().cloned().map(without_annotations).collect();
    let dump = |pods: &[Value]| list(&[Shop::new().objects(), pods.to_vec()].concat()).to_string();
    for line in ["who --from DUMP", "fits -A --from DUMP", "rollout -A --from DUMP", "explain -A --from DUMP"]
    {
        let (long, short) = (run(line, dump(&pods)), run(line, dump(&bare)));
        assert_eq!((&long.stdout, &long.stderr), (&short.stdout, &short.stderr), "{line}");
    }
}

fn without_annotations(mut pod: Value) -> Value {
    pod["metadata"].as_object_mut().expect("metadata").remove("annotations");
    pod
}
