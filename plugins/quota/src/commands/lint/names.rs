//! The name that was meant by one that nothing counts.

use shared::{admission::resource_names::is_enforceable, model::built_in_resources::BUILT_IN};

/// Returns a name that is counted and looks like this one, which is not.
pub fn meant(name: &str) -> Option<String> {
    let bare = name.strip_prefix("limits.").unwrap_or(name);
    if let Some(counted) = bare.strip_prefix("count/") {
        let (plural, group) = counted.split_once('.').unwrap_or((counted, ""));
        let all =
            BUILT_IN
                .iter()
                .flat_map(|(group, plurals)| plurals.iter().map(move |plural| (*plural, *group)))
                .map(|(plural, group)| {
                    if group.is_empty() {
                        format!("count/{plural}")
                    } else {
                        format!("count/{plural}.{group}")
                    }
                })
                .filter(|name| is_enforceable(name));
        let same_plural = |one: &String| {
            let rest = one.strip_prefix("count/").unwrap_or(one);
            let own = rest.split_once('.').map_or(rest, |(plural, _)| plural);
            own == plural || own == format!("{plural}s") || own.eq_ignore_ascii_case(plural)
        };
        // The groups of a kind differ in length; the nearest one was meant.
        return all.filter(same_plural).min_by_key(|one| one.len().abs_diff(name.len().max(group.len())));
    }
    let requested = format!("requests.{bare}");
    (bare.contains('/') && is_enforceable(&requested)).then_some(requested)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn typing_mistakes_are_recognized() {
        for (name, right) in [
            ("limits.nvidia.com/gpu", Some("requests.nvidia.com/gpu")),
            ("nvidia.com/gpu", Some("requests.nvidia.com/gpu")),
            ("count/deployments.app", Some("count/deployments.apps")),
            ("count/deployments", Some("count/deployments.apps")),
            ("count/deployment.apps", Some("count/deployments.apps")),
            ("count/Secrets", Some("count/secrets")),
            ("count/ingresses.extensions", Some("count/ingresses.networking.k8s.io")),
            ("count/nonsense", None),
            ("gold.storageclass.storage.k8s.io/storage", None),
        ] {
            assert_eq!(meant(name).as_deref(), right, "{name}");
        }
    }
}
