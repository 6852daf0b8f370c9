//! Whether the controllers work, not only the API server.

use crate::api::Api;
use crate::error::{Context, Result};
use serde_json::json;
use std::path::Path;

/// Waits until what tests rely on from their first line on is there: the default service account, without which
/// no pod can be created, and the quota controller, without which a quota stays without a status and forbids
/// nothing.
pub fn wait(api: &Api, folder: &Path) -> Result<()> {
    let quota = json!({
        "apiVersion": "v1", "kind": "ResourceQuota",
        "metadata": {"name": "control-plane-readiness", "namespace": "default"},
        "spec": {"hard": {"pods": "1"}},
    });
    let path = "/api/v1/namespaces/default/resourcequotas/control-plane-readiness";
    api.wait_for("/api/v1/namespaces/default", "the default namespace", |_| true)?;
    api.create(&quota)?;
    let logs = || format!("the controllers do not work, see the logs in {}", folder.display());
    api.wait_for(path, "a status of the quota", |quota| quota["status"]["used"]["pods"] == "0")
        .context(logs)?;
    api.delete(path)?;
    api.wait_for("/api/v1/namespaces/default/serviceaccounts/default", "the service account", |_| true)
        .context(logs)
        .map(drop)
}
