//! A sync of the AWS Load Balancer Controller: the whole load balancer is modeled first, then target groups are made, the
//! load balancer, and its listeners: surplus ones are deleted, missing ones created, the others modified, each by port
//! (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/deploy/elbv2/listener_synthesizer.go>).

use shared::model::{Service, ServicePort};

use super::{
    Before, Wanted,
    aws::{refusal_of_listener, refused_tag},
    birth::creates,
    change::{Change, Impact, Outcome},
    settings,
};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::{
        Listener, Refusal, Scheme,
        health_check::target_group_numbers,
        load_balancer_controller::{Defaults, listeners, map, scheme},
        service::protocol,
        target_groups::{PROXY_PROTOCOL, TargetType, attributes, target_type},
    },
};

/// Runs a sync.
pub fn sync(before: Option<Before<'_>>, wanted: Wanted<'_>) -> Outcome {
    let old_scheme = before.map(|before| before.scheme.unwrap_or(wanted.defaults.scheme));
    let nothing = |refusal: &Refusal, rest: &str| Outcome {
        after: before.map(|before| followed(before, wanted)).unwrap_or_default(),
        changes: vec![stop(refusal, rest)],
        scheme: old_scheme,
        ..Outcome::default()
    };
    let rest = match before {
        Some(_) => "nothing is changed, targets are still registered",
        None => "no load balancer is created",
    };
    let asked = match listeners(wanted.service, wanted.defaults) {
        Ok(asked) => asked,
        Err(refusal) => return nothing(&refusal, rest),
    };
    let new_scheme = scheme(wanted.service).ok().flatten().or(old_scheme).unwrap_or(wanted.defaults.scheme);
    let is_born = before.is_none_or(|before| creates(before, &asked, wanted));
    if let Some(refusal) = refusal_before_listeners(wanted.service, &asked, is_born) {
        return nothing(&refusal, rest);
    }
    let outcome = match before {
        Some(before) if old_scheme == Some(new_scheme) => update(before, asked, wanted),
        Some(_) => replace(asked, wanted, new_scheme),
        None => create(
            asked,
            wanted,
            "the load balancer is left half built, without targets and without hostname in the Service",
        ),
    };
    Outcome { scheme: Some(new_scheme), ..outcome }
}

/// Returns the listeners that a sync begins with. Whatever becomes of it, the TargetGroupBindings that the last one made
/// follow the Service's ports by number: nodes are registered with the node port of now
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/targetgroupbinding/resource_manager.go>,
/// `reconcileWithInstanceTargetType`).
fn followed(before: Before<'_>, wanted: Wanted<'_>) -> Vec<Listener> {
    fn port_of(service: &Service, number: i32) -> Option<&ServicePort> {
        service.spec.ports.iter().find(|port| port.port == number)
    }
    let follow = |listener: &Listener| {
        let mut listener = listener.clone();
        let is_of_nodes = port_of(before.service, listener.port)
            .and_then(|port| target_type(before.service, port, wanted.defaults).ok())
            .is_some_and(|targets| targets == TargetType::Instance);
        if let Some(port) = port_of(wanted.service, listener.port).filter(|_| is_of_nodes) {
            listener.backend.port = (port.node_port != 0).then_some(port.node_port);
        }
        listener
    };
    before.listeners.iter().map(follow).collect()
}

fn stop(refusal: &Refusal, rest: &str) -> Change {
    Change::stop("the AWS Load Balancer Controller", refusal, rest)
}

/// Returns why AWS refuses tags, of resources that are created or of those that are there.
fn refusal_of_tags(service: &Service, is_born: bool) -> Option<Refusal> {
    let tags = map(service, keys::TAGS).unwrap_or_default();
    let sent = tags.iter().filter(|(key, _)| is_born || !key.starts_with("aws:"));
    let reason = refused_tag(sent.map(|(key, value)| (key.as_str(), value.as_str())))?;
    Some(Refusal::of_key(keys::TAGS, reason))
}

/// Returns what AWS refuses of target groups, which are made first, and of tags.
fn refusal_before_listeners(service: &Service, asked: &[Listener], is_born: bool) -> Option<Refusal> {
    if let Some(refusal) = refusal_of_tags(service, is_born) {
        return Some(refusal);
    }
    if let Some(listener) = asked.iter().find(|listener| listener.protocol == "SCTP") {
        let message = "ValidationError: Network Load Balancers have no protocol SCTP";
        return Some(Refusal::of_spec(message).at(listener.port));
    }
    target_group_numbers(service, true).err()
}

fn create(asked: Vec<Listener>, wanted: Wanted<'_>, rest: &str) -> Outcome {
    let mut outcome = Outcome::default();
    for listener in asked {
        if let Some(refusal) = refusal_of_listener(&listener, wanted.region) {
            outcome.changes.push(stop(&refusal, rest));
            return outcome;
        }
        outcome.changes.push(Change::of_port(listener.port, Impact::None, "the port is new"));
        outcome.after.push(in_force(listener));
    }
    outcome
}

fn replace(asked: Vec<Listener>, wanted: Wanted<'_>, scheme: Scheme) -> Outcome {
    let reason = format!(
        "the scheme becomes {}: the load balancer is deleted and another is created under another hostname",
        scheme.word()
    );
    let change = Change::of_all(Impact::LoadBalancerReplaced, reason)
        .with_way("create another Service with the other scheme, and move clients to its hostname");
    let rest = "the old load balancer is gone already";
    let created = match refusal_of_tags(wanted.service, true) {
        Some(refusal) => Outcome { changes: vec![stop(&refusal, rest)], ..Outcome::default() },
        None => create(asked, wanted, rest),
    };
    let stops = created.changes.into_iter().filter(|change| change.impact == Impact::SyncStops);
    Outcome {
        after: created.after,
        changes: std::iter::once(change).chain(stops).collect(),
        ..Outcome::default()
    }
}

/// Returns a listener as AWS has it: an ALPN policy of `None` is none.
fn in_force(listener: Listener) -> Listener {
    Listener { alpn: listener.alpn.filter(|alpn| alpn != "None"), ..listener }
}

fn update(before: Before<'_>, asked: Vec<Listener>, wanted: Wanted<'_>) -> Outcome {
    let old = |port: i32| before.listeners.iter().find(|listener| listener.port == port);
    let mut outcome = Outcome { after: followed(before, wanted), ..Outcome::default() };
    for listener in before.listeners.iter().filter(|old| !asked.iter().any(|new| new.port == old.port)) {
        let reason = "the port is removed from the Service";
        outcome.changes.push(Change::of_port(listener.port, Impact::ConnectionsCut, reason));
    }
    outcome.after.retain(|listener| asked.iter().any(|new| new.port == listener.port));
    let (missing, present): (Vec<_>, Vec<_>) =
        asked.into_iter().partition(|listener| old(listener.port).is_none());
    let rest = "the listeners after it are left as they are; targets are still registered";
    for listener in missing {
        if let Some(refusal) = refusal_of_listener(&listener, wanted.region) {
            outcome.changes.push(stop(&refusal, rest));
            return sorted(outcome);
        }
        outcome.changes.push(Change::of_port(listener.port, Impact::None, "the port is new"));
        outcome.after.push(in_force(listener));
    }
    for listener in present {
        let Some(old) = old(listener.port) else { continue };
        let port = wanted.service.spec.ports.iter().find(|port| port.port == listener.port);
        let changes =
            port.map(|port| changes(old, &listener, port, before.service, wanted)).unwrap_or_default();
        let drifted = is_drifted(old, &listener);
        if let Some(refusal) = refusal_of_listener(&listener, wanted.region).filter(|_| drifted) {
            outcome.changes.push(stop(&refusal, rest));
            return sorted(outcome);
        }
        outcome.changes.extend(changes);
        if let Some(place) = outcome.after.iter_mut().find(|place| place.port == listener.port) {
            *place = modified(old, listener);
        }
    }
    let apart = [
        keys::SCHEME,
        keys::INTERNAL,
        keys::PROXY_PROTOCOL,
        keys::PROXY_PROTOCOL_PER_TARGET_GROUP,
        keys::TARGET_TYPE,
    ];
    outcome.changes.extend(settings::changes(ControllerKind::Lbc, before.service, wanted.service, &apart));
    sorted(outcome)
}

fn sorted(mut outcome: Outcome) -> Outcome {
    outcome.after.sort_by_key(|listener| listener.port);
    outcome
}

fn is_drifted(old: &Listener, new: &Listener) -> bool {
    old.protocol != new.protocol
        || old.certificates != new.certificates
        || old.policy != new.policy
        || old.backend != new.backend
        || new.alpn.as_ref().is_some_and(|alpn| old.alpn.as_deref().unwrap_or("None") != alpn)
}

/// Returns a listener after it was modified: an ALPN policy that is no longer asked for stays.
fn modified(old: &Listener, new: Listener) -> Listener {
    let kept = old.alpn.clone().filter(|_| new.is_tls() && old.is_tls());
    let alpn = new.alpn.clone().or(kept);
    in_force(Listener { alpn, ..new })
}

fn changes(
    old: &Listener,
    new: &Listener,
    port: &ServicePort,
    before: &Service,
    wanted: Wanted<'_>,
) -> Vec<Change> {
    let mut found = Vec::new();
    let mut push = |impact, reason: String| found.push(Change::of_port(new.port, impact, reason));
    match (old.is_tls(), new.is_tls()) {
        (false, true) => {
            push(Impact::ConnectionsCut, "TLS is added in place: clients have to speak it".to_owned())
        }
        (true, false) => {
            push(Impact::ConnectionsCut, "TLS is removed in place: clients speak plaintext".to_owned())
        }
        _ if old.protocol != new.protocol => {
            push(Impact::ConnectionsCut, format!("{} becomes {} in place", old.protocol, new.protocol));
        }
        (true, true) => {
            if old.certificates != new.certificates {
                push(Impact::Brief, "the certificates are replaced in place".to_owned());
            }
            if old.policy != new.policy {
                push(
                    Impact::Brief,
                    format!("the policy becomes {}, in place", new.policy.as_deref().unwrap_or_default()),
                );
            }
            if let Some(alpn) =
                new.alpn.as_ref().filter(|alpn| old.alpn.as_deref().unwrap_or("None") != alpn.as_str())
            {
                push(Impact::Brief, format!("the ALPN policy becomes {alpn}, in place"));
            }
        }
        (false, false) => {}
    }
    let old_port =
        before.spec.ports.iter().find(|old| old.port == port.port && protocol(old) == protocol(port));
    let types = |service: &Service, port: Option<&ServicePort>, defaults: &Defaults| {
        port.and_then(|port| target_type(service, port, defaults).ok())
    };
    let same_targets =
        types(before, old_port, wanted.defaults) == types(wanted.service, Some(port), wanted.defaults);
    if old.backend.protocol != new.backend.protocol {
        push(
            Impact::ConnectionsCut,
            format!(
                "the target group is replaced: {} becomes {}",
                old.backend.protocol, new.backend.protocol
            ),
        );
    } else if !same_targets {
        push(
            Impact::ConnectionsCut,
            "the target group is replaced: the targets are of another type".to_owned(),
        );
    } else if old.backend.port != new.backend.port {
        push(Impact::ConnectionsCut, "the targets are replaced: their port is another one".to_owned());
    }
    let proxied = |service: &Service, port: &ServicePort| {
        let attributes = attributes(service, port).unwrap_or_default();
        attributes.get(PROXY_PROTOCOL).is_some_and(|value| value == "true")
    };
    if proxied(before, port) != proxied(wanted.service, port) {
        let reason = if proxied(wanted.service, port) {
            "pods get the PROXY protocol, which they have to expect"
        } else {
            "pods get no PROXY protocol any more"
        };
        push(Impact::ConnectionsCut, reason.to_owned());
    }
    found
}
