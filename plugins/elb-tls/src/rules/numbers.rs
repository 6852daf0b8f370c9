//! ELB-TMO and ELB-BOO: timeouts and booleans.

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys::{self, Effect, ValueKind},
    values::{parse_bool, parse_int, parse_int32},
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    if facts.kind() == ControllerKind::Classic {
        timeouts(facts, report);
    }
    booleans(facts, report);
    let internal = facts.text(keys::INTERNAL);
    let denies = parse_bool(internal) == Some(false)
        || matches!(internal.to_lowercase().as_str(), "no" | "n" | "off" | "none" | "disabled");
    if facts.kind().is_in_tree() && denies && internal != "false" {
        report.add(
            "ELB-BOO-002",
            keys::INTERNAL,
            format!("the cloud provider takes {internal:?} for true: the load balancer is internal"),
            "write \"false\", or remove the key",
        );
    }
}

fn timeouts(facts: &Facts<'_>, report: &mut Report<'_>) {
    for (key, least, most) in [(keys::IDLE_TIMEOUT, 1, 4000), (keys::DRAINING_TIMEOUT, 1, 3600)] {
        let Some(value) = facts.annotation(key).filter(|value| !value.is_empty()) else { continue };
        if !parse_int(value).is_some_and(|number| (least..=most).contains(&number)) {
            report.add(
                "ELB-TMO-001",
                key,
                format!("{value:?} is not a number of seconds from {least} to {most}"),
                format!("write a number from {least} to {most}"),
            );
        }
    }
    let interval = facts.text(keys::ACCESS_LOG_INTERVAL);
    if !interval.is_empty() && !matches!(parse_int32(interval), Some(5 | 60)) {
        report.add(
            "ELB-TMO-001",
            keys::ACCESS_LOG_INTERVAL,
            format!("{interval:?} is neither 5 nor 60 minutes"),
            "write 5 or 60",
        );
    }
    let enabled = parse_bool(facts.text(keys::DRAINING_ENABLED)) == Some(true);
    if facts.annotation(keys::DRAINING_TIMEOUT).is_some() && !enabled {
        report.add(
            "ELB-TMO-002",
            keys::DRAINING_TIMEOUT,
            "without connection-draining-enabled the timeout has no effect",
            format!("set {} to \"true\"", keys::DRAINING_ENABLED),
        );
    }
}

fn booleans(facts: &Facts<'_>, report: &mut Report<'_>) {
    for (name, value) in facts.ours() {
        let Some(key) = keys::find(name).filter(|key| key.value == ValueKind::Boolean) else { continue };
        let usage = match facts.kind() {
            ControllerKind::Classic => key.classic,
            ControllerKind::NlbInTree => key.nlb_in_tree,
            ControllerKind::Lbc | ControllerKind::EksAuto => key.lbc,
            ControllerKind::None => return,
        };
        let read = matches!(usage.effect, Effect::Used | Effect::CreateOnly);
        // The cloud provider reads a text there, and an empty one as unset elsewhere.
        let lenient = facts.kind().is_in_tree() && (name == keys::INTERNAL || value.is_empty());
        // Scheme wins, and the other is not read at all.
        let hidden =
            name == keys::INTERNAL && facts.kind().is_lbc() && facts.annotation(keys::SCHEME).is_some();
        if read && !lenient && !hidden && parse_bool(value).is_none() {
            report.add(
                "ELB-BOO-001",
                name,
                format!("{value:?} is not a boolean"),
                "write \"true\" or \"false\"",
            );
        }
    }
}
