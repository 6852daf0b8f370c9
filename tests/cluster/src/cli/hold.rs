//! The process in the background that owns the cluster of `up`.

use super::control;
use cluster::{Cluster, Context, Error, Options, Result};
use serde_json::json;
use std::fs::File;

/// Starts a cluster, answers questions about it, and ends it on request. Killed, it takes the cluster with it.
pub fn run() -> Result<()> {
    let path = control::folder()?.join("up.lock");
    let lock = File::create(&path).context(|| format!("cannot write {}", path.display()))?;
    if lock.try_lock().is_err() {
        return Err(Error::new("another `cargo cluster up` is starting a control plane"));
    }
    let cluster = Cluster::start(Options { audit: true, ..Options::default() })?;
    let status = json!({
        "kubeconfig": cluster.kubeconfig_path(), "programs": cluster.programs_dir(),
        "server": cluster.server_url(), "data": cluster.data_dir(), "process": std::process::id(),
    });
    for stream in control::listen()?.incoming().flatten() {
        match control::receive(&stream).as_deref() {
            Some(control::STOP) => {
                drop(cluster);
                control::answer(&stream, &json!({"stopped": true}));
                return Ok(());
            }
            Some(control::STATUS) => control::answer(&stream, &status),
            _ => control::answer(&stream, &json!({"error": "unknown request"})),
        }
    }
    Ok(())
}
