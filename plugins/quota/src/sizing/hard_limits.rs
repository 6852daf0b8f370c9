//! The hard limits of a recommended quota.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    admission::{
        quota_facts::{Amounts, QuotaFacts},
        resource_names::canonical,
        resource_names::is_enforceable,
    },
    quantity::Quantity,
};

use super::{
    Options,
    advice::{SizedLimit, Source},
    limits::Limits,
    needs::Needs,
    rounding::round_up,
};

/// Returns the hard limits of the quota with their reasons.
pub fn hard_limits(
    needs: &Needs,
    limits: &Limits,
    present: Option<&QuotaFacts>,
    options: &Options,
    notes: &mut Vec<String>,
) -> BTreeMap<String, SizedLimit> {
    let spec = present.map(|quota| &quota.spec_hard);
    let current: BTreeSet<&String> = spec.into_iter().flat_map(Amounts::keys).collect();
    let known: BTreeSet<_> = current.iter().map(|name| canonical(name)).collect();
    let new = needs.resources().filter(|name| {
        is_recommended(name, limits, options.object_counts) && !known.contains(&canonical(name))
    });
    let mut hard = BTreeMap::new();
    for resource in current.iter().copied().chain(new) {
        let now = spec.and_then(|spec| spec.get(resource)).cloned();
        if !is_enforceable(resource) {
            notes.push(format!(
                "{resource} is omitted: Kubernetes does not track it, so it is never enforced"
            ));
            continue;
        }
        let (parts, total) = (needs.parts(resource), needs.total(resource));
        let headroom = total.percent(options.headroom);
        let wanted = round_up(resource, &(&total + &headroom));
        // A limit on objects, which is there for a reason of its own, is raised and never lowered.
        let stays = is_object_count(resource) && !options.object_counts;
        let kept = now.clone().filter(|now| total.is_zero() || (stays && *now >= wanted));
        let sized = match kept {
            Some(kept) => {
                SizedLimit { hard: kept, from: Source::Kept, parts, total, headroom: Quantity::ZERO, now }
            }
            None => SizedLimit { hard: wanted, from: Source::Use, parts, total, headroom, now },
        };
        hard.insert(resource.clone(), sized);
    }
    for pair in &options.hard {
        let resource = &pair.resource;
        let sized = SizedLimit {
            hard: pair.amount.clone(),
            from: Source::Given,
            parts: needs.parts(resource),
            total: needs.total(resource),
            headroom: Quantity::ZERO,
            now: spec.and_then(|spec| spec.get(resource)).cloned(),
        };
        hard.insert(resource.clone(), sized);
    }
    hard
}

/// Returns whether a quota counts objects by this name. Pods are counted with what they request.
pub fn is_object_count(resource: &str) -> bool {
    resource.starts_with("count/")
        || matches!(
            resource,
            "services"
                | "services.loadbalancers"
                | "services.nodeports"
                | "persistentvolumeclaims"
                | "configmaps"
                | "secrets"
                | "replicationcontrollers"
                | "resourcequotas"
        )
}

/// Returns whether a resource is limited that no quota limits yet: compute resources, and where they are asked for objects
/// with names of their own in quotas.
fn is_recommended(resource: &str, limits: &Limits, object_counts: bool) -> bool {
    match resource {
        "requests.cpu" => limits.requested.contains("cpu"),
        "requests.memory" => limits.requested.contains("memory"),
        "limits.cpu" => limits.limited.contains("cpu"),
        "limits.memory" => limits.limited.contains("memory"),
        "pods" | "limits.ephemeral-storage" => true,
        "services"
        | "services.loadbalancers"
        | "services.nodeports"
        | "persistentvolumeclaims"
        | "configmaps"
        | "secrets" => object_counts,
        _ => resource.starts_with("requests.") && !resource.contains("deviceclass."),
    }
}
