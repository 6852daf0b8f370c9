//! Reading from a real API server: both encodings, pages, watches.

mod encodings;
mod lists;
mod watches;

use serde_json::{Value, json};
use shared::cli::ConnectionFlags;
use shared::client::Client;
use shared::output::{Appearance, Printer};
use support::cluster;

/// A client of the shared control plane's administrator.
async fn administrator() -> Client {
    client(ConnectionFlags { kubeconfig: Some(cluster().kubeconfig_path()), ..ConnectionFlags::default() })
        .await
}

async fn client(flags: ConnectionFlags) -> Client {
    let (printer, _) = Printer::captured(Appearance::default());
    Client::connect(&flags, &printer).await.unwrap()
}

/// A limit range: an object that no controller ever touches.
fn limit_range(namespace: &str, name: &str, labels: Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "LimitRange",
        "metadata": {"name": name, "namespace": namespace, "labels": labels},
        "spec": {"limits": [{"type": "Container", "max": {"cpu": "2"}}]},
    })
}

fn path_of(namespace: &str, name: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/limitranges/{name}")
}
