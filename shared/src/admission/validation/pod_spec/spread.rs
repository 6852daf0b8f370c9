//! Which rules of spreading pods the API server calls invalid (`validateTopologySpreadConstraints`).

use serde_json::Value;

use super::super::{
    enumeration::{Enumeration, enumeration_complaints},
    plain,
    selector::label_selector_complaints,
};
use super::label_keys::{merged_key_complaints, spread_key_complaints};
use crate::{admission::version::Version, manifest::json::text};

const ACTION: &[Enumeration] =
    &[Enumeration::always("whenUnsatisfiable", &["DoNotSchedule", "ScheduleAnyway"])];

const POLICIES: &[Enumeration] = &[
    Enumeration::optional("nodeAffinityPolicy", &["Honor", "Ignore"]),
    Enumeration::optional("nodeTaintsPolicy", &["Honor", "Ignore"]),
];

const POSITIVE: &str = "must be greater than zero";

/// Returns the complaints about all constraints of a pod or a template, which stand at `path`. `labels` are those of a pod.
pub(super) fn spread_complaints(
    constraints: &Value,
    labels: &Value,
    path: &str,
    version: Version,
) -> Vec<String> {
    let constraints = constraints.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut complaints = Vec::new();
    for (index, constraint) in constraints.iter().enumerate() {
        let path = format!("{path}[{index}]");
        let skew = constraint["maxSkew"].as_i64().unwrap_or(0);
        if skew <= 0 {
            complaints.push(format!("{path}.maxSkew: Invalid value: {skew}: {POSITIVE}"));
        }
        let (key, action) = (text(&constraint["topologyKey"]), text(&constraint["whenUnsatisfiable"]));
        if key.is_empty() {
            complaints.push(format!("{path}.topologyKey: Required value: can not be empty"));
        }
        complaints.extend(enumeration_complaints(constraint, ACTION, &path));
        let is_same =
            |other: &Value| text(&other["topologyKey"]) == key && text(&other["whenUnsatisfiable"]) == action;
        if constraints.iter().skip(index + 1).any(is_same) {
            let pair = plain(&format!("{{{key}, {action}}}"));
            complaints.push(format!("{path}.{{topologyKey, whenUnsatisfiable}}: Duplicate value: {pair}"));
        }
        if let Some(domains) = constraint["minDomains"].as_i64() {
            let path = format!("{path}.minDomains: Invalid value: {domains}");
            if domains <= 0 {
                complaints.push(format!("{path}: {POSITIVE}"));
            }
            if action != "DoNotSchedule" {
                complaints.push(format!(
                    "{path}: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}"
                ));
            }
        }
        complaints.extend(enumeration_complaints(constraint, POLICIES, &path));
        complaints.extend(match version.merges_label_keys_of_spreads() {
            true => merged_key_complaints(constraint, labels, &path),
            false => spread_key_complaints(constraint, &path),
        });
        let path_of_selector = format!("{path}.labelSelector");
        complaints.extend(label_selector_complaints(&constraint["labelSelector"], &path_of_selector));
    }
    complaints
}
