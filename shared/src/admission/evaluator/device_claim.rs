//! What quotas charge for a ResourceClaim (`resource_claims.go`), except for classes that stand for an extended
//! resource.

use super::integer;
use crate::{
    admission::{object::DeviceClaimFacts, quota_facts::Amounts},
    quantity::{Format, Quantity},
};

const CLASS_SUFFIX: &str = ".deviceclass.resource.k8s.io/devices";
const COUNT: &str = "count/resourceclaims.resource.k8s.io";

/// Implements [`super::counts`].
pub(super) fn counts(resource: &str) -> bool {
    resource == COUNT || resource.ends_with(CLASS_SUFFIX)
}

/// Implements [`super::usage`].
pub(super) fn usage(claim: &DeviceClaimFacts) -> Amounts {
    let mut usage = Amounts::from([(COUNT.to_owned(), integer(1))]);
    for (class, &count) in &claim.devices {
        let count = Quantity::from_integer(count, Format::DecimalSi);
        if count.is_positive() && claim.version.charges_claims_as_extended_resources() {
            usage.insert(format!("requests.deviceclass.resource.kubernetes.io/{class}"), count.clone());
        }
        usage.insert(format!("{class}{CLASS_SUFFIX}"), count);
    }
    usage
}
