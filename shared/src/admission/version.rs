//! Rules that depend on the version of Kubernetes.
//!
//! A server drops a field whose feature it has not turned on, before anything else evaluates the object
//! (`dropDisabledFields` in `pkg/api/pod` and `pkg/api/persistentvolumeclaim`). `pkg/features/kube_features.go`
//! says since when features are on by default:
//!
//! - resources of a pod as a whole (`PodLevelResources`): 1.34, <https://kep.k8s.io/2837>;
//! - attribute classes of volumes (`VolumeAttributesClass`): 1.34, <https://kep.k8s.io/3751>;
//! - resizing a pod in place (`InPlacePodVerticalScaling`): 1.33, <https://kep.k8s.io/1287>.
//!
//! Before 1.29 sidecars were plain init containers (<https://kep.k8s.io/753>), whose pods are summed in another way:
//! older versions are not supported.

use std::fmt;

use serde_json::Value;

use crate::{Error, Result, model::kind::Kind};

/// A minor version of Kubernetes whose rules are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minor(u32);

impl Default for Minor {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for Minor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

impl Minor {
    /// The oldest.
    pub const OLDEST: Self = Self(29);
    /// The newest.
    pub const NEWEST: Self = Self(36);

    /// Parses a version: `1.34`, `34` or `v1.34.2`.
    ///
    /// # Errors
    /// A usage error that names the supported versions.
    pub fn parse(text: &str) -> Result<Self> {
        let number = text.strip_prefix('v').unwrap_or(text);
        let number = number.strip_prefix("1.").unwrap_or(number);
        let minor = number.split('.').next().and_then(|minor| minor.parse().ok()).map(Self);
        minor.filter(|minor| (Self::OLDEST..=Self::NEWEST).contains(minor)).ok_or_else(|| {
            Error::usage(format!(
                "the rules of Kubernetes {text} are not known here: {} to {} are",
                Self::OLDEST,
                Self::NEWEST
            ))
        })
    }

    /// Returns the version a server reports (`"36+"` in `/version`), or the nearest one that is known.
    pub fn from_server(version: &Value) -> Option<Self> {
        // A server may emulate an older one (`--emulated-version`).
        let minor = version["emulationMinor"].as_str().or(version["minor"].as_str())?;
        let minor = minor.trim_end_matches('+').parse().ok()?;
        Some(Self(minor).clamp(Self::OLDEST, Self::NEWEST))
    }

    /// Returns whether pods can be resized in place.
    pub fn resizes(self) -> bool {
        self >= Self(33)
    }

    fn knows_pod_level(self) -> bool {
        self >= Self(34)
    }

    fn knows_attribute_classes(self) -> bool {
        self >= Self(34)
    }
}

/// Removes the fields of a manifest that a server of this version drops, and returns their names.
pub fn drop_disabled(kind: &Kind, manifest: &mut Value, minor: Minor) -> Vec<&'static str> {
    let mut dropped = Vec::new();
    let pod = match (kind.is("", "Pod"), kind.pod_spec_path()) {
        (true, _) => Some("/spec"),
        (_, Some("spec.template.spec")) => Some("/spec/template/spec"),
        (_, Some(_)) => Some("/spec/jobTemplate/spec/template/spec"),
        _ => None,
    };
    let mut drop = |place: Option<&mut Value>, field: &'static str| {
        let removed = place.and_then(Value::as_object_mut).and_then(|fields| fields.remove(field));
        if removed.is_some() && !dropped.contains(&field) {
            dropped.push(field);
        }
    };
    if !minor.knows_pod_level()
        && let Some(path) = pod
    {
        drop(manifest.pointer_mut(path), "resources");
    }
    if !minor.knows_attribute_classes() {
        if kind.is("", "PersistentVolumeClaim") {
            drop(manifest.pointer_mut("/spec"), "volumeAttributesClassName");
        }
        let templates = manifest.pointer_mut("/spec/volumeClaimTemplates").and_then(Value::as_array_mut);
        for template in templates.into_iter().flatten().filter(|_| kind.is("apps", "StatefulSet")) {
            drop(template.pointer_mut("/spec"), "volumeAttributesClassName");
        }
    }
    dropped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Minor, drop_disabled};
    use crate::model::kind::built_in_kind;

    #[test]
    fn versions_as_people_and_servers_write_them() {
        for text in ["1.34", "34", "v1.34.2"] {
            assert_eq!(Minor::parse(text).unwrap(), Minor(34));
        }
        for text in ["1.28", "1.37", "2", "new", ""] {
            let error = Minor::parse(text).unwrap_err().to_string();
            assert!(error.ends_with("are not known here: 1.29 to 1.36 are"), "{error}");
        }
        assert_eq!(Minor::from_server(&json!({"minor": "35+"})), Some(Minor(35)));
        assert_eq!(Minor::from_server(&json!({"minor": "41"})), Some(Minor::NEWEST));
        assert_eq!(Minor::from_server(&json!({"minor": "36", "emulationMinor": "33"})), Some(Minor(33)));
        assert_eq!(Minor::from_server(&json!({})), None);
    }

    #[test]
    fn what_an_older_server_does_not_know_it_drops() {
        let kind = built_in_kind("apps/v1", "StatefulSet").unwrap();
        let set = json!({"spec": {
            "template": {"spec": {"resources": {"limits": {"cpu": 1}}, "containers": []}},
            "volumeClaimTemplates": [{"spec": {"volumeAttributesClassName": "quick"}}],
        }});
        let mut older = set.clone();
        assert_eq!(drop_disabled(&kind, &mut older, Minor(33)), ["resources", "volumeAttributesClassName"]);
        assert_eq!(
            older,
            json!({"spec": {"template": {"spec": {"containers": []}}, "volumeClaimTemplates": [{"spec": {}}]}})
        );
        let mut newer = set.clone();
        assert!(drop_disabled(&kind, &mut newer, Minor(34)).is_empty());
        assert_eq!(newer, set);
    }
}
