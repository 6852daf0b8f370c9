//! What a classic load balancer is, and how it comes and goes.

use super::listeners::{self, ClassicListener};
use super::policies::Policy;
use super::{Attributes, HealthCheck};
use crate::account::Account;
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// A classic load balancer.
#[derive(Debug, Clone)]
pub struct ClassicLoadBalancer {
    /// Its host name.
    pub dns_name: String,
    /// `internet-facing` or `internal`.
    pub scheme: String,
    /// Its subnets.
    pub subnets: BTreeSet<String>,
    /// Its security groups.
    pub security_groups: Vec<String>,
    /// Its listeners by port.
    pub listeners: BTreeMap<i64, ClassicListener>,
    /// Its policies by name.
    pub policies: BTreeMap<String, Policy>,
    /// The names of the policies for each port of the instances.
    pub backend_policies: BTreeMap<i64, Vec<String>>,
    /// How instances are checked.
    pub health_check: HealthCheck,
    /// Its attributes.
    pub attributes: Attributes,
    /// The registered instances.
    pub instances: BTreeSet<String>,
    /// Its tags.
    pub tags: Tags,
}

/// `CreateLoadBalancer`. A call that is repeated returns what the first has made.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let name = parameters.required("LoadBalancerName")?.to_owned();
    check_name(&name)?;
    let scheme = parameters.get("Scheme").unwrap_or("internet-facing").to_owned();
    if let Some(existing) = account.classic.get(&name) {
        if existing.scheme == scheme {
            return Ok(vec![Element::of("DNSName", &existing.dns_name)]);
        }
        let message = format!("Load Balancer named {name} already exists and it is configured differently.");
        return Err(Failure::new("DuplicateLoadBalancerName", message));
    }
    let subnets: BTreeSet<_> = parameters.texts("Subnets").into_iter().collect();
    subnets.iter().try_for_each(|subnet| account.network.subnet(subnet).map(drop))?;
    let security_groups = parameters.texts("SecurityGroups");
    check_security_groups(account, &security_groups)?;
    let mut tags = Tags::new();
    tags::add(&mut tags, &parameters.pairs("Tags")?)?;
    let mut created = BTreeMap::new();
    if parameters.items("Listeners").is_empty() {
        return Err(Failure::validation("At least one listener must be specified"));
    }
    listeners::add(&name, &mut created, &account.certificates, &parameters.items("Listeners"))?;
    let health_check = HealthCheck::of_new(created.values().next());
    let prefix = if scheme == "internal" { "internal-" } else { "" };
    let digits = account.unique() % 9_000_000_000 + 1_000_000_000;
    let dns_name = format!("{prefix}{name}-{digits}.{}.elb.amazonaws.com", account.region);
    let balancer = ClassicLoadBalancer {
        dns_name: dns_name.clone(),
        scheme,
        subnets,
        security_groups,
        listeners: created,
        policies: BTreeMap::new(),
        backend_policies: BTreeMap::new(),
        health_check,
        attributes: Attributes::default(),
        instances: BTreeSet::new(),
        tags,
    };
    account.classic.insert(name, balancer);
    Ok(vec![Element::of("DNSName", dns_name)])
}

/// `DeleteLoadBalancer`. One that isn't there is no error.
pub fn delete(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    account.classic.remove(parameters.required("LoadBalancerName")?);
    Ok(Vec::new())
}

/// `AddTags`.
pub fn add_tags(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let added = parameters.pairs("Tags")?;
    for name in parameters.texts("LoadBalancerNames") {
        let balancer = account.classic.get_mut(&name).ok_or_else(|| missing(&name))?;
        tags::add(&mut balancer.tags, &added)?;
    }
    Ok(Vec::new())
}

/// Returns the load balancer that a call names.
pub fn named<'a>(account: &'a mut Account, parameters: &Parameters) -> Outcome<&'a mut ClassicLoadBalancer> {
    let name = parameters.required("LoadBalancerName")?;
    account.classic.get_mut(name).ok_or_else(|| missing(name))
}

/// Says that there is no such load balancer.
pub fn missing(name: &str) -> Failure {
    Failure::new("LoadBalancerNotFound", format!("There is no ACTIVE Load Balancer named '{name}'"))
}

/// Fails unless all security groups exist.
pub fn check_security_groups(account: &Account, ids: &[String]) -> Outcome<()> {
    match ids.iter().find(|id| !account.security_groups.contains_key(*id)) {
        None => Ok(()),
        Some(unknown) => {
            let message = format!("One or more security groups are invalid: {unknown}");
            Err(Failure::new("InvalidSecurityGroup", message))
        }
    }
}

/// Names of all kinds of load balancers obey these rules.
pub fn check_name(name: &str) -> Outcome<()> {
    let plain = name.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    let edge = name.starts_with('-') || name.ends_with('-') || name.starts_with("internal-");
    if name.is_empty() || name.len() > 32 || !plain || edge {
        let message = format!(
            "The load balancer name '{name}' must have 1 to 32 letters, digits and hyphens, and must not begin with 'internal-' nor begin or end with a hyphen"
        );
        return Err(Failure::validation(message));
    }
    Ok(())
}
