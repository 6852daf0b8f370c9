//! Which LimitRanges the API server calls invalid (`ValidateLimitRange` in `pkg/apis/core/validation`).

use super::{
    name::{container_name_complaints, qualified_name_complaints, resource_name_complaints},
    quoted,
    resources::is_overcommitted,
};
use crate::{
    admission::limit_range::Item,
    quantity::{Format, Quantity},
    resources::ResourceList,
};

/// Returns the complaints about the items of a LimitRange, each with the path of the field. The server validates after
/// defaulting: in an item for containers a maximum becomes a default.
pub fn limit_range_complaints(items: &[Item]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let path = format!("spec.limits[{index}]");
        complaints.extend(kind_complaints(&item.kind, &format!("{path}.type")));
        if items[..index].iter().any(|before| before.kind == item.kind) {
            complaints.push(format!("{path}.type: Duplicate value: {}", quoted(&item.kind)));
        }
        complaints.extend(item_complaints(item, &path));
    }
    complaints
}

/// Validates the type of an item (`validateLimitRangeTypeName`).
fn kind_complaints(kind: &str, path: &str) -> Vec<String> {
    let complaints = qualified_name_complaints(kind, path);
    let is_known = matches!(kind, "Pod" | "Container" | "PersistentVolumeClaim");
    if complaints.is_empty() && !kind.contains('/') && !is_known {
        let value = quoted(kind);
        return vec![format!(
            "{path}: Invalid value: {value}: must be a standard limit type or fully qualified"
        )];
    }
    complaints
}

fn item_complaints(item: &Item, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let names = |field: &str, list: &ResourceList| {
        let complaints_of = |name: &String| {
            let path = format!("{path}.{field}[{name}]");
            match item.kind.as_str() {
                "Pod" | "Container" => container_name_complaints(name, &path),
                _ => resource_name_complaints(name, &path),
            }
        };
        list.keys().flat_map(complaints_of).collect::<Vec<_>>()
    };
    complaints.extend(names("max", &item.max));
    complaints.extend(names("min", &item.min));
    let nothing = ResourceList::new();
    let mut defaults = [("default", &item.default), ("defaultRequest", &item.default_request)];
    for (field, list) in &mut defaults {
        if item.kind != "Pod" {
            complaints.extend(names(field, list));
        } else if !list.is_empty() {
            complaints.push(format!("{path}.{field}: Forbidden: may not be specified when `type` is 'Pod'"));
            *list = &nothing;
        }
    }
    let has_storage = [&item.min, &item.max].iter().any(|list| list.contains_key("storage"));
    if item.kind == "PersistentVolumeClaim" && !has_storage {
        complaints.push(format!(
            "{path}.limits: Required value: either minimum or maximum storage value is required, but neither was provided"
        ));
    }
    complaints.extend(names("maxLimitRequestRatio", &item.ratio));
    let [(_, default), (_, request)] = defaults;
    let lists = [&item.max, &item.min, default, request, &item.ratio];
    let all: std::collections::BTreeSet<_> = lists.iter().flat_map(|list| list.keys()).collect();
    for name in all {
        complaints.extend(contradictions(name, lists.map(|list| list.get(name)), path));
    }
    complaints
}

/// Returns the contradictions between the values of one resource.
fn contradictions(
    name: &str,
    [max, min, default, request, ratio]: [Option<&Quantity>; 5],
    path: &str,
) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut invalid = |field: &str, value: &Quantity, why: String| {
        complaints.push(format!("{path}.{field}[{name}]: Invalid value: \"{value}\": {why}"));
    };
    let greater = |one: Option<&Quantity>, other: Option<&Quantity>| match (one, other) {
        (Some(one), Some(other)) if one > other => Some((one.clone(), other.clone())),
        _ => None,
    };
    if let Some((min, max)) = greater(min, max) {
        invalid("min", &min, format!("min value {min} is greater than max value {max}"));
    }
    if let Some((min, request)) = greater(min, request) {
        let why = format!("min value {min} is greater than default request value {request}");
        invalid("defaultRequest", &request, why);
    }
    if let Some((request, max)) = greater(request, max) {
        let why = format!("default request value {request} is greater than max value {max}");
        invalid("defaultRequest", &request, why);
    }
    if let Some((request, default)) = greater(request, default) {
        let why = format!("default request value {request} is greater than default limit value {default}");
        invalid("defaultRequest", &request, why);
    }
    if let Some((min, default)) = greater(min, default) {
        invalid("default", &min, format!("min value {min} is greater than default value {default}"));
    }
    if let Some((default, max)) = greater(default, max) {
        invalid("default", &max, format!("default value {default} is greater than max value {max}"));
    }
    if let Some((_, ratio)) = greater(Some(&Quantity::from_integer(1, Format::DecimalSi)), ratio) {
        invalid("maxLimitRequestRatio", &ratio, format!("ratio {ratio} is less than 1"));
    }
    if let (Some(ratio), Some(min), Some(max)) = (ratio, min, max)
        && let Some(quotient) = exceeded(ratio, min, max)
    {
        invalid("maxLimitRequestRatio", ratio, format!("ratio {ratio} is greater than max/min = {quotient}"));
    }
    if let (Some(default), Some(request)) = (default, request)
        && !is_overcommitted(name)
        && default != request
    {
        let why = format!("default value {default} must equal to defaultRequest value {request} in {name}");
        invalid("defaultRequest", request, why);
    }
    complaints
}

/// Returns maximum divided by minimum, as Go prints it, if the ratio exceeds it. Go divides doubles.
#[expect(clippy::cast_precision_loss, reason = "as the server does")]
fn exceeded(ratio: &Quantity, min: &Quantity, max: &Quantity) -> Option<String> {
    let amounts = [ratio, min, max];
    let mut values = amounts.map(|amount| amount.value_ceil().unwrap_or(i64::MAX));
    let mut bound = values[0] as f64;
    if values.iter().all(|value| *value < Quantity::MAX_MILLI_VALUE) {
        values = amounts.map(|amount| amount.milli_value_ceil().unwrap_or(i64::MAX));
        bound = values[0] as f64 / 1000.0;
    }
    let quotient = values[2] as f64 / values[1] as f64;
    let text = if quotient.is_infinite() { "-Inf".to_owned() } else { format!("{quotient:.6}") };
    (bound > quotient).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_must_agree_with_itself() {
        let list = |amount: &str| [("cpu".to_owned(), Quantity::parse(amount).unwrap())].into();
        let kind = "Container".to_owned();
        let item = Item {
            kind,
            default: list("1"),
            default_request: list("2"),
            max: list("500m"),
            ..Item::default()
        };
        assert_eq!(
            limit_range_complaints(&[item]),
            [
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than max value 500m",
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than default limit value 1",
                "spec.limits[0].default[cpu]: Invalid value: \"500m\": default value 1 is greater than max value 500m",
            ]
        );
    }
}
