//! Policies: objects of a classic load balancer, which listeners and ports of instances then name.

use super::ClassicLoadBalancer;
use super::load_balancers::named;
use crate::account::Account;
use crate::security_policies::{CLASSIC, DEFAULT};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its type, such as `SSLNegotiationPolicyType`.
    pub type_name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
}

impl Policy {
    /// Returns the predefined security policy that this one refers to.
    pub fn reference(&self) -> Option<&str> {
        let is_reference = |(name, _): &&(String, String)| name == "Reference-Security-Policy";
        self.attributes.iter().find(is_reference).map(|(_, value)| value.as_str())
    }

    fn check(&self) -> Outcome<()> {
        match (self.type_name.as_str(), self.reference()) {
            ("SSLNegotiationPolicyType", Some(reference)) if CLASSIC.contains(&reference) => Ok(()),
            ("SSLNegotiationPolicyType", Some(reference)) => Err(Failure::validation(format!(
                "Invalid Reference Security Policy: {reference}. Use DescribeLoadBalancerPolicies API to list valid security policies."
            ))),
            ("ProxyProtocolPolicyType", None) => Ok(()),
            (other, _) => {
                let message = format!("Policies of type {other} are not simulated");
                Err(Failure::new("PolicyTypeNotFound", message))
            }
        }
    }
}

/// `CreateLoadBalancerPolicy`. The same again succeeds.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let attribute = |item: Parameters| {
        let value = item.get("AttributeValue").unwrap_or_default().to_owned();
        item.required("AttributeName").map(|name| (name.to_owned(), value))
    };
    let attributes = parameters.items("PolicyAttributes").into_iter().map(attribute);
    let policy = Policy {
        type_name: parameters.required("PolicyTypeName")?.to_owned(),
        attributes: attributes.collect::<Outcome<_>>()?,
    };
    let name = parameters.required("PolicyName")?;
    let balancer = named(account, parameters)?;
    policy.check()?;
    if balancer.policies.get(name).is_some_and(|existing| *existing != policy) {
        let message = format!("Policy already exists: {name}");
        return Err(Failure::new("DuplicatePolicyName", message));
    }
    balancer.policies.insert(name.to_owned(), policy);
    Ok(Vec::new())
}

/// `DescribeLoadBalancerPolicies`.
pub fn describe(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let balancer = named(account, parameters)?;
    let names = parameters.texts("PolicyNames");
    names.iter().try_for_each(|name| check_exists(balancer, name))?;
    let members = balancer.policies.iter().filter(|(name, _)| names.is_empty() || names.contains(name));
    let members = members.map(|(name, policy)| {
        let attributes = policy.attributes.iter().map(|(name, value)| {
            Element::new("member").text("AttributeName", name).text("AttributeValue", value)
        });
        Element::new("member").text("PolicyName", name).text("PolicyTypeName", &policy.type_name).list(
            "PolicyAttributeDescriptions",
            "member",
            attributes,
        )
    });
    Ok(vec![Element::list_of("PolicyDescriptions", "member", members)])
}

/// `SetLoadBalancerPoliciesOfListener`.
pub fn set_of_listener(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let port = parameters.required_number("LoadBalancerPort")?;
    let names = parameters.texts("PolicyNames");
    let balancer = named(account, parameters)?;
    names.iter().try_for_each(|name| check_exists(balancer, name))?;
    let missing = || Failure::new("ListenerNotFound", format!("There is no listener on port {port}"));
    let listener = balancer.listeners.get_mut(&port).ok_or_else(missing)?;
    if !listener.is_tls() && !names.is_empty() {
        let message = format!("The listener on port {port} can't have the policies {names:?}");
        return Err(Failure::new("InvalidConfigurationRequest", message));
    }
    listener.policies = names;
    Ok(Vec::new())
}

/// `SetLoadBalancerPoliciesForBackendServer`.
pub fn set_for_backend(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let port = parameters.required_number("InstancePort")?;
    let names = parameters.texts("PolicyNames");
    let balancer = named(account, parameters)?;
    names.iter().try_for_each(|name| check_exists(balancer, name))?;
    if names.is_empty() {
        balancer.backend_policies.remove(&port);
    } else {
        balancer.backend_policies.insert(port, names);
    }
    Ok(Vec::new())
}

/// The default policy is there without having been created.
fn check_exists(balancer: &ClassicLoadBalancer, name: &str) -> Outcome<()> {
    if balancer.policies.contains_key(name) || name == DEFAULT {
        return Ok(());
    }
    Err(Failure::new("PolicyNotFound", format!("There is no policy with name {name}")))
}
