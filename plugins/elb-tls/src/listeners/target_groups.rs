//! The target groups of the AWS Load Balancer Controller, as far as they decide about listeners
//! (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/service/model_build_target_group.go>).

use std::collections::BTreeMap;

use shared::model::{Service, ServicePort};

use super::{
    load_balancer_controller::{Defaults, boolean, map},
    refusal::Refusal,
    service::{annotation, is_local, lacks_node_port, text},
};
use crate::{
    keys,
    values::{parse_bool, parse_int, parse_int32},
};

/// What the targets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetType {
    /// Nodes, by their ports.
    Instance,
    /// Pods.
    Ip,
}

/// Checks everything that is wrong with the target group of a port, and returns what its targets are.
///
/// # Errors
/// The first thing that the controller refuses.
pub fn target_group(
    service: &Service,
    port: &ServicePort,
    defaults: &Defaults,
) -> Result<TargetType, Refusal> {
    let target_type = target_type(service, port, defaults).map_err(|refusal| refusal.at(port.port))?;
    health_check(service, target_type)?;
    attributes(service, port)?;
    if port.node_port == 0
        && target_type == TargetType::Instance
        && service.spec.service_type != "LoadBalancer"
    {
        let message = "TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'";
        return Err(Refusal::of_spec(message).at(port.port));
    }
    if service.spec.ip_families.iter().any(|family| family == "IPv6")
        && text(service, keys::IP_ADDRESS_TYPE) != "dualstack"
    {
        return Err(Refusal::of_spec("unsupported IPv6 configuration, lb not dual-stack"));
    }
    boolean(service, keys::MULTI_CLUSTER)?;
    if target_type == TargetType::Instance {
        map(service, keys::TARGET_NODE_LABELS)?;
    }
    Ok(target_type)
}

/// Returns what the targets of a port are.
///
/// # Errors
/// What the controller refuses.
pub fn target_type(
    service: &Service,
    port: &ServicePort,
    defaults: &Defaults,
) -> Result<TargetType, Refusal> {
    let wanted = annotation(service, keys::TARGET_TYPE).unwrap_or(&defaults.target_type);
    if text(service, keys::TYPE) == "nlb-ip" || wanted == "ip" {
        return Ok(TargetType::Ip);
    }
    if matches!(service.spec.service_type.as_str(), "" | "ClusterIP") {
        let message =
            format!("unsupported service type \"ClusterIP\" for load balancer target type {wanted:?}");
        return Err(Refusal::of_spec(message));
    }
    if lacks_node_port(service, port) {
        return Err(Refusal::of_spec("unable to support instance target type with an unallocated NodePort"));
    }
    Ok(TargetType::Instance)
}

fn health_check(service: &Service, target_type: TargetType) -> Result<(), Refusal> {
    if let Some(protocol) = annotation(service, keys::HEALTH_CHECK_PROTOCOL)
        && !matches!(protocol.to_uppercase().as_str(), "TCP" | "HTTP" | "HTTPS")
    {
        let message = format!("unsupported health check protocol {protocol}");
        return Err(Refusal::of_key(keys::HEALTH_CHECK_PROTOCOL, message));
    }
    if let Some(port) = annotation(service, keys::HEALTH_CHECK_PORT) {
        health_check_port(service, port, target_type)?;
    }
    for key in [
        keys::HEALTH_CHECK_INTERVAL,
        keys::HEALTH_CHECK_TIMEOUT,
        keys::HEALTHY_THRESHOLD,
        keys::UNHEALTHY_THRESHOLD,
    ] {
        if let Some(value) = annotation(service, key)
            && parse_int32(value).is_none()
        {
            let message = format!(
                "failed to parse int32 annotation, {key}: {value}: strconv.ParseInt: parsing {value:?}: invalid syntax"
            );
            return Err(Refusal::of_key(key, message));
        }
    }
    Ok(())
}

fn health_check_port(service: &Service, value: &str, target_type: TargetType) -> Result<(), Refusal> {
    if value == "traffic-port" || parse_int32(value).is_some() {
        return Ok(());
    }
    let refuse = |message: String| Err(Refusal::of_key(keys::HEALTH_CHECK_PORT, message));
    match service.spec.ports.iter().find(|port| port.name == value) {
        None => refuse(format!(
            "failed to resolve healthCheckPort: unable to find port {value} on service {}/{}",
            service.metadata.namespace, service.metadata.name
        )),
        Some(port) if target_type == TargetType::Ip && super::service::target_port(port).is_none() => refuse(
            "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port"
                .to_owned(),
        ),
        Some(_) => Ok(()),
    }
}

/// Returns the attributes of a port's target group.
///
/// # Errors
/// What the controller refuses.
pub fn attributes(service: &Service, port: &ServicePort) -> Result<BTreeMap<String, String>, Refusal> {
    let mut attributes = map(service, keys::TARGET_GROUP_ATTRIBUTES)?;
    preserve_client_ip(&attributes)?;
    let of_port = format!("{}.{}", keys::TARGET_GROUP_ATTRIBUTES, port.port);
    if let Some(value) = service.annotations.get(&of_port) {
        let more =
            super::load_balancer_controller::parsed_map(keys::TARGET_GROUP_ATTRIBUTES, &of_port, value)?;
        preserve_client_ip(&more)?;
        // An empty value keeps that of all ports.
        attributes.extend(more.into_iter().filter(|(_, value)| !value.is_empty()));
    }
    if let Some(value) = annotation(service, keys::PROXY_PROTOCOL_PER_TARGET_GROUP) {
        let mut enabled = false;
        for entry in value.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            if parse_int(entry).is_none() {
                let message = format!("invalid port number in proxy-protocol-per-target-group: {entry}");
                return Err(Refusal::of_key(keys::PROXY_PROTOCOL_PER_TARGET_GROUP, message));
            }
            enabled |= entry == port.port.to_string();
        }
        attributes.insert(PROXY_PROTOCOL.to_owned(), enabled.to_string());
    }
    if let Some(value) = annotation(service, keys::PROXY_PROTOCOL) {
        if value != "*" {
            let message = format!(
                "invalid value {value} for Load Balancer proxy protocol v2 annotation, only value currently supported is *"
            );
            return Err(Refusal::of_key(keys::PROXY_PROTOCOL, message));
        }
        attributes.insert(PROXY_PROTOCOL.to_owned(), "true".to_owned());
    }
    Ok(attributes)
}

/// The attribute of the PROXY protocol.
pub const PROXY_PROTOCOL: &str = "proxy_protocol_v2.enabled";

fn preserve_client_ip(attributes: &BTreeMap<String, String>) -> Result<(), Refusal> {
    let Some(value) = attributes.get("preserve_client_ip.enabled") else { return Ok(()) };
    match parse_bool(value) {
        Some(_) => Ok(()),
        None => Err(Refusal::of_key(
            keys::TARGET_GROUP_ATTRIBUTES,
            format!(
                "failed to parse attribute preserve_client_ip.enabled={value}: strconv.ParseBool: parsing {value:?}: invalid syntax"
            ),
        )),
    }
}

/// Returns the protocol of a target group's health checks.
pub fn health_check_protocol(service: &Service, target_type: TargetType) -> String {
    let default = if is_local(service) && target_type == TargetType::Instance { "HTTP" } else { "TCP" };
    annotation(service, keys::HEALTH_CHECK_PROTOCOL).unwrap_or(default).to_uppercase()
}
