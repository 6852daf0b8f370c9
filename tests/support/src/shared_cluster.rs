//! One control plane for all tests of a binary.

use cluster::{Cluster, Options};
use serde_json::json;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The control plane of this test binary: started by whoever asks first, with an audit log, and stopped when the
/// process ends. A static is never dropped; what stops it is that its owner is gone.
///
/// # Panics
///
/// When it cannot be built or started, with the reason. Every later caller panics too.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| match Cluster::start(Options { audit: true, ..Options::default() }) {
        Ok(cluster) => cluster,
        Err(error) => panic!("no control plane to test on: {error}"),
    })
}

/// A new namespace of the shared control plane, named `PREFIX-NUMBER`, in which pods can be created at once.
///
/// # Panics
///
/// When the API server refuses it.
pub fn fresh_namespace(prefix: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let name = format!("{prefix}-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    let account = format!("/api/v1/namespaces/{name}/serviceaccounts/default");
    let made = cluster().api().create(&namespace);
    match made.and_then(|_| cluster().api().wait_for(&account, "the service account", |_| true)) {
        Ok(_) => name,
        Err(error) => panic!("no namespace {name}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_new_and_there() {
        let (first, second) = (fresh_namespace("team"), fresh_namespace("team"));
        assert_ne!(first, second);
        let seen = cluster().api().get(&format!("/api/v1/namespaces/{second}")).unwrap();
        assert_eq!(seen["status"]["phase"], "Active");
    }
}
