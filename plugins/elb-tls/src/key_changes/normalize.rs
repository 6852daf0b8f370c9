//! What flags are written as.

use shared::{Error, Result, model::Service};

use crate::{
    controllers::ControllerKind,
    policies::{LoadBalancerType, POLICIES, Preset},
};

/// Returns the ports in the order of the Service, each once, names in lower case; `None` for all. What the Service lacks
/// comes last: a rule names it.
///
/// # Errors
/// Usage errors: an empty list and numbers that no port has.
pub fn ports(given: &[String], service: &Service) -> Result<Option<String>> {
    let mut entries: Vec<String> = Vec::new();
    for entry in given.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty()) {
        if entry.eq_ignore_ascii_case("all") || entry == "*" {
            return Ok(None);
        }
        let entry = match entry.parse::<i64>() {
            Ok(1..=65535) => entry.trim_start_matches(['+', '0']).to_owned(),
            Ok(_) => {
                return Err(Error::usage(format!(
                    "--ports: {entry} is not the number of a port, 1 to 65535"
                ))
                .with_hint("name ports of the Service, by number or name, or all"));
            }
            Err(_) => entry.to_lowercase(),
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    if entries.is_empty() {
        return Err(Error::usage("--ports is empty").with_hint("give numbers or names of ports, or all"));
    }
    let place = |entry: &String| {
        let mut ports = service.spec.ports.iter();
        let found =
            ports.position(|port| port.name.to_lowercase() == *entry || port.port.to_string() == *entry);
        found.unwrap_or(usize::MAX)
    };
    entries.sort_by_key(place);
    Ok(Some(entries.join(",")))
}

/// Returns the policy that a name or a preset stands for. Names are known in any case.
///
/// # Errors
/// A usage error for a preset that such load balancers lack.
pub fn policy(name: Option<&str>, preset: Option<Preset>, kind: ControllerKind) -> Result<Option<String>> {
    let of = match kind {
        ControllerKind::Classic => LoadBalancerType::Classic,
        _ => LoadBalancerType::Network,
    };
    if let Some(preset) = preset {
        let policy = preset.policy(of).ok_or_else(|| {
            Error::usage("Classic Load Balancers have no such policy: neither TLS 1.3 nor FIPS")
                .with_hint("use --preset modern, or another load balancer (kubectl elb-tls migrate)")
        })?;
        return Ok(Some(policy.to_owned()));
    }
    Ok(name.map(|name| {
        let name = name.trim();
        let known =
            POLICIES.iter().map(|policy| policy.name()).find(|known| known.eq_ignore_ascii_case(name));
        known.unwrap_or_else(|| name.to_owned())
    }))
}

/// Returns the seconds of `--draining`; `None` for off.
///
/// # Errors
/// A usage error for what is neither.
pub fn draining(text: &str) -> Result<Option<u32>> {
    if text.trim().eq_ignore_ascii_case("off") {
        return Ok(None);
    }
    seconds("--draining", text).map(Some)
}

/// Returns a number of seconds, which may end with `s`.
///
/// # Errors
/// A usage error for what is not a number.
pub fn seconds(flag: &str, text: &str) -> Result<u32> {
    let number = text.trim().trim_end_matches(['s', 'S']);
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = number.parse().ok().filter(|_| digits);
    parsed.ok_or_else(|| {
        Error::usage(format!("{flag} {text}: not a number of seconds"))
            .with_hint("write whole seconds, such as 60")
    })
}

/// Returns tags without blanks around pairs, keys and values.
pub fn tags(text: &str) -> String {
    let pairs = text.split(',').map(str::trim).filter(|pair| !pair.is_empty());
    let trimmed = pairs.map(|pair| match pair.split_once('=') {
        Some((key, value)) => format!("{}={}", key.trim(), value.trim()),
        None => pair.to_owned(),
    });
    trimmed.collect::<Vec<_>>().join(",")
}
