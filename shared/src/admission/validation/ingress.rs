//! Which Ingresses the API server calls invalid (`pkg/apis/networking/validation`).

use serde_json::Value;

use super::{
    enumeration::unsupported, metadata::dns_label_error, name::is_subdomain, plain,
    port_name::port_name_complaints, shape::port_complaints,
};
use crate::{admission::version::Version, manifest::json::text};

const PATH_TYPES: &[&str] = &["Exact", "ImplementationSpecific", "Prefix"];

/// What a path may neither contain nor end with.
const WRONG_PARTS: &[&str] = &["//", "/./", "/../", "%2f", "%2F"];
const WRONG_ENDS: &[&str] = &["/..", "/."];

const CLASS: &str = "kubernetes.io/ingress.class";

/// Returns the complaints about an Ingress.
pub(super) fn ingress_complaints(ingress: &Value, version: Version, is_new: bool) -> Vec<String> {
    let spec = &ingress["spec"];
    let list = |field: &str| spec[field].as_array().map_or(&[][..], Vec::as_slice);
    let mut complaints = Vec::new();
    let backend = &spec["defaultBackend"];
    if list("rules").is_empty() && backend.is_null() {
        let found = if spec["rules"].is_null() { "null" } else { "[]" };
        complaints.push(format!(
            "spec: Invalid value: {found}: either `defaultBackend` or `rules` must be specified"
        ));
    }
    if !backend.is_null() {
        complaints.extend(backend_complaints(backend, "spec.defaultBackend", version));
    }
    for (index, rule) in list("rules").iter().enumerate() {
        let path = format!("spec.rules[{index}]");
        let host = text(&rule["host"]);
        if host.parse::<core::net::IpAddr>().is_ok() {
            let why = "must be a DNS name, not an IP address";
            complaints.push(format!("{path}.host: Invalid value: {}: {why}", plain(host)));
        }
        if !host.is_empty() {
            complaints.extend(host_complaint(host, &format!("{path}.host")));
        }
        complaints.extend(rule_complaints(rule, &path, version));
    }
    for (index, tls) in list("tls").iter().enumerate() {
        let path = format!("spec.tls[{index}]");
        for (index, host) in tls["hosts"].as_array().into_iter().flatten().enumerate() {
            complaints.extend(host_complaint(text(host), &format!("{path}.hosts[{index}]")));
        }
        let secret = text(&tls["secretName"]);
        complaints.extend(
            subdomain_complaint(secret, &format!("{path}.secretName")).filter(|_| !secret.is_empty()),
        );
    }
    let class = spec["ingressClassName"].as_str();
    complaints.extend(class.and_then(|class| subdomain_complaint(class, "spec.ingressClassName")));
    let annotation = ingress["metadata"]["annotations"][CLASS].as_str();
    if let Some(named) = annotation.filter(|named| is_new && class.is_some_and(|class| class != *named)) {
        complaints.push(format!(
            "annotations.{CLASS}: Invalid value: {}: must match `ingressClassName` when both are specified",
            plain(named)
        ));
    }
    complaints
}

fn subdomain_complaint(name: &str, path: &str) -> Option<String> {
    super::metadata::subdomain_complaint(name, path)
}

/// Validates a host, of which the first label may be a star (`IsWildcardDNS1123Subdomain`).
fn host_complaint(host: &str, path: &str) -> Option<String> {
    if !host.contains('*') {
        return subdomain_complaint(host, path);
    }
    let is_wildcard = host.strip_prefix("*.").is_some_and(is_subdomain);
    let why = "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    (!is_wildcard).then(|| format!("{path}: Invalid value: {}: {why}", plain(host)))
}

/// Validates where requests to one host go.
fn rule_complaints(rule: &Value, path: &str, version: Version) -> Vec<String> {
    let http = &rule["http"];
    if http.is_null() {
        return Vec::new();
    }
    let paths = http["paths"].as_array().map_or(&[][..], Vec::as_slice);
    let mut complaints = Vec::new();
    if paths.is_empty() {
        complaints.push(format!("{path}.http.paths: Required value"));
    }
    for (index, one) in paths.iter().enumerate() {
        complaints.extend(path_complaints(one, &format!("{path}.http.paths[{index}]"), version));
    }
    complaints
}

fn path_complaints(one: &Value, path: &str, version: Version) -> Vec<String> {
    let Some(kind) = one["pathType"].as_str() else {
        return vec![format!("{path}.pathType: Required value: pathType must be specified")];
    };
    let found = text(&one["path"]);
    let mut complaints = Vec::new();
    let mut complain =
        |why: String| complaints.push(format!("{path}.path: Invalid value: {}: {why}", plain(found)));
    match kind {
        "Exact" | "Prefix" => {
            if !found.starts_with('/') {
                complain("must be an absolute path".to_owned());
            }
            for part in WRONG_PARTS.iter().filter(|part| found.contains(**part)) {
                complain(format!("must not contain '{part}'"));
            }
            for end in WRONG_ENDS.iter().filter(|end| found.ends_with(**end)) {
                complain(format!("cannot end with '{end}'"));
            }
        }
        "ImplementationSpecific" => {
            if !found.is_empty() && !found.starts_with('/') {
                complain("must be an absolute path".to_owned());
            }
        }
        other => complaints.push(unsupported(other, PATH_TYPES, &format!("{path}.pathType"))),
    }
    complaints.extend(backend_complaints(&one["backend"], &format!("{path}.backend"), version));
    complaints
}

fn backend_complaints(backend: &Value, path: &str, version: Version) -> Vec<String> {
    let (resource, service) = (&backend["resource"], &backend["service"]);
    let invalid = |why: &str| vec![format!("{path}: Invalid value: \"\": {why}")];
    match (resource.is_null(), service.is_null()) {
        (false, false) => invalid("cannot set both resource and service backends"),
        (true, true) => invalid("resource or service backend is required"),
        (false, true) => {
            let missing = ["kind", "name"].into_iter().filter(|field| text(&resource[*field]).is_empty());
            missing.map(|field| format!("{path}.resource.{field}: Required value")).collect()
        }
        (true, false) => service_complaints(service, path, version),
    }
}

fn service_complaints(service: &Value, path: &str, version: Version) -> Vec<String> {
    let (name, port) = (text(&service["name"]), &service["port"]);
    let mut complaints = Vec::new();
    if name.is_empty() {
        complaints.push(format!("{path}.service.name: Required value"));
    } else if let Some(why) = service_name_error(name, version) {
        complaints.push(format!("{path}.service.name: Invalid value: {}: {why}", plain(name)));
    }
    let (by_name, number) = (text(&port["name"]), port["number"].as_i64().unwrap_or(0));
    match (by_name.is_empty(), number) {
        (true, 0) => complaints.push(format!("{path}: Required value: port name or number is required")),
        (false, 0) => {
            complaints.extend(port_name_complaints(by_name, &format!("{path}.service.port.name")));
        }
        (true, number) => {
            complaints.extend(port_complaints(number, &format!("{path}.service.port.number")));
        }
        (false, _) => {
            complaints.push(format!("{path}: Invalid value: \"\": cannot set both port name & port number"))
        }
    }
    complaints
}

/// Returns why a text is not the name of a Service: since `RelaxedServiceNameValidation` it is any DNS label
/// (<https://kep.k8s.io/5311>), before that its first character is a letter (`NameIsDNS1035Label`).
pub(super) fn service_name_error(name: &str, version: Version) -> Option<&'static str> {
    const LABEL: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    if version.relaxes_service_names() {
        return dns_label_error(name);
    }
    let is_label = is_subdomain(name)
        && !name.contains('.')
        && name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    match (name.len() > 63, is_label) {
        (true, _) => Some("must be no more than 63 characters"),
        (false, false) => Some(LABEL),
        (false, true) => None,
    }
}
