//! A sync by whoever acts, on a load balancer that another may have made.

use super::{
    Before, Wanted,
    change::{Change, Impact, Outcome},
    classic, load_balancer_controller, network_in_tree,
};
use crate::{controllers::ControllerKind, keys};

/// Runs the sync of the controller that acts on a Service as it will be.
pub fn sync(kind: ControllerKind, before: Option<Before<'_>>, wanted: Wanted<'_>) -> Outcome {
    match kind {
        ControllerKind::None => nobody(before, wanted),
        kind if kind.is_in_tree() => in_tree(kind, before, wanted),
        _ => match before.filter(|before| before.maker.is_in_tree()) {
            Some(old) => second(old, wanted),
            None => load_balancer_controller::sync(before, wanted),
        },
    }
}

fn run_in_tree(kind: ControllerKind, before: Option<Before<'_>>, wanted: Wanted<'_>) -> Outcome {
    match kind {
        ControllerKind::NlbInTree => network_in_tree::sync(before, wanted),
        _ => classic::sync(before, wanted),
    }
}

fn in_tree(kind: ControllerKind, before: Option<Before<'_>>, wanted: Wanted<'_>) -> Outcome {
    let Some(old) = before else { return run_in_tree(kind, None, wanted) };
    if old.maker.is_lbc() {
        let created = run_in_tree(kind, None, wanted);
        // v3.3.0 goes on without a load balancer after it has deleted its own, panics, and starts over
        // (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/controllers/service/service_controller.go>,
        // `reconcile`).
        let reason = "the AWS Load Balancer Controller deletes its load balancer, and the cloud provider creates another; the first keeps clearing the hostname from the Service's status";
        let mut changes = with_stops(Impact::LoadBalancerReplaced, reason, &created);
        if let Some(change) = changes.first_mut() {
            change.way =
                Some("create another Service, move clients to its hostname, and delete this one".to_owned());
        }
        // Which of the two writes the status first is a race: the cloud provider refuses an old hostname of another type.
        let doubt = "whether the cloud provider succeeds before the other controller has cleared the old hostname: until then it refuses the Service";
        let doubts = [created.doubts, vec![doubt.to_owned()]].concat();
        return Outcome { changes, doubts, ..created };
    }
    match refused_type(kind, old) {
        Some(reason) => Outcome {
            after: old.listeners.to_vec(),
            scheme: old.scheme,
            changes: vec![Change::of_all(Impact::SyncStops, reason).with_way(
                "set the type annotation back; for another load balancer create another Service with `kubectl elb-tls migrate`",
            )],
            ..Outcome::default()
        },
        None => run_in_tree(kind, before, wanted),
    }
}

/// Returns why the cloud provider refuses to sync a load balancer of another type
/// (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_validations.go>,
/// `validateServiceAnnotations`). It tells types apart by this suffix alone, which hostnames in China lack.
fn refused_type(kind: ControllerKind, old: Before<'_>) -> Option<String> {
    let hostname = old.service.status.load_balancer.ingress.first().map(|ingress| ingress.hostname.as_str());
    let is_classic = match hostname {
        Some(hostname) => hostname.ends_with(".elb.amazonaws.com"),
        None => old.maker == ControllerKind::Classic,
    };
    let wanted = match (kind, is_classic) {
        (ControllerKind::NlbInTree, true) => "NLB",
        (ControllerKind::Classic, false) => "Classic Load Balancer",
        _ => return None,
    };
    Some(format!(
        "the cloud provider gives up: cannot update Load Balancer Type annotation {:?} after creation for {wanted}; nothing is changed any more",
        keys::TYPE
    ))
}

/// Lets the AWS Load Balancer Controller make a load balancer beside that of the cloud provider.
fn second(old: Before<'_>, wanted: Wanted<'_>) -> Outcome {
    let created = load_balancer_controller::sync(None, wanted);
    if created.after.is_empty() && created.stops() {
        return Outcome { after: old.listeners.to_vec(), scheme: old.scheme, ..created };
    }
    let reason = "the AWS Load Balancer Controller makes a second load balancer, and the Service names that; the first is left behind, and billed";
    let mut changes = with_stops(Impact::HostnameChanges, reason, &created);
    if let Some(change) = changes.first_mut() {
        change.way = Some("create another Service with `kubectl elb-tls migrate`, move clients to its hostname, and delete this one".to_owned());
    }
    Outcome { changes, ..created }
}

fn with_stops(impact: Impact, reason: &str, created: &Outcome) -> Vec<Change> {
    let stops = created.changes.iter().filter(|change| change.impact == Impact::SyncStops).cloned();
    std::iter::once(Change::of_all(impact, reason)).chain(stops).collect()
}

fn nobody(before: Option<Before<'_>>, wanted: Wanted<'_>) -> Outcome {
    let service = wanted.service;
    let balances = service.spec.service_type == "LoadBalancer";
    if let Some(old) = before
        && !balances
    {
        let cut = |port| {
            Change::of_port(
                port,
                Impact::ConnectionsCut,
                "spec.type is no longer LoadBalancer: the load balancer is deleted",
            )
        };
        let changes = old.listeners.iter().map(|listener| cut(listener.port)).collect();
        return Outcome { changes, ..Outcome::default() };
    }
    let left = if before.is_some() { "; the load balancer there is left behind, and billed" } else { "" };
    let reason = if !balances {
        "nobody acts: spec.type is not LoadBalancer".to_owned()
    } else if service.spec.load_balancer_class.is_some() {
        format!("nobody of AWS acts: spec.loadBalancerClass is that of another controller{left}")
    } else {
        format!("nobody acts: type external needs nlb-target-type ip or instance{left}")
    };
    let change = Change::of_all(Impact::SyncStops, reason);
    let change = match service.spec.load_balancer_class {
        None if balances => change.with_way(format!(
            "set {} to ip or instance, if the AWS Load Balancer Controller runs",
            keys::TARGET_TYPE
        )),
        _ => change,
    };
    Outcome { changes: vec![change], ..Outcome::default() }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
