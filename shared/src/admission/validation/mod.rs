//! What the API server calls invalid, in its words (`pkg/apis/core/validation`): names, the fields that are most often wrong,
//! resources, quotas and LimitRanges.

mod autoscaler;
mod claim;
mod config_key;
mod controllers;
mod enumeration;
mod fields;
mod ingress;
mod job;
mod limit_range;
mod metadata;
mod name;
mod other_kinds;
mod pod_spec;
mod port_name;
mod quota;
mod rbac;
mod resize;
mod resources;
mod rollout_strategy;
pub mod rule_objects;
mod schedule;
mod selector;
mod service;
mod shape;
mod stored_data;
#[cfg(test)]
mod tests;
mod update;

pub use claim::storage_complaint;
pub use fields::field_complaints;
pub use limit_range::limit_range_complaints;
pub use name::qualified_name_complaints;
pub use pod_spec::allow_what_was_there;
pub use quota::{quota_complaints, scope_change_complaint};
pub use resize::{kept_by_resize, resize_complaints};
pub use resources::resource_complaints;
pub use update::{POD as POD_UPDATE, update_complaints};

use serde_json::Value;

use super::version::Version;

/// Joins complaints: one as it is, several in brackets, each once (`NewAggregate` in apimachinery); `None` for none.
pub fn aggregate(complaints: Vec<String>) -> Option<String> {
    let mut distinct: Vec<String> = Vec::new();
    for complaint in complaints {
        if !distinct.contains(&complaint) {
            distinct.push(complaint);
        }
    }
    match distinct.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(format!("[{}]", several.join(", "))),
    }
}

/// Joins complaints in the words of servers of this version: older ones call label keys qualified names.
pub fn aggregate_in_words_of(version: Version, complaints: Vec<String>) -> Option<String> {
    let errors = aggregate(complaints)?;
    if version.calls_names_label_keys() {
        return Some(errors);
    }
    let limits = ["63", "253"].into_iter().fold(errors, |errors, limit| {
        errors.replace(&format!("no more than {limit} bytes"), &format!("no more than {limit} characters"))
    });
    Some(limits.replace(": a valid label key must", ": a qualified name must"))
}

/// Quotes a text of a type of its own, such as the name of a resource.
fn quoted(text: &str) -> String {
    written(&Value::from(text))
}

/// Quotes a name or another plain text, of which Go escapes nothing but quotes and control characters (`%q`).
fn plain(text: &str) -> String {
    Value::from(text).to_string()
}

/// Writes a value as the server's messages show it: Go escapes characters that could end a script in a page
/// (`encoding/json` with `escapeHTML`).
fn written(value: &Value) -> String {
    let mut text = String::new();
    for character in value.to_string().chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(character)))
            }
            other => text.push(other),
        }
    }
    text
}
