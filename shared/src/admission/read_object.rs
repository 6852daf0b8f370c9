//! Reads objects from JSON into what admission evaluates.

use std::sync::Arc;

use serde_json::Value;

use super::object::{ClaimFacts, DeviceClaimFacts, Object, ObjectKind, PodFacts, ServiceFacts};
use crate::{
    Error, Result,
    model::{Pod, kind::Kind},
    quantity::ParseQuantityError,
};

pub use crate::model::kind::kind_of;

/// Reads an object that is to be created, without the fields that the server ignores.
///
/// # Errors
/// The server's message for an object it can't decode (400).
pub fn new_object(kind: &Kind, namespace: &str, name: &str, value: &Value) -> Result<Object, String> {
    let mut object = object(kind, namespace, name, value, new_pod)?;
    if let ObjectKind::Claim(claim) = &mut object.body {
        claim.source = Some(Arc::new(value.clone()));
    }
    Ok(object)
}

/// Reads an existing object. `now` is in seconds since 1970.
///
/// # Errors
/// As [`new_object`]; only a dump edited by hand can hold such an object.
pub fn existing_object(
    kind: &Kind,
    namespace: &str,
    name: &str,
    value: &Value,
    now: i64,
) -> Result<Object, String> {
    object(kind, namespace, name, value, |kind, value| pod(kind, value, |pod| PodFacts::existing(pod, now)))
}

/// Reads an existing pod. `now` is in seconds since 1970.
///
/// # Errors
/// A text in it that is not a quantity, which only a dump edited by hand can hold.
pub fn pod_object(pod: &Pod, now: i64) -> Result<Object> {
    let facts = PodFacts::existing(pod, now)
        .map_err(|error| Error::new(format!("pod {}: {error}", pod.metadata.name)))?;
    Ok(Object::pod(&pod.metadata.namespace, &pod.metadata.name, facts))
}

/// Reads the pods that a template describes.
///
/// # Errors
/// As [`new_object`], in the name of `kind`, which holds the template.
pub fn template_pod(kind: &Kind, template: &Value) -> Result<PodFacts, String> {
    // A template that is left out lacks its containers.
    match template.is_null() {
        true => new_pod(kind, &serde_json::json!({})),
        false => new_pod(kind, template),
    }
}

/// Reads a pod that is to be created, and keeps what it was read from.
fn new_pod(kind: &Kind, value: &Value) -> Result<PodFacts, String> {
    Ok(PodFacts { source: Some(Arc::new(value.clone())), ..pod(kind, value, PodFacts::new)? })
}

fn object(
    kind: &Kind,
    namespace: &str,
    name: &str,
    value: &Value,
    pod: impl Fn(&Kind, &Value) -> Result<PodFacts, String>,
) -> Result<Object, String> {
    let body = match (kind.group.as_str(), kind.kind.as_str()) {
        ("", "Pod") => ObjectKind::Pod(Box::new(pod(kind, value)?)),
        ("", "Service") => ObjectKind::Service(ServiceFacts::from_value(value)),
        ("", "PersistentVolumeClaim") => ObjectKind::Claim(Box::new(
            ClaimFacts::from_value(value).map_err(|error| unreadable(kind, &error.to_string()))?,
        )),
        ("resource.k8s.io", "ResourceClaim") => ObjectKind::DeviceClaim(DeviceClaimFacts::from_value(value)),
        _ => ObjectKind::Counted,
    };
    Ok(Object { kind: kind.clone(), namespace: namespace.to_owned(), name: name.to_owned(), body })
}

fn pod(
    kind: &Kind,
    value: &Value,
    facts: impl Fn(&Pod) -> Result<PodFacts, ParseQuantityError>,
) -> Result<PodFacts, String> {
    let pod: Pod =
        serde_json::from_value(value.clone()).map_err(|error| unreadable(kind, &error.to_string()))?;
    facts(&pod).map_err(|error| unreadable(kind, &error.to_string()))
}

/// Returns the server's message for an object it can't decode.
pub fn unreadable(kind: &Kind, why: &str) -> String {
    let Kind { kind, version, .. } = kind;
    format!("{kind} in version \"{version}\" cannot be handled as a {kind}: {why}")
}

/// Reads a new object of the namespace `team`, for tests.
#[cfg(test)]
pub fn object_for_tests(value: serde_json::Value) -> Object {
    let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
    let kind = crate::manifest::kinds::Kinds::default().find_or_guess(&text("apiVersion"), &text("kind"));
    let name = value["metadata"]["name"].as_str().unwrap_or("x").to_owned();
    new_object(&kind, "team", &name, &value).unwrap()
}
