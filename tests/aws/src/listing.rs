//! What tests compare: the load balancers with their listeners, alike for both kinds.

use crate::account::Account;
use crate::classic::ClassicLoadBalancer;
use crate::network_load_balancers::{Listener as NetworkListener, NetworkLoadBalancer, TargetGroup};
use crate::tags::Tags;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of load balancers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A classic load balancer.
    Classic,
    /// A network load balancer.
    Network,
}

/// A load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadBalancer {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its host name.
    pub dns_name: String,
    /// `internet-facing` or `internal`.
    pub scheme: String,
    /// `NAMESPACE/NAME` of the Service that it was made for, as its tags say.
    pub service: String,
    /// Its subnets.
    pub subnets: BTreeSet<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Its attributes: draining and the idle timeout of a classic one.
    pub attributes: BTreeMap<String, String>,
    /// The instances that it reaches; of a network load balancer those of the target group with fewest.
    pub instances: BTreeSet<String>,
    /// The listeners by port.
    pub listeners: Vec<Listener>,
    /// The ports of listeners whose targets are pods. Pods are registered with their own ports: that of such a target group,
    /// which a listener here has for want of pods, means nothing.
    pub ports_of_pods: BTreeSet<i64>,
}

/// A listener, as `plan` writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listener {
    /// Its port.
    pub port: i64,
    /// What clients speak, as AWS spells it.
    pub protocol: String,
    /// What the load balancer speaks to targets.
    pub backend: Backend,
    /// The certificates, default first, each once.
    pub certificates: Vec<String>,
    /// The predefined security policy in force; none without TLS.
    pub policy: Option<String>,
    /// The ALPN policy; none without one and where it is `None`.
    pub alpn: Option<String>,
}

/// Where a listener sends connections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backend {
    /// What the load balancer speaks to targets.
    pub protocol: String,
    /// The port of targets.
    pub port: i64,
}

impl Listener {
    /// Returns it in short, such as `443 HTTPS→HTTP:30000`.
    pub fn summary(&self) -> String {
        format!("{} {}→{}:{}", self.port, self.protocol, self.backend.protocol, self.backend.port)
    }
}

/// Returns the load balancers of an account.
pub fn load_balancers(account: &Account) -> Vec<LoadBalancer> {
    let classic = account.classic.iter().map(|(name, balancer)| classic(name, balancer));
    classic
        .chain(account.network_load_balancers.values().map(|balancer| network(account, balancer)))
        .collect()
}

fn classic(name: &str, balancer: &ClassicLoadBalancer) -> LoadBalancer {
    let listeners = balancer.listeners.iter().map(|(port, listener)| {
        let policy = listener.policies.first().map(|name| {
            let policy = balancer.policies.get(name).and_then(|policy| policy.reference());
            policy.unwrap_or(name).to_owned()
        });
        let backend = Backend { protocol: listener.instance_protocol.clone(), port: listener.instance_port };
        Listener {
            port: *port,
            protocol: listener.protocol.clone(),
            backend,
            certificates: listener.certificate.iter().cloned().collect(),
            policy,
            alpn: None,
        }
    });
    let attributes = &balancer.attributes;
    let attributes = [
        ("draining.enabled", attributes.draining.to_string()),
        ("draining.timeout", attributes.draining_timeout.to_string()),
        ("idle_timeout", attributes.idle_timeout.to_string()),
        ("cross_zone", attributes.cross_zone.to_string()),
    ];
    LoadBalancer {
        kind: Kind::Classic,
        name: name.to_owned(),
        dns_name: balancer.dns_name.clone(),
        scheme: balancer.scheme.clone(),
        service: service(&balancer.tags),
        subnets: balancer.subnets.clone(),
        tags: balancer.tags.clone(),
        attributes: attributes.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        instances: balancer.instances.clone(),
        listeners: listeners.collect(),
        ports_of_pods: BTreeSet::new(),
    }
}

fn network(account: &Account, balancer: &NetworkLoadBalancer) -> LoadBalancer {
    let mut listeners: Vec<_> =
        balancer.listeners.values().map(|listener| network_listener(account, listener)).collect();
    listeners.sort_by_key(|listener| listener.port);
    let has_pods = |listener: &&NetworkListener| {
        let arn = listener.forward.target_groups.first().map(|(arn, _)| arn);
        arn.and_then(|arn| account.target_groups.get(arn)).is_some_and(|group| group.target_type == "ip")
    };
    let ports_of_pods = balancer.listeners.values().filter(has_pods).map(|listener| listener.port).collect();
    let groups = balancer.listeners.values().flat_map(|listener| &listener.forward.target_groups);
    let registered = groups.filter_map(|(arn, _)| account.target_groups.get(arn));
    let registered = registered.map(|group| group.targets.iter().map(|(id, _)| id.clone()).collect());
    LoadBalancer {
        kind: Kind::Network,
        name: balancer.name.clone(),
        dns_name: balancer.dns_name.clone(),
        scheme: balancer.scheme.clone(),
        service: service(&balancer.tags),
        subnets: balancer.subnets.clone(),
        tags: balancer.tags.clone(),
        attributes: balancer.attributes.clone(),
        instances: registered.min_by_key(BTreeSet::len).unwrap_or_default(),
        listeners,
        ports_of_pods,
    }
}

fn network_listener(account: &Account, listener: &NetworkListener) -> Listener {
    let group = listener.forward.target_groups.first().and_then(|(arn, _)| account.target_groups.get(arn));
    let more = listener.more_certificates.iter().filter(|arn| Some(*arn) != listener.certificate.as_ref());
    Listener {
        port: listener.port,
        protocol: listener.protocol.clone(),
        backend: Backend {
            protocol: group.map(|group| group.protocol.clone()).unwrap_or_default(),
            port: group.map_or(0, targets_port),
        },
        certificates: listener.certificate.iter().chain(more).cloned().collect(),
        policy: listener.policy.clone(),
        alpn: listener.alpn.first().filter(|policy| *policy != "None").cloned(),
    }
}

/// The port that targets are reached on. That of the target group is only for targets that name none, and stays where node
/// ports change.
fn targets_port(group: &TargetGroup) -> i64 {
    let ports: BTreeSet<_> = group.targets.iter().map(|(_, port)| *port).collect();
    match ports.iter().next() {
        Some(port) if ports.len() == 1 => *port,
        _ => group.port,
    }
}

/// Each controller tags what it makes with the Service's namespace and name.
fn service(tags: &Tags) -> String {
    let tag =
        ["kubernetes.io/service-name", "service.k8s.aws/stack"].into_iter().find_map(|key| tags.get(key));
    tag.cloned().unwrap_or_default()
}
