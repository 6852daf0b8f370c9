//! Ways around a single replica: scaling its Deployment up by one first, or restarting it.

use serde_json::Value;
use shared::{
    manifest::json::{number, text},
    model::{OwnerReference, WidePod},
    workload::{Strategy, autoscaler::max_replicas_for},
};

use super::{local_data::claims_of, only_replica::is_settled};
use crate::facts::{Facts, Owner};

/// A way to replace a pod before it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Scale the Deployment up by one, and down again.
    Surge,
    /// Restart the Deployment.
    Restart,
}

/// Returns why this way is not open to a pod, as far as its owner and its volumes are concerned; none if it is.
pub fn obstacle(pod: &WidePod, way: Move, facts: &Facts) -> Option<String> {
    let namespace = &pod.metadata.namespace;
    let Some(controller) = pod.metadata.controller() else {
        return Some("no controller would make another pod".to_owned());
    };
    let chain = facts.owners.chain(namespace, controller);
    let Some((owner, deployment)) = chain.iter().find_map(|owner| deployment(facts, namespace, owner)) else {
        let top = chain.last().unwrap_or(controller);
        return Some(format!(
            "{} {} can't have a pod more for a while: only Deployments can",
            top.kind, top.name
        ));
    };
    let name = &owner.name;
    let spec = &deployment["spec"];
    if spec["paused"] == true {
        return Some(format!("Deployment {name} is paused"));
    }
    if !is_settled(deployment) {
        return Some(format!("Deployment {name} is in the middle of a rollout"));
    }
    let targets = |one: &&Value| {
        text(&one["metadata"]["namespace"]) == namespace
            && max_replicas_for(one, "Deployment", name).is_some()
    };
    if let Some(autoscaler) = facts.autoscalers.iter().find(targets).filter(|_| way == Move::Surge) {
        let autoscaler = text(&autoscaler["metadata"]["name"]);
        return Some(format!(
            "HorizontalPodAutoscaler {autoscaler} would scale Deployment {name} back: restart it"
        ));
    }
    let replicas = number(&spec["replicas"], 1);
    if way == Move::Restart
        && !matches!(Strategy::for_deployment(deployment, replicas), Strategy::Rolling { surge: 1.., .. })
    {
        return Some(format!("Deployment {name} stops old pods before it starts new ones"));
    }
    let exclusive = |(claim, _): &(&shared::model::PersistentVolumeClaim, _)| {
        let shares = |mode: &String| mode == "ReadWriteMany" || mode == "ReadOnlyMany";
        !claim.spec.access_modes.iter().any(shares)
    };
    let (claim, _) = claims_of(pod, facts).find(exclusive)?;
    Some(format!("claim {} can't be used by two pods at once", claim.metadata.name))
}

fn deployment<'a>(
    facts: &'a Facts,
    namespace: &str,
    owner: &OwnerReference,
) -> Option<(OwnerReference, &'a Value)> {
    match facts.owners.get(namespace, owner) {
        Owner::Found(object) if owner.kind == "Deployment" => Some((owner.clone(), object)),
        _ => None,
    }
}
