//! One control plane for all tests of a binary.

use cluster::{Cluster, Options, Result};
use serde_json::json;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The control plane of this test binary: started by whoever asks first, with an audit log, and stopped when the
/// process ends. A static is never dropped; what stops it is that its owner is gone.
///
/// # Panics
///
/// When it cannot be built or started, with the reason. Every later caller panics too.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    // What a test writes into the status of a quota has to stay, also where all tests take longer than the five minutes
    // after which the controller recounts all.
    let quota_sync_period = Some(Duration::from_secs(24 * 60 * 60));
    let options = || Options { audit: true, quota_sync_period, ..Options::default() };
    CLUSTER.get_or_init(|| match Cluster::start(options()) {
        Ok(cluster) => cluster,
        Err(error) => panic!("no control plane to test on: {error}"),
    })
}

/// A new namespace of the shared control plane, named `PREFIX-NUMBER`, in which pods can be created at once. What the
/// controllers put into every namespace is there: the default service account and the configmap with the cluster's
/// certificate.
///
/// # Panics
///
/// When the API server refuses it.
pub fn fresh_namespace(prefix: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let name = format!("{prefix}-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    let made = cluster().api().create(&namespace);
    match made.and_then(|_| complete_namespace(&name)) {
        Ok(_) => name,
        Err(error) => panic!("no namespace {name}: {error}"),
    }
}

/// Waits until the controllers have put into a namespace of the shared control plane what they put into every one.
///
/// # Errors
///
/// When they do not in time.
pub fn complete_namespace(name: &str) -> Result<()> {
    let objects = [
        ("the service account", format!("/api/v1/namespaces/{name}/serviceaccounts/default")),
        ("the configmap", format!("/api/v1/namespaces/{name}/configmaps/kube-root-ca.crt")),
    ];
    objects.iter().try_for_each(|(what, path)| cluster().api().wait_for(path, what, |_| true).map(drop))
}
