//! Health checks, as far as they decide about listeners: what can't be parsed, what AWS refuses, and what makes the cloud
//! provider replace target groups.

use shared::model::Service;

use super::{
    refusal::Refusal,
    service::{annotation, is_local},
};
use crate::{keys, values::parse_int};

/// What makes the cloud provider replace the target groups of a Network Load Balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkHealthCheck {
    /// `TCP`, `HTTP` or `HTTPS`.
    pub protocol: String,
    /// Seconds.
    pub interval: i64,
}

/// Returns the health check of a Network Load Balancer of the cloud provider
/// (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws.go>,
/// `buildNLBHealthCheckConfiguration`).
///
/// # Errors
/// What the controller can't parse.
pub fn of_network(service: &Service) -> Result<NetworkHealthCheck, Refusal> {
    let local = is_local(service);
    let default = if local { "HTTP" } else { "TCP" };
    let protocol = annotation(service, keys::HEALTH_CHECK_PROTOCOL).unwrap_or(default).to_uppercase();
    if !matches!(protocol.as_str(), "TCP" | "HTTP" | "HTTPS") {
        let message = format!("Unsupported health check protocol {protocol}");
        return Err(Refusal::of_key(keys::HEALTH_CHECK_PROTOCOL, message));
    }
    let number = |key: &'static str, default: i64| match annotation(service, key) {
        None => Ok(default),
        Some(value) => parse_int(value)
            .ok_or_else(|| Refusal::of_key(key, format!("failed to parse annotation {key}={value}"))),
    };
    let interval = number(keys::HEALTH_CHECK_INTERVAL, if local { 10 } else { 30 })?;
    for key in [keys::HEALTH_CHECK_TIMEOUT, keys::HEALTHY_THRESHOLD, keys::UNHEALTHY_THRESHOLD] {
        number(key, 0)?;
    }
    if let Some(port) = annotation(service, keys::HEALTH_CHECK_PORT)
        && port != "traffic-port"
        && parse_int(port).is_none()
    {
        return Err(Refusal::of_key(keys::HEALTH_CHECK_PORT, format!("Invalid health check port '{port}'")));
    }
    Ok(NetworkHealthCheck { protocol, interval })
}

/// Checks the health check of a Classic Load Balancer, which is configured last but for the nodes
/// (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go>,
/// `ensureLoadBalancerHealthCheck`; AWS refuses the maxima).
///
/// # Errors
/// The first thing that the controller or AWS refuses.
pub fn of_classic(service: &Service) -> Result<(), Refusal> {
    if let Some(port) = annotation(service, keys::HEALTH_CHECK_PORT)
        && port != "traffic-port"
        && parse_int(port).is_none()
    {
        let message = format!("strconv.ParseInt: parsing {port:?}: invalid syntax");
        return Err(Refusal::of_key(keys::HEALTH_CHECK_PORT, message));
    }
    refused_port(service)?;
    let mut numbers = [10, 5];
    for (index, (key, least, most)) in CLASSIC_RANGES.into_iter().enumerate() {
        let Some(value) = annotation(service, key) else { continue };
        let number = parse_int(value).filter(|number| (least..=most).contains(number));
        let Some(number) = number else {
            let message = match parse_int(value) {
                None => format!(
                    "failed parsing health check annotation value: strconv.ParseInt: parsing {value:?}: invalid syntax"
                ),
                Some(_) => format!(
                    "some of the load balancer health check parameters are invalid: {key} is {value}, not {least} to {most}"
                ),
            };
            return Err(Refusal::of_key(key, message));
        };
        if let Some(place) = numbers.get_mut(index) {
            *place = number;
        }
    }
    match numbers {
        [interval, timeout] if timeout >= interval => Err(Refusal::of_key(
            keys::HEALTH_CHECK_TIMEOUT,
            format!(
                "ValidationError: HealthCheck timeout must be less than interval ({timeout} is not below {interval})"
            ),
        )),
        _ => Ok(()),
    }
}

/// The numbers of Classic Load Balancers: interval and timeout first.
pub const CLASSIC_RANGES: [(&str, i64, i64); 4] = [
    (keys::HEALTH_CHECK_INTERVAL, 5, 300),
    (keys::HEALTH_CHECK_TIMEOUT, 2, 60),
    (keys::HEALTHY_THRESHOLD, 2, 10),
    (keys::UNHEALTHY_THRESHOLD, 2, 10),
];

/// The numbers of Network Load Balancers.
pub const NETWORK_RANGES: [(&str, i64, i64); 4] = [
    (keys::HEALTH_CHECK_INTERVAL, 5, 300),
    (keys::HEALTH_CHECK_TIMEOUT, 2, 120),
    (keys::HEALTHY_THRESHOLD, 2, 10),
    (keys::UNHEALTHY_THRESHOLD, 2, 10),
];

/// The numbers of ports.
pub const PORTS: std::ops::RangeInclusive<i64> = 1..=65535;

/// Checks a port that controllers pass on and AWS refuses.
fn refused_port(service: &Service) -> Result<(), Refusal> {
    let number = annotation(service, keys::HEALTH_CHECK_PORT).and_then(parse_int);
    match number.filter(|number| !PORTS.contains(number)) {
        Some(number) => {
            let message = format!("ValidationError: health check port {number} is not one of 1 to 65535");
            Err(Refusal::of_key(keys::HEALTH_CHECK_PORT, message))
        }
        None => Ok(()),
    }
}

/// Checks the numbers that AWS refuses in a target group. The cloud provider sends no timeout.
///
/// # Errors
/// The first number out of its range.
pub fn target_group_numbers(service: &Service, sends_timeout: bool) -> Result<(), Refusal> {
    refused_port(service)?;
    for (key, least, most) in NETWORK_RANGES {
        let sent = sends_timeout || key != keys::HEALTH_CHECK_TIMEOUT;
        let number = annotation(service, key).filter(|_| sent).and_then(parse_int);
        if let Some(number) = number.filter(|number| !(least..=most).contains(number)) {
            return Err(Refusal::of_key(
                key,
                format!("ValidationError: {key} is {number}, not {least} to {most}"),
            ));
        }
    }
    Ok(())
}
