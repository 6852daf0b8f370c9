//! Kinds and the names under which requests and quotas know them.

use super::{
    built_in_resources::{BUILT_IN, CLUSTER_WIDE, COUNTED},
    path_segment,
};

/// The kind of an object of which the server was asked for the metadata alone.
pub const PARTIAL_OBJECT: &str = "PartialObjectMetadata";

/// A kind of object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    /// The API group, empty for the core group.
    pub group: String,
    /// The version named by the manifest.
    pub version: String,
    /// `Deployment`.
    pub kind: String,
    /// `deployments`.
    pub plural: String,
    /// Whether its objects live in a namespace. Quotas count no others.
    pub namespaced: bool,
}

impl Kind {
    /// Returns the name in the server's refusals and in `count/…`: `deployments.apps`.
    pub fn resource(&self) -> String {
        with_group(&self.plural, &self.group)
    }

    /// Returns the name in the server's validation: `Deployment.apps`.
    pub fn full_name(&self) -> String {
        with_group(&self.kind, &self.group)
    }

    /// Returns the kind of a resource as quotas name it (`deployments.apps`), in version `v1`. A kind that is not built
    /// in gets its plural as its name.
    pub fn from_resource(resource: &str) -> Self {
        let (plural, group) = resource.split_once('.').unwrap_or((resource, ""));
        let kind = COUNTED.iter().find(|kind| guessed_plural(kind) == plural);
        kind_of(group, kind.unwrap_or(&plural), plural)
    }

    /// Returns the `apiVersion` of manifests: `apps/v1`.
    pub fn api_version(&self) -> String {
        match self.group.as_str() {
            "" => self.version.clone(),
            group => format!("{group}/{}", self.version),
        }
    }

    /// Returns the path of its objects in a namespace. An empty `namespace` stands for all.
    pub fn collection(&self, namespace: &str) -> String {
        let (version, plural) = (path_segment(&self.version), path_segment(&self.plural));
        let root = match self.group.as_str() {
            "" => format!("/api/{version}"),
            group => format!("/apis/{}/{version}", path_segment(group)),
        };
        match self.namespaced && !namespace.is_empty() {
            true => format!("{root}/namespaces/{}/{plural}", path_segment(namespace)),
            false => format!("{root}/{plural}"),
        }
    }

    /// Returns the path of one object.
    pub fn object_path(&self, namespace: &str, name: &str) -> String {
        format!("{}/{}", self.collection(namespace), path_segment(name))
    }

    /// Returns where an object of this kind holds the spec of its pods, as the API server's validation names it
    /// (`spec.template.spec`); `None` for kinds without a pod template.
    pub fn pod_spec_path(&self) -> Option<&'static str> {
        match (self.group.as_str(), self.kind.as_str()) {
            ("apps", "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
            | ("batch", "Job")
            | ("", "ReplicationController") => Some("spec.template.spec"),
            ("batch", "CronJob") => Some("spec.jobTemplate.spec.template.spec"),
            _ => None,
        }
    }

    /// Returns whether it is this kind.
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.group == group && self.kind == kind
    }
}

fn with_group(name: &str, group: &str) -> String {
    if group.is_empty() { name.to_owned() } else { format!("{name}.{group}") }
}

/// Returns a namespaced kind, in version `v1` of its group.
pub fn kind_of(group: &str, kind: &str, plural: &str) -> Kind {
    Kind {
        group: group.to_owned(),
        version: "v1".to_owned(),
        kind: kind.to_owned(),
        plural: plural.to_owned(),
        namespaced: true,
    }
}

/// Returns the kind of a ReplicaSet.
pub fn replica_set_kind() -> Kind {
    kind_of("apps", "ReplicaSet", "replicasets")
}

/// Returns the kinds that create pods, owners before what they own.
pub fn workloads() -> impl Iterator<Item = Kind> {
    let kinds_of = |group: &'static str, kinds: &'static [&'static str]| {
        kinds.iter().map(move |kind| kind_of(group, kind, &guessed_plural(kind)))
    };
    kinds_of("apps", &["Deployment", "StatefulSet", "DaemonSet"])
        .chain(kinds_of("batch", &["CronJob", "Job"]))
        .chain(kinds_of("apps", &["ReplicaSet"]))
        .chain(kinds_of("", &["ReplicationController"]))
}

/// Returns a kind that the API server itself serves; `None` for custom resources and aggregated APIs.
pub fn built_in_kind(api_version: &str, kind: &str) -> Option<Kind> {
    let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
    let (_, plurals) = BUILT_IN.iter().find(|(built_in, _)| *built_in == group)?;
    let plural = guessed_plural(kind);
    let namespaced = plurals.contains(&plural.as_str());
    // Cluster-scoped kinds are known by group or by name; other kinds are left to discovery.
    if !namespaced && !plurals.is_empty() && !CLUSTER_WIDE.contains(&kind) {
        return None;
    }
    Some(Kind {
        group: group.to_owned(),
        version: version.to_owned(),
        kind: kind.to_owned(),
        plural,
        namespaced,
    })
}

/// Returns the plural by the rules that name Kubernetes' resources (`UnsafeGuessKindToResource` in apimachinery).
pub fn guessed_plural(kind: &str) -> String {
    let kind = kind.to_lowercase();
    if kind == "endpoints" {
        return kind;
    }
    match kind.chars().last() {
        Some('s') => format!("{kind}es"),
        Some('y') if !kind.ends_with("ay") && !kind.ends_with("ey") => {
            format!("{}ies", &kind[..kind.len() - 1])
        }
        _ => format!("{kind}s"),
    }
}
