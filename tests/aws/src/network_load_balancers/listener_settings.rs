//! What a listener may be: which protocols go with which certificates, policies, ALPN and target groups.

use super::actions::Forward;
use super::listeners::Listener;
use crate::account::Account;
use crate::security_policies::{DEFAULT, is_of_network};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;

const PROTOCOLS: [&str; 6] = ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];
const ALPN_POLICIES: [&str; 5] = ["None", "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred"];

/// Settings as a call sends them; what is not sent is none.
#[derive(Debug)]
pub struct Settings {
    port: Option<i64>,
    protocol: Option<String>,
    certificates: Vec<String>,
    policy: Option<String>,
    alpn: Vec<String>,
    forward: Option<Forward>,
}

impl Settings {
    /// Reads the settings of a call.
    pub fn read(account: &Account, parameters: &Parameters) -> Outcome<Self> {
        Ok(Self {
            port: parameters.number("Port")?,
            protocol: parameters.get("Protocol").map(str::to_owned),
            certificates: certificates(parameters)?,
            policy: parameters.get("SslPolicy").map(str::to_owned),
            alpn: parameters.texts("AlpnPolicy"),
            forward: Forward::read(account, parameters)?,
        })
    }

    /// Returns the listener that these settings make of another one, or of nothing.
    pub fn apply(self, account: &Account, current: Option<&Listener>) -> Outcome<Listener> {
        let missing = |what: &str| Failure::validation(format!("The listener has no {what}"));
        let port = self.port.or(current.map(|listener| listener.port)).ok_or_else(|| missing("port"))?;
        let protocol = self.protocol.clone().or_else(|| current.map(|listener| listener.protocol.clone()));
        let protocol = protocol.ok_or_else(|| missing("protocol"))?;
        let forward = self.forward.clone().or_else(|| current.map(|listener| listener.forward.clone()));
        let forward = forward.ok_or_else(|| missing("default action"))?;
        if !(1..=65535).contains(&port) {
            return Err(Failure::validation(format!("Port '{port}' is not valid")));
        }
        if !PROTOCOLS.contains(&protocol.as_str()) {
            return Err(Failure::validation(format!(
                "Listener protocol '{protocol}' must be one of {PROTOCOLS:?}"
            )));
        }
        check_target_groups(account, &protocol, &forward)?;
        let plain = Listener {
            port,
            protocol: protocol.clone(),
            certificate: None,
            policy: None,
            alpn: Vec::new(),
            more_certificates: Vec::new(),
            forward,
            attributes: current.map(|listener| listener.attributes.clone()).unwrap_or_default(),
            tags: current.map(|listener| listener.tags.clone()).unwrap_or_default(),
        };
        if protocol == "TLS" {
            self.secure(account, plain, current)
        } else {
            self.check_plain(&protocol).map(|()| plain)
        }
    }

    /// Certificate, policy and ALPN of a TLS listener: what isn't sent stays, if it was one.
    fn secure(self, account: &Account, plain: Listener, current: Option<&Listener>) -> Outcome<Listener> {
        let current = current.filter(|listener| listener.protocol == "TLS");
        let certificate = match &self.certificates[..] {
            [one] => {
                account.certificates.check(one)?;
                Some(one.clone())
            }
            [] => current.and_then(|listener| listener.certificate.clone()),
            _ => return Err(Failure::validation("Up to one certificate can be specified")),
        };
        if certificate.is_none() {
            return Err(Failure::validation("A certificate must be specified for TLS listeners"));
        }
        if let Some(policy) = self.policy.as_deref().filter(|policy| !is_of_network(policy)) {
            return Err(Failure::new("SSLPolicyNotFound", format!("SSL policy '{policy}' not found")));
        }
        if let Some(unknown) = self.alpn.iter().find(|policy| !ALPN_POLICIES.contains(&policy.as_str())) {
            return Err(Failure::new("ALPNPolicyNotFound", format!("ALPN policy '{unknown}' not found")));
        }
        let kept = |listener: &Listener| listener.policy.clone();
        let policy = self.policy.or_else(|| current.and_then(kept)).unwrap_or_else(|| DEFAULT.to_owned());
        let alpn = if self.alpn.is_empty() {
            current.map(|listener| listener.alpn.clone()).unwrap_or_default()
        } else {
            self.alpn
        };
        let more_certificates =
            current.map(|listener| listener.more_certificates.clone()).unwrap_or_default();
        Ok(Listener { certificate, policy: Some(policy), alpn, more_certificates, ..plain })
    }

    fn check_plain(&self, protocol: &str) -> Outcome<()> {
        let refused = |what: &str| {
            Err(Failure::validation(format!("{what} cannot be specified for {protocol} listeners")))
        };
        if !self.certificates.is_empty() {
            return refused("Certificates");
        }
        if self.policy.is_some() {
            return refused("An SSL policy");
        }
        if !self.alpn.is_empty() {
            return refused("An ALPN policy");
        }
        Ok(())
    }
}

/// Returns the ARNs in the list `Certificates` of a call.
pub fn certificates(parameters: &Parameters) -> Outcome<Vec<String>> {
    let arn = |item: Parameters| item.required("CertificateArn").map(str::to_owned);
    parameters.items("Certificates").into_iter().map(arn).collect()
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-listener.html>
fn check_target_groups(account: &Account, protocol: &str, forward: &Forward) -> Outcome<()> {
    for (arn, _) in &forward.target_groups {
        let Some(group) = account.target_groups.get(arn) else { continue };
        let fits = match protocol {
            "TLS" => matches!(group.protocol.as_str(), "TCP" | "TLS"),
            _ => group.protocol == protocol,
        };
        if !fits {
            let message = format!(
                "The listener protocol '{protocol}' is not compatible with the protocol '{}' of the target group '{arn}'",
                group.protocol
            );
            return Err(Failure::new("IncompatibleProtocols", message));
        }
    }
    Ok(())
}
