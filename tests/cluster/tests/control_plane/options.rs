//! What only the start of a control plane can set.

use cluster::api::LIMIT;
use cluster::{Cluster, Options};
use serde_json::json;
use std::sync::OnceLock;
use std::time::Duration;

const ADMISSION: &str = r#"
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: ResourceQuota
  configuration:
    apiVersion: apiserver.config.k8s.io/v1
    kind: ResourceQuotaConfiguration
    limitedResources:
    - resource: pods
      matchContains: [requests.nvidia.com/gpu]
"#;

/// One that is unlike the shared one in all that can be set.
fn other_cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let options = Options {
            nodes: false,
            admission_configuration: Some(ADMISSION.into()),
            quota_sync_period: Some(Duration::from_secs(1)),
            api_server_flags: vec!["--event-ttl=7m".into()],
            ..Options::default()
        };
        Cluster::start(options).unwrap()
    })
}

#[test]
fn admission_configuration_flags_and_how_often_quotas_are_recounted() {
    let cluster = other_cluster();
    let gpu = json!({"requests": {"nvidia.com/gpu": "1"}, "limits": {"nvidia.com/gpu": "1"}});
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
        "spec": {"containers": [{"name": "app", "image": "example/app:1", "resources": gpu}]},
    });
    let refused = cluster.api().create(&pod).unwrap_err().to_string();
    assert_eq!(
        refused,
        "POST /api/v1/namespaces/default/pods was answered with 403: pods \"a\" is forbidden: insufficient quota to consume: requests.nvidia.com/gpu"
    );

    let quota = json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q"},
        "spec": {"hard": {"pods": "5"}},
    });
    cluster.api().create(&quota).unwrap();
    let path = "/api/v1/namespaces/default/resourcequotas/q";
    cluster.api().wait_for(path, "a status", |quota| quota["status"]["used"]["pods"] == "0").unwrap();
    let drift = json!({"status": {"used": {"pods": "3"}}});
    let drifted = cluster.api().merge_patch(&format!("{path}/status"), &drift).unwrap();
    assert_eq!(drifted["status"]["used"]["pods"], "3");
    // Nothing but the period heals it, and its default of five minutes is longer than we wait.
    assert!(LIMIT < Duration::from_secs(5 * 60));
    cluster.api().wait_for(path, "a recount", |quota| quota["status"]["used"]["pods"] == "0").unwrap();
}

#[test]
fn a_bad_flag_is_told_by_the_program_that_refused_it() {
    let options = Options { api_server_flags: vec!["--no-such-flag".into()], ..Options::default() };
    let error = Cluster::start(options).unwrap_err().to_string();
    assert!(error.starts_with("kube-apiserver ended at once; the end of its log:\n"), "{error}");
    assert!(error.contains("unknown flag: --no-such-flag"), "{error}");
}

#[test]
fn an_audit_log_must_be_asked_for() {
    assert_eq!(
        other_cluster().audit_log().unwrap_err().to_string(),
        "start the cluster with Options { audit: true, .. } to read its audit log"
    );
}
