//! Lowers raised quotas again as far as everything is still admitted.

use shared::{admission::simulator::Simulator, quantity::Quantity};

use super::Feasibility;

/// Returns rules in which no raised hard limit can be lower. What a rollout needs at its peak is less than the sum over
/// all its pods, since old pods free quota.
pub(super) fn least(
    before: &Simulator,
    raised: Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Simulator {
    let mut rules = raised;
    for (index, resource) in raised_limits(before, &rules, namespace) {
        let hard = |rules: &Simulator| {
            let quota = rules.namespaces.get(namespace)?.quotas.get(index)?;
            quota.status_hard.get(&resource).cloned()
        };
        let (Some(low), Some(high)) = (hard(before), hard(&rules)) else { continue };
        let is_cpu = resource.ends_with("cpu");
        let units = |amount: &Quantity| match is_cpu {
            true => amount.milli_value_ceil(),
            false => amount.value_ceil(),
        };
        let (Some(mut too_little), Some(mut enough)) = (units(&low), units(&high)) else { continue };
        let with = |amount: i64| {
            let exact = match is_cpu {
                true => Quantity::from_milli(amount, low.format()),
                false => Quantity::from_integer(amount, low.format()),
            };
            let mut rules = rules.clone();
            let quotas = rules.namespaces.get_mut(namespace).map(|rules| &mut rules.quotas);
            if let Some(quota) = quotas.and_then(|quotas| quotas.get_mut(index)) {
                quota.status_hard.insert(resource.clone(), exact);
            }
            rules
        };
        if !feasibility(&with(enough - 1)).complete {
            continue;
        }
        while enough - too_little > 1 {
            let middle = too_little + (enough - too_little) / 2;
            if feasibility(&with(middle)).complete { enough = middle } else { too_little = middle }
        }
        rules = with(enough);
    }
    rules
}

/// Returns the hard limits that are higher than before, by the quota's index and the resource.
fn raised_limits(before: &Simulator, after: &Simulator, namespace: &str) -> Vec<(usize, String)> {
    let quotas = |rules: &Simulator| {
        rules.namespaces.get(namespace).map(|rules| rules.quotas.clone()).unwrap_or_default()
    };
    let mut raised = Vec::new();
    for (index, (before, after)) in quotas(before).iter().zip(quotas(after)).enumerate() {
        for (resource, hard) in after.status_hard {
            if before.status_hard.get(&resource).is_some_and(|before| *before < hard) {
                raised.push((index, resource));
            }
        }
    }
    raised
}
