//! ELB-EXP: who can connect.

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::{Scheme, load_balancer_controller::scheme, service::protocol},
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let kind = facts.kind();
    if kind == ControllerKind::None {
        return;
    }
    let is_internal = !matches!(facts.text(keys::INTERNAL), "" | "false");
    if kind.is_in_tree() && facts.text(keys::SCHEME) == "internal" && !is_internal {
        report.add(
            "ELB-EXP-001",
            keys::SCHEME,
            "the cloud provider does not know scheme: the load balancer is public",
            format!("set {} to \"true\"", keys::INTERNAL),
        );
    }
    let public = match kind.is_lbc() {
        false => !is_internal,
        true => match scheme(facts.service) {
            Err(refusal) => {
                if refusal.key == Some(keys::SCHEME) {
                    report.add(
                        "ELB-EXP-003",
                        keys::SCHEME,
                        format!("{}: the controller gives up", refusal.message),
                        "write internal or internet-facing",
                    );
                }
                return;
            }
            Ok(scheme) => scheme.unwrap_or(facts.cluster.defaults.scheme) == Scheme::InternetFacing,
        },
    };
    let open = facts.service.spec.load_balancer_source_ranges.is_empty()
        && facts.text(keys::SOURCE_RANGES).trim().is_empty()
        && facts.text(keys::SECURITY_GROUPS).is_empty();
    let tcp = facts.service.spec.ports.iter().any(|port| protocol(port) == "TCP");
    let plain = facts.listeners.is_ok() && !facts.built().iter().any(|listener| listener.is_tls());
    if public && open && tcp && plain {
        report.add(
            "ELB-EXP-002",
            "",
            "everybody can connect, and all ports are plaintext",
            format!("set {}, or spec.loadBalancerSourceRanges", keys::SSL_CERT),
        );
    }
}
