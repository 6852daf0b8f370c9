//! Recommends a quota and a LimitRange for the inventory of a namespace.

use std::collections::BTreeMap;

use shared::{
    Result,
    admission::{
        ClusterFacts, NamespaceFacts,
        limit_range::{Item, LimitRangeFacts},
        quota_facts::{Amounts, QuotaFacts},
        simulator::Simulator,
        validation::limit_range_complaints,
    },
};

use super::{
    advice::{Advice, SizedLimit, Source},
    hard_limits::{hard_limits, is_object_count},
    limits::{Extent, Limits, limits},
    needs::Needs,
};
use crate::{
    inventory::Inventory,
    proposal::{
        LimitRangeProposal, Proposal, QuotaProposal, Violation, changes_of_quota, changes_of_range,
        violations,
    },
    sizing::Options,
};

/// Recommends a quota and a LimitRange with as many bounds and defaults as break nothing. Values that were given are used
/// unchanged, and reported as violations where they break something.
///
/// # Errors
/// A quantity that the API server would not store.
pub fn decide(inventory: &Inventory, cluster_facts: &ClusterFacts, options: &Options) -> Result<Advice> {
    let refused_now = violations(inventory, &inventory.rules, cluster_facts);
    let mut reasons = Vec::new();
    let extents = [Extent::Whole, Extent::WithoutBounds, Extent::RequestsOnly, Extent::Nothing];
    let mut last = None;
    for extent in extents.into_iter().skip(usize::from(!options.bounds)) {
        let mut advice = size(inventory, cluster_facts, options, extent)?;
        let rules = advice.proposal.rules(inventory)?;
        advice.violations = violations(inventory, &rules, cluster_facts);
        advice.violations.retain(|one| !is_already_refused(one, &refused_now));
        advice.violations.extend(advice.proposal.range.iter().flat_map(contradictions));
        let ends = advice.violations.is_empty() || !options.hard.is_empty() || !options.limits.is_empty();
        match advice.violations.first() {
            Some(first) if !ends => reasons.push(first.sentence()),
            _ => {}
        }
        last = Some(advice);
        if ends {
            break;
        }
    }
    let mut advice = last.unwrap_or_default();
    advice.notes.extend(reasons.iter().map(|why| format!("some bounds or defaults are omitted: {why}")));
    let already = refused_now.iter().map(|one| format!("already refused: {}", one.sentence()));
    advice.notes.extend(already.filter(|_| advice.violations.is_empty()));
    advice.notes.extend(refused_by_other_quotas(inventory, cluster_facts, &advice.proposal)?);
    Ok(advice)
}

/// Returns whether the next pods of an object are refused already, so that the new values break nothing.
pub fn is_already_refused(one: &Violation, refused_now: &[Violation]) -> bool {
    !one.object.starts_with("resourcequota/")
        && refused_now.iter().any(|already| already.object == one.object)
}

fn contradictions(range: &LimitRangeProposal) -> Vec<Violation> {
    let complaints = limit_range_complaints(std::slice::from_ref(&range.container)).into_iter();
    complaints.map(|message| Violation { object: format!("limitrange/{}", range.name), message }).collect()
}

fn size(
    inventory: &Inventory,
    cluster_facts: &ClusterFacts,
    options: &Options,
    extent: Extent,
) -> Result<Advice> {
    let present_quota = replaced_quota(inventory, options);
    let mut notes = Vec::new();
    let simulator_with = |limit_ranges: Vec<LimitRangeFacts>| {
        let rules = NamespaceFacts { limit_ranges, ..NamespaceFacts::default() };
        Simulator::for_namespace(&inventory.namespace, rules, cluster_facts.clone())
    };
    let today = simulator_with(inventory.rules.limit_ranges.clone());
    let (range, limits) = range(inventory, &today, options, extent, &mut notes);

    let mut proposal = Proposal {
        namespace: inventory.namespace.clone(),
        quota: None,
        range: range.filter(|range| !range.is_empty()),
    };
    let rules = proposal.rules(inventory)?;
    let mut needs = Needs::of(inventory, &simulator_with(rules.limit_ranges), options);
    if let Some(present) = present_quota {
        needs.count_at_least(&present.used);
    }
    let mut hard = hard_limits(&needs, &limits, present_quota, options, &mut notes);
    leave_to_other_quotas(&mut hard, inventory, present_quota, &mut notes);
    let name = options.name.clone().or(present_quota.map(|quota| quota.name.clone()));
    let amounts: Amounts =
        hard.iter().map(|(resource, sized)| (resource.clone(), sized.hard.clone())).collect();
    if !amounts.is_empty() {
        let name = name.unwrap_or_else(|| "quota".to_owned());
        proposal.quota = Some(QuotaProposal { name, hard: amounts, ..QuotaProposal::default() });
    }
    notes.extend(limits.notes);
    let changes = changes(inventory, &proposal)?;
    Ok(Advice { proposal, hard, range_reasons: limits.reasons, notes, violations: Vec::new(), changes })
}

/// Returns the quota that the recommended one replaces: the one of that name, else of those without scopes the one with
/// most limits on what pods request, and the first of them by name.
fn replaced_quota<'a>(inventory: &'a Inventory, options: &Options) -> Option<&'a QuotaFacts> {
    let quotas = &inventory.rules.quotas;
    if let Some(name) = &options.name {
        return quotas.iter().find(|quota| quota.name == *name);
    }
    let plain = quotas.iter().filter(|quota| quota.requirements.is_empty());
    let limits = |quota: &&QuotaFacts| {
        let of_pods = quota.spec_hard.keys().filter(|name| !is_object_count(name)).count();
        (std::cmp::Reverse(of_pods), quota.name.clone())
    };
    plain.min_by_key(limits)
}

/// Removes limits that another quota without scopes sets already, and tells what goes on binding.
fn leave_to_other_quotas(
    hard: &mut BTreeMap<String, SizedLimit>,
    inventory: &Inventory,
    present: Option<&QuotaFacts>,
    notes: &mut Vec<String>,
) {
    let others = inventory.rules.quotas.iter().filter(|other| {
        other.requirements.is_empty() && present.is_none_or(|present| present.name != other.name)
    });
    for other in others {
        for (resource, limit) in &other.spec_hard {
            let Some(sized) = hard.get(resource) else { continue };
            let is_less = if *limit < sized.hard { ", which is less than" } else { "; needed are" };
            notes.push(format!(
                "quota {} goes on limiting {resource} to {limit}{is_less} {}",
                other.name, sized.hard
            ));
            if sized.from == Source::Use && sized.now.is_none() {
                hard.remove(resource);
            }
        }
    }
}

/// Returns the LimitRange, which replaces the only one with bounds or defaults for containers.
fn range(
    inventory: &Inventory,
    today: &Simulator,
    options: &Options,
    extent: Extent,
    notes: &mut Vec<String>,
) -> (Option<LimitRangeProposal>, Limits) {
    let container =
        |range: &LimitRangeFacts| range.items.iter().find(|item| item.kind == "Container").cloned();
    let present: Vec<_> =
        inventory.rules.limit_ranges.iter().filter(|range| container(range).is_some()).collect();
    if present.len() > 1 && options.limits.is_empty() {
        let names = present.iter().map(|range| range.name.as_str()).collect::<Vec<_>>().join(", ");
        notes.push(format!(
            "no LimitRange is recommended: several exist ({names}), and their defaults apply in random order"
        ));
        return (None, limits(inventory, today, None, false, Extent::Nothing));
    }
    let present = present.first().copied();
    let item = present.and_then(container);
    let mut limits = limits(inventory, today, item.as_ref(), options.default_limits, extent);
    options.limits.override_in(&mut limits.item);
    for (field, pairs) in [
        ("default", &options.limits.default_limit),
        ("defaultRequest", &options.limits.default_request),
        ("min", &options.limits.min),
        ("max", &options.limits.max),
        ("maxLimitRequestRatio", &options.limits.max_ratio),
    ] {
        for pair in pairs {
            limits.reasons.insert(format!("{field}.{}", pair.resource), "as given".to_owned());
        }
    }
    if extent == Extent::Nothing && options.limits.is_empty() {
        return (None, limits);
    }
    let others = present.map(|range| range.items.iter().filter(|item| item.kind != "Container").cloned());
    let range = LimitRangeProposal {
        name: present.map_or("limits", |range| &range.name).to_owned(),
        container: Item { kind: "Container".to_owned(), ..limits.item.clone() },
        others: others.into_iter().flatten().collect(),
    };
    (Some(range), limits)
}

fn changes(inventory: &Inventory, proposal: &Proposal) -> Result<Vec<crate::proposal::Change>> {
    let mut changes = Vec::new();
    if let Some(quota) = &proposal.quota
        && let Some(present) = inventory.rules.quotas.iter().find(|present| present.name == quota.name)
    {
        changes.extend(changes_of_quota(quota, present));
    }
    if let Some(range) = &proposal.range
        && let Some(present) = inventory.rules.limit_ranges.iter().find(|present| present.name == range.name)
    {
        changes.extend(changes_of_range(&range.facts(&inventory.namespace)?, present));
    }
    Ok(changes)
}

/// Returns what other quotas, which stay unchanged, would refuse.
fn refused_by_other_quotas(
    inventory: &Inventory,
    cluster_facts: &ClusterFacts,
    proposal: &Proposal,
) -> Result<Vec<String>> {
    let mut rules = proposal.rules(inventory)?;
    let replaced = proposal.quota.as_ref().map(|quota| &quota.name);
    rules.quotas = inventory.rules.quotas.clone();
    rules.quotas.retain(|quota| Some(&quota.name) != replaced);
    if rules.quotas.is_empty() {
        return Ok(Vec::new());
    }
    let refused = violations(inventory, &rules, cluster_facts);
    Ok(refused.iter().map(|one| format!("refused by another quota: {}", one.sentence())).collect())
}
