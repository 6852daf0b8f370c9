//! The textbook's Service, which `annotate` and `rollback` change.

use ::support::cluster;
use serde_json::{Map, Value, json};

use crate::support::PREFIX;

/// The flags of the textbook's case, but for the certificate.
pub const TEXTBOOK: [&str; 8] =
    ["--backend", "http", "--ports", "443", "--draining", "60", "--tags", "environment=dev,app=helloworld"];

/// The full name of a key.
pub fn full(short: &str) -> String {
    format!("{PREFIX}{short}")
}

/// The textbook's Service: HTTP and HTTPS to the same port of the pods.
pub fn textbook(namespace: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "helloworld", "namespace": namespace, "labels": {"app": "helloworld"}},
        "spec": {
            "type": "LoadBalancer", "selector": {"app": "helloworld"},
            "ports": [
                {"name": "http", "port": 80, "targetPort": "nodejs-port"},
                {"name": "https", "port": 443, "targetPort": "nodejs-port"},
            ],
        },
    })
}

/// Creates the textbook's Service with these annotations by short keys.
pub fn create_textbook(namespace: &str, annotations: &[(&str, &str)]) {
    let mut service = textbook(namespace);
    let annotations: Map<String, Value> =
        annotations.iter().map(|(key, value)| (full(key), json!(value))).collect();
    service["metadata"]["annotations"] = annotations.into();
    cluster().api().create(&service).expect("a Service");
}

/// The textbook's Service as the server has it.
pub fn read(namespace: &str) -> Value {
    cluster().api().get(&path(namespace)).expect("the Service")
}

/// The path of the textbook's Service.
pub fn path(namespace: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/services/helloworld")
}

/// The annotations of the textbook's Service.
pub fn annotations(namespace: &str) -> Value {
    match &read(namespace)["metadata"]["annotations"] {
        Value::Null => json!({}),
        annotations => annotations.clone(),
    }
}
