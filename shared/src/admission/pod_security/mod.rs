//! Pod Security admission: whether a pod is of the level that its namespace enforces
//! (`k8s.io/pod-security-admission`, <https://kubernetes.io/docs/concepts/security/pod-security-standards/>).
//!
//! Exemptions stand in the API server's own configuration, which nobody can read.

mod baseline;
mod pod;
mod restricted;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use self::pod::Pod;

/// What a check found: the reason, and the details in parentheses.
type Finding = Option<(String, String)>;

/// A check of a pod by the rules of a minor version.
type Check = fn(&Pod, u32) -> Finding;

/// The level that a namespace enforces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodSecurity {
    level: Level,
    /// The minor version whose rules apply; `None` for the server's own.
    minor: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Baseline,
    Restricted,
}

/// The newest version in which a check changed.
const NEWEST: u32 = 35;

impl PodSecurity {
    /// Reads the labels of a namespace; `None` where everything is allowed.
    pub fn of_namespace(labels: &BTreeMap<String, String>) -> Option<Self> {
        let level = match labels.get("pod-security.kubernetes.io/enforce")?.as_str() {
            "privileged" => return None,
            "baseline" => Level::Baseline,
            // What is no level is taken for the strictest (`ParseLevel`).
            _ => Level::Restricted,
        };
        let version = labels.get("pod-security.kubernetes.io/enforce-version");
        let minor = version.and_then(|version| version.strip_prefix("v1.")?.parse().ok());
        Some(Self { level, minor })
    }

    /// Returns why a pod is not of this level, as the server says it after `is forbidden: `; `None` where it is. `pod` has
    /// the pod's `metadata` and `spec`.
    pub fn violation(&self, pod: &Value) -> Option<String> {
        let pod = Pod::new(pod);
        let minor = self.minor.unwrap_or(NEWEST).min(NEWEST);
        let checks: Vec<Check> = match self.level {
            Level::Baseline => baseline::CHECKS.iter().map(|(_, check)| *check).collect(),
            Level::Restricted => {
                let stricter = |name: &str| restricted::replaces(name, minor);
                let kept = baseline::CHECKS.iter().filter(|(name, _)| !stricter(name));
                kept.map(|(_, check)| *check).chain(restricted::CHECKS.iter().copied()).collect()
            }
        };
        let found: Vec<_> = checks.into_iter().filter_map(|check| check(&pod, minor)).collect();
        if found.is_empty() {
            return None;
        }
        let reasons: Vec<_> = found.iter().map(|(reason, details)| format!("{reason} ({details})")).collect();
        Some(format!("violates PodSecurity \"{}\": {}", self.name(), reasons.join(", ")))
    }

    /// Returns the level and the version as messages name them: `restricted:latest`.
    fn name(&self) -> String {
        let level = match self.level {
            Level::Baseline => "baseline",
            Level::Restricted => "restricted",
        };
        match self.minor {
            Some(minor) => format!("{level}:v1.{minor}"),
            None => format!("{level}:latest"),
        }
    }
}
