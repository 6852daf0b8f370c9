//! ELB-CTL and ELB-SYN: who acts, and whether that is what was meant.

use super::{facts::Facts, report::Report};
use crate::{
    controllers::{ControllerKind, LBC_CLASS, Situation, detect, maker},
    events::{LastSync, is_about, last_sync},
    keys::{self, Effect, Key},
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let class = facts.service.spec.load_balancer_class.as_deref();
    let balances = facts.service.spec.service_type == "LoadBalancer";
    if !balances && let Some((key, _)) = facts.ours().next() {
        let kind = match facts.service.spec.service_type.as_str() {
            "" => "ClusterIP",
            kind => kind,
        };
        report.add(
            "ELB-CTL-008",
            key,
            format!("the Service is of type {kind}, but has annotations of load balancers"),
            "set spec.type to LoadBalancer, or remove the annotations",
        );
    }
    match class {
        None => types(facts, report, balances),
        Some(LBC_CLASS) => {
            let value = facts.text(keys::TYPE);
            if !matches!(value, "" | "external" | "nlb-ip") {
                report.add("ELB-CTL-004", keys::TYPE, format!("spec.loadBalancerClass is {LBC_CLASS}, which the type {value:?} contradicts; the type is ignored"), "remove the type annotation");
            }
        }
        Some(_) => {}
    }
    live(facts, report);
    if facts.kind() != ControllerKind::None {
        keys_of_others(facts, report);
    }
    webhook(facts, report);
}

fn types(facts: &Facts<'_>, report: &mut Report<'_>, balances: bool) {
    let Some(value) = facts.annotation(keys::TYPE) else { return };
    let target = facts.annotation(keys::TARGET_TYPE);
    if value == "external"
        && !matches!(target, Some("ip" | "instance"))
        && facts.kind() == ControllerKind::None
        && balances
    {
        let what = target.map_or("nlb-target-type is missing".to_owned(), |target| {
            format!("nlb-target-type is {target:?}")
        });
        let key = if target.is_some() { keys::TARGET_TYPE } else { keys::TYPE };
        report.add(
            "ELB-CTL-001",
            key,
            format!("the type is external and {what}: nobody acts"),
            format!("set {} to instance or ip", keys::TARGET_TYPE),
        );
    }
    if !matches!(value, "nlb" | "external" | "nlb-ip") && facts.kind() != ControllerKind::Lbc {
        let meant =
            ["nlb", "external", "nlb-ip"].into_iter().find(|word| word.eq_ignore_ascii_case(value.trim()));
        let fix =
            meant.map_or("remove it, or set it to nlb".to_owned(), |word| format!("write it as {word}"));
        report.add(
            "ELB-CTL-002",
            keys::TYPE,
            format!(
                "the type {value:?} is unknown, so that the cloud provider makes a Classic Load Balancer"
            ),
            fix,
        );
    }
}

fn live(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(live) = &facts.case.live else { return };
    let sources = facts.case.event_sources();
    let situation = Situation { exists: true, event_sources: &sources, ..Situation::default() };
    let kind = facts.kind();
    if let Some(made_by) = maker(live, situation)
        && made_by != kind
        && !(made_by.is_lbc() && kind.is_lbc())
        && facts.service.spec.service_type == "LoadBalancer"
        && facts.cluster.given.is_none()
    {
        let key = if facts.service.spec.load_balancer_class.is_some() {
            "spec.loadBalancerClass"
        } else {
            keys::TYPE
        };
        report.add(
            "ELB-CTL-003",
            key,
            format!("the load balancer was made by {}, and now {} is meant", made_by.title(), kind.title()),
            "set it back, and create another Service for another load balancer: kubectl elb-tls migrate",
        );
        if let Some(ingress) = live.status.load_balancer.ingress.first() {
            report.because(format!("the hostname is {}", ingress.hostname));
        }
    }
    if let LastSync::Failed { reason, message } =
        last_sync(facts.case.events.iter().filter(|event| is_about(event, live)))
    {
        let first = message.lines().next().unwrap_or_default().to_owned();
        report.add(
            "ELB-SYN-001",
            "",
            format!("the last sync failed: {first}"),
            "correct what the message names; kubectl elb-tls status shows more",
        );
        report.because(format!("the newest event about a sync is {reason}"));
    }
}

/// Reports keys that only another controller reads.
fn keys_of_others(facts: &Facts<'_>, report: &mut Report<'_>) {
    let kind = facts.kind();
    for (name, value) in facts.ours() {
        let Some(key) = keys::find(name) else { continue };
        let own = match kind {
            ControllerKind::Classic => key.classic,
            ControllerKind::NlbInTree => key.nlb_in_tree,
            _ => key.lbc,
        };
        if matches!(own.effect, Effect::Used | Effect::CreateOnly) {
            continue;
        }
        // Rules of their own name these.
        let elsewhere = match name {
            keys::PROXY_PROTOCOL => kind == ControllerKind::NlbInTree,
            keys::SCHEME => kind.is_in_tree() && value == "internal",
            keys::SECURITY_GROUPS | keys::TARGET_GROUP_ATTRIBUTES => own.effect == Effect::Refused,
            _ => false,
        };
        if elsewhere {
            continue;
        }
        if kind != ControllerKind::Classic && is_used(key, ControllerKind::Classic) && !kind_reads(key, kind)
        {
            report.add(
                "ELB-CTL-006",
                name,
                format!("{} has no effect on a Network Load Balancer: {}", key.short, own.meaning),
                "remove it",
            );
        } else if kind.is_in_tree() && is_used(key, ControllerKind::Lbc) {
            report.add(
                "ELB-CTL-005",
                name,
                format!("the cloud provider does not read {}: {}", key.short, own.meaning),
                "remove it",
            );
        }
    }
}

fn is_used(key: &Key, kind: ControllerKind) -> bool {
    let usage = if kind == ControllerKind::Classic { key.classic } else { key.lbc };
    matches!(usage.effect, Effect::Used | Effect::CreateOnly)
}

/// Returns whether another kind of Network Load Balancer reads a key, so that it is not one of Classic Load Balancers.
fn kind_reads(key: &Key, kind: ControllerKind) -> bool {
    kind == ControllerKind::NlbInTree && is_used(key, ControllerKind::Lbc)
}

fn webhook(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some((_, name)) = &facts.cluster.webhook else { return };
    let is_new = facts.case.live.is_none() && facts.service.spec.load_balancer_class.is_none();
    let without = detect(facts.service, Situation { exists: true, ..Situation::default() }).kind;
    if is_new && facts.kind().is_lbc() && without.is_in_tree() && facts.cluster.given.is_none() {
        report.add("ELB-CTL-007", "spec.loadBalancerClass", format!("the webhook {name} will give the Service a class: it gets a Network Load Balancer of {}, internal by default, instead of one of {}", facts.kind().title(), without.title()), format!("set spec.loadBalancerClass to {LBC_CLASS} and the scheme, to say what is meant"));
        report.because(format!("the MutatingWebhookConfiguration with {name}"));
    }
}
