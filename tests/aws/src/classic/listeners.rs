//! The listeners of a classic load balancer.

use super::load_balancers;
use crate::account::Account;
use crate::certificates::Certificates;
use crate::security_policies::DEFAULT;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use std::collections::BTreeMap;

/// A listener of a classic load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassicListener {
    /// What clients speak: `TCP`, `SSL`, `HTTP` or `HTTPS`.
    pub protocol: String,
    /// What the load balancer speaks to instances.
    pub instance_protocol: String,
    /// The port of the instances.
    pub instance_port: i64,
    /// The certificate's ARN.
    pub certificate: Option<String>,
    /// The names of its policies.
    pub policies: Vec<String>,
}

impl ClassicListener {
    /// Whether clients speak TLS.
    pub fn is_tls(&self) -> bool {
        matches!(self.protocol.as_str(), "SSL" | "HTTPS")
    }

    fn read(item: &Parameters) -> Outcome<(i64, Self)> {
        let protocol = item.required("Protocol")?.to_uppercase();
        let instance_protocol = item.get("InstanceProtocol").unwrap_or(&protocol).to_uppercase();
        let layer = |protocol: &str| match protocol {
            "TCP" | "SSL" => Ok(4),
            "HTTP" | "HTTPS" => Ok(7),
            _ => Err(Failure::new("UnsupportedProtocol", format!("Unsupported protocol: {protocol}"))),
        };
        if layer(&protocol)? != layer(&instance_protocol)? {
            let message = format!(
                "The protocol {protocol} and the instance protocol {instance_protocol} must be at the same layer"
            );
            return Err(Failure::validation(message));
        }
        let port = item.required_number("LoadBalancerPort")?;
        let instance_port = item.required_number("InstancePort")?;
        if ![port, instance_port].iter().all(|port| (1..=65535).contains(port)) {
            return Err(Failure::validation(format!("Port {port} or {instance_port} is not valid")));
        }
        let mut listener = Self {
            protocol,
            instance_protocol,
            instance_port,
            certificate: item.get("SSLCertificateId").map(str::to_owned),
            policies: Vec::new(),
        };
        match (listener.is_tls(), &listener.certificate) {
            (true, None) => {
                let message = format!("A certificate must be specified for {} listeners", listener.protocol);
                return Err(Failure::validation(message));
            }
            // A new listener has the default policy, whatever its predecessor had.
            (true, Some(_)) => listener.policies.push(DEFAULT.to_owned()),
            (false, _) => listener.certificate = None,
        }
        Ok((port, listener))
    }

    fn same_settings(&self, other: &Self) -> bool {
        Self { policies: Vec::new(), ..self.clone() } == Self { policies: Vec::new(), ..other.clone() }
    }
}

/// Adds listeners: all or none. One that is there with the same settings stays.
pub fn add(
    name: &str,
    listeners: &mut BTreeMap<i64, ClassicListener>,
    certificates: &Certificates,
    items: &[Parameters],
) -> Outcome<()> {
    let mut all = listeners.clone();
    for item in items {
        let (port, listener) = ClassicListener::read(item)?;
        if let Some(certificate) = &listener.certificate {
            certificates.check_classic(certificate)?;
        }
        match all.get(&port) {
            Some(existing) if existing.same_settings(&listener) => {}
            Some(_) => {
                let message = format!(
                    "A listener already exists for {name} with LoadBalancerPort {port}, but with a different InstancePort, Protocol, or SSLCertificateId"
                );
                return Err(Failure::new("DuplicateListener", message));
            }
            None => drop(all.insert(port, listener)),
        }
    }
    *listeners = all;
    Ok(())
}

/// `CreateLoadBalancerListeners`.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let name = parameters.required("LoadBalancerName")?.to_owned();
    let balancer = account.classic.get_mut(&name).ok_or_else(|| load_balancers::missing(&name))?;
    add(&name, &mut balancer.listeners, &account.certificates, &parameters.items("Listeners"))?;
    Ok(Vec::new())
}

/// `DeleteLoadBalancerListeners`. A port without a listener is no error.
pub fn delete(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let balancer = load_balancers::named(account, parameters)?;
    for port in parameters.texts("LoadBalancerPorts") {
        let malformed = |_| Failure::new("MalformedInput", format!("{port} is no port"));
        balancer.listeners.remove(&port.parse().map_err(malformed)?);
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-1111-1111-111111111111";

    fn added(
        listeners: &mut BTreeMap<i64, ClassicListener>,
        settings: &[(&str, i64, &str, Option<&str>)],
    ) -> Outcome<()> {
        let mut certificates = Certificates::default();
        certificates.add(ARN);
        let item = |(protocol, port, instance, certificate): &(&str, i64, &str, Option<&str>)| {
            let certificate = certificate.map(|arn| format!("&SSLCertificateId={arn}")).unwrap_or_default();
            Parameters::parse(&format!(
                "Protocol={protocol}&LoadBalancerPort={port}&InstanceProtocol={instance}&InstancePort=30000{certificate}"
            ))
        };
        add("web", listeners, &certificates, &settings.iter().map(item).collect::<Vec<_>>())
    }

    #[test]
    fn new_tls_listeners_have_the_default_policy_and_a_wrong_one_adds_none() {
        let mut listeners = BTreeMap::new();
        added(&mut listeners, &[("http", 80, "http", None), ("https", 443, "http", Some(ARN))]).unwrap();
        assert_eq!(listeners[&443].policies, ["ELBSecurityPolicy-2016-08"]);
        assert!(listeners[&80].policies.is_empty());
        let before = listeners.clone();
        let refused = [
            (vec![("tcp", 8080, "tcp", None), ("ssl", 8443, "tcp", Some("arn:x"))], "CertificateNotFound"),
            (vec![("tcp", 80, "tcp", None)], "DuplicateListener"),
            (vec![("ssl", 8443, "tcp", None)], "ValidationError"),
            (vec![("https", 8443, "tcp", Some(ARN))], "ValidationError"),
            (vec![("udp", 53, "udp", None)], "UnsupportedProtocol"),
        ];
        for (settings, code) in refused {
            assert_eq!(added(&mut listeners, &settings).unwrap_err().code, code, "{settings:?}");
            assert_eq!(listeners, before);
        }
        assert_eq!(added(&mut listeners, &[("http", 80, "http", None)]), Ok(()), "the same again");
    }
}
