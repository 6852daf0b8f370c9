//! Tags of load balancers, listeners and target groups, which calls name by ARN.

use super::{listeners, target_groups};
use crate::account::Account;
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// `DescribeTags`.
pub fn describe(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arns = parameters.texts("ResourceArns");
    if arns.len() > 20 {
        return Err(Failure::validation("The tags of up to 20 resources can be described in a call"));
    }
    let describe = |arn: String| {
        // Nobody tags the rules that listeners have by default.
        let tags = if arn.contains(listeners::RULE) { Tags::new() } else { of(account, &arn)?.clone() };
        let tags = tags::members(&tags);
        Ok(Element::new("member").text("ResourceArn", &arn).child(tags))
    };
    let members = arns.into_iter().map(describe).collect::<Outcome<Vec<_>>>()?;
    Ok(vec![Element::list_of("TagDescriptions", "member", members)])
}

/// `AddTags`.
pub fn add(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let added = parameters.pairs("Tags")?;
    for arn in parameters.texts("ResourceArns") {
        tags::add(of(account, &arn)?, &added)?;
    }
    Ok(Vec::new())
}

/// `RemoveTags`.
pub fn remove(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let keys = parameters.texts("TagKeys");
    for arn in parameters.texts("ResourceArns") {
        of(account, &arn)?.retain(|key, _| !keys.contains(key));
    }
    Ok(Vec::new())
}

fn of<'a>(account: &'a mut Account, arn: &str) -> Outcome<&'a mut Tags> {
    if arn.contains(":listener/") {
        return listeners::find_mut(account, arn).map(|listener| &mut listener.tags);
    }
    if arn.contains(":targetgroup/") {
        let missing = || target_groups::missing(arn);
        return account.target_groups.get_mut(arn).map(|group| &mut group.tags).ok_or_else(missing);
    }
    let missing = || Failure::new("LoadBalancerNotFound", format!("Load balancer '{arn}' not found"));
    account.network_load_balancers.get_mut(arn).map(|balancer| &mut balancer.tags).ok_or_else(missing)
}
