//! `backup`: the objects and a snapshot of etcd; and a cluster that is brought back from them.

mod drill;
mod etcd;
mod refusals;

use cluster::Etcd;
use serde_json::{Value, json};
use support::{Invocation, TestEnv, cluster};

/// The flags for the etcd of the control plane.
pub fn etcd_flags(etcd: &Etcd) -> Vec<String> {
    let path = |path: &std::path::Path| path.display().to_string();
    vec![
        "--etcd".to_owned(),
        etcd.url.clone(),
        "--etcd-cacert".to_owned(),
        path(&etcd.authority),
        "--etcd-cert".to_owned(),
        path(&etcd.certificate),
        "--etcd-key".to_owned(),
        path(&etcd.key),
    ]
}

/// `kubectl drain-safe backup` to a folder of the machine's home, with these flags.
pub fn backup<'a>(machine: &TestEnv, flags: impl IntoIterator<Item = &'a str>) -> Invocation {
    let to = machine.home().join("backup").display().to_string();
    let words = ["drain-safe", "backup", "--to", &to].map(ToOwned::to_owned);
    machine.command("kubectl", words.into_iter().chain(flags.into_iter().map(ToOwned::to_owned)))
}

/// The items of a collection.
fn items(api: &cluster::Api, path: &str) -> Vec<Value> {
    api.get(path).expect("a list")["items"].as_array().cloned().unwrap_or_default()
}

/// The uid of the namespace kube-system, which tells whose etcd it is.
fn uid() -> String {
    let namespace = cluster().api().get("/api/v1/namespaces/kube-system").expect("a namespace");
    namespace["metadata"]["uid"].as_str().expect("a uid").to_owned()
}

/// What etcd says of itself.
fn status(bytes: u64) -> Value {
    json!({"header": {"cluster_id": "1", "revision": "7"}, "version": "3.6.14", "dbSize": bytes.to_string(), "leader": "1"})
}
