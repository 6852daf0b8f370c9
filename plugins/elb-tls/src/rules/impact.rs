//! ELB-IMP: what a change of a live Service hurts.

use shared::output::Severity;

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    planning::Plan,
    sync::{Change, Impact},
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(plan) = &facts.plan else { return };
    for change in &plan.changes {
        one(facts, report, change);
    }
    if facts.kind() == ControllerKind::Classic
        && plan.previous_controller.is_none()
        && !plan.before.is_empty()
    {
        let value = |service: &shared::model::Service| {
            !matches!(service.annotations.get(keys::INTERNAL).map_or("", String::as_str), "" | "false")
        };
        if facts.case.live.as_ref().is_some_and(|live| value(live) != value(facts.service)) {
            report.add(
                "ELB-IMP-004",
                keys::INTERNAL,
                "the subnets of the load balancer are swapped, but its scheme stays: clients lose it",
                "create another Service for the other scheme",
            );
        }
    }
    lost_tls(report, plan);
}

fn one(facts: &Facts<'_>, report: &mut Report<'_>, change: &Change) {
    let place = change.port.map_or(String::new(), |port| format!("port {port}: "));
    let fix = change.way.clone();
    match (facts.kind(), change.impact) {
        (ControllerKind::NlbInTree, Impact::SyncStops) if change.reason.contains("DuplicateListener") => {
            let fix = fix.unwrap_or_else(|| "take the port out of the Service first".to_owned());
            report.add("ELB-IMP-001", keys::SSL_CERT, format!("{place}{}", change.reason), fix);
        }
        (ControllerKind::Classic, Impact::ListenerRecreated) => {
            let fix = fix.unwrap_or_else(|| "make the change when few clients are connected".to_owned());
            report.add("ELB-IMP-002", keys::SSL_CERT, format!("{place}{}", change.reason), fix);
        }
        (ControllerKind::Lbc | ControllerKind::EksAuto, Impact::LoadBalancerReplaced) => {
            let fix = fix.unwrap_or_else(|| "create another Service".to_owned());
            report.add("ELB-IMP-003", keys::SCHEME, change.reason.clone(), fix);
        }
        _ => {}
    }
}

fn lost_tls(report: &mut Report<'_>, plan: &Plan) {
    let was: Vec<i32> =
        plan.before.iter().filter(|listener| listener.is_tls()).map(|listener| listener.port).collect();
    let lost: Vec<String> = was
        .iter()
        .filter(|port| plan.after.iter().any(|listener| listener.port == **port && !listener.is_tls()))
        .map(ToString::to_string)
        .collect();
    if lost.is_empty() {
        return;
    }
    let still = plan.after.iter().any(|listener| listener.is_tls());
    let (severity, which) =
        if still { (Severity::Warning, "port") } else { (Severity::Error, "all TLS ports lose it: port") };
    report.add_as(
        "ELB-IMP-005",
        severity,
        keys::SSL_CERT,
        format!("{which} {} becomes plaintext", lost.join(", ")),
        format!("keep {}; if plaintext is wanted, add --allow-plaintext", keys::SSL_CERT),
    );
}
