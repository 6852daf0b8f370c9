//! The ingress rules of security groups. EC2 keeps each source as a rule of its own and shows those of the same ports together.

use super::{done, security_groups};
use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use std::collections::BTreeMap;

/// A rule with one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// Protocol and ports, which rules are grouped by.
    pub ports: Ports,
    /// Who may come in.
    pub source: Source,
    /// A note, by which controllers know their own.
    pub description: Option<String>,
}

/// A protocol and its ports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ports {
    /// `tcp`, `udp`, `icmp` or `-1`, all.
    pub protocol: String,
    /// The first port.
    pub from: Option<i64>,
    /// The last port.
    pub to: Option<i64>,
}

/// Where traffic comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// IPv4 addresses.
    Cidr(String),
    /// IPv6 addresses.
    CidrV6(String),
    /// The members of a security group.
    Group(String),
    /// A prefix list.
    PrefixList(String),
}

/// The lists that a rule's sources come in: the list's name, the field of its items, and what it says.
type SourceList = (&'static str, &'static str, fn(String) -> Source);

const SOURCE_LISTS: [SourceList; 4] = [
    ("IpRanges", "CidrIp", Source::Cidr),
    ("Ipv6Ranges", "CidrIpv6", Source::CidrV6),
    ("Groups", "GroupId", Source::Group),
    ("PrefixListIds", "PrefixListId", Source::PrefixList),
];

/// `AuthorizeSecurityGroupIngress`: all rules or none.
pub fn authorize(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let added = read(parameters)?;
    let group = security_groups::get_mut(account, parameters.required("GroupId")?)?;
    if let Some(rule) = added.iter().find(|rule| position(&group.ingress, rule).is_some()) {
        let Ports { protocol, from, to } = &rule.ports;
        let message =
            format!("the specified rule \"{:?}, {protocol}, {from:?}-{to:?}\" already exists", rule.source);
        return Err(Failure::new("InvalidPermission.Duplicate", message));
    }
    group.ingress.extend(added);
    Ok(done())
}

/// `RevokeSecurityGroupIngress`.
pub fn revoke(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let removed = read(parameters)?;
    let group = security_groups::get_mut(account, parameters.required("GroupId")?)?;
    if removed.iter().any(|rule| position(&group.ingress, rule).is_none()) {
        let message = "The specified rule does not exist in this security group.";
        return Err(Failure::new("InvalidPermission.NotFound", message));
    }
    for rule in &removed {
        if let Some(position) = position(&group.ingress, rule) {
            group.ingress.remove(position);
        }
    }
    Ok(done())
}

/// Where a rule stands; its note doesn't matter.
fn position(rules: &[Permission], rule: &Permission) -> Option<usize> {
    rules.iter().position(|other| other.ports == rule.ports && other.source == rule.source)
}

fn read(parameters: &Parameters) -> Outcome<Vec<Permission>> {
    let mut rules = Vec::new();
    for item in parameters.items("IpPermissions") {
        let protocol = item.required("IpProtocol")?;
        if !["tcp", "udp", "icmp", "icmpv6", "-1"].contains(&protocol) {
            let message = format!("Invalid value '{protocol}' for IP protocol. Unknown protocol.");
            return Err(Failure::new("InvalidParameterValue", message));
        }
        let ports = Ports {
            protocol: protocol.to_owned(),
            from: item.number("FromPort")?,
            to: item.number("ToPort")?,
        };
        for (list, field, source) in SOURCE_LISTS {
            for entry in item.items(list) {
                let source = source(entry.required(field)?.to_owned());
                let description = entry.get("Description").map(str::to_owned);
                rules.push(Permission { ports: ports.clone(), source, description });
            }
        }
    }
    Ok(rules)
}

/// Returns rules as `DescribeSecurityGroups` shows them.
pub fn describe(account: &Account, rules: &[Permission]) -> Element {
    let mut grouped: BTreeMap<&Ports, Vec<&Permission>> = BTreeMap::new();
    for rule in rules {
        grouped.entry(&rule.ports).or_default().push(rule);
    }
    let items = grouped.into_iter().map(|(ports, rules)| {
        let sources = |kind: fn(&Source) -> Option<(&'static str, &String)>| {
            let item = move |rule: &&Permission| {
                let (name, value) = kind(&rule.source)?;
                let item = Element::new("item").text(name, value);
                let item = if name == "groupId" { item.text("userId", &account.number) } else { item };
                Some(item.maybe("description", rule.description.as_ref()))
            };
            rules.iter().filter_map(item).collect::<Vec<_>>()
        };
        Element::new("item")
            .text("ipProtocol", &ports.protocol)
            .maybe("fromPort", ports.from)
            .maybe("toPort", ports.to)
            .list(
                "groups",
                "item",
                sources(|source| match source {
                    Source::Group(id) => Some(("groupId", id)),
                    _ => None,
                }),
            )
            .list(
                "ipRanges",
                "item",
                sources(|source| match source {
                    Source::Cidr(cidr) => Some(("cidrIp", cidr)),
                    _ => None,
                }),
            )
            .list(
                "ipv6Ranges",
                "item",
                sources(|source| match source {
                    Source::CidrV6(cidr) => Some(("cidrIpv6", cidr)),
                    _ => None,
                }),
            )
            .list(
                "prefixListIds",
                "item",
                sources(|source| match source {
                    Source::PrefixList(id) => Some(("prefixListId", id)),
                    _ => None,
                }),
            )
    });
    Element::list_of("ipPermissions", "item", items)
}
