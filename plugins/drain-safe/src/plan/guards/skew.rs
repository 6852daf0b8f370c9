//! Versions: a kubelet may be as new as the API server, and three minor versions older
//! (<https://kubernetes.io/releases/version-skew-policy/>).

use super::{
    super::{Facts, Guard, GuardCode},
    some_of, warning,
};
use crate::flags::{CheckSkew, DecisionFlags};

/// How many minor versions a kubelet may be behind.
const BEHIND: u32 = 3;

/// Warns of versions that are too far apart, and of those that the next minor version leaves behind.
pub fn skew(facts: &Facts, flags: &DecisionFlags) -> Vec<Guard> {
    let Some(server) = facts.server_version.as_deref().and_then(minor) else { return Vec::new() };
    let (mut newer, mut older, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for node in &facts.nodes {
        let version = &node.status.node_info.kubelet_version;
        let Some(kubelet) = minor(version) else { continue };
        let named = format!("{} ({version})", node.metadata.name);
        if kubelet > server {
            newer.push(named);
        } else if kubelet + BEHIND < server {
            older.push(named);
        } else if kubelet + BEHIND == server {
            last.push(named);
        }
    }
    let mut found = Vec::new();
    let server = facts.server_version.as_deref().unwrap_or_default();
    let mut too_far = |names: &[String], how: &str| {
        if !names.is_empty() {
            let message =
                format!("kubelets {how} than the API server ({server}) supports: {}", some_of(names));
            let blocks = flags.check_skew == CheckSkew::Strict;
            found.push(Guard { code: GuardCode::Skew, message, blocks, fix: None });
        }
    };
    too_far(&newer, "newer");
    too_far(&older, "older");
    if !last.is_empty() {
        let message = format!(
            "before the API server's next minor version these kubelets must be newer: {}",
            some_of(&last)
        );
        found.push(warning(GuardCode::Skew, message));
    }
    found
}

/// Returns the minor version of `v1.36.3`.
fn minor(version: &str) -> Option<u32> {
    let rest = version.strip_prefix('v').unwrap_or(version).strip_prefix("1.")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn minor_versions() {
        for (version, expected) in
            [("v1.36.3", Some(36)), ("1.29", Some(29)), ("v1.33.5-gke.100", Some(33)), ("fake", None)]
        {
            assert_eq!(minor(version), expected, "{version}");
        }
    }
}
