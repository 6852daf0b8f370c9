//! Durations and ages as kubectl prints them.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A duration in two or three significant figures: `45s`, `3m20s`, `5d3h`, `2y10d`.
///
/// The rules are `HumanDuration` in apimachinery's `pkg/util/duration/duration.go`. Up to two seconds below zero
/// count as clocks that disagree and are `0s`; anything more is `<invalid>`.
pub fn human_duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        ..-1 => return "<invalid>".to_owned(),
        -1 => return "0s".to_owned(),
        0..120 => return format!("{seconds}s"),
        _ => {}
    }
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let (days, years) = (hours / 24, hours / 24 / 365);
    if minutes < 10 {
        with_rest(minutes, 'm', seconds % 60, 's')
    } else if minutes < 60 * 3 {
        format!("{minutes}m")
    } else if hours < 8 {
        with_rest(hours, 'h', minutes % 60, 'm')
    } else if hours < 48 {
        format!("{hours}h")
    } else if hours < 24 * 8 {
        with_rest(days, 'd', hours % 24, 'h')
    } else if hours < 24 * 365 * 2 {
        format!("{days}d")
    } else if hours < 24 * 365 * 8 {
        with_rest(years, 'y', days % 365, 'd')
    } else {
        format!("{years}y")
    }
}

/// Returns a duration as sentences have it: `7 s`, `60 min`, `2 h`.
pub fn spelled_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => format!("{} ms", duration.as_millis()),
        1..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        7200..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn with_rest(whole: i64, unit: char, rest: i64, rest_unit: char) -> String {
    match rest {
        0 => format!("{whole}{unit}"),
        _ => format!("{whole}{unit}{rest}{rest_unit}"),
    }
}

/// A duration in one figure: `45s`, `3m`, `5d`, `2y` (`ShortHumanDuration` in the same file of apimachinery).
pub fn short_human_duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        ..-1 => "<invalid>".to_owned(),
        -1 => "0s".to_owned(),
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => format!("{}h", seconds / 3_600),
        86_400..31_536_000 => format!("{}d", seconds / 86_400),
        _ => format!("{}y", seconds / 31_536_000),
    }
}

/// The age of a timestamp as kubectl's AGE column shows it; `<unknown>` where there is none.
pub fn age(then: Option<Timestamp>, now: Timestamp) -> String {
    then.map_or_else(|| "<unknown>".to_owned(), |then| human_duration(now.duration_since(then)))
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
