//! Which ConfigMaps, Secrets and ControllerRevisions the API server calls invalid (`ValidateConfigMap` and `ValidateSecret` in
//! `pkg/apis/core/validation`, `ValidateControllerRevisionCreate` in `pkg/apis/apps/validation`). No value is ever part of a
//! complaint.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{config_key::config_key_errors, plain};
use crate::{base64, manifest::json::text};

/// `MaxSecretSize`, in bytes.
const MOST_BYTES: usize = 1024 * 1024;

const OWNER: &str = "kubernetes.io/service-account.name";

/// Returns the complaints about a ConfigMap.
pub(super) fn config_map_complaints(object: &Value) -> Vec<String> {
    let keys = |bag: &str| object[bag].as_object().into_iter().flatten();
    let mut complaints = Vec::new();
    let mut size = 0;
    for (key, value) in keys("data") {
        complaints.extend(key_complaints(key, "data"));
        if !object["binaryData"][key].is_null() {
            complaints.push(invalid_key(key, "data", "duplicate of key present in binaryData"));
        }
        size += text(value).len();
    }
    for (key, value) in keys("binaryData") {
        complaints.extend(key_complaints(key, "binaryData"));
        size += decoded(value).len();
    }
    if size > MOST_BYTES {
        complaints.push(format!(": Too long: may not be more than {MOST_BYTES} bytes"));
    }
    complaints
}

/// Returns the complaints about a Secret. What `stringData` holds goes before `data`, as the server stores it. Where `keeps_data`,
/// there is more data than is known, so that nothing is missing.
pub(super) fn secret_complaints(object: &Value, keeps_data: bool) -> Vec<String> {
    let bags = ["data", "stringData"].map(|bag| object[bag].as_object());
    let keys: BTreeSet<&String> = bags.into_iter().flatten().flat_map(|bag| bag.keys()).collect();
    let value = |key: &str| match object["stringData"][key].as_str() {
        Some(plain) => plain.as_bytes().to_vec(),
        None => decoded(&object["data"][key]),
    };
    let has = |key: &str| keys.iter().any(|one| *one == key);
    let required = |key: &str| format!("data[{key}]: Required value");
    let mut complaints: Vec<_> = keys.iter().flat_map(|key| key_complaints(key, "data")).collect();
    if keys.iter().map(|key| value(key).len()).sum::<usize>() > MOST_BYTES {
        complaints.push(format!("data: Too long: may not be more than {MOST_BYTES} bytes"));
    }
    if keeps_data {
        return complaints;
    }
    match text(&object["type"]) {
        "kubernetes.io/service-account-token"
            if text(&object["metadata"]["annotations"][OWNER]).is_empty() =>
        {
            complaints.push(format!("metadata.annotations[{OWNER}]: Required value"));
        }
        "kubernetes.io/dockercfg" if !has(".dockercfg") => complaints.push(required(".dockercfg")),
        "kubernetes.io/dockerconfigjson" if !has(".dockerconfigjson") => {
            complaints.push(required(".dockerconfigjson"));
        }
        // Why it is no JSON would show a part of it.
        kind @ ("kubernetes.io/dockercfg" | "kubernetes.io/dockerconfigjson") => {
            let key = if kind.ends_with("json") { ".dockerconfigjson" } else { ".dockercfg" };
            if !serde_json::from_slice::<Value>(&value(key))
                .is_ok_and(|value| value.is_object() || value.is_null())
            {
                complaints.push(format!("data[{key}]: Invalid value: \"<secret contents redacted>\": …"));
            }
        }
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => {
            complaints.extend([required("username"), required("password")]);
        }
        "kubernetes.io/ssh-auth" if value("ssh-privatekey").is_empty() => {
            complaints.push(required("ssh-privatekey"));
        }
        "kubernetes.io/tls" => {
            complaints.extend(["tls.crt", "tls.key"].into_iter().filter(|key| !has(key)).map(required));
        }
        _ => {}
    }
    complaints
}

/// Returns the complaints about a new ControllerRevision.
pub(super) fn revision_complaints(object: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    if let Some(number) = object["revision"].as_i64().filter(|number| *number < 0) {
        complaints.push(format!("revision: Invalid value: {number}: must be greater than or equal to 0"));
    }
    match &object["data"] {
        Value::Null => complaints.push("data: Required value: data is mandatory".to_owned()),
        Value::Object(_) => {}
        _ => complaints.push("data: Required value: data must be a valid JSON object".to_owned()),
    }
    complaints
}

fn decoded(value: &Value) -> Vec<u8> {
    base64::decode(text(value).as_bytes()).unwrap_or_default()
}

fn invalid_key(key: &str, bag: &str, why: &str) -> String {
    format!("{bag}[{key}]: Invalid value: {}: {why}", plain(key))
}

fn key_complaints(key: &str, bag: &str) -> Vec<String> {
    config_key_errors(key).into_iter().map(|why| invalid_key(key, bag, why)).collect()
}
