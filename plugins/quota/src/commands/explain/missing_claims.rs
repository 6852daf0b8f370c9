//! Claims that existing pods bring along and do not have: such a pod exists, and waits.

use serde_json::Value;
use shared::{
    admission::object::Object,
    model::Pod,
    workload::{
        claim_templates,
        owner::controller_of,
        pod_claims::{PodClaims, device_claim_kind, pod_claims},
    },
};

use super::{
    missing_pods::{MissingObjects, MissingPods},
    namespace_snapshot::{NamespaceSnapshot, is_active, kind, metadata_text},
    objects_of_pods::pod_spec,
};

/// Returns the claims that the pods of a workload lack, kind by kind; of a Deployment or CronJob those of the pods of its
/// ReplicaSets or Jobs.
pub fn missing_claims<'a>(workload: &'a Value, snapshot: &'a NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let child = match kind(workload) {
        "Deployment" => "ReplicaSet",
        "CronJob" => "Job",
        _ => return of_pods(workload, snapshot),
    };
    snapshot.controlled_by(workload, child).flat_map(|child| of_pods(child, snapshot)).collect()
}

fn of_pods<'a>(controller: &'a Value, snapshot: &NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let names: Vec<&str> = match kind(controller) {
        "Pod" => vec![metadata_text(controller, "name")],
        _ => {
            let pods: Vec<&Pod> = snapshot.pods_controlled_by(controller).into_iter().flatten().collect();
            pods.into_iter().filter(|pod| is_active(pod)).map(|pod| pod.metadata.name.as_str()).collect()
        }
    };
    let (cluster, namespace) = (&snapshot.cluster, &snapshot.namespace);
    let simulator = cluster.simulator();
    let claims = names.iter().filter_map(|name| {
        let claims = pod_claims(namespace, name, pod_spec(controller), cluster.objects(), &simulator);
        let PodClaims { objects, .. } = claims.ok()?;
        Some(objects.into_iter().map(move |claim| (*name, claim)))
    });
    let mut by_kind: [Vec<(&str, Object)>; 2] = [Vec::new(), Vec::new()];
    for (pod, claim) in claims.flatten() {
        let is_device_claim = claim.kind.kind == device_claim_kind().kind;
        by_kind[usize::from(is_device_claim)].push((pod, claim));
    }
    let missing = by_kind.into_iter().filter_map(|claims| {
        let wanted = claims.len();
        let missing: Vec<_> = claims
            .into_iter()
            .filter(|(pod, claim)| !exists(pod, claim, snapshot))
            .map(|(_, claim)| claim)
            .collect();
        let present = wanted - missing.len();
        let is_missing = !missing.is_empty();
        let objects = MissingObjects::Claims(missing);
        is_missing.then_some(MissingPods { controller, wanted, present, objects })
    });
    missing.collect()
}

/// Returns whether a pod has a claim. The name of a claim that is made from a ResourceClaimTemplate is generated; its
/// annotation tells which one of its pod it is.
fn exists(pod: &str, claim: &Object, snapshot: &NamespaceSnapshot) -> bool {
    let is_claim = claim.kind.kind == claim_templates::claim_kind().kind;
    let of_kind = snapshot
        .cluster
        .existing
        .iter()
        .filter(|(key, _)| key.kind.1 == claim.kind.kind && key.namespace == snapshot.namespace);
    of_kind.into_iter().any(|(key, object)| {
        if is_claim {
            return key.name == claim.name;
        }
        let name = object["metadata"]["annotations"]["resource.kubernetes.io/pod-claim-name"].as_str();
        let is_ours = controller_of(object).is_some_and(|owner| owner["name"] == *pod);
        is_ours && name.is_some_and(|name| claim.name == format!("{pod}-{name}-*"))
    })
}
