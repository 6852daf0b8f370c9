//! The attributes of network load balancers, their target groups and listeners: keys that AWS knows and their values.

use super::listeners::{find, find_mut};
use super::{load_balancers, target_groups};
use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use std::collections::BTreeMap;

/// Keys and values.
pub type Attributes = BTreeMap<String, String>;

/// The key that keeps a load balancer from being deleted.
pub const DELETION_PROTECTION: &str = "deletion_protection.enabled";

const IDLE_TIMEOUT: &str = "tcp.idle_timeout.seconds";

fn attributes(pairs: &[(&str, &str)]) -> Attributes {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// What AWS gives a new load balancer.
pub fn of_new_load_balancer() -> Attributes {
    attributes(&[
        (DELETION_PROTECTION, "false"),
        ("access_logs.s3.enabled", "false"),
        ("access_logs.s3.bucket", ""),
        ("access_logs.s3.prefix", ""),
        ("load_balancing.cross_zone.enabled", "false"),
        ("dns_record.client_routing_policy", "any_availability_zone"),
        ("ipv6.deny_all_igw_traffic", "false"),
        ("secondary_ips.auto_assigned.per_subnet", "0"),
        ("zonal_shift.config.enabled", "false"),
    ])
}

/// What AWS gives a new target group. Addresses of clients are kept for instances, and for UDP.
pub fn of_new_target_group(protocol: &str, target_type: &str) -> Attributes {
    let preserve = target_type == "instance" || protocol.contains("UDP");
    attributes(&[
        ("deregistration_delay.timeout_seconds", "300"),
        ("deregistration_delay.connection_termination.enabled", "false"),
        ("stickiness.enabled", "false"),
        ("stickiness.type", "source_ip"),
        ("preserve_client_ip.enabled", if preserve { "true" } else { "false" }),
        ("proxy_protocol_v2.enabled", "false"),
        ("load_balancing.cross_zone.enabled", "use_load_balancer_configuration"),
        ("target_group_health.dns_failover.minimum_healthy_targets.count", "1"),
        ("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off"),
        ("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1"),
        ("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off"),
        ("target_health_state.unhealthy.connection_termination.enabled", "true"),
        ("target_health_state.unhealthy.draining_interval_seconds", "0"),
    ])
}

/// `DescribeLoadBalancerAttributes`.
pub fn describe_of_load_balancer(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    Ok(vec![list(&load_balancers::named(account, parameters)?.attributes)])
}

/// `ModifyLoadBalancerAttributes`.
pub fn modify_of_load_balancer(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let changed = parameters.pairs("Attributes")?;
    let balancer = load_balancers::named(account, parameters)?;
    let mut attributes = balancer.attributes.clone();
    change("Load balancer", &mut attributes, &changed)?;
    let logs = |key: &str| attributes.get(&format!("access_logs.s3.{key}")).map(String::as_str);
    if logs("enabled") == Some("true") && logs("bucket") == Some("") {
        let message = "The access log bucket must be specified";
        return Err(Failure::new("InvalidConfigurationRequest", message));
    }
    balancer.attributes = attributes;
    Ok(vec![list(&balancer.attributes)])
}

/// `DescribeTargetGroupAttributes`.
pub fn describe_of_target_group(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    Ok(vec![list(&target_groups::named(account, parameters)?.attributes)])
}

/// `ModifyTargetGroupAttributes`.
pub fn modify_of_target_group(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let changed = parameters.pairs("Attributes")?;
    let group = target_groups::named(account, parameters)?;
    change("Target group", &mut group.attributes, &changed)?;
    Ok(vec![list(&group.attributes)])
}

/// `DescribeListenerAttributes`.
pub fn describe_of_listener(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let (_, listener) = find(account, parameters.required("ListenerArn")?)?;
    Ok(vec![list(&of_listener(&listener.protocol, &listener.attributes))])
}

/// `ModifyListenerAttributes`.
pub fn modify_of_listener(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let changed = parameters.pairs("Attributes")?;
    let listener = find_mut(account, parameters.required("ListenerArn")?)?;
    let mut attributes = of_listener(&listener.protocol, &listener.attributes);
    change("Listener", &mut attributes, &changed)?;
    listener.attributes = attributes;
    Ok(vec![list(&listener.attributes)])
}

/// Only TCP listeners have an idle timeout that can be changed.
fn of_listener(protocol: &str, set: &Attributes) -> Attributes {
    if protocol != "TCP" {
        return Attributes::new();
    }
    let default = attributes(&[(IDLE_TIMEOUT, "350")]);
    default.into_iter().chain(set.clone()).collect()
}

/// Changes attributes: all or none.
fn change(what: &str, attributes: &mut Attributes, changed: &[(String, String)]) -> Outcome<()> {
    let mut all = attributes.clone();
    for (key, value) in changed {
        let Some(current) = all.get_mut(key) else {
            return Err(Failure::validation(format!("{what} attribute key '{key}' is not recognized")));
        };
        if !is_valid(key, value) {
            let message = format!("{what} attribute value '{value}' is not valid for the key '{key}'");
            return Err(Failure::validation(message));
        }
        value.clone_into(current);
    }
    *attributes = all;
    Ok(())
}

fn is_valid(key: &str, value: &str) -> bool {
    let within =
        |least: u32, most: u32| value.parse().is_ok_and(|number: u32| (least..=most).contains(&number));
    match key {
        IDLE_TIMEOUT => within(60, 6000),
        "deregistration_delay.timeout_seconds" => within(0, 3600),
        "target_health_state.unhealthy.draining_interval_seconds" => within(0, 360_000),
        "secondary_ips.auto_assigned.per_subnet" => within(0, 7),
        "stickiness.type" => value == "source_ip",
        "load_balancing.cross_zone.enabled" => {
            ["true", "false", "use_load_balancer_configuration"].contains(&value)
        }
        "dns_record.client_routing_policy" => {
            ["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"]
                .contains(&value)
        }
        _ if key.ends_with(".enabled") => ["true", "false"].contains(&value),
        _ => true,
    }
}

fn list(attributes: &Attributes) -> Element {
    let member =
        |(key, value): (&String, &String)| Element::new("member").text("Key", key).text("Value", value);
    Element::list_of("Attributes", "member", attributes.iter().map(member))
}
