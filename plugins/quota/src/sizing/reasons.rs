//! NeedReason a number is what it is, in a line.

use shared::{
    output::YamlComments,
    quantity::{Format, Percent, Quantity},
};

use super::{
    advice::{Advice, SizedLimit, Source},
    needs::NeedPart,
};

/// The reasons of a quota by path, for the YAML.
pub fn quota_reasons(advice: &Advice, percent: Percent) -> YamlComments {
    let reason = |(resource, sized): (&String, &SizedLimit)| {
        (format!("spec.hard.{resource}"), limit_reason(resource, sized, percent))
    };
    advice.hard.iter().map(reason).collect()
}

/// The reasons of a LimitRange by path.
pub fn limit_range_reasons(advice: &Advice) -> YamlComments {
    let reason = |(field, why): (&String, &String)| (format!("spec.limits.0.{field}"), why.clone());
    advice.range_reasons.iter().map(reason).collect()
}

/// `runs 1500m, surge 500m (deployment/web), headroom 20 % 400m: 2400m, rounded up; now 4`.
pub fn limit_reason(resource: &str, sized: &SizedLimit, percent: Percent) -> String {
    let format = match sized.hard.format() {
        Format::DecimalExponent => Format::DecimalSi,
        format => format,
    };
    let text = |amount: &Quantity| {
        // A fifth of some Gi is no whole number of bytes, and spelled out to the last one nobody can read it.
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
            (Some(one), false) => format!(" (most by {one})"),
        };
        format!("{} {}{mostly}", part.reason.label(), text(&part.amount))
    };
    let parts = sized.parts.iter().map(part).collect::<Vec<_>>().join(", ");
    let mut reason = match sized.from {
        Source::Kept => "kept: nothing here counts for it".to_owned(),
        Source::Given if parts.is_empty() => "as given".to_owned(),
        Source::Given => format!("as given; {parts}: {}", text(&sized.total)),
        Source::Use => {
            let sum = &sized.total + &sized.headroom;
            let rounded = if sum == sized.hard { "" } else { ", rounded up" };
            match sized.headroom.is_zero() {
                true => format!("{parts}{rounded}"),
                // So many pieces and a fifth are no number to show.
                false if is_count(resource) => format!("{parts}, headroom {percent} %{rounded}"),
                false => {
                    format!(
                        "{parts}, headroom {percent} % {}: {}{rounded}",
                        text(&sized.headroom),
                        text(&sum)
                    )
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
