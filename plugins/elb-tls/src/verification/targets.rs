//! What is dialed, and what is to be found there.

use std::net::{IpAddr, SocketAddr};

use shared::{Error, Result, model::Service};

use crate::{
    controllers::ControllerKind,
    keys,
    listeners::{
        Listener, Scheme,
        service::{protocol, text},
    },
    planning::{Cluster, ServiceCase, load_balancer},
    policies::{LoadBalancerType, Recognized, recognize},
};

/// The annotation by which external-dns is told the names of a Service.
const EXTERNAL_DNS: &str = "external-dns.alpha.kubernetes.io/hostname";

/// What clients should find at one port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The port of the Service.
    pub port: i32,
    /// Whether it speaks TLS.
    pub is_tls: bool,
    /// The versions of TLS that its policy accepts, where the policy is known.
    pub versions: Option<&'static [&'static str]>,
    /// The policy.
    pub policy: Option<String>,
    /// The certificates that the annotations name.
    pub certificates: Vec<String>,
    /// Whether the load balancer is a Network Load Balancer.
    pub is_network: bool,
    /// Whether it has only private addresses.
    pub is_internal: bool,
    /// Whether it sends the PROXY protocol to the pods.
    pub sends_proxy_protocol: bool,
}

/// Where to dial, for which name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What is to be found.
    pub expected: Expected,
    /// The address.
    pub address: SocketAddr,
    /// The name that is asked for.
    pub server_name: Option<String>,
}

/// Returns what clients should find at the TCP ports of a Service.
///
/// # Errors
/// A port that the Service lacks.
pub fn expected(case: &ServiceCase, cluster: &Cluster, only: Option<u16>) -> Result<Vec<Expected>> {
    let service = &case.wanted;
    let made = load_balancer(case, cluster);
    let kind = made.as_ref().map_or(case.controller(cluster).kind, |made| made.maker);
    let (listeners, scheme) = made.map(|made| (made.listeners, made.scheme)).unwrap_or_default();
    let ports = service.spec.ports.iter().filter(|port| protocol(port) == "TCP");
    let ports: Vec<i32> =
        ports.map(|port| port.port).filter(|port| only.is_none_or(|only| i32::from(only) == *port)).collect();
    if let (Some(port), true) = (only, ports.is_empty()) {
        return Err(Error::usage(format!("service/{} has no TCP port {port}", service.metadata.name)));
    }
    let of = |port: i32| {
        let listener = listeners.iter().find(|listener| listener.port == port);
        let policy = listener.and_then(|listener| listener.policy.clone());
        let kind_of_policy = match kind {
            ControllerKind::Classic => LoadBalancerType::Classic,
            _ => LoadBalancerType::Network,
        };
        let versions = policy.as_deref().and_then(|policy| match recognize(policy, kind_of_policy) {
            Recognized::Known(known) => Some(known.versions),
            Recognized::Unknown | Recognized::Wrong(_) => None,
        });
        Expected {
            port,
            is_tls: listener.is_some_and(Listener::is_tls),
            versions,
            policy,
            certificates: listener.map(|listener| listener.certificates.clone()).unwrap_or_default(),
            is_network: kind != ControllerKind::Classic,
            is_internal: scheme == Some(Scheme::Internal),
            sends_proxy_protocol: text(service, keys::PROXY_PROTOCOL) == "*",
        }
    };
    Ok(ports.into_iter().map(of).collect())
}

/// Returns the names that clients ask for: those given, else those of external-dns.
pub fn names(service: &Service, given: &[String]) -> Vec<String> {
    let annotated = service.annotations.get(EXTERNAL_DNS).map_or("", String::as_str).split(',');
    let all: Vec<&str> = match given.is_empty() {
        true => annotated.collect(),
        false => given.iter().map(String::as_str).collect(),
    };
    let mut names: Vec<String> = Vec::new();
    for name in all.into_iter().map(|name| name.trim().trim_end_matches('.')).filter(|name| !name.is_empty())
    {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Returns what is dialed: every address at every port, a TLS port once for each name and once without one.
pub fn targets(
    expected: &[Expected],
    addresses: &[IpAddr],
    given: Option<SocketAddr>,
    names: &[String],
) -> Vec<Target> {
    let mut targets = Vec::new();
    for one in expected {
        let port = u16::try_from(one.port).unwrap_or_default();
        let sockets: Vec<SocketAddr> = match given {
            Some(address) => vec![address],
            None => addresses.iter().map(|address| SocketAddr::new(*address, port)).collect(),
        };
        for address in sockets {
            // A wildcard is a name for DNS, not for a client.
            let asked = names.iter().filter(|name| one.is_tls && !name.starts_with("*."));
            for server_name in asked.cloned().map(Some).chain([None]) {
                targets.push(Target { expected: one.clone(), address, server_name });
            }
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{ARN, CLASSIC_HOST, live, web};

    fn case() -> ServiceCase {
        let mut service = live(web(&[("ssl-cert", ARN), ("ssl-ports", "443")]), CLASSIC_HOST);
        service
            .annotations
            .insert(EXTERNAL_DNS.into(), "web.example.com, *.example.org.,WEB.example.com".into());
        ServiceCase::unchanged(service)
    }

    #[test]
    fn tls_ports_are_dialed_for_each_name_and_without_one() {
        let case = case();
        let expected = expected(&case, &Cluster::default(), None).unwrap();
        let names = names(&case.wanted, &[]);
        assert_eq!(names, ["web.example.com", "*.example.org"]);
        let addresses = ["192.0.2.1".parse().unwrap(), "2001:db8::1".parse().unwrap()];
        let targets = targets(&expected, &addresses, None, &names);
        let shown: Vec<String> = targets
            .iter()
            .map(|target| format!("{} {}", target.address, target.server_name.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(
            shown,
            [
                "192.0.2.1:80 -",
                "[2001:db8::1]:80 -",
                "192.0.2.1:443 web.example.com",
                "192.0.2.1:443 -",
                "[2001:db8::1]:443 web.example.com",
                "[2001:db8::1]:443 -",
            ]
        );
        assert_eq!(targets[2].expected.versions, Some(&["1.0", "1.1", "1.2"][..]));
        assert!(!targets[0].expected.is_tls);
    }

    #[test]
    fn a_port_that_the_service_lacks_is_a_usage_error() {
        let error = expected(&case(), &Cluster::default(), Some(8443)).unwrap_err();
        assert_eq!((error.status().code(), error.sentence()), (2, "service/web has no TCP port 8443"));
    }
}
