//! Claims of devices as the quota controller counts them (`claimEvaluator` in
//! <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/quota/v1/evaluator/core/resource_claims.go>): those that the
//! scheduler made for extended resources of a pod are not charged twice.

use serde_json::Value;
use shared::{
    Result,
    admission::{ClusterFacts, evaluator::usage, object::ObjectKind},
    manifest::json::text,
    model::{Pod, kind::Kind},
    workload::owner::controller_of,
};

use super::CountedObject;

/// The resource of claims of devices.
pub const DEVICE_CLAIMS: &str = "resourceclaims.resource.k8s.io";

/// The annotation of claims that the scheduler makes for extended resources.
const EXTENDED: &str = "resource.kubernetes.io/extended-resource-claim";

/// Returns the namespace, name and uid of the pod that a claim was made for by the scheduler.
pub fn extended_resource_owner(claim: &Value) -> Option<(&str, &str, &str)> {
    let metadata = &claim["metadata"];
    if metadata["annotations"][EXTENDED] != "true" {
        return None;
    }
    let owner = controller_of(claim)?;
    let is_pod = owner["kind"] == "Pod" && owner["apiVersion"] == "v1";
    is_pod.then(|| (text(&metadata["namespace"]), text(&owner["name"]), text(&owner["uid"])))
}

/// Returns a claim as the cluster counts it, without what its pod is charged for already.
///
/// # Errors
/// A quantity that only an edited dump can hold.
pub fn counted_device_claim(
    kind: &Kind,
    claim: &Value,
    claims: &[Value],
    pods: &[Value],
    facts: &ClusterFacts,
    now: i64,
) -> Result<CountedObject> {
    let mut counted = CountedObject::from_value(kind, claim, now)?;
    counted.object = counted.object.of_cluster(facts);
    let Some(owner) = extended_resource_owner(claim) else { return Ok(counted) };
    let pod = pods.iter().find(|pod| {
        let field = |name: &str| text(&pod["metadata"][name]);
        (field("namespace"), field("name"), field("uid")) == owner
    });
    let Some(pod) = pod.filter(|pod| is_claim_of_pod(pod, claim, claims)) else { return Ok(counted) };
    let Ok(pod) = serde_json::from_value::<Pod>(pod.clone()) else { return Ok(counted) };
    let charged = usage(&CountedObject::from_pod(&pod, now, facts.version)?.object);
    if let ObjectKind::DeviceClaim(facts) = &mut counted.object.body {
        facts.charged_to_pod = charged;
    }
    Ok(counted)
}

/// Returns whether a pod says that this is its claim or, while it says nothing, whether no other was made before.
fn is_claim_of_pod(pod: &Value, claim: &Value, claims: &[Value]) -> bool {
    let status = &pod["status"]["extendedResourceClaimStatus"];
    if !status.is_null() {
        return status["resourceClaimName"] == claim["metadata"]["name"];
    }
    let owner = extended_resource_owner(claim);
    let age = |claim: &Value| {
        let metadata = &claim["metadata"];
        (text(&metadata["creationTimestamp"]).to_owned(), text(&metadata["name"]).to_owned())
    };
    let others = claims.iter().filter(|other| extended_resource_owner(other) == owner);
    others.map(age).min() == Some(age(claim))
}
