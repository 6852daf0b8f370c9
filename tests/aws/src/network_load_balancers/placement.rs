//! Where a network load balancer is.

use super::load_balancers::{self, named};
use crate::account::Account;
use crate::classic::check_security_groups;
use crate::wire::failure::Outcome;
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// `SetSubnets`.
pub fn set_subnets(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let subnets = load_balancers::subnets(account, parameters)?;
    let balancer = named(account, parameters)?;
    balancer.subnets = subnets;
    let members = balancer.subnets.iter().map(|id| Element::new("member").text("SubnetId", id));
    Ok(vec![Element::list_of("AvailabilityZones", "member", members)])
}

/// `SetSecurityGroups`.
pub fn set_security_groups(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let groups = parameters.texts("SecurityGroups");
    check_security_groups(account, &groups)?;
    let enforced = parameters.get("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic");
    let balancer = named(account, parameters)?;
    balancer.security_groups = groups;
    if let Some(enforced) = enforced {
        balancer.private_link_rules = Some(enforced.to_owned());
    }
    let members = balancer.security_groups.iter().map(|id| Element::of("member", id));
    Ok(vec![Element::list_of("SecurityGroupIds", "member", members)])
}
