//! What controllers read of a Service, with the API server's defaults.

use shared::model::{IntOrStringValue, Service, ServicePort};

use crate::keys;

use super::refusal::Refusal;

/// Returns the value of an annotation.
///
/// Rules ask for a hundred of them a Service, and all begin with the same forty letters: a map compares those again and
/// again, byte by byte where the C library is musl. Keys differ in their lengths and in how they end.
pub fn annotation<'a>(service: &'a Service, key: &str) -> Option<&'a str> {
    let ends_alike = |own: &str| own.len() == key.len() && own.bytes().rev().eq(key.bytes().rev());
    service.annotations.iter().find(|(own, _)| ends_alike(own)).map(|(_, value)| value.as_str())
}

/// Returns the value of an annotation, or an empty text.
pub fn text<'a>(service: &'a Service, key: &str) -> &'a str {
    annotation(service, key).unwrap_or_default()
}

/// Returns the protocol of a port.
pub fn protocol(port: &ServicePort) -> &str {
    if port.protocol.is_empty() { "TCP" } else { &port.protocol }
}

/// Returns whether clients' addresses are kept by sending them only to nodes with pods.
pub fn is_local(service: &Service) -> bool {
    service.spec.external_traffic_policy == "Local"
}

/// Returns whether a port has no node port and gets none.
pub fn lacks_node_port(service: &Service, port: &ServicePort) -> bool {
    port.node_port == 0 && service.spec.allocate_load_balancer_node_ports == Some(false)
}

/// Returns the node port; `None` where the server has not allocated it yet.
pub fn node_port(port: &ServicePort) -> Option<i32> {
    (port.node_port != 0).then_some(port.node_port)
}

/// Returns the port of the pods; `None` where it has a name.
pub fn target_port(port: &ServicePort) -> Option<i32> {
    match port.target_port.as_ref().map(|target| target.value()) {
        Some(IntOrStringValue::Int(0)) | None => Some(port.port),
        Some(IntOrStringValue::Int(number)) => Some(number),
        Some(IntOrStringValue::Text(_)) => None,
    }
}

/// Returns the name of the pods' port, where it has one.
pub fn target_port_name(port: &ServicePort) -> Option<&str> {
    match port.target_port.as_ref().map(|target| target.value()) {
        Some(IntOrStringValue::Text(name)) => Some(name),
        _ => None,
    }
}

/// Checks the allowed source ranges, as the cloud provider does before it asks AWS for anything
/// (`GetLoadBalancerSourceRanges` in k8s.io/cloud-provider/service/helpers).
pub fn source_ranges(service: &Service) -> Result<(), Refusal> {
    let of_spec = &service.spec.load_balancer_source_ranges;
    if let Some(wrong) = of_spec.iter().find(|range| !is_cidr(range)) {
        return Err(Refusal::of_spec(format!(
            "spec.loadBalancerSourceRanges has {wrong:?}, which is not a CIDR"
        )));
    }
    let value = text(service, keys::SOURCE_RANGES).trim();
    if of_spec.is_empty() && !value.is_empty() && !value.split(',').all(is_cidr) {
        let message = format!(
            "{}: {value} is not valid. Expecting a comma-separated list of source IP ranges",
            keys::SOURCE_RANGES
        );
        return Err(Refusal::of_key(keys::SOURCE_RANGES, message));
    }
    Ok(())
}

/// Returns whether a text is an address and the length of a prefix.
pub fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.trim().split_once('/') else { return false };
    let most = match address.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(_)) => 32,
        Ok(std::net::IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.parse::<u8>().is_ok_and(|length| length <= most)
}
