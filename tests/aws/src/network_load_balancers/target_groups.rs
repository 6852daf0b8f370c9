//! Target groups.

use super::attributes::{self, Attributes};
use crate::account::Account;
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use std::collections::BTreeSet;

/// A target group.
#[derive(Debug, Clone)]
pub struct TargetGroup {
    /// Its name.
    pub name: String,
    /// What targets speak.
    pub protocol: String,
    /// The port of targets that name none.
    pub port: i64,
    /// `instance` or `ip`.
    pub target_type: String,
    /// `ipv4` or `ipv6`.
    pub ip_address_type: String,
    /// How targets are checked.
    pub health_check: HealthCheck,
    /// Id or address, and port of each target.
    pub targets: BTreeSet<(String, i64)>,
    /// Its attributes.
    pub attributes: Attributes,
    /// Its tags.
    pub tags: Tags,
}

/// How targets are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthCheck {
    protocol: String,
    port: String,
    path: Option<String>,
    matcher: Option<String>,
    interval: i64,
    timeout: i64,
    healthy: i64,
    unhealthy: i64,
}

impl HealthCheck {
    /// Reads what a call changes of a health check.
    fn read(self, sent: &Parameters) -> Outcome<Self> {
        let text = |name: &str| sent.get(name).map(str::to_owned);
        let protocol = text("HealthCheckProtocol").unwrap_or(self.protocol);
        let http = matches!(protocol.as_str(), "HTTP" | "HTTPS");
        if !http && protocol != "TCP" {
            return Err(Failure::validation(format!("Health check protocol '{protocol}' is not valid")));
        }
        let timeout = sent.number("HealthCheckTimeoutSeconds")?;
        let check = Self {
            port: text("HealthCheckPort").unwrap_or(self.port),
            path: text("HealthCheckPath").or(self.path).or(http.then(|| "/".to_owned())).filter(|_| http),
            matcher: text("Matcher.HttpCode")
                .or(self.matcher)
                .or(http.then(|| "200-399".to_owned()))
                .filter(|_| http),
            interval: sent.number("HealthCheckIntervalSeconds")?.unwrap_or(self.interval),
            timeout: timeout.unwrap_or(self.timeout),
            healthy: sent.number("HealthyThresholdCount")?.unwrap_or(self.healthy),
            unhealthy: sent.number("UnhealthyThresholdCount")?.unwrap_or(self.unhealthy),
            protocol,
        };
        let ranges = [
            ("interval", check.interval, 5, 300),
            ("timeout", check.timeout, 2, 120),
            ("healthy threshold", check.healthy, 2, 10),
            ("unhealthy threshold", check.unhealthy, 2, 10),
        ];
        for (what, value, least, most) in ranges {
            if !(least..=most).contains(&value) {
                let message = format!("Health check {what} '{value}' must be between {least} and {most}");
                return Err(Failure::validation(message));
            }
        }
        let port = &check.port;
        if port != "traffic-port" && !port.parse::<u16>().is_ok_and(|port| port > 0) {
            return Err(Failure::validation(format!("Health check port '{port}' is not valid")));
        }
        Ok(check)
    }
}

/// `CreateTargetGroup`. The same again returns what is there, with the tags it has.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let name = parameters.required("Name")?.to_owned();
    let plain = name.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    if name.is_empty() || name.len() > 32 || !plain || name.starts_with('-') || name.ends_with('-') {
        return Err(Failure::validation(format!("Target group name '{name}' is not valid")));
    }
    let protocol = parameters.required("Protocol")?.to_owned();
    if !["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"].contains(&protocol.as_str()) {
        return Err(Failure::validation(format!("Target group protocol '{protocol}' is not valid")));
    }
    let target_type = parameters.get("TargetType").unwrap_or("instance").to_owned();
    let defaults = HealthCheck {
        protocol: "TCP".into(),
        port: "traffic-port".into(),
        path: None,
        matcher: None,
        interval: 30,
        timeout: if parameters.get("HealthCheckProtocol") == Some("HTTP") { 6 } else { 10 },
        healthy: 3,
        unhealthy: 3,
    };
    let mut tags = Tags::new();
    tags::add(&mut tags, &parameters.pairs("Tags")?)?;
    let group = TargetGroup {
        attributes: attributes::of_new_target_group(&protocol, &target_type),
        name,
        protocol,
        port: parameters.required_number("Port")?,
        target_type,
        ip_address_type: parameters.get("IpAddressType").unwrap_or("ipv4").to_owned(),
        health_check: defaults.read(parameters)?,
        targets: BTreeSet::new(),
        tags,
    };
    if let Some((arn, existing)) = account.target_groups.iter().find(|(_, other)| other.name == group.name) {
        let settings = |group: &TargetGroup| {
            (group.protocol.clone(), group.port, group.target_type.clone(), group.health_check.clone())
        };
        if settings(existing) == settings(&group) {
            return Ok(vec![Element::list_of("TargetGroups", "member", [member(account, arn, existing)])]);
        }
        let message =
            format!("A target group with the same name '{}' exists, but with different settings", group.name);
        return Err(Failure::new("DuplicateTargetGroupName", message));
    }
    let arn = format!("targetgroup/{}/{:016x}", group.name, account.unique());
    let arn = account.balancing_arn(&arn);
    let created = member(account, &arn, &group);
    account.target_groups.insert(arn, group);
    Ok(vec![Element::list_of("TargetGroups", "member", [created])])
}

/// `DescribeTargetGroups`.
pub fn describe(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let (names, arns) = (parameters.texts("Names"), parameters.texts("TargetGroupArns"));
    let balancer = parameters.get("LoadBalancerArn");
    if let Some(unknown) = arns.iter().find(|arn| !account.target_groups.contains_key(*arn)) {
        return Err(missing(unknown));
    }
    if let Some(unknown) =
        names.iter().find(|name| !account.target_groups.values().any(|one| one.name == **name))
    {
        return Err(missing(unknown));
    }
    let wanted = account.target_groups.iter().filter(|(arn, group)| {
        (names.is_empty() || names.contains(&group.name))
            && (arns.is_empty() || arns.contains(arn))
            && balancer.is_none_or(|balancer| users(account, arn).contains(&balancer))
    });
    let members = wanted.map(|(arn, group)| member(account, arn, group));
    Ok(vec![Element::list_of("TargetGroups", "member", members)])
}

/// `ModifyTargetGroup`: of the health check only.
pub fn modify(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arn = parameters.required("TargetGroupArn")?.to_owned();
    let group = named(account, parameters)?;
    group.health_check = group.health_check.clone().read(parameters)?;
    let group = group.clone();
    Ok(vec![Element::list_of("TargetGroups", "member", [member(account, &arn, &group)])])
}

/// `DeleteTargetGroup`. One that a listener uses stays; one that isn't there is no error.
pub fn delete(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arn = parameters.required("TargetGroupArn")?;
    if !users(account, arn).is_empty() {
        let message = format!("Target group '{arn}' is currently in use by a listener or a rule");
        return Err(Failure::new("ResourceInUse", message));
    }
    account.target_groups.remove(arn);
    Ok(Vec::new())
}

/// Returns the target group that a call names.
pub fn named<'a>(account: &'a mut Account, parameters: &Parameters) -> Outcome<&'a mut TargetGroup> {
    let arn = parameters.required("TargetGroupArn")?;
    account.target_groups.get_mut(arn).ok_or_else(|| missing(arn))
}

/// Says that there is no such target group.
pub fn missing(what: &str) -> Failure {
    Failure::new("TargetGroupNotFound", format!("One or more target groups not found: {what}"))
}

/// The load balancers whose listeners use a target group.
fn users<'a>(account: &'a Account, arn: &str) -> Vec<&'a str> {
    let balancers = account.network_load_balancers.iter();
    let using = balancers
        .filter(|(_, balancer)| balancer.listeners.values().any(|listener| listener.forward.names(arn)));
    using.map(|(balancer, _)| balancer.as_str()).collect()
}

fn member(account: &Account, arn: &str, group: &TargetGroup) -> Element {
    let check = &group.health_check;
    let matcher = check.matcher.as_ref().map(|codes| Element::new("Matcher").text("HttpCode", codes));
    Element::new("member")
        .text("TargetGroupArn", arn)
        .text("TargetGroupName", &group.name)
        .text("Protocol", &group.protocol)
        .text("Port", group.port)
        .text("VpcId", &account.network.vpc)
        .text("HealthCheckProtocol", &check.protocol)
        .text("HealthCheckPort", &check.port)
        .text("HealthCheckEnabled", true)
        .text("HealthCheckIntervalSeconds", check.interval)
        .text("HealthCheckTimeoutSeconds", check.timeout)
        .text("HealthyThresholdCount", check.healthy)
        .text("UnhealthyThresholdCount", check.unhealthy)
        .maybe("HealthCheckPath", check.path.as_ref())
        .children(matcher)
        .texts("LoadBalancerArns", "member", users(account, arn))
        .text("TargetType", &group.target_type)
        .text("IpAddressType", &group.ip_address_type)
}
