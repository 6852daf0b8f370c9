//! `ListenerPlan`: before, after, and what the change hurts.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::{client::incomplete::Skipped, model::Service};

use super::{
    before::load_balancer,
    case::{Cluster, ServiceCase},
};
use crate::{
    controllers::{Controller, ControllerKind},
    keys,
    listeners::{Listener, Scheme, service::annotation},
    policies::{LoadBalancerType, Recognized, recognize},
    sync::{Change, Impact, Wanted, sync},
};

/// What the next sync makes of a Service. Serialized it is an item of a `ListenerPlanList`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The Service.
    pub service: ServiceName,
    /// Who acts on it as it will be.
    pub controller: Controller,
    /// Who made the load balancer that it has, where that is another one.
    pub previous_controller: Option<ControllerKind>,
    /// The scheme afterward, where it is known.
    pub scheme: Option<Scheme>,
    /// The annotations that change.
    pub annotations: Vec<AnnotationChange>,
    /// The listeners now.
    pub before: Vec<Listener>,
    /// The listeners once the controller is done or has given up.
    pub after: Vec<Listener>,
    /// What changes, and what that hurts.
    pub changes: Vec<Change>,
    /// What Kubernetes alone cannot tell.
    pub doubts: Vec<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// The name of a Service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct ServiceName {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl ServiceName {
    /// Returns the name of a Service.
    pub fn of(service: &Service) -> Self {
        Self { namespace: service.metadata.namespace.clone(), name: service.metadata.name.clone() }
    }
}

/// An annotation that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnnotationChange {
    /// Its key.
    pub key: String,
    /// Its value now.
    pub before: Option<String>,
    /// Its value afterward.
    pub after: Option<String>,
}

impl Plan {
    /// Returns whether the controller gives up, or nobody acts.
    pub fn stops(&self) -> bool {
        self.changes.iter().any(|change| change.impact == Impact::SyncStops)
    }
}

/// Foretells the next sync of a Service.
pub fn plan(case: &ServiceCase, cluster: &Cluster) -> Plan {
    let controller = case.controller(cluster);
    let old = load_balancer(case, cluster);
    let region = case.region(cluster).map(|(region, _)| region);
    let wanted = Wanted { service: &case.wanted, defaults: &cluster.defaults, region: region.as_deref() };
    let outcome = sync(controller.kind, old.as_ref().map(|old| old.before()), wanted);
    let mut doubts = old.as_ref().map(|old| old.doubts.clone()).unwrap_or_default();
    doubts.extend(outcome.doubts);
    doubts.extend(own_doubts(case, controller.kind));
    let previous = old.as_ref().map(|old| old.maker).filter(|maker| *maker != controller.kind);
    Plan {
        service: ServiceName::of(&case.wanted),
        previous_controller: previous,
        scheme: outcome.scheme.filter(|_| controller.kind != ControllerKind::None),
        annotations: changes_of_ours(case),
        before: old.map(|old| old.listeners).unwrap_or_default(),
        after: outcome.after,
        changes: outcome.changes,
        doubts,
        skipped: cluster.skipped.clone(),
        controller,
    }
}

fn own_doubts(case: &ServiceCase, kind: ControllerKind) -> Vec<String> {
    let mut doubts = Vec::new();
    if kind == ControllerKind::EksAuto {
        doubts.push(
            "EKS Auto Mode is judged by the rules of the AWS Load Balancer Controller: its source is closed"
                .to_owned(),
        );
    }
    let of = match kind {
        ControllerKind::Classic => LoadBalancerType::Classic,
        _ => LoadBalancerType::Network,
    };
    if let Some(policy) = annotation(&case.wanted, keys::SSL_POLICY)
        && kind != ControllerKind::None
        && recognize(policy, of) == Recognized::Unknown
    {
        doubts.push(format!("whether AWS has the policy {policy}: it is not one of those known here"));
    }
    if !case.kept_by_apply.is_empty() {
        let list = case.kept_by_apply.join(", ");
        doubts.push(format!("`kubectl apply` keeps what the file lacks, `kubectl replace` does not: {list}"));
    }
    doubts
}

/// Returns the changes from some annotations to others, by key.
pub fn annotation_changes(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<AnnotationChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changes = names.into_iter().map(|name| AnnotationChange {
        key: name.clone(),
        before: before.get(name).cloned(),
        after: after.get(name).cloned(),
    });
    changes.filter(|change| change.before != change.after).collect()
}

fn changes_of_ours(case: &ServiceCase) -> Vec<AnnotationChange> {
    let none = BTreeMap::new();
    let live = case.live.as_ref().map_or(&none, |live| &live.annotations);
    let mut changes = annotation_changes(live, &case.wanted.annotations);
    changes.retain(|change| keys::is_ours(&change.key));
    changes
}
