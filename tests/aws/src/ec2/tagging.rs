//! Tags of what is there already.

use super::{done, security_groups};
use crate::account::Account;
use crate::tags;
use crate::wire::failure::Outcome;
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// `CreateTags`. The controllers tag security groups only.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let added = parameters.pairs("Tag")?;
    for id in parameters.texts("ResourceId") {
        tags::add(&mut security_groups::get_mut(account, &id)?.tags, &added)?;
    }
    Ok(done())
}

/// `DeleteTags`.
pub fn delete(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    for id in parameters.texts("ResourceId") {
        let group = security_groups::get_mut(account, &id)?;
        for item in parameters.items("Tag") {
            group.tags.remove(item.required("Key")?);
        }
    }
    Ok(done())
}
