//! How a classic load balancer checks its instances.

use super::ClassicListener;
use super::attributes::within;
use super::load_balancers::named;
use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// A health check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthCheck {
    /// What is asked, such as `TCP:30000` or `HTTP:30000/healthz`.
    pub target: String,
    /// How often, in seconds.
    pub interval: i64,
    /// How long an answer may take, in seconds.
    pub timeout: i64,
    /// How many good answers make an instance healthy.
    pub healthy: i64,
    /// How many bad ones make it unhealthy.
    pub unhealthy: i64,
}

impl HealthCheck {
    /// What AWS gives a new load balancer.
    pub fn of_new(listener: Option<&ClassicListener>) -> Self {
        let port = listener.map_or(80, |listener| listener.instance_port);
        Self { target: format!("TCP:{port}"), interval: 30, timeout: 5, healthy: 10, unhealthy: 2 }
    }

    /// Returns it as a call's `HealthCheck`.
    pub fn element(&self) -> Element {
        Element::new("HealthCheck")
            .text("Target", &self.target)
            .text("Interval", self.interval)
            .text("Timeout", self.timeout)
            .text("HealthyThreshold", self.healthy)
            .text("UnhealthyThreshold", self.unhealthy)
    }
}

/// `ConfigureHealthCheck`.
pub fn configure(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let sent = parameters.structure("HealthCheck");
    let target = sent.required("Target")?;
    check_target(target)?;
    let check = HealthCheck {
        target: target.to_owned(),
        interval: within("HealthCheck interval", sent.required_number("Interval")?, 5, 300)?,
        timeout: within("HealthCheck timeout", sent.required_number("Timeout")?, 2, 60)?,
        healthy: within("HealthCheck healthy threshold", sent.required_number("HealthyThreshold")?, 2, 10)?,
        unhealthy: within(
            "HealthCheck unhealthy threshold",
            sent.required_number("UnhealthyThreshold")?,
            2,
            10,
        )?,
    };
    if check.timeout >= check.interval {
        return Err(Failure::validation("HealthCheck timeout must be less than interval"));
    }
    let element = check.element();
    named(account, parameters)?.health_check = check;
    Ok(vec![element])
}

fn check_target(target: &str) -> Outcome<()> {
    let wrong = || Failure::validation(format!("HealthCheck target '{target}' is not valid"));
    let (protocol, rest) = target.split_once(':').ok_or_else(wrong)?;
    let port = match protocol.to_uppercase().as_str() {
        "TCP" | "SSL" => rest,
        "HTTP" | "HTTPS" => rest.split_once('/').ok_or_else(wrong)?.0,
        _ => return Err(wrong()),
    };
    let valid = port.parse::<u16>().is_ok_and(|port| port > 0);
    if valid { Ok(()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_have_a_protocol_a_port_and_with_http_a_path() {
        for target in ["TCP:30000", "ssl:443", "HTTP:10256/healthz", "HTTPS:443/"] {
            assert_eq!(check_target(target), Ok(()), "{target}");
        }
        for target in ["TCP", "TCP:0", "TCP:x", "HTTP:80", "UDP:53"] {
            assert_eq!(check_target(target).unwrap_err().code, "ValidationError", "{target}");
        }
    }
}
