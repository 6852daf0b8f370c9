//! The stages before quotas: defaulting, validation (422), LimitRanges.

use serde_json::Value;

use super::{
    ClusterFacts, NamespaceFacts, Refusal, Request, defaulting,
    limit_range::{self, LimitRangeFacts},
    object::{ClaimFacts, Object, ObjectKind, PodFacts},
    pod_security::PodSecurity,
    validation::{self, aggregate, aggregate_in_words_of},
    version::Version,
};
use crate::{manifest::json::text, quantity::Quantity};

/// Fills in defaults and checks the object. A stage that refuses hides the later ones.
pub(super) fn default_and_validate<'a>(
    object: &mut Object,
    request: &Request,
    ranges: impl Iterator<Item = &'a LimitRangeFacts>,
    namespace: &NamespaceFacts,
    cluster_facts: &ClusterFacts,
) -> Result<(), Vec<Refusal>> {
    let pod_security = namespace.pod_security.as_ref();
    let ranges: Vec<_> = ranges.collect();
    let header = Object { body: ObjectKind::Counted, ..object.clone() };
    match &mut object.body {
        // Other updates of a pod change no resources, so LimitRanges do not check them.
        ObjectKind::Pod(_) if request.old.is_some() && !request.resize => Ok(()),
        ObjectKind::Pod(pod) => {
            let version = cluster_facts.version;
            defaulting::fill_in_decoded(pod, version);
            for range in &ranges {
                limit_range::inject(range, pod);
            }
            if request.old.is_none() {
                check_service_account(&header, pod, namespace)?;
                apply_classes(pod, cluster_facts).map_err(|why| forbidden(&header, &why))?;
            }
            if let Some(ObjectKind::Pod(old)) = request.old.map(|old| &old.body)
                && (!version.resizes_pod_level()
                    || (version.keeps_pod_level() && pod.resources.pod_level.is_none()))
            {
                // `dropNonResizeUpdates` in `pkg/registry/core/pod/strategy.go`
                pod.resources.pod_level = old.resources.pod_level.clone();
            }
            defaulting::complete_pod_level(pod, version);
            if request.old.is_none() && (pod.qos_class.is_empty() || !version.keeps_sent_qos_class()) {
                pod.qos_class = pod.qos_class(version).to_owned();
            }
            let manifest = pod.source.as_deref().filter(|source| is_manifest(source));
            let mut complaints = match manifest {
                Some(manifest) => {
                    let old = match request.old.map(|old| &old.body) {
                        Some(ObjectKind::Pod(old)) => old.source.as_deref(),
                        _ => None,
                    };
                    validation::field_complaints(&header.kind, manifest, Some(&pod.resources), version, old)
                }
                None => validation::resource_complaints(&pod.resources, "spec"),
            };
            let old = request.old.map(|old| &old.body);
            if let Some(ObjectKind::Pod(old)) = old
                && let Some(source) = &old.source
            {
                validation::allow_what_was_there(&mut complaints, &source["spec"]);
            }
            let is_invalid = !complaints.is_empty();
            if let Some(ObjectKind::Pod(old)) = old {
                complaints = validation::resize_complaints(complaints, pod, old, version);
            }
            if is_invalid && let Some(range) = contradicting_range(&request.object, &ranges, version) {
                return invalid(&header, complaints, version).map_err(|refusals| by_range(refusals, range));
            }
            invalid(&header, complaints, cluster_facts.version)?;
            check_limit_ranges(&header, &ranges, |range| limit_range::pod_complaints(range, pod))?;
            check_pod_security(&header, pod, pod_security.filter(|_| request.old.is_none()))?;
            match request.old.is_none() && has_stray_overhead(pod, cluster_facts) {
                true => Err(forbidden(
                    &header,
                    "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead",
                )),
                false => Ok(()),
            }
        }
        ObjectKind::Claim(claim) => {
            if claim.class.is_none() {
                claim.class = cluster_facts.default_storage().map(str::to_owned);
            }
            let manifest = claim.source.as_deref().filter(|source| is_manifest(source));
            let mut complaints = match manifest {
                Some(manifest) => {
                    let version = cluster_facts.version;
                    validation::field_complaints(&header.kind, manifest, None, version, None)
                }
                None => {
                    validation::storage_complaint(claim.requests.get("storage"), "spec").into_iter().collect()
                }
            };
            if let Some(ObjectKind::Claim(old)) = request.old.map(|old| &old.body) {
                complaints.extend(size_complaints(claim, old));
            }
            invalid(&header, complaints, cluster_facts.version)?;
            check_limit_ranges(&header, &ranges, |range| limit_range::claim_complaints(range, claim))?;
            match request.old.map(|old| &old.body) {
                Some(ObjectKind::Claim(old)) => {
                    check_expansion(claim, old, cluster_facts).map_err(|why| forbidden(&header, why))
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Returns whether an object was read from a manifest of its own: templates were validated with what holds them.
fn is_manifest(source: &Value) -> bool {
    !source["kind"].is_null()
}

fn forbidden(object: &Object, why: &str) -> Vec<Refusal> {
    vec![Refusal::validation(object.forbidden(why))]
}

fn invalid(object: &Object, complaints: Vec<String>, version: Version) -> Result<(), Vec<Refusal>> {
    match aggregate_in_words_of(version, complaints) {
        Some(why) => Err(vec![Refusal::validation(object.invalid(&why))]),
        None => Ok(()),
    }
}

/// Checks that the ServiceAccount of a pod exists (`plugin/pkg/admission/serviceaccount`).
fn check_service_account(
    object: &Object,
    pod: &PodFacts,
    namespace: &NamespaceFacts,
) -> Result<(), Vec<Refusal>> {
    let named = pod.source.as_ref().and_then(|source| service_account(&source["spec"]));
    match named.filter(|name| namespace.missing_service_accounts.contains(*name)) {
        Some(name) => Err(forbidden(
            object,
            &format!(
                "error looking up service account {}/{name}: serviceaccount \"{name}\" not found",
                object.namespace
            ),
        )),
        None => Ok(()),
    }
}

/// Returns the ServiceAccount that a pod spec names; the older field is a copy where both are set.
pub fn service_account(spec: &Value) -> Option<&str> {
    let name = ["serviceAccountName", "serviceAccount"].into_iter().map(|field| text(&spec[field]));
    name.into_iter().find(|name| !name.is_empty())
}

/// Returns the LimitRange whose defaults contradict what a pod says itself.
fn contradicting_range<'a>(
    object: &Object,
    ranges: &[&'a LimitRangeFacts],
    version: Version,
) -> Option<&'a LimitRangeFacts> {
    let ObjectKind::Pod(pod) = &object.body else { return None };
    let mut pod = pod.clone();
    defaulting::fill_in_decoded(&mut pod, version);
    let is_valid = |pod: &PodFacts| {
        let mut pod = pod.clone();
        defaulting::complete_pod_level(&mut pod, version);
        validation::resource_complaints(&pod.resources, "spec").is_empty()
    };
    if !is_valid(&pod) {
        return None;
    }
    ranges.iter().copied().find(|range| {
        limit_range::inject(range, &mut pod);
        !is_valid(&pod)
    })
}

fn by_range(refusals: Vec<Refusal>, range: &LimitRangeFacts) -> Vec<Refusal> {
    refusals.into_iter().map(|refusal| Refusal::limit_range(&range.name, refusal.message)).collect()
}

/// Checks the LimitRanges and returns the refusal of each; the server stops at the first.
fn check_limit_ranges(
    object: &Object,
    ranges: &[&LimitRangeFacts],
    complaints: impl Fn(&LimitRangeFacts) -> Vec<String>,
) -> Result<(), Vec<Refusal>> {
    let refusals = ranges.iter().filter_map(|range| {
        let why = aggregate(complaints(range))?;
        Some(Refusal::limit_range(&range.name, object.forbidden(&why)))
    });
    let refusals: Vec<_> = refusals.collect();
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// Checks the level of Pod Security that the namespace enforces.
fn check_pod_security(
    object: &Object,
    pod: &PodFacts,
    enforced: Option<&PodSecurity>,
) -> Result<(), Vec<Refusal>> {
    let violation = enforced.zip(pod.source.as_ref()).and_then(|(enforced, pod)| enforced.violation(pod));
    match violation {
        Some(why) => Err(vec![Refusal::pod_security(object.forbidden(&why))]),
        None => Ok(()),
    }
}

/// Sets a pod's default priority class and the overhead of its runtime class.
fn apply_classes(pod: &mut PodFacts, cluster_facts: &ClusterFacts) -> Result<(), String> {
    if pod.priority_class.is_empty() {
        pod.priority_class = cluster_facts.default_priority().unwrap_or_default().to_owned();
    } else if let Some(known) = &cluster_facts.priority_classes
        && !known.contains_key(&pod.priority_class)
        && !ClusterFacts::SYSTEM_PRIORITY.contains(&pod.priority_class.as_str())
    {
        return Err(format!("no PriorityClass with name {} was found", pod.priority_class));
    }
    check_priority(pod, cluster_facts)?;
    let (Some(name), Some(known)) = (&pod.runtime_class, &cluster_facts.runtime_classes) else {
        return Ok(());
    };
    let Some(class) = known.get(name) else {
        return Err(format!("pod rejected: RuntimeClass {name:?} not found"));
    };
    if let Some(overhead) = &class.overhead {
        if !pod.resources.overhead.is_empty() && pod.resources.overhead != *overhead {
            return Err(
                "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead".to_owned()
            );
        }
        pod.resources.overhead = overhead.clone();
    }
    Ok(())
}

/// Checks that a pod says of its priority what its class says (`admitPod` in
/// <https://github.com/kubernetes/kubernetes/blob/v1.37.2/plugin/pkg/admission/priority/admission.go>).
fn check_priority(pod: &PodFacts, cluster_facts: &ClusterFacts) -> Result<(), String> {
    let Some((source, class)) = pod.source.as_ref().zip(cluster_facts.priority(&pod.priority_class)) else {
        return Ok(());
    };
    let end = "from the given PriorityClass name";
    let (own, value) = (source["spec"]["priority"].as_i64(), class.value);
    if let Some(own) = own.filter(|own| *own != value) {
        return Err(format!(
            "the integer value of priority ({own}) must not be provided in pod spec; priority admission controller computed {value} {end}"
        ));
    }
    let (own, policy) = (source["spec"]["preemptionPolicy"].as_str(), &class.preemption_policy);
    match own.filter(|own| own != policy) {
        Some(own) => Err(format!(
            "the string value of PreemptionPolicy ({own}) must not be provided in pod spec; priority admission controller computed {policy} {end}"
        )),
        None => Ok(()),
    }
}

/// Returns whether a pod sets an overhead that its runtime class does not have (`validateOverhead`).
fn has_stray_overhead(pod: &PodFacts, cluster_facts: &ClusterFacts) -> bool {
    let class_has_none = match (&pod.runtime_class, &cluster_facts.runtime_classes) {
        (None, _) => true,
        (Some(name), Some(known)) => known.get(name).is_some_and(|class| class.overhead.is_none()),
        (Some(_), None) => false,
    };
    class_has_none && !pod.resources.overhead.is_empty()
}

fn size(claim: &ClaimFacts) -> Quantity {
    claim.requests.get("storage").cloned().unwrap_or_default()
}

/// Validates a change of a claim's storage (`ValidatePersistentVolumeClaimUpdate`).
fn size_complaints(claim: &ClaimFacts, old: &ClaimFacts) -> Vec<String> {
    let mut complaints = Vec::new();
    if size(claim) != size(old) && !old.bound {
        complaints.push(format!(
            "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n{}",
            size_difference(claim, old)
        ));
    }
    if size(claim) < size(old) && size(claim) <= old.capacity {
        complaints.push(
            "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"
                .to_owned(),
        );
    }
    complaints
}

/// Returns the difference of the specs as the server prints it: one line of Go's indented JSON, with three around it.
fn size_difference(claim: &ClaimFacts, old: &ClaimFacts) -> String {
    let first = claim.lines_before_resources + 1;
    // A volume name may be set where none was.
    let volume = if old.volume.is_empty() { &claim.volume } else { &old.volume };
    format!(
        "@@ -{first},7 +{first},7 @@\n  \"Resources\": {{\n   \"Limits\": null,\n   \"Requests\": {{\n-   \"storage\": \"{}\"\n+   \"storage\": \"{}\"\n   }}\n  }},\n  \"VolumeName\": {volume:?},\n",
        size(old),
        size(claim)
    )
}

/// Checks that a claim may grow (`plugin/pkg/admission/storage/persistentvolume/resize`).
fn check_expansion(
    claim: &ClaimFacts,
    old: &ClaimFacts,
    cluster_facts: &ClusterFacts,
) -> Result<(), &'static str> {
    if size(claim) <= size(old) {
        return Ok(());
    }
    let class =
        claim.class.as_deref().filter(|class| !class.is_empty() && Some(*class) == old.class.as_deref());
    let expands = class.is_some_and(|class| {
        cluster_facts
            .storage_classes
            .as_ref()
            .is_none_or(|known| known.get(class).is_some_and(|class| class.expands))
    });
    if expands {
        return Ok(());
    }
    Err(
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
    )
}
