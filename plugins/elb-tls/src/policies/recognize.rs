//! Whether a name is that of a policy.

use super::{
    BEST_OF_CLASSIC, NAME_PREFIX,
    table::{LoadBalancerType, POLICIES, Policy, find},
};
use crate::keys::edit_distance;

/// What a name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognized {
    /// A policy of the table.
    Known(&'static Policy),
    /// A well-formed name that the table lacks: AWS adds policies for Network Load Balancers every year or two.
    Unknown,
    /// Certainly not a policy of such load balancers, with the one that was meant.
    Wrong(Option<String>),
}

/// Returns what a name is.
pub fn recognize(name: &str, of: LoadBalancerType) -> Recognized {
    if let Some(policy) = find(name, of) {
        return Recognized::Known(policy);
    }
    let meant = meant(name, of);
    // The list of Classic Load Balancers is complete: it has not changed since 2017.
    if of == LoadBalancerType::Classic {
        let is_of_network = find(name, LoadBalancerType::Network).is_some() || name.contains("TLS13");
        return Recognized::Wrong(if is_of_network { Some(BEST_OF_CLASSIC.to_owned()) } else { meant });
    }
    let well_formed = name.strip_prefix(NAME_PREFIX).is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let is_of_classic = find(name, LoadBalancerType::Classic).is_some();
    if !well_formed || is_of_classic || meant.is_some() {
        return Recognized::Wrong(meant);
    }
    Recognized::Unknown
}

/// Returns the policy that a misspelled name is nearest to. Another date is no misspelling: policies are told apart by it.
fn meant(name: &str, of: LoadBalancerType) -> Option<String> {
    let lower = name.to_lowercase();
    let of_type = POLICIES.iter().filter(|policy| policy.is_of(of) && !policy.is_deprecated());
    let near = of_type.filter_map(|policy| {
        let candidate = policy.name();
        let distance = edit_distance(&lower, &candidate.to_lowercase());
        let differs_in_date = without_date(name) == without_date(&candidate);
        let is_other_date = of == LoadBalancerType::Network && differs_in_date && distance > 0;
        (distance <= 2 && !is_other_date).then_some((distance, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// Cuts the year and month at the end.
fn without_date(name: &str) -> &str {
    name.trim_end_matches(|character: char| character.is_ascii_digit() || character == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(meant: &str) -> Recognized {
        Recognized::Wrong(Some(meant.to_owned()))
    }

    #[test]
    fn names_of_network_load_balancers() {
        let network = |name: &str| recognize(name, LoadBalancerType::Network);
        assert!(matches!(network("ELBSecurityPolicy-TLS13-1-2-2021-06"), Recognized::Known(_)));
        assert_eq!(network("ELBSecurityPolicy-TLS13-1-2-PQ-2027-01"), Recognized::Unknown);
        assert_eq!(network("ELBSecurityPolicy-TLS-1-0-2015-04"), Recognized::Unknown);
        assert_eq!(network("ELBSEcurityPolicy-2016-08"), wrong("ELBSecurityPolicy-2016-08"));
        assert_eq!(
            network("ELBSecurityPolicy-TLS13-1-2-Rse-2021-06"),
            wrong("ELBSecurityPolicy-TLS13-1-2-Res-2021-06")
        );
        assert_eq!(network("ELBSecurityPolicy-2015-03"), Recognized::Wrong(None));
        assert_eq!(network("custom"), Recognized::Wrong(None));
        assert_eq!(network(""), Recognized::Wrong(None));
    }

    #[test]
    fn names_of_classic_load_balancers() {
        let classic = |name: &str| recognize(name, LoadBalancerType::Classic);
        assert!(matches!(classic("ELBSecurityPolicy-2016-08"), Recognized::Known(_)));
        assert!(matches!(classic("ELBSecurityPolicy-2011-08"), Recognized::Known(_)));
        assert_eq!(classic("ELBSecurityPolicy-TLS13-1-2-2021-06"), wrong(BEST_OF_CLASSIC));
        assert_eq!(classic("ELBSecurityPolicy-TLS-1-2-2017-1"), wrong(BEST_OF_CLASSIC));
        assert_eq!(classic("ELBSecurityPolicy-custom"), Recognized::Wrong(None));
    }
}
