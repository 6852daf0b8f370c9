//! The listeners of network load balancers.

use super::actions::Forward;
use super::attributes::Attributes;
use super::listener_settings::Settings;
use super::load_balancers::named;
use crate::account::Account;
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// A listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// Its port.
    pub port: i64,
    /// `TCP`, `TLS`, `UDP` or `TCP_UDP`.
    pub protocol: String,
    /// The default certificate of a TLS listener.
    pub certificate: Option<String>,
    /// The security policy of a TLS listener.
    pub policy: Option<String>,
    /// The ALPN policy of a TLS listener: none or one.
    pub alpn: Vec<String>,
    /// Certificates for other names, in the order in which they were added.
    pub more_certificates: Vec<String>,
    /// Where connections go.
    pub forward: Forward,
    /// Attributes that were set.
    pub attributes: Attributes,
    /// Its tags.
    pub tags: Tags,
}

/// What is in the ARN of a rule.
pub const RULE: &str = ":listener-rule/";

/// `CreateListener`. The same again returns what is there.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let balancer_arn = parameters.required("LoadBalancerArn")?.to_owned();
    let mut listener = Settings::read(account, parameters)?.apply(account, None)?;
    tags::add(&mut listener.tags, &parameters.pairs("Tags")?)?;
    let existing =
        named(account, parameters)?.listeners.iter().find(|(_, other)| other.port == listener.port);
    if let Some((arn, existing)) = existing {
        let same = Listener {
            attributes: existing.attributes.clone(),
            tags: existing.tags.clone(),
            more_certificates: existing.more_certificates.clone(),
            ..listener
        };
        if same == *existing {
            return Ok(vec![Element::list_of("Listeners", "member", [member(&balancer_arn, arn, existing)])]);
        }
        return Err(duplicate(&balancer_arn));
    }
    check_association(account, &balancer_arn, &listener)?;
    let arn =
        format!("{}/{:016x}", balancer_arn.replacen(":loadbalancer/", ":listener/", 1), account.unique());
    let created = member(&balancer_arn, &arn, &listener);
    named(account, parameters)?.listeners.insert(arn, listener);
    Ok(vec![Element::list_of("Listeners", "member", [created])])
}

/// `ModifyListener`.
pub fn modify(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arn = parameters.required("ListenerArn")?.to_owned();
    let (balancer_arn, current) = find(account, &arn)?;
    let (balancer_arn, current) = (balancer_arn.to_owned(), current.clone());
    let listener = Settings::read(account, parameters)?.apply(account, Some(&current))?;
    let balancer = account.network_load_balancers.get(&balancer_arn);
    let taken = balancer.is_some_and(|balancer| {
        balancer.listeners.iter().any(|(other, existing)| *other != arn && existing.port == listener.port)
    });
    if taken {
        return Err(duplicate(&balancer_arn));
    }
    check_association(account, &balancer_arn, &listener)?;
    let modified = member(&balancer_arn, &arn, &listener);
    *find_mut(account, &arn)? = listener;
    Ok(vec![Element::list_of("Listeners", "member", [modified])])
}

/// `DescribeListeners`.
pub fn describe(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arns = parameters.texts("ListenerArns");
    let members: Vec<_> = if arns.is_empty() {
        let balancer_arn = parameters.required("LoadBalancerArn")?.to_owned();
        let listeners = &named(account, parameters)?.listeners;
        listeners.iter().map(|(arn, listener)| member(&balancer_arn, arn, listener)).collect()
    } else {
        let describe =
            |arn: &String| find(account, arn).map(|(balancer, listener)| member(balancer, arn, listener));
        arns.iter().map(describe).collect::<Outcome<_>>()?
    };
    Ok(vec![Element::list_of("Listeners", "member", members)])
}

/// `DeleteListener`.
pub fn delete(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arn = parameters.required("ListenerArn")?;
    find(account, arn)?;
    for balancer in account.network_load_balancers.values_mut() {
        balancer.listeners.remove(arn);
    }
    Ok(Vec::new())
}

/// `DescribeRules`: a network load balancer has the default rule and no other.
pub fn describe_rules(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let arn = parameters.required("ListenerArn")?;
    let (_, listener) = find(account, arn)?;
    let rule = Element::new("member")
        .text("RuleArn", format!("{}/default", arn.replacen(":listener/", RULE, 1)))
        .text("Priority", "default")
        .text("IsDefault", true)
        .child(Element::new("Conditions"))
        .list("Actions", "member", [listener.forward.member()]);
    Ok(vec![Element::list_of("Rules", "member", [rule])])
}

/// Returns a listener and the ARN of its load balancer.
pub fn find<'a>(account: &'a Account, arn: &str) -> Outcome<(&'a str, &'a Listener)> {
    let balancers = account.network_load_balancers.iter();
    let mut found =
        balancers.filter_map(|(balancer, settings)| Some((balancer.as_str(), settings.listeners.get(arn)?)));
    found.next().ok_or_else(|| missing(arn))
}

/// Returns a listener to be changed.
pub fn find_mut<'a>(account: &'a mut Account, arn: &str) -> Outcome<&'a mut Listener> {
    let mut balancers = account.network_load_balancers.values_mut();
    balancers.find_map(|balancer| balancer.listeners.get_mut(arn)).ok_or_else(|| missing(arn))
}

fn missing(arn: &str) -> Failure {
    Failure::new("ListenerNotFound", format!("Listener '{arn}' not found"))
}

fn duplicate(balancer: &str) -> Failure {
    let message = format!("A listener already exists on this port for this load balancer '{balancer}'");
    Failure::new("DuplicateListener", message)
}

/// A target group belongs to one load balancer.
fn check_association(account: &Account, balancer_arn: &str, listener: &Listener) -> Outcome<()> {
    let others = account.network_load_balancers.iter().filter(|(arn, _)| *arn != balancer_arn);
    let mut taken = others.flat_map(|(_, balancer)| balancer.listeners.values());
    let is_taken = taken.find_map(|other| {
        listener.forward.target_groups.iter().map(|(arn, _)| arn).find(|arn| other.forward.names(arn))
    });
    match is_taken {
        None => Ok(()),
        Some(arn) => {
            let message = format!(
                "The following target groups cannot be associated with more than one load balancer: {arn}"
            );
            Err(Failure::new("TargetGroupAssociationLimit", message))
        }
    }
}

fn member(balancer_arn: &str, arn: &str, listener: &Listener) -> Element {
    let member = Element::new("member")
        .text("ListenerArn", arn)
        .text("LoadBalancerArn", balancer_arn)
        .text("Port", listener.port)
        .text("Protocol", &listener.protocol)
        .maybe("SslPolicy", listener.policy.as_ref())
        .list("DefaultActions", "member", [listener.forward.member()]);
    let member = match &listener.certificate {
        Some(arn) => {
            member.list("Certificates", "member", [Element::new("member").text("CertificateArn", arn)])
        }
        None => member,
    };
    if listener.alpn.is_empty() { member } else { member.texts("AlpnPolicy", "member", &listener.alpn) }
}
