//! Where a classic load balancer is and what it reaches: subnets, security groups and instances.

use super::load_balancers::{check_security_groups, named};
use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// `AttachLoadBalancerToSubnets`. The scheme stays what it is, whatever the subnets are.
pub fn attach_subnets(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let added = parameters.texts("Subnets");
    added.iter().try_for_each(|subnet| account.network.subnet(subnet).map(drop))?;
    let balancer = named(account, parameters)?;
    balancer.subnets.extend(added);
    Ok(vec![Element::new("Subnets").children(members(&balancer.subnets))])
}

/// `DetachLoadBalancerFromSubnets`.
pub fn detach_subnets(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let balancer = named(account, parameters)?;
    for subnet in parameters.texts("Subnets") {
        balancer.subnets.remove(&subnet);
    }
    Ok(vec![Element::new("Subnets").children(members(&balancer.subnets))])
}

/// `ApplySecurityGroupsToLoadBalancer`.
pub fn apply_security_groups(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let groups = parameters.texts("SecurityGroups");
    check_security_groups(account, &groups)?;
    let balancer = named(account, parameters)?;
    balancer.security_groups = groups;
    Ok(vec![Element::new("SecurityGroups").children(members(&balancer.security_groups))])
}

/// `RegisterInstancesWithLoadBalancer`.
pub fn register_instances(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let added = instances(parameters)?;
    if let Some(unknown) = added.iter().find(|id| !account.instances.contains_key(*id)) {
        return Err(Failure::new("InvalidInstance", format!("Could not find EC2 instance {unknown}.")));
    }
    named(account, parameters)?.instances.extend(added);
    Ok(Vec::new())
}

/// `DeregisterInstancesFromLoadBalancer`.
pub fn deregister_instances(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let balancer = named(account, parameters)?;
    for id in instances(parameters)? {
        balancer.instances.remove(&id);
    }
    Ok(Vec::new())
}

fn instances(parameters: &Parameters) -> Outcome<Vec<String>> {
    let id = |item: Parameters| item.required("InstanceId").map(str::to_owned);
    parameters.items("Instances").into_iter().map(id).collect()
}

fn members<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<Element> {
    texts.into_iter().map(|text| Element::of("member", text)).collect()
}
