//! The Network Load Balancers of the AWS Load Balancer Controller
//! (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/service/model_build_listener.go>).

use std::collections::{BTreeMap, BTreeSet};

use shared::model::{Service, ServicePort};

use super::{
    listener::{Backend, Listener},
    refusal::Refusal,
    service::{annotation, node_port, protocol, target_port, text},
    target_groups::{TargetType, target_group},
};
use crate::{
    keys,
    values::{PortSet, parse_bool, string_list, string_map},
};

mod load_balancer;

pub use load_balancer::{load_balancer, scheme};

/// What the flags of the controller's Deployment say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defaults {
    /// `--default-ssl-policy`
    pub policy: String,
    /// `--default-target-type`
    pub target_type: String,
    /// `--default-load-balancer-scheme`
    pub scheme: super::Scheme,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            policy: crate::policies::DEFAULT_POLICY.to_owned(),
            target_type: "instance".to_owned(),
            scheme: super::Scheme::Internal,
        }
    }
}

/// Returns the listeners that the controller asks for, in the order in which it does: by port. Or why it gives up before it
/// asks AWS for anything.
///
/// # Errors
/// The first thing that the controller refuses.
pub fn listeners(service: &Service, defaults: &Defaults) -> Result<Vec<Listener>, Refusal> {
    load_balancer(service, defaults)?;
    let merged = merged_ports(service)?;
    unused_ports(service)?;
    let mut by_port = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for port in &service.spec.ports {
        // Merged, the second of the two is never looked at.
        if merged.contains(&port.port) && !seen.insert(port.port) {
            continue;
        }
        let listener = listener(service, port, merged.contains(&port.port), defaults)?;
        // Listeners are kept by port: of TCP and UDP on the same port, the first stays.
        by_port.entry(port.port).or_insert(listener);
    }
    Ok(by_port.into_values().collect())
}

/// Returns the ports that get one listener for TCP and UDP.
fn merged_ports(service: &Service) -> Result<BTreeSet<i32>, Refusal> {
    let mut merged = BTreeSet::new();
    if annotation(service, keys::TCP_UDP_LISTENER).and_then(parse_bool) != Some(true) {
        return Ok(merged);
    }
    for port in &service.spec.ports {
        let same: Vec<_> = service.spec.ports.iter().filter(|other| other.port == port.port).collect();
        if same.len() > 2 {
            return Err(
                Refusal::of_spec(format!("can only merge two ports, not {}", same.len())).at(port.port)
            );
        }
        if let Some(other) = same.iter().find(|one| same.len() > 1 && !matches!(protocol(one), "TCP" | "UDP"))
        {
            let message = format!("unsupported protocol for merging: {}", protocol(other));
            return Err(Refusal::of_spec(message).at(port.port));
        }
        if same.len() == 2 {
            merged.insert(port.port);
        }
    }
    Ok(merged)
}

/// Refuses entries of `ssl-ports` that no port has, whether there is a certificate or not.
fn unused_ports(service: &Service) -> Result<(), Refusal> {
    let has = |entry: &str| {
        let mut ports = service.spec.ports.iter();
        ports.any(|port| port.name == entry || port.port.to_string() == entry)
    };
    let unused: Vec<_> =
        string_list(text(service, keys::SSL_PORTS)).into_iter().filter(|entry| !has(entry)).collect();
    match unused.is_empty() {
        true => Ok(()),
        false => {
            let message = format!("Unused port in ssl-ports annotation [{}]", unused.join(" "));
            Err(Refusal::of_key(keys::SSL_PORTS, message))
        }
    }
}

fn listener(
    service: &Service,
    port: &ServicePort,
    merged: bool,
    defaults: &Defaults,
) -> Result<Listener, Refusal> {
    let mut listener_protocol = if merged { "TCP_UDP" } else { protocol(port) };
    let mut backend = listener_protocol;
    let certificates = certificates(service);
    let tls_ports = PortSet::of_load_balancer_controller(text(service, keys::SSL_PORTS));
    if !matches!(backend, "UDP" | "TCP_UDP") && !certificates.is_empty() && tls_ports.has(port, &port.name) {
        if text(service, keys::BACKEND_PROTOCOL) == "ssl" {
            backend = "TLS";
        }
        listener_protocol = "TLS";
    }
    let quic = string_list(text(service, keys::QUIC_PORTS));
    if quic.iter().any(|entry| *entry == port.name || *entry == port.port.to_string()) {
        listener_protocol = match listener_protocol {
            "UDP" => "QUIC",
            "TCP_UDP" => "TCP_QUIC",
            other => {
                let message = format!("Unsupported QUIC upgrade for protocol {other}");
                return Err(Refusal::of_key(keys::QUIC_PORTS, message).at(port.port));
            }
        };
        backend = listener_protocol;
    }
    let target_type = target_group(service, port, defaults)?;
    let tls = listener_protocol == "TLS";
    let alpn = if tls { alpn(service).map_err(|refusal| refusal.at(port.port))? } else { None };
    let attributes = format!("{}.{listener_protocol}-{}", keys::LISTENER_ATTRIBUTES, port.port);
    if let Some(value) = service.annotations.get(&attributes) {
        parsed_map(keys::LISTENER_ATTRIBUTES, &attributes, value).map_err(|refusal| refusal.at(port.port))?;
    }
    let policy = annotation(service, keys::SSL_POLICY).unwrap_or(&defaults.policy);
    Ok(Listener {
        port: port.port,
        protocol: listener_protocol.to_owned(),
        backend: Backend {
            protocol: backend.to_owned(),
            port: match target_type {
                TargetType::Instance => node_port(port),
                TargetType::Ip => target_port(port),
            },
        },
        certificates: if tls { certificates } else { Vec::new() },
        policy: tls.then(|| policy.to_owned()),
        alpn,
    })
}

/// Returns the certificates, the default first, each once.
fn certificates(service: &Service) -> Vec<String> {
    let mut certificates: Vec<String> = Vec::new();
    for arn in string_list(text(service, keys::SSL_CERT)) {
        if !certificates.iter().any(|known| known == arn) {
            certificates.push(arn.to_owned());
        }
    }
    certificates
}

/// The words of `alpn-policy`.
pub const ALPN_POLICIES: [&str; 5] = ["None", "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred"];

/// Returns the ALPN policy that is asked for, `None` included.
fn alpn(service: &Service) -> Result<Option<String>, Refusal> {
    match annotation(service, keys::ALPN_POLICY) {
        None => Ok(None),
        Some(value) if ALPN_POLICIES.contains(&value) => Ok(Some(value.to_owned())),
        Some(value) => {
            let words = ALPN_POLICIES.join(", ");
            let message = format!("invalid ALPN policy {value}, policy must be one of [{words}]");
            Err(Refusal::of_key(keys::ALPN_POLICY, message))
        }
    }
}

/// Reads a map; an annotation that is not there is an empty one.
///
/// # Errors
/// The controller's sentence.
pub fn map(service: &Service, key: &'static str) -> Result<BTreeMap<String, String>, Refusal> {
    annotation(service, key).map_or_else(|| Ok(BTreeMap::new()), |value| parsed_map(key, key, value))
}

/// Reads a map under a name that may end with a port.
///
/// # Errors
/// The controller's sentence.
pub fn parsed_map(key: &'static str, name: &str, value: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let refused = |_| Refusal::of_key(key, format!("failed to parse stringMap annotation, {name}: {value}"));
    string_map(value).map_err(refused)
}

/// Reads a boolean; `None` where the annotation is not there.
///
/// # Errors
/// The controller's sentence.
pub fn boolean(service: &Service, key: &'static str) -> Result<Option<bool>, Refusal> {
    let Some(value) = annotation(service, key) else { return Ok(None) };
    match parse_bool(value) {
        Some(boolean) => Ok(Some(boolean)),
        None => {
            let message = format!(
                "failed to parse bool annotation, {key}: {value}: strconv.ParseBool: parsing {value:?}: invalid syntax"
            );
            Err(Refusal::of_key(key, message))
        }
    }
}

#[cfg(test)]
mod tests;
