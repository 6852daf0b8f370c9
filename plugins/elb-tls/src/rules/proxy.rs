//! ELB-PXY: the PROXY protocol.

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::target_groups::{PROXY_PROTOCOL, attributes, health_check_protocol, target_type},
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let kind = facts.kind();
    if kind == ControllerKind::None {
        return;
    }
    if let Some(value) = facts.annotation(keys::PROXY_PROTOCOL) {
        if value != "*" && (kind.is_lbc() || !value.is_empty()) {
            report.add(
                "ELB-PXY-001",
                keys::PROXY_PROTOCOL,
                format!("the value is {value:?}, but only \"*\" is known"),
                "write \"*\", or remove the key",
            );
        }
        if kind == ControllerKind::NlbInTree {
            report.add(
                "ELB-PXY-002",
                keys::PROXY_PROTOCOL,
                "the cloud provider does not read it for Network Load Balancers",
                format!("set {} to proxy_protocol_v2.enabled=true", keys::TARGET_GROUP_ATTRIBUTES),
            );
        }
        let backend = facts.text(keys::BACKEND_PROTOCOL);
        if kind == ControllerKind::Classic && value == "*" && matches!(backend, "http" | "https") {
            report.add("ELB-PXY-003", keys::PROXY_PROTOCOL, format!("with backend-protocol {backend} the listeners are HTTP, and send X-Forwarded headers already"), "remove one of the two");
        }
    }
    if kind.is_lbc() {
        health_checks(facts, report);
    }
}

fn health_checks(facts: &Facts<'_>, report: &mut Report<'_>) {
    let defaults = &facts.cluster.defaults;
    let proxied = facts.service.spec.ports.iter().find(|port| {
        let on = attributes(facts.service, port)
            .is_ok_and(|all| all.get(PROXY_PROTOCOL).is_some_and(|value| value == "true"));
        on && target_type(facts.service, port, defaults)
            .is_ok_and(|target| health_check_protocol(facts.service, target).starts_with("HTTP"))
    });
    if let Some(port) = proxied {
        report.add(
            "ELB-PXY-004",
            keys::PROXY_PROTOCOL,
            format!(
                "the health checks of port {} are HTTP and carry no PROXY header, which its pods expect",
                port.port
            ),
            format!("set {} to tcp, or check another port", keys::HEALTH_CHECK_PROTOCOL),
        );
    }
}
