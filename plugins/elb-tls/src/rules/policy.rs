//! ELB-POL and ELB-ALP: what TLS listeners negotiate.

use shared::output::Severity;

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::load_balancer_controller::ALPN_POLICIES,
    policies::{BEST_OF_CLASSIC, BEST_OF_NETWORK, LoadBalancerType, Recognized, recognize},
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let (of, best) = match facts.kind() {
        ControllerKind::None => return,
        ControllerKind::Classic => (LoadBalancerType::Classic, BEST_OF_CLASSIC),
        _ => (LoadBalancerType::Network, BEST_OF_NETWORK),
    };
    let value = facts.annotation(keys::SSL_POLICY);
    match value {
        None => missing(facts, report, best),
        Some("") if facts.kind() == ControllerKind::Classic => {
            report.add("ELB-POL-005", keys::SSL_POLICY, "the policy is empty: the cloud provider tries to create one of no name, and registers no nodes", format!("write {best}, or remove the key"));
        }
        Some("") if facts.kind() == ControllerKind::NlbInTree => missing(facts, report, best),
        Some(name) => named(facts, report, name, of, best),
    }
    let had = facts.case.live.as_ref().is_some_and(|live| live.annotations.contains_key(keys::SSL_POLICY));
    if had && value.is_none() && facts.kind().is_in_tree() {
        report.add(
            "ELB-POL-006",
            keys::SSL_POLICY,
            "the policy stays in force when the key is removed",
            format!("name the policy that is wanted, such as {best}"),
        );
    }
    alpn(facts, report);
}

fn missing(facts: &Facts<'_>, report: &mut Report<'_>, best: &str) {
    let default = match facts.kind().is_lbc() {
        true => facts.cluster.defaults.policy.as_str(),
        false => crate::policies::DEFAULT_POLICY,
    };
    let old = matches!(recognize(default, LoadBalancerType::Network), Recognized::Known(policy) if policy.allows_old_tls());
    if old && facts.built().iter().any(|listener| listener.is_tls()) {
        report.add(
            "ELB-POL-004",
            keys::SSL_POLICY,
            format!("no policy is named, so that {default} holds, which allows TLS 1.0"),
            format!("set {} to {best}", keys::SSL_POLICY),
        );
    }
}

fn named(facts: &Facts<'_>, report: &mut Report<'_>, name: &str, of: LoadBalancerType, best: &str) {
    let rule = if of == LoadBalancerType::Classic { "ELB-POL-001" } else { "ELB-POL-002" };
    match recognize(name, of) {
        Recognized::Known(policy) if policy.allows_old_tls() => {
            report.add(
                "ELB-POL-003",
                keys::SSL_POLICY,
                format!("{name} allows TLS {}", policy.versions[0]),
                format!("write {best}"),
            );
        }
        Recognized::Known(_) => {}
        Recognized::Unknown => {
            report.add_as(
                rule,
                Severity::Warning,
                keys::SSL_POLICY,
                format!("{name} is not one of the policies known here"),
                "check the name with: aws elbv2 describe-ssl-policies",
            );
        }
        Recognized::Wrong(meant) => {
            let end = match facts.kind() {
                ControllerKind::Classic => {
                    "the sync stops, and nodes that come or go are no longer registered"
                }
                _ => "the sync stops",
            };
            let what = if of == LoadBalancerType::Classic { "Classic" } else { "Network" };
            report.add(
                rule,
                keys::SSL_POLICY,
                format!("{name:?} is not a policy of {what} Load Balancers; {end}"),
                format!("write {}", meant.as_deref().unwrap_or(best)),
            );
        }
    }
}

fn alpn(facts: &Facts<'_>, report: &mut Report<'_>) {
    if let Some(value) = facts.annotation(keys::ALPN_POLICY)
        && facts.kind().is_lbc()
        && !ALPN_POLICIES.contains(&value)
    {
        let meant = ALPN_POLICIES.into_iter().find(|word| word.eq_ignore_ascii_case(value.trim()));
        let fix = meant
            .map_or(format!("write one of {}", ALPN_POLICIES.join(", ")), |word| format!("write {word}"));
        report.add("ELB-ALP-001", keys::ALPN_POLICY, format!("{value:?} is not an ALPN policy"), fix);
    }
}
