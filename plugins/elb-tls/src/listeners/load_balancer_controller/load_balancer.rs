//! The load balancer itself
//! (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/service/model_build_load_balancer.go>).

use shared::model::Service;

use super::{Defaults, boolean, map};
use crate::{
    keys,
    listeners::{
        Refusal, Scheme,
        service::{annotation, text},
    },
    values::string_list,
};

/// Returns the scheme that the annotations ask for; `None` where they leave it as it is.
///
/// # Errors
/// A scheme or boolean that the controller refuses.
pub fn scheme(service: &Service) -> Result<Option<Scheme>, Refusal> {
    match annotation(service, keys::SCHEME) {
        Some("internal") => Ok(Some(Scheme::Internal)),
        Some("internet-facing") => Ok(Some(Scheme::InternetFacing)),
        Some(other) => Err(Refusal::of_key(keys::SCHEME, format!("unknown scheme: {other}"))),
        None => Ok(boolean(service, keys::INTERNAL)?
            .map(|internal| if internal { Scheme::Internal } else { Scheme::InternetFacing })),
    }
}

/// Checks everything that is wrong with the load balancer, as far as AWS is not needed to tell.
///
/// # Errors
/// The first thing that the controller refuses.
pub fn load_balancer(service: &Service, defaults: &Defaults) -> Result<(), Refusal> {
    let scheme = scheme(service)?;
    let address_type = text(service, keys::IP_ADDRESS_TYPE);
    if annotation(service, keys::IP_ADDRESS_TYPE).is_some() && !matches!(address_type, "ipv4" | "dualstack") {
        return Err(Refusal::of_key(keys::IP_ADDRESS_TYPE, format!("unknown IPAddressType: {address_type}")));
    }
    source_nat(service, address_type)?;
    attributes(service)?;
    let capacity = map(service, keys::MINIMUM_CAPACITY)?;
    if let Some(key) = capacity.keys().find(|key| *key != "CapacityUnits") {
        let message = format!("invalid key to set the capacity: {key}, Expected key: CapacityUnits");
        return Err(Refusal::of_key(keys::MINIMUM_CAPACITY, message));
    }
    let without_groups = boolean(service, keys::DISABLE_SECURITY_GROUP)? == Some(true);
    let own_groups = !string_list(text(service, keys::SECURITY_GROUPS)).is_empty();
    if own_groups || without_groups {
        boolean(service, keys::MANAGE_BACKEND_RULES)?;
    }
    map(service, keys::TAGS)?;
    addresses(service, scheme.unwrap_or(defaults.scheme), address_type)?;
    let name = text(service, keys::NAME);
    if name.len() > 32 {
        return Err(Refusal::of_key(keys::NAME, "load balancer name cannot be longer than 32 characters"));
    }
    match annotation(service, keys::PRIVATE_LINK_RULES) {
        Some(other) if !matches!(other, "on" | "off") => {
            let message = format!(
                "Invalid value for securityGroupsInboundRulesOnPrivateLink status: {other}, value must be one of [on, off]"
            );
            Err(Refusal::of_key(keys::PRIVATE_LINK_RULES, message))
        }
        _ => Ok(()),
    }
}

fn source_nat(service: &Service, address_type: &str) -> Result<(), Refusal> {
    let key = keys::PREFIX_FOR_IPV6_SOURCE_NAT;
    match annotation(service, key) {
        None => Ok(()),
        Some(value) if !matches!(value, "on" | "off") => Err(Refusal::of_key(
            key,
            format!(
                "Invalid enable-prefix-for-ipv6-source-nat value: {value}. Valid values are ['on', 'off']"
            ),
        )),
        Some("on") if address_type != "dualstack" => Err(Refusal::of_key(
            key,
            "enable-prefix-for-ipv6-source-nat can only be set to on for dualstack load balancers",
        )),
        Some(_) => Ok(()),
    }
}

fn attributes(service: &Service) -> Result<(), Refusal> {
    let attributes = map(service, keys::ATTRIBUTES)?;
    if let Some(policy) = attributes.get("dns_record.client_routing_policy") {
        let known =
            ["any_availability_zone", "partial_availability_zone_affinity", "availability_zone_affinity"];
        if !known.contains(&policy.as_str()) {
            let message = format!(
                "invalid dns_record.client_routing_policy set in annotation aws-load-balancer-attributes: got '{policy}' expected one of ['{}']",
                known.join("', '")
            );
            return Err(Refusal::of_key(keys::ATTRIBUTES, message));
        }
    }
    boolean(service, keys::ACCESS_LOG_ENABLED)?;
    boolean(service, keys::CROSS_ZONE)?;
    Ok(())
}

/// Checks fixed addresses, whose number is compared with that of the subnets, where those are named.
fn addresses(service: &Service, scheme: Scheme, address_type: &str) -> Result<(), Refusal> {
    let subnets = annotation(service, keys::SUBNETS).map(|value| string_list(value).len());
    let lists = [
        (
            keys::EIP_ALLOCATIONS,
            scheme == Scheme::InternetFacing,
            "EIP allocations can only be set for internet facing load balancers",
            "EIP allocations",
        ),
        (
            keys::PRIVATE_IPV4_ADDRESSES,
            scheme == Scheme::Internal,
            "private IPv4 addresses can only be set for internal load balancers",
            "private IPv4 addresses",
        ),
        (
            keys::IPV6_ADDRESSES,
            address_type == "dualstack",
            "IPv6 addresses can only be set for dualstack load balancers",
            "IPv6 addresses",
        ),
    ];
    for (key, fits, message, what) in lists {
        let Some(value) = annotation(service, key) else { continue };
        if !fits {
            return Err(Refusal::of_key(key, message));
        }
        let count = string_list(value).len();
        if let Some(subnets) = subnets.filter(|subnets| *subnets != count) {
            let message = format!("count of {what} ({count}) and subnets ({subnets}) must match");
            return Err(Refusal::of_key(key, message));
        }
        let misread = match key {
            keys::PRIVATE_IPV4_ADDRESSES => {
                string_list(value).into_iter().find(|address| address.parse::<std::net::Ipv4Addr>().is_err())
            }
            keys::IPV6_ADDRESSES => {
                string_list(value).into_iter().find(|address| address.parse::<std::net::Ipv6Addr>().is_err())
            }
            _ => None,
        };
        if let Some(address) = misread {
            return Err(Refusal::of_key(key, format!("{what} must be valid IP address: {address}")));
        }
    }
    Ok(())
}
