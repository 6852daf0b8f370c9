//! The reason for a value in one line.

use shared::{
    output::YamlComments,
    quantity::{Format, Percent, Quantity},
};

use super::{
    advice::{Advice, SizedLimit, Source},
    needs::NeedPart,
};

/// Returns the reasons of a quota by path, as comments for its YAML.
pub fn quota_reasons(advice: &Advice, percent: Percent) -> YamlComments {
    let reason = |(resource, sized): (&String, &SizedLimit)| {
        (format!("spec.hard.{resource}"), limit_reason(resource, sized, percent))
    };
    advice.hard.iter().map(reason).collect()
}

/// Returns the reasons of a LimitRange by path, as comments for its YAML.
pub fn limit_range_reasons(advice: &Advice) -> YamlComments {
    let reason = |(field, why): (&String, &String)| (format!("spec.limits.0.{field}"), why.clone());
    advice.range_reasons.iter().map(reason).collect()
}

/// Returns the reason for a hard limit: `1500m in use + 500m surge (deployment/web) = 2; + 20% headroom = 2400m; rounded up;
/// now 4`.
pub fn limit_reason(resource: &str, sized: &SizedLimit, percent: Percent) -> String {
    let format = match sized.hard.format() {
        Format::DecimalExponent => Format::DecimalSi,
        format => format,
    };
    let text = |amount: &Quantity| {
        // Headroom on binary amounts is rarely a whole number of bytes, so it is shown in Mi.
        let readable = match format {
            Format::BinarySi => amount.up_to_multiple_of(&Quantity::parse("1Mi").unwrap_or_default()),
            _ => amount.clone(),
        };
        readable.with_format(format).to_string()
    };
    let part = |part: &NeedPart| {
        let mostly = match (&part.largest_consumer, part.has_single_consumer()) {
            (None, _) => String::new(),
            (Some(one), true) => format!(" ({one})"),
            (Some(one), false) => format!(" (mostly {one})"),
        };
        format!("{} {}{mostly}", text(&part.amount), part.reason.label())
    };
    let parts = sized.parts.iter().map(part).collect::<Vec<_>>().join(" + ");
    let subtotal = match sized.parts.len() {
        0 | 1 => String::new(),
        _ => format!(" = {}", text(&sized.total)),
    };
    let mut reason = match sized.from {
        Source::Kept if parts.is_empty() => "kept: nothing in the namespace is charged for it".to_owned(),
        Source::Kept => format!("kept: enough for {parts}{subtotal}"),
        Source::Given if parts.is_empty() => "as given".to_owned(),
        Source::Given => format!("as given; {parts}{subtotal}"),
        Source::Use => {
            let sum = &sized.total + &sized.headroom;
            let rounded = if sum == sized.hard { "" } else { "; rounded up" };
            match sized.headroom.is_zero() {
                true => format!("{parts}{subtotal}{rounded}"),
                // A fraction of a pod or Service means nothing, so the sum is not shown.
                false if is_count(resource) => format!("{parts}{subtotal}; + {percent}% headroom{rounded}"),
                false => {
                    format!("{parts}{subtotal}; + {percent}% headroom = {}{rounded}", text(&sum))
                }
            }
        }
    };
    if let Some(now) = sized.now.as_ref().filter(|now| **now != sized.hard) {
        reason.push_str(&format!("; now {now}"));
    }
    reason
}

fn is_count(resource: &str) -> bool {
    let name = resource.trim_start_matches("requests.").trim_start_matches("limits.");
    !(matches!(name, "cpu" | "memory") || name.ends_with("storage") || name.starts_with("hugepages-"))
}
