//! What changes beside listeners.

use std::collections::BTreeSet;

use shared::model::Service;

use super::change::{Change, Impact};
use crate::{
    controllers::ControllerKind,
    keys::{self, Effect},
};

/// Keys whose changes show in listeners.
const OF_LISTENERS: &[&str] = &[
    keys::SSL_CERT,
    keys::SSL_PORTS,
    keys::BACKEND_PROTOCOL,
    keys::SSL_POLICY,
    keys::ALPN_POLICY,
    keys::TYPE,
    keys::QUIC_PORTS,
    keys::TCP_UDP_LISTENER,
];

/// Returns the changes of settings of the whole load balancer, one a key. Keys in `apart` are judged elsewhere.
pub fn changes(kind: ControllerKind, before: &Service, after: &Service, apart: &[&str]) -> Vec<Change> {
    let names: BTreeSet<&String> = before
        .annotations
        .keys()
        .chain(after.annotations.keys())
        .filter(|name| keys::is_ours(name))
        .collect();
    let changed =
        names.into_iter().filter(|name| before.annotations.get(*name) != after.annotations.get(*name));
    let mut found: Vec<Change> = changed
        .filter(|name| !OF_LISTENERS.contains(&name.as_str()) && !apart.contains(&name.as_str()))
        .filter_map(|name| change(kind, name))
        .collect();
    if before.spec.external_traffic_policy != after.spec.external_traffic_policy
        && kind != ControllerKind::NlbInTree
    {
        found.push(Change::of_all(Impact::Brief, "externalTrafficPolicy changes the health check"));
    }
    if before.spec.load_balancer_source_ranges != after.spec.load_balancer_source_ranges {
        found.push(Change::of_all(
            Impact::Brief,
            "loadBalancerSourceRanges changes the rules of security groups",
        ));
    }
    found
}

fn change(kind: ControllerKind, name: &str) -> Option<Change> {
    let Some(key) = keys::find(name) else {
        return Some(Change::of_all(Impact::None, format!("{name} is unknown to all controllers")));
    };
    let usage = match kind {
        ControllerKind::Classic => key.classic,
        ControllerKind::NlbInTree => key.nlb_in_tree,
        ControllerKind::Lbc | ControllerKind::EksAuto => key.lbc,
        ControllerKind::None => return None,
    };
    Some(match usage.effect {
        Effect::Ignored | Effect::Refused => {
            Change::of_all(Impact::None, format!("{name} has no effect here"))
        }
        Effect::CreateOnly => {
            let reason = format!("{name} is read only when the load balancer is created");
            Change::of_all(Impact::None, reason)
        }
        Effect::Used if name == keys::SUBNETS => Change::of_all(
            Impact::ConnectionsCut,
            "subnets are attached and detached: connections through detached ones end",
        ),
        Effect::Used if name == keys::TAGS => Change::of_all(Impact::None, "tags change"),
        Effect::Used => Change::of_all(Impact::Brief, format!("{name} is changed in place")),
    })
}
