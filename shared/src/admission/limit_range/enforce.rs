//! What a LimitRange fills in and what it refuses.

use super::{LimitRangeFacts, constraint::Constraint, facts::Item};
use crate::{
    admission::object::{ClaimFacts, PodFacts},
    quantity::Quantity,
    resources::{Observation, ResourceList},
};

/// Fills in the limits and requests that containers lack (`PodMutateLimitFunc`). A limit from here does not become a
/// request: defaulting came before.
pub fn inject(range: &LimitRangeFacts, pod: &mut PodFacts) {
    for item in range.items.iter().filter(|item| item.kind == "Container") {
        for container in pod.containers_mut() {
            let spec = &mut container.spec;
            for (list, defaults) in
                [(&mut spec.limits, &item.default), (&mut spec.requests, &item.default_request)]
            {
                for (name, amount) in defaults {
                    list.entry(name.clone()).or_insert_with(|| amount.clone());
                }
            }
        }
    }
}

/// Returns the server's complaints about a pod (`PodValidateLimitFunc`). Those about one container are ordered by
/// resource, where the server's order is random.
pub fn pod_complaints(range: &LimitRangeFacts, pod: &PodFacts) -> Vec<String> {
    let mut complaints = Vec::new();
    for item in &range.items {
        match item.kind.as_str() {
            "Container" => {
                for container in pod.containers() {
                    complaints.extend(check(item, &container.spec.requests, &container.spec.limits));
                }
            }
            "Pod" => {
                let (requests, limits) = whole_pod(pod);
                complaints.extend(check(item, &requests, &limits));
            }
            _ => {}
        }
    }
    complaints
}

/// Returns the server's complaints about a claim (`PersistentVolumeClaimValidateLimitFunc`).
pub fn claim_complaints(range: &LimitRangeFacts, claim: &ClaimFacts) -> Vec<String> {
    let mut complaints = Vec::new();
    let no_limits = ResourceList::new();
    for item in range.items.iter().filter(|item| item.kind == "PersistentVolumeClaim") {
        complaints.extend(run(item, &item.min, &claim.requests, &no_limits, Constraint::min));
        complaints.extend(run(item, &item.max, &claim.requests, &no_limits, Constraint::max_request));
    }
    complaints
}

fn check(item: &Item, requests: &ResourceList, limits: &ResourceList) -> Vec<String> {
    let mut complaints = run(item, &item.min, requests, limits, Constraint::min);
    complaints.extend(run(item, &item.max, requests, limits, Constraint::max));
    complaints.extend(run(item, &item.ratio, requests, limits, Constraint::ratio));
    complaints
}

fn run<'a>(
    item: &'a Item,
    bounds: &'a ResourceList,
    requests: &'a ResourceList,
    limits: &'a ResourceList,
    check: fn(&Constraint<'a>) -> Option<String>,
) -> Vec<String> {
    let constraint = |(resource, bound): (&'a String, &'a Quantity)| Constraint {
        kind: &item.kind,
        resource,
        bound,
        requests,
        limits,
    };
    bounds.iter().map(constraint).filter_map(|constraint| check(&constraint)).collect()
}

/// Returns requests and limits of the whole pod, without overhead and without pod-level huge pages: the plugin's
/// `podRequests` and `podLimits` are outdated copies of the quota's.
fn whole_pod(pod: &PodFacts) -> (ResourceList, ResourceList) {
    let mut requests = pod.resources.container_requests(Observation::Ignored);
    let mut limits = pod.resources.container_limits(Observation::Ignored);
    if let Some(level) = &pod.resources.pod_level {
        for (list, of_pod) in [(&mut requests, &level.requests), (&mut limits, &level.limits)] {
            for (name, amount) in of_pod.iter().filter(|(name, _)| matches!(name.as_str(), "cpu" | "memory"))
            {
                list.insert(name.clone(), amount.clone());
            }
        }
    }
    (requests, limits)
}
