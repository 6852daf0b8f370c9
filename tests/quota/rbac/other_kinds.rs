//! Quotas of other kinds, and metrics: kinds that not every cluster serves, with an object of each for the namespace.

use std::time::Instant;

use cluster::Cluster;
use serde_json::{Value, json};

use super::{PATIENCE, fixture::NAMESPACE};
use crate::{objects::metrics_api, usage::other_quotas::definitions};

/// The namespace above, and the one of the project.
const PARENT: &str = "parent";
const PROJECTS: &str = "c-1";

/// Returns what says that the namespace belongs to a tree and to a project.
pub fn metadata() -> (Value, Value) {
    let depth = |name: &str| format!("{name}.tree.hnc.x-k8s.io/depth");
    let labels = json!({depth(PARENT): "1", depth(NAMESPACE): "0"});
    (labels, json!({"field.cattle.io/projectId": format!("{PROJECTS}:p-1")}))
}

/// Creates the kinds, which takes a moment until they are served.
pub fn define(cluster: &Cluster) {
    for definition in [
        definitions::cluster_resource_quota(),
        definitions::applied_cluster_resource_quota(),
        definitions::hierarchical_resource_quota(),
        definitions::project(),
        metrics_api(),
    ] {
        cluster.api().create(&definition).expect("a definition");
        let name = definition["metadata"]["name"].as_str().expect("a name");
        let path = format!("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}");
        let served = |one: &Value| cluster::api::is_true(one, "Established");
        cluster.api().wait_for(&path, "a served kind", served).expect("a served kind");
    }
    for name in [PARENT, PROJECTS] {
        let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        cluster.api().create(&namespace).expect("a namespace");
    }
}

/// Creates an object of each kind.
pub fn fill(cluster: &Cluster) {
    let hard = json!({"hard": {"pods": "90"}});
    let counted = json!({"hard": {"pods": "90"}, "used": {"pods": "10"}});
    let of = |version: &str, kind: &str, name: &str, namespace: Option<&str>, spec: Value, status: Value| {
        let mut metadata = json!({"name": name});
        if let Some(namespace) = namespace {
            metadata["namespace"] = json!(namespace);
        }
        json!({"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec, "status": status})
    };
    let selector = json!({"labels": {"matchLabels": {"team": "a"}}, "annotations": null});
    let spec = json!({"quota": hard, "selector": selector});
    let status = json!({"total": counted, "namespaces": [{"namespace": NAMESPACE, "status": counted}]});
    let (openshift, tree) = ("quota.openshift.io/v1", "hnc.x-k8s.io/v1alpha2");
    let mut tree_status = counted.clone();
    tree_status["requestsSummary"] = json!("pods: 10/90");
    let project = json!({
        "clusterName": "c-1", "displayName": "Shop",
        "resourceQuota": {"limit": {"limitsCpu": "2000m"}, "usedLimit": {"limitsCpu": "500m"}},
    });
    for object in [
        of(openshift, "ClusterResourceQuota", "team", None, spec.clone(), status.clone()),
        of(openshift, "AppliedClusterResourceQuota", "team", Some(NAMESPACE), spec, status),
        of(tree, "HierarchicalResourceQuota", "own", Some(NAMESPACE), hard.clone(), tree_status.clone()),
        of(tree, "HierarchicalResourceQuota", "above", Some(PARENT), hard, tree_status),
        of("management.cattle.io/v3", "Project", "p-1", Some(PROJECTS), project, json!({})),
    ] {
        cluster.api().create(&object).expect("a quota");
        let path = cluster::api::object(&object).expect("a path");
        // Where the status is written apart from the rest.
        let status = json!({"status": object["status"]});
        cluster.api().request("PATCH", &format!("{path}/status"), None, Some(&status)).expect("an answer");
    }
    let usage = json!({
        "apiVersion": "metrics.k8s.io/v1beta1", "kind": "PodMetrics",
        "metadata": {"name": "bare", "namespace": NAMESPACE},
        "containers": [{"name": "app", "usage": {"cpu": "5m", "memory": "16Mi"}}],
    });
    // The plural is that of pods, which no rule would make of the kind.
    let place = format!("/apis/metrics.k8s.io/v1beta1/namespaces/{NAMESPACE}/pods");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = cluster.api().request("POST", &place, None, Some(&usage)).expect("an answer");
        if answer.status == 201 {
            return;
        }
        assert!(Instant::now() < deadline, "no metrics: {} {}", answer.status, answer.body);
    }
}
