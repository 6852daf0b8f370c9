//! Shortages of quotas in numbers.

use shared::admission::Shortage;

/// Returns a line for each shortage: `quota compute: requests.cpu needs 1500m, 1 of 4 is free, 500m short`.
pub fn lines(shortages: &[Shortage]) -> Vec<String> {
    let line = |shortage: &Shortage| {
        let free = shortage.hard.saturating_sub(&shortage.used);
        let short = &(&shortage.used + &shortage.requested) - &shortage.hard;
        format!(
            "quota {}: {} needs {} more, {free} of {} is free: {} short",
            shortage.quota,
            shortage.resource,
            shortage.requested,
            shortage.hard,
            short.in_format_of(&shortage.hard),
        )
    };
    shortages.iter().map(line).collect()
}
