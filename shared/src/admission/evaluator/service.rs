//! What quotas charge for a Service (`services.go`).

use super::integer;
use crate::admission::{object::ServiceFacts, quota_facts::Amounts};

/// Implements [`super::counts`].
pub(super) fn counts(resource: &str) -> bool {
    matches!(resource, "count/services" | "services" | "services.loadbalancers" | "services.nodeports")
}

/// Implements [`super::usage`]. Ports of the nodes are charged by intent, before any is given out.
pub(super) fn usage(service: &ServiceFacts) -> Amounts {
    let (balancers, node_ports) = match service.kind.as_str() {
        "NodePort" => (0, service.ports),
        "LoadBalancer" if service.keeps_off_nodes => (1, service.node_ports),
        "LoadBalancer" => (1, service.ports),
        _ => (0, 0),
    };
    let charge = [
        ("count/services", 1),
        ("services", 1),
        ("services.loadbalancers", balancers),
        ("services.nodeports", node_ports),
    ];
    charge.into_iter().map(|(name, count)| (name.to_owned(), integer(count))).collect()
}
