//! The cloud provider's Classic Load Balancers
//! (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws.go>, `EnsureLoadBalancer` and
//! `buildListener`).

use shared::model::{Service, ServicePort};

use super::{
    listener::{Backend, Listener},
    refusal::Refusal,
    service::{annotation, lacks_node_port, node_port, protocol, source_ranges, text},
};
use crate::{
    keys,
    values::{PortSet, parse_bool, parse_int32, string_list},
};

/// Returns the listeners that the controller asks for, or why it gives up before it asks AWS for anything. The policy is
/// that of the annotation, `None` without one.
///
/// # Errors
/// The first thing that the controller refuses.
pub fn listeners(service: &Service) -> Result<Vec<Listener>, Refusal> {
    if annotation(service, keys::TARGET_GROUP_ATTRIBUTES).is_some() {
        return Err(Refusal::of_key(
            keys::TARGET_GROUP_ATTRIBUTES,
            "target group attributes annotation is only supported for NLB",
        ));
    }
    spec_of_cloud_provider(service)?;
    source_ranges(service)?;
    let mut listeners = Vec::new();
    let ports = PortSet::of_cloud_provider(text(service, keys::SSL_PORTS));
    for port in &service.spec.ports {
        if protocol(port) != "TCP" {
            return Err(unsupported_protocol(port));
        }
        // The controller only logs that it leaves such a port out.
        if !lacks_node_port(service, port) {
            listeners.push(listener(service, port, &ports)?);
        }
    }
    if !service.spec.load_balancer_ip.is_empty() {
        return Err(load_balancer_ip());
    }
    attributes(service)?;
    if annotation(service, keys::SUBNETS).is_some_and(|value| string_list(value).is_empty()) {
        return Err(Refusal::of_key(keys::SUBNETS, "unable to resolve empty subnet slice"));
    }
    Ok(listeners)
}

/// Checks what the cloud provider refuses in the spec of any load balancer.
pub(super) fn spec_of_cloud_provider(service: &Service) -> Result<(), Refusal> {
    let affinity = service.spec.session_affinity.as_str();
    if !matches!(affinity, "" | "None") {
        return Err(Refusal::of_spec(format!("unsupported load balancer affinity: {affinity}")));
    }
    let ports = &service.spec.ports;
    if ports.is_empty() {
        return Err(Refusal::of_spec("requested load balancer with no ports"));
    }
    if ports.iter().any(|port| protocol(port) != protocol(&ports[0])) {
        return Err(Refusal::of_spec("mixed protocol is not supported for LoadBalancer"));
    }
    Ok(())
}

/// Returns the refusal of a port whose protocol the load balancer lacks.
pub(super) fn unsupported_protocol(port: &ServicePort) -> Refusal {
    Refusal::of_spec(format!("Protocol {} not supported by LoadBalancer", protocol(port))).at(port.port)
}

/// Returns the refusal of `spec.loadBalancerIP`.
pub(super) fn load_balancer_ip() -> Refusal {
    Refusal::of_spec("LoadBalancerIP cannot be specified for AWS ELB")
}

fn listener(service: &Service, port: &ServicePort, ports: &PortSet) -> Result<Listener, Refusal> {
    let certificate = text(service, keys::SSL_CERT);
    let backend_protocol = text(service, keys::BACKEND_PROTOCOL);
    let tls = !certificate.is_empty() && ports.has(port, &port.name.to_lowercase());
    let (protocol, backend) = match (tls, backend_protocol) {
        (true, "") => ("SSL", "TCP"),
        (true, "http") => ("HTTPS", "HTTP"),
        (true, "https") => ("HTTPS", "HTTPS"),
        (true, "tcp") => ("SSL", "TCP"),
        (true, "ssl") => ("SSL", "SSL"),
        (true, other) => {
            let message =
                format!("Invalid backend protocol {other} for {certificate} in {}", keys::BACKEND_PROTOCOL);
            return Err(Refusal::of_key(keys::BACKEND_PROTOCOL, message).at(port.port));
        }
        (false, "http") => ("HTTP", "HTTP"),
        (false, _) => ("TCP", "TCP"),
    };
    Ok(Listener {
        port: port.port,
        protocol: protocol.to_owned(),
        backend: Backend { protocol: backend.to_owned(), port: node_port(port) },
        certificates: if tls { vec![certificate.to_owned()] } else { Vec::new() },
        policy: annotation(service, keys::SSL_POLICY).filter(|_| tls).map(str::to_owned),
        alpn: None,
    })
}

/// Checks the annotations that are parsed before the first call to AWS.
fn attributes(service: &Service) -> Result<(), Refusal> {
    let proxy = text(service, keys::PROXY_PROTOCOL);
    if !matches!(proxy, "" | "*") {
        let message = format!(
            "annotation {:?}={proxy:?} detected, but the only value supported currently is '*'",
            keys::PROXY_PROTOCOL
        );
        return Err(Refusal::of_key(keys::PROXY_PROTOCOL, message));
    }
    number(service, keys::ACCESS_LOG_INTERVAL)?;
    boolean(service, keys::ACCESS_LOG_ENABLED)?;
    boolean(service, keys::DRAINING_ENABLED)?;
    number(service, keys::DRAINING_TIMEOUT)?;
    number(service, keys::IDLE_TIMEOUT)?;
    boolean(service, keys::CROSS_ZONE)
}

/// Checks a boolean; an empty one is unset.
pub(super) fn boolean(service: &Service, key: &'static str) -> Result<(), Refusal> {
    match text(service, key) {
        "" => Ok(()),
        value if parse_bool(value).is_some() => Ok(()),
        value => Err(Refusal::of_key(key, format!("error parsing service annotation: {key}={value}"))),
    }
}

fn number(service: &Service, key: &'static str) -> Result<(), Refusal> {
    match text(service, key) {
        "" => Ok(()),
        value if parse_int32(value).is_some() => Ok(()),
        value => Err(Refusal::of_key(key, format!("error parsing service annotation: {key}={value}"))),
    }
}

#[cfg(test)]
mod tests;
