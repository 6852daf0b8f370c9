//! ELB-TGA, ELB-LSN and ELB-NAM: attributes and names.

use super::{facts::Facts, report::Report};
use crate::{controllers::ControllerKind, keys, listeners::network_in_tree::target_group_attributes};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    match facts.kind() {
        ControllerKind::None => {}
        ControllerKind::Classic => {
            if facts.annotation(keys::TARGET_GROUP_ATTRIBUTES).is_some() {
                report.add(
                    "ELB-TGA-001",
                    keys::TARGET_GROUP_ATTRIBUTES,
                    "Classic Load Balancers have no target groups: the cloud provider gives up",
                    "remove it",
                );
            }
        }
        ControllerKind::NlbInTree => {
            if let Err(refusal) = target_group_attributes(facts.service) {
                report.add(
                    "ELB-TGA-001",
                    keys::TARGET_GROUP_ATTRIBUTES,
                    refusal.message,
                    "write preserve_client_ip.enabled or proxy_protocol_v2.enabled, true or false",
                );
            }
        }
        ControllerKind::Lbc | ControllerKind::EksAuto => {
            listener_attributes(facts, report);
            let name = facts.text(keys::NAME);
            if name.len() > 32 {
                report.add(
                    "ELB-NAM-001",
                    keys::NAME,
                    format!("{name} has {} characters, at most 32 are allowed", name.len()),
                    "shorten it",
                );
            }
        }
    }
}

fn listener_attributes(facts: &Facts<'_>, report: &mut Report<'_>) {
    if facts.listeners.is_err() {
        return;
    }
    for (name, _) in facts.ours() {
        let Some(place) =
            name.strip_prefix(keys::LISTENER_ATTRIBUTES).and_then(|rest| rest.strip_prefix('.'))
        else {
            continue;
        };
        let of =
            facts.built().iter().find(|listener| format!("{}-{}", listener.protocol, listener.port) == place);
        match of {
            Some(listener) if listener.is_tls() => {
                report.add(
                    "ELB-LSN-001",
                    name,
                    format!("the listener {place} speaks TLS, and such listeners have no attributes"),
                    "remove it",
                );
            }
            Some(_) => {}
            None => {
                let list: Vec<_> = facts
                    .built()
                    .iter()
                    .map(|listener| format!("{}-{}", listener.protocol, listener.port))
                    .collect();
                report.add(
                    "ELB-LSN-001",
                    name,
                    format!("there is no listener {place}; listeners: {}", list.join(", ")),
                    "name the protocol and port of a listener",
                );
            }
        }
    }
}
