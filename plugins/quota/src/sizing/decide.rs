//! From what is in a namespace to what is recommended for it.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    Result,
    admission::{
        Classes, NamespaceFacts,
        limit_range::{Item, LimitRangeFacts},
        quota_facts::{Amounts, QuotaFacts},
        resource_name::canonical,
        resource_names::is_enforceable,
        simulator::Simulator,
        validation::limit_range_complaints,
    },
    quantity::Quantity,
};

use super::{
    advice::{Advice, SizedLimit, Source},
    limits::{Extent, Limits, limits},
    needs::Needs,
    rounding::round_up,
};
use crate::{
    inventory::Inventory,
    proposal::{
        LimitRangeProposal, Proposal, QuotaProposal, Violation, changes_of_quota, changes_of_range,
        violations,
    },
    sizing::Options,
};

/// Sizes a quota and a LimitRange: the most that breaks nothing. Values that were given are taken as they are, and
/// what they break is told.
///
/// # Errors
/// A quantity that can't be kept.
pub fn decide(inventory: &Inventory, classes: &Classes, options: &Options) -> Result<Advice> {
    let stuck = violations(inventory, &inventory.rules, classes);
    let mut reasons = Vec::new();
    let extents = [Extent::Whole, Extent::WithoutBounds, Extent::RequestsOnly, Extent::Nothing];
    let mut last = None;
    for extent in extents {
        let mut advice = size(inventory, classes, options, extent)?;
        let rules = advice.proposal.rules(inventory)?;
        advice.violations = violations(inventory, &rules, classes);
        advice.violations.retain(|one| !is_already_refused(one, &stuck));
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
    advice.notes.extend(reasons.iter().map(|why| format!("bounds or defaults are left out: {why}")));
    let already = stuck.iter().map(|one| format!("refused already: {}", one.sentence()));
    advice.notes.extend(already.filter(|_| advice.violations.is_empty()));
    advice.notes.extend(refused_by_other_quotas(inventory, classes, &advice.proposal)?);
    Ok(advice)
}

/// Whether the object can't get its next pods as it is, so that the new values don't break anything.
pub fn is_already_refused(one: &Violation, stuck: &[Violation]) -> bool {
    !one.object.starts_with("resourcequota/") && stuck.iter().any(|already| already.object == one.object)
}

fn contradictions(range: &LimitRangeProposal) -> Vec<Violation> {
    let complaints = limit_range_complaints(std::slice::from_ref(&range.container)).into_iter();
    complaints.map(|message| Violation { object: format!("limitrange/{}", range.name), message }).collect()
}

fn size(inventory: &Inventory, classes: &Classes, options: &Options, extent: Extent) -> Result<Advice> {
    let present_quota = replaced_quota(inventory, options);
    let mut notes = Vec::new();
    let simulator_with = |limit_ranges: Vec<LimitRangeFacts>| {
        let rules = NamespaceFacts { limit_ranges, ..NamespaceFacts::default() };
        Simulator::of_namespace(&inventory.namespace, rules, classes.clone())
    };
    let today = simulator_with(inventory.rules.limit_ranges.clone());
    let (range, limits) = range(inventory, &today, options, extent, &mut notes);

    let mut proposal = Proposal {
        namespace: inventory.namespace.clone(),
        quota: None,
        range: range.filter(|range| !range.is_empty()),
    };
    let rules = proposal.rules(inventory)?;
    let needs = Needs::of(inventory, &simulator_with(rules.limit_ranges), options);
    let hard = hard(&needs, &limits, present_quota, options, &mut notes);
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

/// The quota that the recommended one takes the place of: of that name, else the only one that counts everything.
fn replaced_quota<'a>(inventory: &'a Inventory, options: &Options) -> Option<&'a QuotaFacts> {
    let quotas = &inventory.rules.quotas;
    if let Some(name) = &options.name {
        return quotas.iter().find(|quota| quota.name == *name);
    }
    let mut plain = quotas.iter().filter(|quota| quota.requirements.is_empty());
    plain.next().filter(|_| plain.next().is_none())
}

/// The LimitRange, in the place of the only one that is about containers.
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
            "no LimitRange is proposed: there are several already ({names}), and the server takes one of their defaults at random"
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

/// The limits of the quota, and how they came about.
fn hard(
    needs: &Needs,
    limits: &Limits,
    present: Option<&QuotaFacts>,
    options: &Options,
    notes: &mut Vec<String>,
) -> BTreeMap<String, SizedLimit> {
    let spec = present.map(|quota| &quota.spec_hard);
    let current: BTreeSet<&String> = spec.into_iter().flat_map(Amounts::keys).collect();
    let known: BTreeSet<_> = current.iter().map(|name| canonical(name)).collect();
    let new = needs
        .resources()
        .filter(|name| is_recommended_by_default(name, limits) && !known.contains(&canonical(name)));
    let mut hard = BTreeMap::new();
    for resource in current.iter().copied().chain(new) {
        let now = spec.and_then(|spec| spec.get(resource)).cloned();
        if !is_enforceable(resource) {
            notes.push(format!("{resource} is left out: nothing counts it, so that it limits nothing"));
            continue;
        }
        let (parts, total) = (needs.parts(resource), needs.total(resource));
        let headroom = total.percent(options.headroom);
        let sized = match now.clone().filter(|_| total.is_zero()) {
            Some(kept) => {
                SizedLimit { hard: kept, from: Source::Kept, parts, total, headroom: Quantity::ZERO, now }
            }
            None => {
                let wanted = round_up(resource, &(&total + &headroom));
                SizedLimit { hard: wanted, from: Source::Use, parts, total, headroom, now }
            }
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

/// Whether a quota has it unless asked otherwise: what containers take, and the objects that quotas have names for.
fn is_recommended_by_default(resource: &str, limits: &Limits) -> bool {
    match resource {
        "requests.cpu" => limits.requested.contains("cpu"),
        "requests.memory" => limits.requested.contains("memory"),
        "limits.cpu" => limits.limited.contains("cpu"),
        "limits.memory" => limits.limited.contains("memory"),
        "pods"
        | "services"
        | "services.loadbalancers"
        | "services.nodeports"
        | "persistentvolumeclaims"
        | "configmaps"
        | "secrets"
        | "limits.ephemeral-storage" => true,
        _ => resource.starts_with("requests.") && !resource.contains("deviceclass."),
    }
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

/// What quotas that stay would refuse even so.
fn refused_by_other_quotas(
    inventory: &Inventory,
    classes: &Classes,
    proposal: &Proposal,
) -> Result<Vec<String>> {
    let mut rules = proposal.rules(inventory)?;
    let replaced = proposal.quota.as_ref().map(|quota| &quota.name);
    rules.quotas = inventory.rules.quotas.clone();
    rules.quotas.retain(|quota| Some(&quota.name) != replaced);
    if rules.quotas.is_empty() {
        return Ok(Vec::new());
    }
    let refused = violations(inventory, &rules, classes);
    Ok(refused.iter().map(|one| format!("refused by what retained: {}", one.sentence())).collect())
}
