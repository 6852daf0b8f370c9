//! The annotations that configure AWS load balancers: one table, by controller.

use std::{collections::HashMap, sync::LazyLock};

mod attributes;
mod health_checks;
mod key;
mod names;
mod placement;
mod tls;

pub use key::{Effect, Key, Usage, ValueKind};
pub use names::*;

/// What the keys of load balancers begin with.
pub const PREFIX: &str = "service.beta.kubernetes.io/aws-load-balancer-";

/// What the keys of services begin with.
pub const SERVICE_PREFIX: &str = "service.beta.kubernetes.io/";

/// Returns all keys, in the order of their families.
pub fn all() -> impl Iterator<Item = &'static Key> {
    [tls::KEYS, placement::KEYS, attributes::KEYS, health_checks::KEYS].into_iter().flatten()
}

/// Returns the key of a short or a full name. Names with a port, such as `listener-attributes.TCP-443`, have the key of
/// what stands before the port.
pub fn find(name: &str) -> Option<&'static Key> {
    static BY_SHORT: LazyLock<HashMap<&'static str, &'static Key>> =
        LazyLock::new(|| all().map(|key| (key.short, key)).collect());
    let short = short_name(name);
    let before_dot = short.split_once('.').map(|(before, _)| before);
    let dotted = || BY_SHORT.get(before_dot?).filter(|key| key.dotted);
    BY_SHORT.get(short).or_else(dotted).copied()
}

/// Returns a name without the prefix of load balancers, or without that of services where it has only that.
pub fn short_name(name: &str) -> &str {
    name.strip_prefix(PREFIX).or_else(|| name.strip_prefix(SERVICE_PREFIX)).unwrap_or(name)
}

/// Returns the full name of a key that is given by its short or its full name.
pub fn full_name(name: &str) -> String {
    if name.contains('/') {
        return name.to_owned();
    }
    match all().find(|key| key.is_named(name)) {
        Some(key) if key.of_services => format!("{SERVICE_PREFIX}{name}"),
        _ => format!("{PREFIX}{name}"),
    }
}

/// Returns whether an annotation configures load balancers, known or not.
pub fn is_ours(name: &str) -> bool {
    name.starts_with(PREFIX)
        || (name.starts_with(SERVICE_PREFIX) && find(name).is_some_and(|key| key.of_services))
}

/// Returns the short name that a misspelled one is nearest to: at most two edits away.
pub fn nearest(short: &str) -> Option<&'static str> {
    let distances = all().map(|key| (edit_distance(short, key.short), key.short));
    distances.filter(|(distance, _)| *distance <= 2).min().map(|(_, key)| key)
}

/// Returns how many letters have to be inserted, deleted or replaced to make one text of the other (Levenshtein).
pub fn edit_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, character) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, wanted) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(character != *wanted);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_short_full_and_dotted_names() {
        assert_eq!(find("ssl-cert").unwrap().short, "ssl-cert");
        assert_eq!(find(SSL_CERT).unwrap().short, "ssl-cert");
        assert_eq!(find("listener-attributes.TCP-443").unwrap().short, "listener-attributes");
        assert_eq!(find("target-group-attributes.80").unwrap().short, "target-group-attributes");
        assert_eq!(find("ssl-cert.80"), None);
        assert_eq!(find("ssl-certs"), None);
    }

    #[test]
    fn full_names_have_the_prefix_of_their_family() {
        assert_eq!(full_name("ssl-cert"), SSL_CERT);
        assert_eq!(full_name("load-balancer-source-ranges"), SOURCE_RANGES);
        assert_eq!(full_name("example.com/x"), "example.com/x");
    }

    #[test]
    fn a_misspelled_key_has_a_neighbor() {
        assert_eq!(nearest("ssl-port"), Some("ssl-ports"));
        assert_eq!(nearest("ssl-certs"), Some("ssl-cert"));
        assert_eq!(nearest("something-else"), None);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }

    #[test]
    fn names_are_unique_and_those_of_the_constants() {
        let mut shorts: Vec<_> = all().map(|key| key.short).collect();
        let count = shorts.len();
        shorts.sort_unstable();
        shorts.dedup();
        assert_eq!(shorts.len(), count);
        for name in
            [SSL_CERT, SSL_PORTS, BACKEND_PROTOCOL, TYPE, SCHEME, INTERNAL, HEALTH_CHECK_INTERVAL, TAGS]
        {
            assert!(find(name).is_some(), "{name}");
        }
    }
}
