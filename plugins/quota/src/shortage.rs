//! Shortages of quotas in numbers, and the smallest change that removes them.

use serde_json::{Map, Value, json};
use shared::admission::Shortage;
use shared::output::ShellCommand;

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

/// Returns the commands that remove the shortages: one for each quota, which raises it to the least that is enough.
pub fn fixes(shortages: &[Shortage], namespace: &str) -> Vec<String> {
    let mut quotas: Vec<&str> = shortages.iter().map(|shortage| shortage.quota.as_str()).collect();
    quotas.sort_unstable();
    quotas.dedup();
    let command = |quota: &str| {
        let of_quota = shortages.iter().filter(|shortage| shortage.quota == quota);
        let pairs = of_quota.map(|shortage| {
            let enough = (&shortage.used + &shortage.requested).in_format_of(&shortage.hard);
            (shortage.resource.clone(), Value::from(enough.canonical()))
        });
        let patch = json!({"spec": {"hard": pairs.collect::<Map<_, _>>()}});
        ShellCommand::new(["kubectl", "patch", "resourcequota"])
            .name(quota)
            .flag_with("-n", namespace)
            .flag_with("--type", "merge")
            .flag_with("-p", patch.to_string())
            .to_string()
    };
    quotas.into_iter().map(command).collect()
}
