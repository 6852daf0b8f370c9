//! The load balancer as the last syncs left it. Kubernetes does not say what AWS has, so it is inferred: from the object
//! where the last sync succeeded, else from what its failure tells.

use std::borrow::Cow;

use shared::model::Service;

use super::{
    case::{Cluster, ServiceCase},
    recorded::{before_newest, first_value, removed_value},
    target_group_binding::TargetGroupBinding,
};
use crate::{
    controllers::{ControllerKind, Hostname, HostnameKind, acting, maker},
    events::{LastSync, is_about, last_sync},
    keys,
    listeners::{Listener, Scheme, load_balancer_controller::Defaults},
    sync::{Before, Outcome, Wanted, classic_scheme, sync},
};

/// A load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadBalancer<'a> {
    /// Who made it.
    pub maker: ControllerKind,
    /// The Service it was made of: with the annotations that the last successful sync had, as far as they are known.
    pub service: Cow<'a, Service>,
    /// Its listeners.
    pub listeners: Vec<Listener>,
    /// Its scheme, where it is known.
    pub scheme: Option<Scheme>,
    /// What Kubernetes alone cannot tell.
    pub doubts: Vec<String>,
}

impl LoadBalancer<'_> {
    /// Returns what a sync begins with.
    pub fn before(&self) -> Before<'_> {
        Before { maker: self.maker, service: &self.service, listeners: &self.listeners, scheme: self.scheme }
    }
}

/// Returns the load balancer of a Service; `None` where it has none yet.
pub fn load_balancer<'a>(case: &'a ServiceCase, cluster: &Cluster) -> Option<LoadBalancer<'a>> {
    let mut made = inferred(case, cluster)?;
    correct_by_record(case, &mut made);
    let targets: Vec<_> = case.bindings.iter().filter_map(TargetGroupBinding::target).collect();
    for listener in made.listeners.iter_mut().filter(|_| made.maker.is_lbc()) {
        if let Some((_, protocol)) = targets.iter().find(|(port, _)| *port == listener.port) {
            listener.backend.protocol = (*protocol).to_owned();
        }
    }
    Some(made)
}

/// Corrects what the object does not say any more and a record of changes does: what the cloud provider never takes back.
fn correct_by_record(case: &ServiceCase, made: &mut LoadBalancer<'_>) {
    let Some(live) = case.live.as_ref().filter(|_| made.maker.is_in_tree()) else { return };
    // A new listener of a Classic Load Balancer has the default policy again.
    let resets: &[&str] = match made.maker {
        ControllerKind::Classic => &[keys::SSL_CERT, keys::BACKEND_PROTOCOL, keys::SSL_PORTS],
        _ => &[],
    };
    if !live.annotations.contains_key(keys::SSL_POLICY)
        && let Some(policy) = removed_value(&case.recorded, keys::SSL_POLICY, resets)
    {
        for listener in made.listeners.iter_mut().filter(|listener| listener.is_tls()) {
            listener.policy = Some(policy.to_owned());
        }
        made.doubts.push(format!(
            "whether {policy}, which was taken out of the annotations, is still in force: it stays until the listener is created again"
        ));
    }
    if made.maker == ControllerKind::NlbInTree
        && let Some(first) = first_value(&case.recorded, keys::INTERNAL)
        && let created = classic_scheme(first.unwrap_or_default())
        && made.scheme.is_some_and(|scheme| scheme != created)
    {
        made.scheme = Some(created);
        made.doubts.push(format!(
            "whether the scheme is {}: it is that of the annotations when the load balancer was made",
            created.word()
        ));
    }
}

fn inferred<'a>(case: &'a ServiceCase, cluster: &Cluster) -> Option<LoadBalancer<'a>> {
    let live = case.live.as_ref()?;
    let sources = case.event_sources();
    let situation = case.situation(cluster, &sources);
    let events = case.events.iter().filter(|event| is_about(event, live));
    let last = last_sync(events);
    let acting = acting(live, situation);
    let made_by = maker(live, situation);
    let region = case.region(cluster).map(|(region, _)| region);
    let syncs = Syncs { defaults: &cluster.defaults, region: region.as_deref() };
    let LastSync::Failed { message, .. } = last else {
        let made_by = made_by?;
        let outcome = syncs.run(made_by, None, live);
        return Some(
            match outcome.stops() || (made_by != acting && made_by.is_in_tree() != acting.is_in_tree()) {
                false => of_outcome(live, made_by, outcome),
                // Nobody can have made this of the object as it is: the failure is older than the events.
                true => after_failure(live, made_by, "no event tells why", syncs),
            },
        );
    };
    let kind = made_by.unwrap_or(acting);
    if made_by.is_none() {
        // The first sync failed midway: what it made before is there, without a hostname.
        let outcome = syncs.run(kind, None, live);
        if outcome.after.is_empty() {
            return None;
        }
        let mut left = of_outcome(live, kind, outcome);
        left.doubts.push(doubt(&message));
        return Some(left);
    }
    if let Some(earlier) = &before_newest(&case.recorded, live) {
        let made = syncs.run(kind, None, earlier);
        let before = Before { maker: kind, service: earlier, listeners: &made.after, scheme: made.scheme };
        let left = syncs.run(acting, Some(before), live);
        let service = Cow::Owned(earlier.clone());
        let mut left = LoadBalancer { service, ..of_outcome(live, kind, left) };
        left.doubts.push(doubt(&message));
        return Some(left);
    }
    Some(after_failure(live, kind, &message, syncs))
}

/// What all syncs of a cluster depend on.
#[derive(Clone, Copy)]
struct Syncs<'a> {
    defaults: &'a Defaults,
    region: Option<&'a str>,
}

impl Syncs<'_> {
    fn run(self, kind: ControllerKind, before: Option<Before<'_>>, service: &Service) -> Outcome {
        sync(kind, before, Wanted { service, defaults: self.defaults, region: self.region })
    }
}

fn doubt(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    format!("the last sync failed, and what it left is inferred: {first}")
}

fn of_outcome(live: &Service, maker: ControllerKind, outcome: Outcome) -> LoadBalancer<'_> {
    LoadBalancer {
        maker,
        service: Cow::Borrowed(live),
        scheme: scheme(live, outcome.scheme),
        listeners: outcome.after,
        doubts: outcome.doubts,
    }
}

/// Returns the scheme: the hostnames of Classic Load Balancers tell, else the annotations do.
fn scheme(live: &Service, of_annotations: Option<Scheme>) -> Option<Scheme> {
    let hostname = live.status.load_balancer.ingress.first().and_then(|one| Hostname::parse(&one.hostname));
    match hostname.filter(|hostname| hostname.kind == HostnameKind::Classic) {
        Some(hostname) if hostname.internal => Some(Scheme::Internal),
        Some(_) => Some(Scheme::InternetFacing),
        None => of_annotations,
    }
}

/// Infers what a failed sync left: what the Service asks for without the keys that the controller or AWS refuses.
fn after_failure<'a>(
    live: &Service,
    kind: ControllerKind,
    message: &str,
    syncs: Syncs<'_>,
) -> LoadBalancer<'a> {
    let mut service = live.clone();
    let mut refused = refused_by_aws(message);
    if let Some(key) = refused {
        service.annotations.remove(key);
    }
    let mut outcome = syncs.run(kind, None, &service);
    for _ in 0..MOST_REFUSED_KEYS {
        let Some(key) = outcome.changes.iter().find_map(|change| change.key) else { break };
        service.annotations.remove(key);
        refused = refused.or(Some(key));
        outcome = syncs.run(kind, None, &service);
    }
    if kind == ControllerKind::Classic && refused == Some(keys::SSL_CERT) {
        // The listeners with the certificate were deleted before AWS refused to create them.
        let asked = crate::listeners::classic::listeners(live).unwrap_or_default();
        outcome
            .after
            .retain(|listener| !asked.iter().any(|asked| asked.port == listener.port && asked.is_tls()));
    }
    LoadBalancer {
        maker: kind,
        scheme: scheme(&service, outcome.scheme),
        listeners: outcome.after,
        doubts: vec![doubt(message)],
        service: Cow::Owned(service),
    }
}

/// A Service has no more keys that are refused.
const MOST_REFUSED_KEYS: usize = 32;

/// Returns the key whose value AWS refused, by the code in an event. Of a listener that exists already under another
/// protocol, it is the certificate that came or went.
fn refused_by_aws(message: &str) -> Option<&'static str> {
    let has = |code: &str| message.contains(code);
    if has("CertificateNotFound") || has("Certificate ARN") || has("DuplicateListener") {
        return Some(keys::SSL_CERT);
    }
    (has("SSLPolicyNotFound") || has("Invalid Reference Security Policy")).then_some(keys::SSL_POLICY)
}
