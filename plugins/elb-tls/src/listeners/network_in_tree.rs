//! The cloud provider's Network Load Balancers
//! (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws.go>, `EnsureLoadBalancer`; what is
//! validated first: `aws_validations.go`).

use shared::model::Service;

use super::{
    classic::{load_balancer_ip, spec_of_cloud_provider, unsupported_protocol},
    health_check,
    listener::{Backend, Listener},
    refusal::Refusal,
    service::{annotation, lacks_node_port, node_port, protocol, source_ranges, text},
};
use crate::{
    keys,
    values::{PortSet, key_value_pairs, string_list},
};

/// Returns the listeners that the controller asks for, or why it gives up before it asks AWS for anything. The policy is
/// that of the annotation, `None` without one.
///
/// # Errors
/// The first thing that the controller refuses.
pub fn listeners(service: &Service) -> Result<Vec<Listener>, Refusal> {
    for (key, kind) in [
        (keys::SECURITY_GROUPS, "BYO security group annotation"),
        (keys::EXTRA_SECURITY_GROUPS, "BYO extra security group annotation"),
    ] {
        if annotation(service, key).is_some() {
            return Err(Refusal::of_key(key, format!("{kind} {key:?} is not supported by NLB")));
        }
    }
    target_group_attributes(service)?;
    spec_of_cloud_provider(service)?;
    source_ranges(service)?;
    let certificate = text(service, keys::SSL_CERT);
    let ports = PortSet::of_cloud_provider(text(service, keys::SSL_PORTS));
    let mut listeners = Vec::new();
    for port in &service.spec.ports {
        let protocol = protocol(port);
        if !matches!(protocol, "TCP" | "UDP") {
            return Err(unsupported_protocol(port));
        }
        if lacks_node_port(service, port) {
            continue;
        }
        health_check::of_network(service)?;
        let tls = protocol != "UDP" && !certificate.is_empty() && ports.has(port, &port.name);
        let encrypted = tls && text(service, keys::BACKEND_PROTOCOL) == "ssl";
        let policy = annotation(service, keys::SSL_POLICY).filter(|policy| tls && !policy.is_empty());
        listeners.push(Listener {
            port: port.port,
            protocol: if tls { "TLS" } else { protocol }.to_owned(),
            backend: Backend {
                protocol: if encrypted { "TLS" } else { protocol }.to_owned(),
                port: node_port(port),
            },
            certificates: if tls { vec![certificate.to_owned()] } else { Vec::new() },
            policy: policy.map(str::to_owned),
            alpn: None,
        });
    }
    if !service.spec.load_balancer_ip.is_empty() {
        return Err(load_balancer_ip());
    }
    if annotation(service, keys::SUBNETS).is_some_and(|value| string_list(value).is_empty()) {
        return Err(Refusal::of_key(keys::SUBNETS, "unable to resolve empty subnet slice"));
    }
    Ok(listeners)
}

/// Checks the attributes of target groups: two are supported, with two values.
pub fn target_group_attributes(service: &Service) -> Result<(), Refusal> {
    let Some(value) = annotation(service, keys::TARGET_GROUP_ATTRIBUTES) else { return Ok(()) };
    let refuse = |message: String| {
        let message = format!("error validating target group attributes: {message}");
        Err(Refusal::of_key(keys::TARGET_GROUP_ATTRIBUTES, message))
    };
    for (attribute, value) in key_value_pairs(value) {
        if value.is_empty() {
            return refuse(format!("attribute value is empty for {attribute:?}"));
        }
        if !matches!(attribute, "preserve_client_ip.enabled" | "proxy_protocol_v2.enabled") {
            return refuse(format!(
                "the attribute {attribute:?} is not supported by the controller or is invalid"
            ));
        }
        if !matches!(value, "true" | "false") {
            return refuse(format!("invalid attribute value for {attribute:?}: {value}"));
        }
        let udp = service.spec.ports.iter().any(|port| protocol(port) == "UDP");
        if attribute == "preserve_client_ip.enabled" && value == "false" && udp {
            return refuse("client IP preservation can't be disabled for UDP ports".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
