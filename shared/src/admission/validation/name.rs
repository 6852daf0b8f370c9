//! Which names of resources the API server calls invalid (`validateResourceName`, `validateContainerResourceName` and
//! `ValidateResourceQuotaResourceName` in `pkg/apis/core/validation`, `IsLabelKey` in apimachinery's
//! `pkg/api/validate/content`).

use super::{plain, quoted};

const LABEL: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
pub(super) const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
pub(super) const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/// `standardQuotaResources`, without huge pages, which come by prefix.
const STANDARD: &[&str] = &[
    "configmaps",
    "cpu",
    "ephemeral-storage",
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "memory",
    "persistentvolumeclaims",
    "pods",
    "replicationcontrollers",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
    "requests.storage",
    "resourcequotas",
    "secrets",
    "services",
    "services.loadbalancers",
    "services.nodeports",
];

/// Returns whether quotas know a resource by this name (`IsStandardQuotaResourceName`).
pub fn is_standard(resource: &str) -> bool {
    STANDARD.contains(&resource)
        || resource.starts_with("hugepages-")
        || resource.starts_with("requests.hugepages-")
}

/// Validates the name of a resource of a quota.
pub fn quota_name_complaints(name: &str, path: &str) -> Vec<String> {
    let mut complaints = resource_name_complaints(name, path);
    if !name.contains('/') && !is_standard(name) {
        complaints.push(invalid(name, path, "must be a standard resource for quota"));
    }
    complaints
}

/// Validates the name of a resource of containers and pods.
pub fn container_name_complaints(name: &str, path: &str) -> Vec<String> {
    let mut complaints = resource_name_complaints(name, path);
    let known = matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-");
    if !name.contains('/') {
        if !known {
            complaints.push(invalid(name, path, "must be a standard resource for containers"));
        }
    } else if !name.contains("kubernetes.io/") && !is_extended(name) {
        complaints.push(invalid(name, path, "doesn't follow extended resource name standard"));
    }
    complaints
}

/// Validates the name of any resource.
pub fn resource_name_complaints(name: &str, path: &str) -> Vec<String> {
    let complaints = qualified_name_complaints(name, path);
    // `storage` is a resource of claims that quotas do not know.
    if complaints.is_empty() && !name.contains('/') && !is_standard(name) && name != "storage" {
        return vec![invalid(name, path, "must be a standard resource type or fully qualified")];
    }
    complaints
}

/// Validates the key of a label or an annotation.
pub(super) fn label_key_complaints(key: &str, path: &str) -> Vec<String> {
    errors(key).iter().map(|why| format!("{path}: Invalid value: {}: {why}", plain(key))).collect()
}

/// Validates a qualified name.
pub fn qualified_name_complaints(name: &str, path: &str) -> Vec<String> {
    errors(name).iter().map(|why| invalid(name, path, why)).collect()
}

fn invalid(name: &str, path: &str, why: &str) -> String {
    format!("{path}: Invalid value: {}: {why}", quoted(name))
}

/// Returns whether a name is that of an extended resource (`IsExtendedResourceName`).
pub fn is_extended(name: &str) -> bool {
    name.contains('/')
        && !name.contains("kubernetes.io/")
        && !name.starts_with("requests.")
        && errors(&format!("requests.{name}")).is_empty()
}

/// Returns why a text is not a label key (`IsLabelKey`).
fn errors(text: &str) -> Vec<String> {
    let mut errors = Vec::new();
    let name = match text.split('/').collect::<Vec<_>>().as_slice() {
        [name] => *name,
        ["", name] => {
            errors.push("prefix part must be non-empty".to_owned());
            *name
        }
        [prefix, name] => {
            if prefix.len() > 253 {
                errors.push("prefix part must be no more than 253 bytes".to_owned());
            }
            if !is_subdomain(prefix) {
                errors.push(format!("prefix part {SUBDOMAIN}"));
            }
            *name
        }
        _ => {
            let end = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return vec![format!("a valid label key {LABEL} {end}")];
        }
    };
    if name.is_empty() {
        errors.push("name part must be non-empty".to_owned());
    } else if name.len() > 63 {
        errors.push("name part must be no more than 63 bytes".to_owned());
    }
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let ends = [name.bytes().next(), name.bytes().last()];
    let are_ends = ends.iter().all(|byte| byte.is_some_and(|byte| byte.is_ascii_alphanumeric()));
    if !are_ends || !name.bytes().all(is_inner) {
        errors.push(format!("name part {LABEL}"));
    }
    errors
}

/// Returns whether a text is a DNS subdomain (`IsDNS1123Subdomain`), whatever its length.
pub(super) fn is_subdomain(text: &str) -> bool {
    text.split('.').all(|label| {
        let is_end = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let ends = [label.bytes().next(), label.bytes().last()];
        ends.iter().all(|byte| byte.is_some_and(is_end))
            && label.bytes().all(|byte| is_end(byte) || byte == b'-')
    })
}
