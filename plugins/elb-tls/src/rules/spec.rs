//! ELB-SVC: what stops every sync and has no rule of its own.

use super::{facts::Facts, report::Report};
use crate::{controllers::ControllerKind, listeners::service::lacks_node_port};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    if facts.kind() == ControllerKind::None {
        return;
    }
    if let Err(refusal) = &facts.listeners {
        let key = refusal.key.unwrap_or("spec.ports");
        let known = refusal.key.is_some_and(|key| report.has_error(key));
        if !known {
            report.add(
                "ELB-SVC-001",
                key,
                format!("the controller gives up: {}", refusal.message),
                "change what the message names",
            );
        }
        return;
    }
    for port in facts
        .service
        .spec
        .ports
        .iter()
        .filter(|port| facts.kind().is_in_tree() && lacks_node_port(facts.service, port))
    {
        report.add(
            "ELB-SVC-001",
            "spec.ports",
            format!("port {} has no node port, so that it gets no listener", port.port),
            "set spec.allocateLoadBalancerNodePorts to true",
        );
    }
}
