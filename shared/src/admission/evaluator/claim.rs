//! What quotas charge for a PersistentVolumeClaim (`persistent_volume_claims.go`).

use super::integer;
use crate::admission::{object::ClaimFacts, quota_facts::Amounts};

const CLASS_INFIX: &str = ".storageclass.storage.k8s.io/";

/// Implements [`super::counts`].
pub(super) fn counts(resource: &str) -> bool {
    let own = |name: &str| matches!(name, "persistentvolumeclaims" | "requests.storage");
    resource == "count/persistentvolumeclaims"
        || own(resource)
        || resource.rsplit_once(CLASS_INFIX).is_some_and(|(_, name)| own(name))
}

/// Implements [`super::usage`]. Storage is charged in whole bytes, rounded up.
pub(super) fn usage(claim: &ClaimFacts) -> Amounts {
    let mut usage = Amounts::from([
        ("count/persistentvolumeclaims".to_owned(), integer(1)),
        ("persistentvolumeclaims".to_owned(), integer(1)),
    ]);
    let class = claim.class.as_deref().filter(|class| !class.is_empty());
    if let Some(class) = class {
        usage.insert(format!("{class}{CLASS_INFIX}persistentvolumeclaims"), integer(1));
    }
    if let Some(requested) = claim.requests.get("storage") {
        let requested = requested.round_up(0);
        let allocated = claim.allocated.as_ref().filter(|allocated| **allocated > requested);
        let storage = allocated.map_or(requested.clone(), |allocated| allocated.round_up(0));
        if let Some(class) = class {
            usage.insert(format!("{class}{CLASS_INFIX}requests.storage"), storage.clone());
        }
        usage.insert("requests.storage".to_owned(), storage);
    }
    usage
}
