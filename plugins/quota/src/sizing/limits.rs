//! Bounds and defaults from what containers ask for.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    admission::{limit_range::Item, simulator::Simulator},
    quantity::Quantity,
};

use super::samples::{Sample, percentile, samples};
use crate::inventory::Inventory;

/// What is proposed for containers.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The bounds and defaults.
    pub item: Item,
    /// NeedReason, by field and resource: `max.cpu`.
    pub reasons: BTreeMap<String, String>,
    /// The resources that every container asks for, or is made to.
    pub requested: BTreeSet<String>,
    /// The resources of which every container has a limit, or gets one.
    pub limited: BTreeSet<String>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// Which parts of it to propose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    Whole,
    /// Defaults alone.
    WithoutBounds,
    /// The default request alone.
    RequestsOnly,
    /// Nothing: what is there stays.
    Nothing,
}

/// What a container starts with that says nothing, where no other says anything either: the values of the textbook.
const USUAL: &[(&str, &str, &str)] = &[("cpu", "100m", "200m"), ("memory", "256Mi", "512Mi")];

/// Sizes the item for containers. `ledger` has the rules of today, without quotas; `present` is what the LimitRange
/// of today says that this one takes the place of.
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
    }
    for &(resource, usual_request, usual_limit) in USUAL {
        let samples = samples(inventory, simulator, resource);
        if samples.is_empty() {
            continue;
        }
        let usual = (read(usual_request), read(usual_limit));
        one(resource, &samples, present, (force_limits, usual, extent), &mut limits);
    }
    limits
}

fn read(text: &str) -> Quantity {
    Quantity::parse(text).unwrap_or_default()
}

fn one(
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
        Some(median) => (
            median,
            format!(
                "half of the {} containers that name one ask for less or as much",
                number(&mut requests())
            ),
        ),
        None => (usual.0, "no container names one: a usual value to start with".to_owned()),
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
        say("min", "the least that a container asks for".to_owned());
    }

    let without: Vec<_> = ordinary().filter(|one| one.limit.is_none()).collect();
    let current = present.and_then(|present| present.default.get(resource));
    if !(without.is_empty() || force_limits || current.is_some()) {
        let count: usize = without.iter().map(|one| one.count).sum();
        let place = &without[0].place;
        let who = match count {
            0 => format!("{place} has none in its template"),
            count => {
                let all: usize = ordinary().map(|one| one.count).sum();
                format!("{count} of {all} containers have none, {place} for one")
            }
        };
        limits.notes.push(format!("limits.{resource} is left out: {who}; --default-limits gives them one"));
        return;
    }
    limits.limited.insert(resource.to_owned());
    if matches!(extent, Extent::RequestsOnly | Extent::Nothing) {
        // Without a default those that name none would be refused.
        if !without.is_empty() {
            limits.limited.remove(resource);
        }
        return;
    }
    let (mut default, why) = match percentile(caps(), 95) {
        Some(high) => {
            (high, format!("95 % of the {} containers with a limit stay within", number(&mut caps())))
        }
        None => (usual.1, "no container has one: a usual value to start with".to_owned()),
    };
    // A container that asks for more than its limit is invalid.
    let floor = without.iter().filter_map(|one| one.request.as_ref()).chain([&request]).chain(current).max();
    let why = match floor.filter(|floor| **floor > default) {
        Some(floor) => {
            default = floor.clone();
            "what containers without a limit ask for, or have by default".to_owned()
        }
        None => why,
    };
    item.default.insert(resource.to_owned(), default.clone());
    say("default", why);
    if extent == Extent::Whole {
        let most = all_requests().chain(all_caps()).chain([&default]).max();
        if let Some(most) = most {
            item.max.insert(resource.to_owned(), most.clone());
            say("max", "the most that a container has".to_owned());
        }
    }
}
