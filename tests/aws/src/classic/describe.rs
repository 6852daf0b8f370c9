//! `DescribeLoadBalancers` of classic load balancers.

use super::{ClassicLoadBalancer, load_balancers};
use crate::account::Account;
use crate::wire::failure::Outcome;
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// `DescribeLoadBalancers`.
pub fn describe(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let names = parameters.texts("LoadBalancerNames");
    if let Some(unknown) = names.iter().find(|name| !account.classic.contains_key(*name)) {
        return Err(load_balancers::missing(unknown));
    }
    let named = account.classic.iter().filter(|(name, _)| names.is_empty() || names.contains(name));
    let members = named.map(|(name, balancer)| member(account, name, balancer));
    Ok(vec![Element::list_of("LoadBalancerDescriptions", "member", members)])
}

fn member(account: &Account, name: &str, balancer: &ClassicLoadBalancer) -> Element {
    let listeners = balancer.listeners.iter().map(|(port, listener)| {
        let described = Element::new("Listener")
            .text("Protocol", &listener.protocol)
            .text("LoadBalancerPort", port)
            .text("InstanceProtocol", &listener.instance_protocol)
            .text("InstancePort", listener.instance_port)
            .maybe("SSLCertificateId", listener.certificate.as_ref());
        Element::new("member").child(described).texts("PolicyNames", "member", &listener.policies)
    });
    let backends = balancer.backend_policies.iter().map(|(port, policies)| {
        Element::new("member").text("InstancePort", port).texts("PolicyNames", "member", policies)
    });
    let instances = balancer.instances.iter().map(|id| Element::new("member").text("InstanceId", id));
    let subnets = balancer.subnets.iter().filter_map(|id| account.network.subnets.get(id));
    Element::new("member")
        .text("LoadBalancerName", name)
        .text("DNSName", &balancer.dns_name)
        .text("CanonicalHostedZoneName", &balancer.dns_name)
        .text("CanonicalHostedZoneNameID", "Z35SXDOTRQ7X7K")
        .list("ListenerDescriptions", "member", listeners)
        .list("BackendServerDescriptions", "member", backends)
        .texts("AvailabilityZones", "member", subnets.map(|subnet| &subnet.zone))
        .texts("Subnets", "member", &balancer.subnets)
        .text("VPCId", &account.network.vpc)
        .list("Instances", "member", instances)
        .child(balancer.health_check.element())
        .texts("SecurityGroups", "member", &balancer.security_groups)
        .text("CreatedTime", "2026-01-01T00:00:00Z")
        .text("Scheme", &balancer.scheme)
}
