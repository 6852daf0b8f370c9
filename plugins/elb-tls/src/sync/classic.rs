//! A sync of a Classic Load Balancer
//! (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go>,
//! `ensureLoadBalancer` and `syncElbListeners`): listeners that differ are deleted first, then created.

use super::{
    Before, Wanted,
    aws::{
        refusal_of_certificates, refusal_of_classic_attributes, refusal_of_classic_policy,
        refusal_of_tags_in_tree,
    },
    change::{Change, Impact, Outcome},
    settings,
};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::{
        Listener, Refusal, Scheme, classic, health_check,
        service::{annotation, text},
    },
    policies::DEFAULT_POLICY,
};

/// Runs a sync.
pub fn sync(before: Option<Before<'_>>, wanted: Wanted<'_>) -> Outcome {
    let scheme = match before {
        Some(before) => before.scheme,
        None => Some(scheme(text(wanted.service, keys::INTERNAL))),
    };
    let asked = match classic::listeners(wanted.service) {
        Ok(asked) => asked,
        Err(refusal) => return Outcome { scheme, ..stopped_ahead(before, &refusal) },
    };
    match before {
        None => Outcome { scheme, ..create(asked, wanted) },
        Some(before) => Outcome { scheme, ..update(before, asked, wanted) },
    }
}

/// Returns the scheme of a load balancer of the cloud provider that is created.
pub fn scheme(internal: &str) -> Scheme {
    if matches!(internal, "" | "false") { Scheme::InternetFacing } else { Scheme::Internal }
}

fn stopped_ahead(before: Option<Before<'_>>, refusal: &Refusal) -> Outcome {
    let rest = match before {
        Some(_) => "nothing is changed",
        None => "no load balancer is created",
    };
    Outcome {
        after: before.map(|before| before.listeners.to_vec()).unwrap_or_default(),
        changes: vec![stop(refusal, rest)],
        ..Outcome::default()
    }
}

fn stop(refusal: &Refusal, rest: &str) -> Change {
    Change::stop("the cloud provider", refusal, rest)
}

fn with_default_policy(listener: Listener) -> Listener {
    let policy = listener.is_tls().then(|| DEFAULT_POLICY.to_owned());
    Listener { policy, ..listener }
}

fn create(asked: Vec<Listener>, wanted: Wanted<'_>) -> Outcome {
    let nothing_asked = || {
        let message =
            "ValidationError: a Classic Load Balancer needs a listener, and no port has a node port";
        asked.is_empty().then(|| Refusal::of_spec(message))
    };
    let refusal = refusal_of_tags_in_tree(wanted.service)
        .or_else(nothing_asked)
        .or_else(|| asked.iter().find_map(|listener| refusal_of_certificates(listener, wanted.region)));
    if let Some(refusal) = refusal {
        return Outcome {
            changes: vec![stop(&refusal, "no load balancer is created")],
            ..Outcome::default()
        };
    }
    let new = asked.iter().map(|listener| Change::of_port(listener.port, Impact::None, "the port is new"));
    let mut outcome = Outcome { changes: new.collect(), ..Outcome::default() };
    outcome.after = asked.into_iter().map(with_default_policy).collect();
    finish(&mut outcome, wanted, "no node is registered, and the Service gets no hostname");
    outcome
}

/// Does what follows the listeners: attributes, policy, health check, nodes.
fn finish(outcome: &mut Outcome, wanted: Wanted<'_>, rest: &str) {
    if let Some(refusal) = refusal_of_classic_attributes(wanted.service) {
        outcome.changes.push(stop(&refusal, rest));
        return;
    }
    if let Some(refusal) = refusal_of_classic_policy(wanted.service) {
        // Nodes that come or go set the policy before they are registered.
        outcome.changes.push(stop(&refusal, "nodes that come or go are no longer registered either"));
        return;
    }
    if let Some(policy) = annotation(wanted.service, keys::SSL_POLICY) {
        for listener in outcome.after.iter_mut().filter(|listener| listener.is_tls()) {
            listener.policy = Some(policy.to_owned());
        }
    }
    if let Err(refusal) = health_check::of_classic(wanted.service) {
        outcome.changes.push(stop(&refusal, rest));
    }
}

fn update(before: Before<'_>, asked: Vec<Listener>, wanted: Wanted<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let kept = |listener: &Listener| before.listeners.iter().find(|old| is_same(old, listener));
    let added: Vec<&Listener> = asked.iter().filter(|listener| kept(listener).is_none()).collect();
    let refusal = added.iter().find_map(|listener| refusal_of_certificates(listener, wanted.region));
    for listener in before.listeners {
        let port = listener.port;
        if !asked.iter().any(|new| new.port == port) {
            let reason = "the port is removed from the Service";
            outcome.changes.push(Change::of_port(port, Impact::ConnectionsCut, reason));
        }
    }
    for listener in &added {
        let old = before.listeners.iter().find(|old| old.port == listener.port);
        outcome.changes.extend(changes_of_added(old, listener, refusal.as_ref()));
    }
    if let Some(refusal) = refusal {
        outcome.after = asked.iter().filter_map(kept).cloned().collect();
        if !outcome.changes.iter().any(|change| change.impact == Impact::SyncStops) {
            outcome.changes.push(stop(&refusal, "the new listeners are not created"));
        }
        return outcome;
    }
    outcome.after = asked
        .iter()
        .map(|listener| kept(listener).cloned().unwrap_or_else(|| with_default_policy(listener.clone())))
        .collect();
    outcome.changes.extend(settings::changes(
        ControllerKind::Classic,
        before.service,
        wanted.service,
        &[keys::INTERNAL, keys::PROXY_PROTOCOL],
    ));
    outcome.changes.extend(changes_of_scheme(before, wanted));
    outcome.changes.extend(changes_of_proxy_protocol(before, &outcome.after, wanted));
    if let Some(refusal) = refusal_of_tags_in_tree(wanted.service) {
        outcome.changes.push(stop(&refusal, "attributes, policy and nodes are no longer synced"));
        return outcome;
    }
    let old_policies: Vec<_> = outcome.after.iter().map(|listener| listener.policy.clone()).collect();
    finish(&mut outcome, wanted, "nodes that come or go are still registered");
    for (listener, old) in outcome.after.iter().zip(old_policies) {
        let recreated = added.iter().any(|new| new.port == listener.port);
        if listener.policy != old && !recreated {
            let name = listener.policy.as_deref().unwrap_or_default();
            outcome.changes.push(Change::of_port(
                listener.port,
                Impact::Brief,
                format!("the policy becomes {name}, in place"),
            ));
        }
    }
    outcome
}

/// Returns whether the controller takes two listeners for the same: it compares without regard to case.
fn is_same(old: &Listener, new: &Listener) -> bool {
    let certificates = old.certificates.first().map(|arn| arn.to_lowercase());
    old.port == new.port
        && old.protocol == new.protocol
        && old.backend == new.backend
        && certificates == new.certificates.first().map(|arn| arn.to_lowercase())
}

fn changes_of_added(old: Option<&Listener>, new: &Listener, refusal: Option<&Refusal>) -> Vec<Change> {
    let Some(old) = old else {
        return match refusal {
            Some(refusal) if refusal.port == Some(new.port) => {
                vec![stop(refusal, "the listener is not created")]
            }
            _ => vec![Change::of_port(new.port, Impact::None, "the port is new")],
        };
    };
    if let Some(refusal) = refusal {
        let reason = format!(
            "the listener is deleted, then AWS refuses to create the new ones: {}; the port stays closed, and the sync stops",
            refusal.message
        );
        return vec![Change { key: refusal.key, ..Change::of_port(new.port, Impact::SyncStops, reason) }];
    }
    let mut causes = Vec::new();
    match (old.is_tls(), new.is_tls()) {
        (true, false) => causes.push("TLS is removed: clients speak plaintext".to_owned()),
        (false, true) => causes.push("TLS is added: clients have to speak it".to_owned()),
        (true, true) if !is_same_certificate(old, new) => {
            causes.push("the certificate is another one".to_owned())
        }
        _ => {}
    }
    if old.backend.protocol != new.backend.protocol
        || (old.is_tls() == new.is_tls() && old.protocol != new.protocol)
    {
        causes.push(format!(
            "{}→{} becomes {}→{}",
            old.protocol, old.backend.protocol, new.protocol, new.backend.protocol
        ));
    }
    if old.backend.port != new.backend.port {
        causes.push("the node port is another one".to_owned());
    }
    let change = |cause: String| {
        let reason = format!("{cause}; the listener is deleted and recreated");
        Change { way: way(old, new), ..Change::of_port(new.port, Impact::ListenerRecreated, reason) }
    };
    causes.into_iter().map(change).collect()
}

fn is_same_certificate(old: &Listener, new: &Listener) -> bool {
    old.certificates.first().map(|arn| arn.to_lowercase())
        == new.certificates.first().map(|arn| arn.to_lowercase())
}

/// Returns how a certificate is replaced without an outage: what AWS has already, the controller leaves alone.
fn way(old: &Listener, new: &Listener) -> Option<String> {
    let only_certificate =
        Listener { certificates: new.certificates.clone(), policy: new.policy.clone(), ..old.clone() }
            == *new;
    let arn = new.certificates.first().filter(|_| only_certificate)?;
    Some(format!(
        "set the certificate in AWS first, in place, and annotate then: aws elb set-load-balancer-listener-ssl-certificate --load-balancer-name NAME --load-balancer-port {} --ssl-certificate-id {arn}",
        new.port
    ))
}

fn changes_of_scheme(before: Before<'_>, wanted: Wanted<'_>) -> Option<Change> {
    let old = scheme(text(before.service, keys::INTERNAL));
    let new = scheme(text(wanted.service, keys::INTERNAL));
    let has_subnets = annotation(wanted.service, keys::SUBNETS).is_some();
    (old != new && !has_subnets).then(|| {
        let reason = format!(
            "the subnets are swapped for those of {} load balancers, but the scheme stays as it was created",
            new.word()
        );
        Change::of_all(Impact::ConnectionsCut, reason)
            .with_way("create another Service for the other scheme, and move clients to its hostname")
    })
}

fn changes_of_proxy_protocol(before: Before<'_>, after: &[Listener], wanted: Wanted<'_>) -> Vec<Change> {
    let old = text(before.service, keys::PROXY_PROTOCOL) == "*";
    let new = text(wanted.service, keys::PROXY_PROTOCOL) == "*";
    if old == new {
        return Vec::new();
    }
    let reason = if new {
        "pods get the PROXY protocol, which they have to expect"
    } else {
        "pods get no PROXY protocol any more"
    };
    let kept = after.iter().filter(|listener| before.listeners.iter().any(|old| old.port == listener.port));
    kept.map(|listener| Change::of_port(listener.port, Impact::ConnectionsCut, reason)).collect()
}
