//! What is in force before anything is answered, in the words of the answers.

use shared::model::{Service, ServicePort};

use crate::{
    controllers::ControllerKind,
    key_changes::{AlpnPolicy, BackendProtocol},
    keys,
    listeners::service::{annotation, text},
    planning::{Cluster, ServiceCase, load_balancer},
    policies::DEFAULT_POLICY,
    values::{parse_bool, parse_int},
};

/// The answer that stands for all ports.
pub const ALL_PORTS: &str = "all";

/// The answer that turns draining off.
pub const OFF: &str = "off";

/// The draining timeout and the idle timeout that Classic Load Balancers have where none is set.
const DRAINING_TIMEOUT: &str = "300";
const IDLE_TIMEOUT: &str = "60";

/// Returns the ports that speak TLS once there is a certificate.
pub fn tls_ports(service: &Service) -> String {
    match annotation(service, keys::SSL_PORTS) {
        Some("" | "*") => ALL_PORTS.to_owned(),
        Some(ports) => ports.to_owned(),
        None => ALL_PORTS.to_owned(),
    }
}

/// Returns the port that is most likely meant to speak TLS on a Service that has no certificate yet: the annotation's,
/// else 443 or what is called https, else all.
pub fn likely_tls_ports(service: &Service) -> String {
    let is_https = |port: &&ServicePort| port.port == 443 || port.name == "https";
    match (annotation(service, keys::SSL_PORTS), service.spec.ports.iter().find(is_https)) {
        (None, Some(port)) => port.port.to_string(),
        _ => tls_ports(service),
    }
}

/// Returns the protocol between load balancer and pods. Everything but `ssl` is plain TCP on Network Load Balancers.
pub fn backend(service: &Service, kind: ControllerKind) -> BackendProtocol {
    match (text(service, keys::BACKEND_PROTOCOL), kind) {
        ("ssl", _) => BackendProtocol::Ssl,
        ("http", ControllerKind::Classic) => BackendProtocol::Http,
        ("https", ControllerKind::Classic) => BackendProtocol::Https,
        _ => BackendProtocol::Tcp,
    }
}

/// Returns the policy of TLS listeners: a removed annotation may have left one behind.
pub fn policy(case: &ServiceCase, cluster: &Cluster) -> String {
    let made = load_balancer(case, cluster);
    let of_listeners = made.into_iter().flat_map(|made| made.listeners).find_map(|listener| listener.policy);
    let of_annotation = || annotation(&case.wanted, keys::SSL_POLICY).map(str::to_owned);
    of_listeners.or_else(of_annotation).unwrap_or_else(|| DEFAULT_POLICY.to_owned())
}

/// Returns the seconds that open connections get when nodes leave, or `off`.
pub fn draining(service: &Service) -> String {
    let timeout = text(service, keys::DRAINING_TIMEOUT);
    match parse_bool(text(service, keys::DRAINING_ENABLED)) {
        Some(true) if parse_int(timeout).is_some() => timeout.to_owned(),
        Some(true) => DRAINING_TIMEOUT.to_owned(),
        _ => OFF.to_owned(),
    }
}

/// Returns the seconds that a connection may be idle.
pub fn idle_timeout(service: &Service) -> String {
    match text(service, keys::IDLE_TIMEOUT) {
        "" => IDLE_TIMEOUT.to_owned(),
        timeout => timeout.to_owned(),
    }
}

/// Returns whether pods get the PROXY protocol.
pub fn proxy_protocol(service: &Service) -> bool {
    text(service, keys::PROXY_PROTOCOL) == "*"
}

/// Returns the ALPN policy of TLS listeners.
pub fn alpn(service: &Service) -> AlpnPolicy {
    let value = text(service, keys::ALPN_POLICY);
    AlpnPolicy::ALL.into_iter().find(|policy| policy.word() == value).unwrap_or(AlpnPolicy::None)
}

/// Returns the ports as they are shown: `80/http`.
pub fn ports_in_words(service: &Service) -> String {
    let ports = service.spec.ports.iter().map(|port| match port.name.as_str() {
        "" => port.port.to_string(),
        name => format!("{}/{name}", port.port),
    });
    ports.collect::<Vec<_>>().join(", ")
}
