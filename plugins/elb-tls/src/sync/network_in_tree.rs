//! A sync of a Network Load Balancer of the cloud provider
//! (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go>,
//! `ensureLoadBalancerv2`): port by port in the order of the Service, deletions last.

use shared::model::Service;

use super::{
    Before, Wanted,
    aws::{refusal_of_listener, refusal_of_tags_in_tree},
    change::{Change, Impact, Outcome},
    classic::scheme,
    settings,
};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::{
        Listener, Refusal,
        health_check::{of_network, target_group_numbers},
        network_in_tree,
        service::{annotation, is_local, text},
    },
    policies::DEFAULT_POLICY,
    values::{key_value_pairs, parse_bool, string_list},
};

/// Runs a sync.
pub fn sync(before: Option<Before<'_>>, wanted: Wanted<'_>) -> Outcome {
    let asked = network_in_tree::listeners(wanted.service);
    match (before, asked) {
        (None, Err(refusal)) => Outcome {
            changes: vec![stop(&refusal, "no load balancer is created")],
            ..created(wanted.service)
        },
        (None, Ok(asked)) => create(asked, wanted),
        (Some(before), Err(refusal)) => Outcome {
            after: before.listeners.to_vec(),
            changes: vec![stop(
                &refusal,
                "nothing is changed, and nodes that come or go are no longer registered",
            )],
            scheme: before.scheme,
            ..Outcome::default()
        },
        (Some(before), Ok(asked)) => Outcome { scheme: before.scheme, ..update(before, asked, wanted) },
    }
}

fn created(service: &Service) -> Outcome {
    Outcome { scheme: Some(scheme(text(service, keys::INTERNAL))), ..Outcome::default() }
}

fn stop(refusal: &Refusal, rest: &str) -> Change {
    Change::stop("the cloud provider", refusal, rest)
}

fn with_default_policy(listener: Listener) -> Listener {
    let policy =
        listener.is_tls().then(|| listener.policy.clone().unwrap_or_else(|| DEFAULT_POLICY.to_owned()));
    Listener { policy, ..listener }
}

fn create(asked: Vec<Listener>, wanted: Wanted<'_>) -> Outcome {
    let mut outcome = created(wanted.service);
    if let Some(refusal) =
        refusal_of_addresses(wanted.service).or_else(|| refusal_of_tags_in_tree(wanted.service))
    {
        outcome.changes.push(stop(&refusal, "no load balancer is created"));
        return outcome;
    }
    let numbers = target_group_numbers(wanted.service, false).err();
    for listener in asked {
        let refusal = numbers.clone().map(|refusal| refusal.at(listener.port));
        if let Some(refusal) = refusal.or_else(|| refusal_of_listener(&listener, wanted.region)) {
            let rest = "the load balancer is left half built, without hostname in the Service";
            outcome.changes.push(stop(&refusal, rest));
            return outcome;
        }
        outcome.changes.push(Change::of_port(listener.port, Impact::None, "the port is new"));
        outcome.after.push(with_default_policy(listener));
    }
    finish(&mut outcome, wanted, "the Service gets no hostname");
    outcome
}

/// Does what follows the listeners: attributes.
fn finish(outcome: &mut Outcome, wanted: Wanted<'_>, rest: &str) {
    for key in [keys::CROSS_ZONE, keys::ACCESS_LOG_ENABLED] {
        let value = text(wanted.service, key);
        if !value.is_empty() && parse_bool(value).is_none() {
            let refusal = Refusal::of_key(key, format!("error parsing service annotation: {key}={value}"));
            outcome.changes.push(stop(&refusal, rest));
            return;
        }
    }
}

/// Returns why fixed addresses do not fit, where the subnets are named.
fn refusal_of_addresses(service: &Service) -> Option<Refusal> {
    let subnets = annotation(service, keys::SUBNETS).map(|value| string_list(value).len())?;
    for (key, what) in [
        (keys::EIP_ALLOCATIONS, "EIP AllocationIDs"),
        (keys::PRIVATE_IPV4_ADDRESSES, "Private IPv4Addresses"),
    ] {
        let Some(value) = annotation(service, key) else { continue };
        let count = value.split(',').count();
        if count != subnets {
            let message = format!(
                "error creating load balancer: Must have same number of {what} ({count}) and SubnetIDs ({subnets})"
            );
            return Some(Refusal::of_key(key, message));
        }
    }
    None
}

fn update(before: Before<'_>, asked: Vec<Listener>, wanted: Wanted<'_>) -> Outcome {
    let mut outcome = Outcome { after: before.listeners.to_vec(), ..Outcome::default() };
    let groups_replaced = of_network(before.service).ok() != of_network(wanted.service).ok();
    let numbers = target_group_numbers(wanted.service, false).err();
    for listener in &asked {
        let old = before.listeners.iter().find(|old| old.port == listener.port);
        let Some(old) = old else {
            let refusal = numbers.clone().map(|refusal| refusal.at(listener.port));
            if let Some(refusal) = refusal.or_else(|| refusal_of_listener(listener, wanted.region)) {
                outcome.changes.push(stop(&refusal, STOPPED_MIDWAY));
                return outcome;
            }
            outcome.changes.push(Change::of_port(listener.port, Impact::None, "the port is new"));
            outcome.after.push(with_default_policy(listener.clone()));
            continue;
        };
        if old.protocol != listener.protocol {
            outcome.changes.push(duplicate_listener(old, listener));
            return outcome;
        }
        let new =
            Listener { policy: listener.policy.clone().or_else(|| old.policy.clone()), ..listener.clone() };
        let (changes, touches) = changes_in_place(old, &new, groups_replaced, before.service, wanted.service);
        // A TLS listener without a policy annotation is sent to AWS at every sync.
        let sent = touches || (new.is_tls() && listener.policy.is_none());
        let refusal = numbers
            .clone()
            .map(|refusal| refusal.at(listener.port))
            .filter(|_| groups_replaced || has_new_numbers(before.service, wanted.service));
        if let Some(refusal) = refusal.or_else(|| refusal_of_listener(&new, wanted.region).filter(|_| sent)) {
            outcome.changes.push(stop(&refusal, STOPPED_MIDWAY));
            return outcome;
        }
        outcome.changes.extend(changes);
        if let Some(place) = outcome.after.iter_mut().find(|place| place.port == new.port) {
            *place = new;
        }
    }
    for old in before.listeners.iter().filter(|old| !asked.iter().any(|new| new.port == old.port)) {
        let reason = "the port is removed from the Service";
        outcome.changes.push(Change::of_port(old.port, Impact::ConnectionsCut, reason));
    }
    // In the order of the Service, as the controller goes.
    outcome.after = asked
        .iter()
        .filter_map(|new| outcome.after.iter().find(|listener| listener.port == new.port).cloned())
        .collect();
    let apart = [keys::HEALTH_CHECK_PROTOCOL, keys::HEALTH_CHECK_INTERVAL, keys::TARGET_GROUP_ATTRIBUTES];
    outcome.changes.extend(settings::changes(
        ControllerKind::NlbInTree,
        before.service,
        wanted.service,
        &apart,
    ));
    finish(&mut outcome, wanted, "nodes that come or go are still registered");
    outcome
}

const STOPPED_MIDWAY: &str =
    "the ports from this one on are left as they are, and their nodes are no longer registered";

fn has_new_numbers(old: &Service, new: &Service) -> bool {
    let numbers = [keys::HEALTHY_THRESHOLD, keys::UNHEALTHY_THRESHOLD];
    numbers.iter().any(|key| annotation(old, key) != annotation(new, key))
}

/// Returns the change where a port gets another protocol: the controller looks for a listener with port and protocol,
/// finds none, and creates one beside the old, which AWS refuses.
fn duplicate_listener(old: &Listener, new: &Listener) -> Change {
    let reason = format!(
        "the cloud provider creates a {} listener before it deletes the {} one, which AWS refuses (DuplicateListener); {STOPPED_MIDWAY}",
        new.protocol, old.protocol
    );
    let way = format!(
        "take port {} out of the Service, wait for the sync, then add it again together with the annotations; or move to another Service with `kubectl elb-tls migrate`",
        new.port
    );
    Change::of_port(new.port, Impact::SyncStops, reason).with_way(way)
}

/// Returns the changes of a listener that stays, and whether AWS is asked to modify it.
fn changes_in_place(
    old: &Listener,
    new: &Listener,
    groups_replaced: bool,
    before: &Service,
    wanted: &Service,
) -> (Vec<Change>, bool) {
    let mut changes = Vec::new();
    let mut push = |impact, reason: String| changes.push(Change::of_port(new.port, impact, reason));
    if old.certificates != new.certificates {
        push(Impact::Brief, "the certificate is replaced in place".to_owned());
    }
    if old.policy != new.policy {
        push(
            Impact::Brief,
            format!("the policy becomes {}, in place", new.policy.as_deref().unwrap_or_default()),
        );
    }
    if old.backend.protocol != new.backend.protocol {
        let reason = format!(
            "the target group is replaced: pods are spoken to in {} instead of {}",
            new.backend.protocol, old.backend.protocol
        );
        push(Impact::ConnectionsCut, reason);
    }
    if old.backend.port != new.backend.port {
        push(Impact::ConnectionsCut, "the target group is replaced: the node port is another one".to_owned());
    }
    if groups_replaced {
        let cause =
            if is_local(before) != is_local(wanted) { "externalTrafficPolicy" } else { "the health check" };
        push(Impact::ConnectionsCut, format!("the target group is replaced: {cause} changes"));
    }
    let proxied = |service| attribute(service, "proxy_protocol_v2.enabled") == Some("true");
    // Attributes that are no longer named keep their values.
    if let Some(value) = attribute(wanted, "proxy_protocol_v2.enabled")
        && proxied(before) != (value == "true")
    {
        push(
            Impact::ConnectionsCut,
            format!("pods get {} PROXY protocol", if value == "true" { "the" } else { "no" }),
        );
    }
    let touches = !changes.is_empty();
    (changes, touches)
}

fn attribute<'a>(service: &'a Service, name: &str) -> Option<&'a str> {
    let pairs = key_value_pairs(text(service, keys::TARGET_GROUP_ATTRIBUTES));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}
