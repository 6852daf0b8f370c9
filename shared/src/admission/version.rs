//! The version of a server, and the rules that depend on it.
//!
//! Two versions decide. A feature is on by default since a version that the server may emulate
//! (`--emulated-version`, `pkg/features/kube_features.go`); what no feature gates depends on the programs themselves.

use std::fmt;

use serde_json::Value;

use crate::{Error, Result};

/// A minor version of Kubernetes whose rules are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minor(u32);

/// The version of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The version whose features and defaults the server has.
    pub emulation: Minor,
    /// The version of its programs.
    pub binary: Minor,
}

impl fmt::Display for Minor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

/// As the version that the server emulates.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.emulation.fmt(f)
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::from(Minor::NEWEST)
    }
}

impl From<Minor> for Version {
    fn from(minor: Minor) -> Self {
        Self { emulation: minor, binary: minor }
    }
}

impl Minor {
    /// The oldest.
    pub const OLDEST: Self = Self(30);
    /// The newest.
    pub const NEWEST: Self = Self(37);

    /// Parses `1.34`, `34` or `v1.34.2`.
    fn parse(text: &str) -> Option<Self> {
        let number = text.strip_prefix('v').unwrap_or(text);
        let number = number.strip_prefix("1.").unwrap_or(number);
        let minor = number.split('.').next().and_then(|minor| minor.parse().ok()).map(Self);
        minor.filter(|minor| (Self::OLDEST..=Self::NEWEST).contains(minor))
    }

    /// Reads a number as a server reports it (`36+`), as the nearest one that is known.
    fn from_field(field: &Value) -> Option<Self> {
        let minor = field.as_str()?.trim_end_matches('+').parse().ok()?;
        Some(Self(minor).clamp(Self::OLDEST, Self::NEWEST))
    }
}

impl Version {
    /// Parses a version, `1.34` or `v1.34.2`, or that of a server that emulates another one: `1.37/1.34`.
    ///
    /// # Errors
    /// A usage error that names the supported versions.
    pub fn parse(text: &str) -> Result<Self> {
        let (binary, emulation) = text.split_once('/').unwrap_or((text, text));
        let version = Minor::parse(binary).zip(Minor::parse(emulation));
        let version = version.map(|(binary, emulation)| Self { emulation, binary });
        version.filter(|version| version.emulation <= version.binary).ok_or_else(|| {
            Error::usage(format!(
                "the rules of Kubernetes {text} are not known here: {} to {} are",
                Minor::OLDEST,
                Minor::NEWEST
            ))
        })
    }

    /// Returns the version that a server reports (`/version`).
    pub fn from_server(version: &Value) -> Option<Self> {
        let binary = Minor::from_field(&version["minor"])?;
        Some(Self { emulation: Minor::from_field(&version["emulationMinor"]).unwrap_or(binary), binary })
    }

    /// Returns whether the server knows tolerations that compare numbers, and refuses them by name
    /// (`TaintTolerationComparisonOperators`, <https://kep.k8s.io/5471>).
    pub fn knows_comparing_tolerations(self) -> bool {
        self.binary >= Minor(35)
    }

    /// Returns whether labels of a pod are added to the selectors of its spreads
    /// (`MatchLabelKeysInPodTopologySpreadSelectorMerge`, <https://kep.k8s.io/3243>).
    pub fn merges_label_keys_of_spreads(self) -> bool {
        self.emulation >= Minor(34)
    }

    /// Returns whether variables can come from files (`EnvFiles`, <https://kep.k8s.io/3721>).
    pub fn knows_environment_files(self) -> bool {
        self.emulation >= Minor(35)
    }

    /// Returns whether an autoscaler may scale to zero (`HPAScaleToZero`, <https://kep.k8s.io/2021>).
    pub fn scales_to_zero(self) -> bool {
        self.emulation >= Minor(37)
    }

    /// Returns whether an autoscaler without a maximum lacks a required value, rather than having one that is too low
    /// (`validateHorizontalPodAutoscalerSpec` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/autoscaling/validation/validation.go>).
    pub fn requires_maximum_by_name(self) -> bool {
        self.binary >= Minor(36)
    }

    /// Returns whether the server says why the maximum of an autoscaler and the verbs of a rule are required: declarative
    /// validation does not (<https://kep.k8s.io/5073>).
    pub fn explains_required_values(self) -> bool {
        self.binary < Minor(37) || self.emulation < Minor(36)
    }

    /// Returns whether the server shows the first port of a range where the last one is wrong (`ValidateNetworkPolicyPort` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/networking/validation/validation.go>).
    pub fn shows_first_port_of_ranges(self) -> bool {
        self.binary < Minor(37)
    }

    /// Returns whether the name of a missing driver is also called invalid (`ValidateCSIDriverName` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go>).
    pub fn judges_missing_drivers(self) -> bool {
        self.binary < Minor(36)
    }

    /// Returns whether names of Services may begin with a digit (`RelaxedServiceNameValidation`,
    /// <https://kep.k8s.io/5311>).
    pub fn relaxes_service_names(self) -> bool {
        self.emulation >= Minor(36)
    }

    /// Returns whether pods can be resized in place (`InPlacePodVerticalScaling`, <https://kep.k8s.io/1287>).
    pub fn resizes(self) -> bool {
        self.emulation >= Minor(33)
    }

    /// Returns whether the resources of a pod as a whole can be resized
    /// (`InPlacePodLevelResourcesVerticalScaling`, <https://kep.k8s.io/5419>).
    pub fn resizes_pod_level(self) -> bool {
        self.emulation >= Minor(36)
    }

    /// Returns whether a resize may change init containers that are not sidecars
    /// (`InPlacePodVerticalScalingInitContainers`).
    pub fn resizes_init_containers(self) -> bool {
        self.emulation >= Minor(36)
    }

    /// Returns whether complaints about a resize tell init containers apart (`ValidatePodResize` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/validation/validation.go>).
    pub fn names_resized_init_containers(self) -> bool {
        self.binary >= Minor(36)
    }

    /// Returns whether a resize may add resources of any name to requests or limits that were empty
    /// (`dropCPUMemoryResourcesFromContainer` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go>).
    pub fn ignores_resized_lists_that_were_empty(self) -> bool {
        self.binary < Minor(35)
    }

    /// Returns whether a resize keeps the devices that a container claims; before, it is refused for them
    /// (`dropCPUMemoryResourcesFromContainer` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/apis/core/validation/validation.go>).
    pub fn keeps_claims_of_resizes(self) -> bool {
        self.binary >= Minor(37)
    }

    /// Returns whether the complaint about the resize of a pod with resources as a whole comes beside others, and names
    /// the feature (`ValidatePodResize` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/core/validation/validation.go>).
    pub fn names_the_feature_of_pod_level_resizes(self) -> bool {
        self.binary >= Minor(35)
    }

    /// Returns whether an update of a StatefulSet is told each field that may not change, rather than those that may
    /// (`ValidateStatefulSetUpdate` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/apis/apps/validation/validation.go>).
    pub fn names_fixed_fields_of_stateful_sets(self) -> bool {
        self.binary >= Minor(37)
    }

    /// Returns whether a changed reference to a role is called an immutable field (`ValidateRoleBindingUpdate` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/apis/rbac/validation/validation.go>).
    pub fn calls_role_references_immutable(self) -> bool {
        self.binary >= Minor(37)
    }

    /// Returns whether each container may have a policy and rules by which it restarts (`ContainerRestartRules`,
    /// <https://kep.k8s.io/5307>): before, only sidecars have a policy.
    pub fn knows_restart_rules(self) -> bool {
        self.emulation >= Minor(35)
    }

    /// Returns whether a server that knows these rules drops them, since their feature is off.
    pub fn drops_restart_rules(self) -> bool {
        self.binary >= Minor(34) && !self.knows_restart_rules()
    }

    /// Returns whether volumes may be labeled for SELinux when they are mounted (`SELinuxMount`,
    /// <https://kep.k8s.io/1710>).
    pub fn labels_mounts(self) -> bool {
        self.emulation >= Minor(37)
    }

    /// Returns whether the resources of a suspended Job's containers may change
    /// (`MutablePodResourcesForSuspendedJobs`, <https://kep.k8s.io/5440>).
    pub fn resizes_suspended_jobs(self) -> bool {
        self.emulation >= Minor(36)
    }

    /// Returns whether a pod has resources as a whole (`PodLevelResources`, <https://kep.k8s.io/2837>).
    pub fn knows_pod_level(self) -> bool {
        self.emulation >= Minor(34)
    }

    /// Returns whether the resources of a pod as a whole are filled in after admission plugins have changed its
    /// containers, limits too (`PodLevelResourcesFixDefaulting`): before, they were when the pod was decoded.
    pub fn completes_pod_level_after_admission(self) -> bool {
        self.emulation >= Minor(37)
    }

    /// Returns whether an update or a resize that leaves the resources of the whole pod out keeps them (`PrepareForUpdate`
    /// in <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/registry/core/pod/strategy.go>).
    pub fn keeps_pod_level(self) -> bool {
        self.emulation >= Minor(37)
    }

    /// Returns whether empty resources of a pod as a whole leave its QoS class to its containers
    /// (`PodLevelResourcesFixKubeletQOSClass`).
    pub fn ignores_empty_pod_level(self) -> bool {
        self.emulation >= Minor(37)
    }

    /// Returns whether a pod keeps the QoS class of a status that was sent along (`PrepareForCreate` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/registry/core/pod/strategy.go>).
    pub fn keeps_sent_qos_class(self) -> bool {
        self.binary < Minor(37)
    }

    /// Returns whether what a kubelet reported is summed over a pod's containers before it is compared with their specs
    /// (`AggregateContainerRequests` in
    /// <https://github.com/kubernetes/component-helpers/blob/v0.37.2/resource/helpers.go>): before, each container was
    /// compared.
    pub fn compares_whole_pods(self) -> bool {
        self.binary >= Minor(37)
    }

    /// Returns whether quotas count the devices that a container requests by the name of their class
    /// (`podComputeUsageHelper` in
    /// <https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/quota/v1/evaluator/core/pods.go>).
    pub fn counts_device_classes_of_pods(self) -> bool {
        self.binary >= Minor(35)
    }

    /// Returns whether quotas charge a ResourceClaim as the extended resource of its class, too (`DRAExtendedResource`,
    /// <https://kep.k8s.io/5004>).
    pub fn charges_claims_as_extended_resources(self) -> bool {
        self.emulation >= Minor(36)
    }

    /// Returns whether complaints about names of resources and labels speak of label keys and bytes (`IsLabelKey` in
    /// <https://github.com/kubernetes/apimachinery/blob/v0.35.0/pkg/api/validate/content/kube.go>).
    pub fn calls_names_label_keys(self) -> bool {
        self.binary >= Minor(35)
    }

    /// Returns whether volumes have attribute classes (`VolumeAttributesClass`, <https://kep.k8s.io/3751>).
    pub fn knows_attribute_classes(self) -> bool {
        self.emulation >= Minor(34)
    }

    /// Returns whether StatefulSets may replace several pods at a time (`MaxUnavailableStatefulSet`,
    /// <https://kep.k8s.io/961>).
    pub fn knows_max_unavailable_of_stateful_sets(self) -> bool {
        self.emulation >= Minor(37)
    }

    /// Returns whether Jobs may be left to another controller (`JobManagedBy`, <https://kep.k8s.io/4368>).
    pub fn knows_managers_of_jobs(self) -> bool {
        self.emulation >= Minor(32)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Minor, Version};

    #[test]
    fn versions_as_people_write_them() {
        for text in ["1.34", "34", "v1.34.2"] {
            assert_eq!(Version::parse(text).unwrap(), Version::from(Minor(34)));
        }
        let emulating = Version { emulation: Minor(35), binary: Minor(37) };
        assert_eq!(Version::parse("1.37/1.35").unwrap(), emulating);
        for text in ["1.29", "1.38", "1.35/1.37", "2", "new", ""] {
            let error = Version::parse(text).unwrap_err().to_string();
            assert_eq!(
                error,
                format!("error: the rules of Kubernetes {text} are not known here: 1.30 to 1.37 are")
            );
        }
    }

    #[test]
    fn versions_as_servers_report_them() {
        let from = Version::from_server;
        assert_eq!(from(&json!({"minor": "35+"})), Some(Version::from(Minor(35))));
        assert_eq!(from(&json!({"minor": "41"})), Some(Version::default()));
        assert_eq!(
            from(&json!({"minor": "37", "emulationMinor": "35"})),
            Some(Version { emulation: Minor(35), binary: Minor(37) })
        );
        assert_eq!(from(&json!({})), None);
    }

    #[test]
    fn features_follow_what_is_emulated_and_the_rest_the_programs() {
        let emulating = Version::parse("1.37/1.36").unwrap();
        assert!(emulating.resizes_pod_level() && !emulating.completes_pod_level_after_admission());
        assert!(emulating.compares_whole_pods() && !emulating.keeps_sent_qos_class());
        let older = Version::parse("1.36").unwrap();
        assert!(older.resizes_pod_level() && !older.compares_whole_pods());
        assert!(older.charges_claims_as_extended_resources() && older.counts_device_classes_of_pods());
        let emulating = Version::parse("1.37/1.34").unwrap();
        assert!(!emulating.charges_claims_as_extended_resources());
        assert!(emulating.counts_device_classes_of_pods());
        assert!(!Version::parse("1.34").unwrap().counts_device_classes_of_pods());
    }
}
