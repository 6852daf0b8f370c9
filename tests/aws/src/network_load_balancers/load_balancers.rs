//! What a network load balancer is, and how it comes and goes.

use super::Listener;
use super::attributes::{self, Attributes};
use crate::account::Account;
use crate::classic::{check_name, check_security_groups};
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// A network load balancer.
#[derive(Debug, Clone)]
pub struct NetworkLoadBalancer {
    /// Its name.
    pub name: String,
    /// Its host name.
    pub dns_name: String,
    /// `internet-facing` or `internal`.
    pub scheme: String,
    /// `ipv4` or `dualstack`.
    pub ip_address_type: String,
    /// Its subnets.
    pub subnets: BTreeSet<String>,
    /// Its security groups.
    pub security_groups: Vec<String>,
    /// Whether rules hold for PrivateLink: `on` or `off`.
    pub private_link_rules: Option<String>,
    /// Its listeners by ARN.
    pub listeners: BTreeMap<String, Listener>,
    /// Its attributes.
    pub attributes: Attributes,
    /// Its tags.
    pub tags: Tags,
}

/// `CreateLoadBalancer`. A call that is repeated returns what the first has made.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let name = parameters.required("Name")?.to_owned();
    check_name(&name)?;
    if parameters.get("Type") != Some("network") {
        return Err(Failure::validation("Only load balancers of type network are simulated"));
    }
    let scheme = parameters.get("Scheme").unwrap_or("internet-facing").to_owned();
    let existing = account.network_load_balancers.iter().find(|(_, balancer)| balancer.name == name);
    if let Some((arn, balancer)) = existing {
        if balancer.scheme == scheme {
            return Ok(vec![Element::list_of("LoadBalancers", "member", [member(account, arn, balancer)])]);
        }
        let message =
            format!("A load balancer with the same name '{name}' exists, but with different settings");
        return Err(Failure::new("DuplicateLoadBalancerName", message));
    }
    let subnets = subnets(account, parameters)?;
    let security_groups = parameters.texts("SecurityGroups");
    check_security_groups(account, &security_groups)?;
    let mut tags = Tags::new();
    tags::add(&mut tags, &parameters.pairs("Tags")?)?;
    let hash = format!("{:016x}", account.unique());
    let arn = account.balancing_arn(&format!("loadbalancer/net/{name}/{hash}"));
    let balancer = NetworkLoadBalancer {
        dns_name: format!("{name}-{hash}.elb.{}.amazonaws.com", account.region),
        name,
        scheme,
        ip_address_type: parameters.get("IpAddressType").unwrap_or("ipv4").to_owned(),
        subnets,
        private_link_rules: (!security_groups.is_empty()).then(|| "on".to_owned()),
        security_groups,
        listeners: BTreeMap::new(),
        attributes: attributes::of_new_load_balancer(),
        tags,
    };
    let created = member(account, &arn, &balancer);
    account.network_load_balancers.insert(arn, balancer);
    Ok(vec![Element::list_of("LoadBalancers", "member", [created])])
}

/// `DescribeLoadBalancers`.
pub fn describe(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let (names, arns) = (parameters.texts("Names"), parameters.texts("LoadBalancerArns"));
    let all = &account.network_load_balancers;
    let unknown_name = names.iter().find(|name| !all.values().any(|balancer| balancer.name == **name));
    let unknown_arn = arns.iter().find(|arn| !all.contains_key(*arn));
    if let Some(unknown) = unknown_name.or(unknown_arn) {
        return Err(missing(unknown));
    }
    let wanted = all.iter().filter(|(arn, balancer)| {
        (names.is_empty() || names.contains(&balancer.name)) && (arns.is_empty() || arns.contains(arn))
    });
    let members = wanted.map(|(arn, balancer)| member(account, arn, balancer));
    Ok(vec![Element::list_of("LoadBalancers", "member", members)])
}

/// `DeleteLoadBalancer`, with its listeners. One that isn't there is no error.
pub fn delete(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arn = parameters.required("LoadBalancerArn")?;
    let protected = |balancer: &NetworkLoadBalancer| {
        balancer.attributes.get(attributes::DELETION_PROTECTION).is_some_and(|value| value == "true")
    };
    if account.network_load_balancers.get(arn).is_some_and(protected) {
        let message =
            format!("Load balancer '{arn}' cannot be deleted because deletion protection is enabled");
        return Err(Failure::new("OperationNotPermitted", message));
    }
    account.network_load_balancers.remove(arn);
    Ok(Vec::new())
}

/// Returns the load balancer that a call names.
pub fn named<'a>(account: &'a mut Account, parameters: &Parameters) -> Outcome<&'a mut NetworkLoadBalancer> {
    let arn = parameters.required("LoadBalancerArn")?;
    account.network_load_balancers.get_mut(arn).ok_or_else(|| missing(arn))
}

/// Returns the subnets that a call names, one a zone.
pub fn subnets(account: &Account, parameters: &Parameters) -> Outcome<BTreeSet<String>> {
    let mapped = parameters.items("SubnetMappings").into_iter();
    let mapped = mapped.filter_map(|mapping| mapping.get("SubnetId").map(str::to_owned));
    let subnets: BTreeSet<_> = mapped.chain(parameters.texts("Subnets")).collect();
    let mut zones = BTreeSet::new();
    for id in &subnets {
        let zone = &account.network.subnet(id)?.zone;
        if !zones.insert(zone) {
            let message =
                "A load balancer cannot be attached to multiple subnets in the same Availability Zone";
            return Err(Failure::new("InvalidConfigurationRequest", message));
        }
    }
    if subnets.is_empty() {
        return Err(Failure::validation("At least one subnet must be specified"));
    }
    Ok(subnets)
}

fn missing(what: &str) -> Failure {
    Failure::new("LoadBalancerNotFound", format!("Load balancer '{what}' not found"))
}

/// Returns a load balancer as calls show it.
pub fn member(account: &Account, arn: &str, balancer: &NetworkLoadBalancer) -> Element {
    let zones = balancer.subnets.iter().map(|id| {
        let zone = account.network.subnets.get(id).map(|subnet| &subnet.zone);
        Element::new("member")
            .maybe("ZoneName", zone)
            .text("SubnetId", id)
            .child(Element::new("LoadBalancerAddresses"))
    });
    let groups = &balancer.security_groups;
    let member = Element::new("member")
        .text("LoadBalancerArn", arn)
        .text("DNSName", &balancer.dns_name)
        .text("CanonicalHostedZoneId", "Z26RNL4JYFTOTI")
        .text("CreatedTime", "2026-01-01T00:00:00Z")
        .text("LoadBalancerName", &balancer.name)
        .text("Scheme", &balancer.scheme)
        .text("VpcId", &account.network.vpc)
        .child(Element::new("State").text("Code", "active"))
        .text("Type", "network")
        .list("AvailabilityZones", "member", zones)
        .text("IpAddressType", &balancer.ip_address_type)
        .text("EnablePrefixForIpv6SourceNat", "off")
        .maybe("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", balancer.private_link_rules.as_ref());
    if groups.is_empty() { member } else { member.texts("SecurityGroups", "member", groups) }
}
