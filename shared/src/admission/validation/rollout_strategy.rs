//! How many pods a rollout may miss or add, as the API server validates it (`ValidateRollingUpdateDeployment`,
//! `ValidateRollingUpdateDaemonSet` and `validateRollingUpdateStatefulSet` in `pkg/apis/apps/validation`).

use serde_json::{Value, json};

use super::{
    plain,
    shape::{Rule, Shape, shape_complaints},
};
use crate::{admission::version::Version, manifest::json::text};

const SHAPES: &[Shape] = &[
    Shape("rollingUpdate.maxUnavailable", &[Rule::Amount]),
    Shape("rollingUpdate.maxSurge", &[Rule::Amount]),
    Shape("rollingUpdate.partition", &[Rule::AtLeast(0)]),
];

/// Returns the complaints about the amounts in the strategy of a controller, which stands at `path`.
pub(super) fn amount_complaints(kind: &str, strategy: &Value, path: &str, version: Version) -> Vec<String> {
    let rolling = &strategy["rollingUpdate"];
    let is_rolling = matches!(text(&strategy["type"]), "" | "RollingUpdate");
    if !is_rolling && kind == "Deployment" {
        let complaint = || {
            format!(
                "{path}.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
            )
        };
        return (strategy["type"] == "Recreate" && !rolling.is_null()).then(complaint).into_iter().collect();
    }
    if !is_rolling {
        return Vec::new();
    }
    // What is absent has a default, and a StatefulSet may not have the field at all.
    let (unavailable, surge) = match kind {
        "Deployment" => {
            (or(&rolling["maxUnavailable"], json!("25%")), or(&rolling["maxSurge"], json!("25%")))
        }
        "DaemonSet" => (or(&rolling["maxUnavailable"], json!(1)), or(&rolling["maxSurge"], json!(0))),
        _ if !version.knows_max_unavailable_of_stateful_sets() => {
            let partition = &json!({"rollingUpdate": {"partition": rolling["partition"]}});
            return shape_complaints(partition, SHAPES, path);
        }
        _ => (rolling["maxUnavailable"].clone(), Value::Null),
    };
    let mut complaints = shape_complaints(strategy, SHAPES, path);
    let path = format!("{path}.rollingUpdate");
    let (none_missing, none_more) = (amount(&unavailable) == 0, amount(&surge) == 0);
    let invalid = |field: &str, value: &Value, why: &str| {
        format!("{path}.{field}: Invalid value: {}: {why}", as_printed(value))
    };
    complaints.extend(match kind {
        "Deployment" if none_missing && none_more => {
            Some(invalid("maxUnavailable", &unavailable, "may not be 0 when `maxSurge` is 0"))
        }
        "DaemonSet" if none_missing && none_more => {
            Some(format!("{path}.maxUnavailable: Required value: cannot be 0 when maxSurge is 0"))
        }
        "DaemonSet" if !none_missing && !none_more => {
            Some(invalid("maxSurge", &surge, "may not be set when maxUnavailable is non-zero"))
        }
        "StatefulSet" if none_missing && !unavailable.is_null() => {
            Some(invalid("maxUnavailable", &unavailable, "cannot be 0"))
        }
        _ => None,
    });
    let of_surge = (kind == "DaemonSet").then_some(("maxSurge", &surge));
    for (field, value) in [("maxUnavailable", &unavailable)].into_iter().chain(of_surge) {
        if percentage(value).is_some_and(|percent| percent > 100) {
            complaints.push(invalid(field, value, "must not be greater than 100%"));
        }
    }
    complaints
}

fn or(value: &Value, default: Value) -> Value {
    if value.is_null() { default } else { value.clone() }
}

fn percentage(value: &Value) -> Option<i64> {
    text(value).strip_suffix('%').and_then(|digits| digits.parse().ok())
}

/// Returns the number that stands for an amount (`getIntOrPercentValue`); what is no amount counts as nothing.
fn amount(value: &Value) -> i64 {
    value.as_i64().or_else(|| percentage(value)).unwrap_or(0)
}

fn as_printed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), plain)
}
