//! Sizes bounds and defaults of containers by what they request.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    admission::{limit_range::Item, simulator::Simulator},
    quantity::Quantity,
};

use super::samples::{Sample, percentile, samples};
use crate::inventory::Inventory;

/// The recommended bounds and defaults of containers.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The bounds and defaults.
    pub item: Item,
    /// The reasons by field and resource: `max.cpu`.
    pub reasons: BTreeMap<String, String>,
    /// The resources that every container requests, by itself or by default.
    pub requested: BTreeSet<String>,
    /// The resources that every container has a limit for, by itself or by default.
    pub limited: BTreeSet<String>,
    /// What was omitted, and why.
    pub notes: Vec<String>,
}

/// The parts of a LimitRange to recommend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    Whole,
    /// Default requests and limits, without new bounds.
    WithoutBounds,
    /// Default requests only.
    RequestsOnly,
    /// Nothing: existing LimitRanges stay unchanged.
    Nothing,
}

/// Default request and limit of each resource where no container specifies any.
const USUAL: &[(&str, &str, &str)] = &[("cpu", "100m", "200m"), ("memory", "256Mi", "512Mi")];

/// Sizes the item for containers. `simulator` has the current rules without quotas; `present` is the item of the LimitRange
/// that this one replaces.
pub fn limits(
    inventory: &Inventory,
    simulator: &Simulator,
    present: Option<&Item>,
    force_limits: bool,
    extent: Extent,
) -> Limits {
    let mut limits = Limits::default();
    limits.item.kind = "Container".to_owned();
    if let Some(present) = present {
        limits.item.ratio = present.ratio.clone();
        if !matches!(extent, Extent::Whole) {
            limits.item.min = present.min.clone();
            limits.item.max = present.max.clone();
        }
    }
    for &(resource, usual_request, usual_limit) in USUAL {
        let samples = samples(inventory, simulator, resource);
        if samples.is_empty() {
            continue;
        }
        let usual = (quantity(usual_request), quantity(usual_limit));
        size_resource(resource, &samples, present, (force_limits, usual, extent), &mut limits);
    }
    limits
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap_or_default()
}

fn size_resource(
    resource: &str,
    samples: &[Sample],
    present: Option<&Item>,
    (force_limits, usual, extent): (bool, (Quantity, Quantity), Extent),
    limits: &mut Limits,
) {
    let ordinary = || samples.iter().filter(|one| !one.has_pod_level_resources);
    let requests = || ordinary().filter_map(|one| Some((one.request.as_ref()?, one.count)));
    let caps = || ordinary().filter_map(|one| Some((one.limit.as_ref()?, one.count)));
    let all_requests = || samples.iter().filter_map(|one| one.request.as_ref());
    let all_caps = || samples.iter().filter_map(|one| one.limit.as_ref());
    let number = |amounts: &mut dyn Iterator<Item = (&Quantity, usize)>| -> usize {
        amounts.map(|(_, count)| count).sum()
    };
    let mut say = |field: &str, why: String| drop(limits.reasons.insert(format!("{field}.{resource}"), why));

    let (request, why) = match percentile(requests(), 50) {
        Some(median) => (median, of_containers("median", number(&mut requests()), "request")),
        None => (usual.0, "no container sets a request: a common value to start from".to_owned()),
    };
    if extent != Extent::Nothing || ordinary().all(|one| one.request.is_some()) {
        limits.requested.insert(resource.to_owned());
    }
    let item = &mut limits.item;
    if extent != Extent::Nothing {
        item.default_request.insert(resource.to_owned(), request.clone());
        say("defaultRequest", why);
    }
    if extent == Extent::Whole
        && let Some(least) = all_requests().min().filter(|least| least.is_positive())
    {
        item.min.insert(resource.to_owned(), least.min(&request).clone());
        say("min", "the smallest request of a container".to_owned());
    }

    let without: Vec<_> = ordinary().filter(|one| one.limit.is_none()).collect();
    let current = present.and_then(|present| present.default.get(resource));
    if !(without.is_empty() || force_limits || current.is_some()) {
        let count: usize = without.iter().map(|one| one.count).sum();
        let place = &without[0].location;
        let who = match count {
            0 => format!("{place} has no limit in its template"),
            count => {
                let all: usize = ordinary().map(|one| one.count).sum();
                format!("{count} of {all} containers have no limit, such as {place}")
            }
        };
        limits.notes.push(format!("limits.{resource} is omitted: {who}; --default-limits sets one"));
        return;
    }
    limits.limited.insert(resource.to_owned());
    if matches!(extent, Extent::RequestsOnly | Extent::Nothing) {
        // Without a default, containers without a limit would be refused.
        if !without.is_empty() {
            limits.limited.remove(resource);
        }
        return;
    }
    let (mut default, why) = match percentile(caps(), 95) {
        Some(high) => (high, of_containers("95th percentile", number(&mut caps()), "limit")),
        None => (usual.1, "no container sets a limit: a common value to start from".to_owned()),
    };
    // A container whose request exceeds its limit is invalid.
    let floor = without.iter().filter_map(|one| one.request.as_ref()).chain([&request]).chain(current).max();
    let why = match floor.filter(|floor| **floor > default) {
        Some(floor) => {
            default = floor.clone();
            "the largest request, or current default, of containers without a limit".to_owned()
        }
        None => why,
    };
    item.default.insert(resource.to_owned(), default.clone());
    say("default", why);
    if extent == Extent::Whole {
        let most = all_requests().chain(all_caps()).chain([&default]).max();
        if let Some(most) = most {
            item.max.insert(resource.to_owned(), most.clone());
            say("max", "the largest request or limit of a container".to_owned());
        }
    }
}

/// Returns the reason for an amount that containers have in the middle or at most.
fn of_containers(which: &str, count: usize, amount: &str) -> String {
    match count {
        1 => format!("the {amount} of the only container that sets one"),
        _ => format!("{which} of the {count} containers that set a {amount}"),
    }
}
