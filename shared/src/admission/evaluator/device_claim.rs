//! What quotas charge for a ResourceClaim (`resource_claims.go`): by class, and by the extended resource that stands for it.

use super::integer;
use crate::{
    admission::{object::DeviceClaimFacts, quota_facts::Amounts},
    quantity::{Format, Quantity},
};

const CLASS_SUFFIX: &str = ".deviceclass.resource.k8s.io/devices";
const COUNT: &str = "count/resourceclaims.resource.k8s.io";

/// The start of the names by which quotas limit classes as extended resources.
const IMPLICIT_PREFIX: &str = "requests.deviceclass.resource.kubernetes.io/";

/// Implements [`super::counts`] for what counts claims of any class.
pub(super) fn counts_any(resource: &str) -> bool {
    resource == COUNT || resource.ends_with(CLASS_SUFFIX)
}

/// Implements [`super::counts`].
pub(super) fn counts(resource: &str, claim: &DeviceClaimFacts) -> bool {
    if counts_any(resource) {
        return true;
    }
    if !claim.version.charges_claims_as_extended_resources() {
        return false;
    }
    let mut classes = claim.extended_resources.iter();
    match resource.strip_prefix(IMPLICIT_PREFIX) {
        Some(class) => claim.extended_resources.contains_key(class),
        None => classes.any(|(_, extended)| resource.strip_prefix("requests.") == Some(extended.as_str())),
    }
}

/// Implements [`super::usage`].
pub(super) fn usage(claim: &DeviceClaimFacts) -> Amounts {
    let mut usage = Amounts::from([(COUNT.to_owned(), integer(1))]);
    for (class, &count) in &claim.devices {
        let count = Quantity::from_integer(count, Format::DecimalSi);
        if claim.version.charges_claims_as_extended_resources() {
            let implicit = format!("{IMPLICIT_PREFIX}{class}");
            let extended = claim.extended_resources.get(class).map(|extended| format!("requests.{extended}"));
            for name in extended.into_iter().chain([implicit]) {
                let rest = match claim.charged_to_pod.get(&name) {
                    Some(charged) => &count - charged,
                    None => count.clone(),
                };
                if rest.is_positive() {
                    usage.insert(name, rest);
                }
            }
        }
        usage.insert(format!("{class}{CLASS_SUFFIX}"), count);
    }
    usage
}
