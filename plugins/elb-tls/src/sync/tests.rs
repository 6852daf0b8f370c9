//! What syncs leave behind, and what they hurt.

use shared::model::Service;

use super::sync;
use crate::{
    controllers::{ControllerKind, Situation, detect},
    listeners::{Listener, load_balancer_controller::Defaults},
    samples::{ARN, CLASSIC_HOST, LBC_HOST, NETWORK_HOST, OTHER_ARN, live, web},
    sync::{Before, Impact, Outcome, Wanted},
};

fn first(kind: ControllerKind, service: &Service) -> Outcome {
    let defaults = Defaults::default();
    sync(kind, None, Wanted { service, defaults: &defaults, region: Some("us-east-1") })
}

/// Lets the controller of `hostname` sync the first Service, then the second.
fn then(hostname: &str, old: &[(&str, &str)], new: &[(&str, &str)]) -> Outcome {
    let kind_of =
        |service: &Service| detect(service, Situation { exists: true, ..Situation::default() }).kind;
    let old = live(web(old), hostname);
    let maker = kind_of(&old);
    let made = first(maker, &old);
    assert!(!made.stops(), "{made:?}");
    let new = live(web(new), hostname);
    let before = Before { maker, service: &old, listeners: &made.after, scheme: made.scheme };
    let defaults = Defaults::default();
    sync(
        kind_of(&new),
        Some(before),
        Wanted { service: &new, defaults: &defaults, region: Some("us-east-1") },
    )
}

fn words(listeners: &[Listener]) -> String {
    let word = |one: &Listener| {
        let policy = one
            .policy
            .as_deref()
            .map(|policy| format!(" {}", policy.trim_start_matches("ELBSecurityPolicy-")));
        format!("{} {}→{}{}", one.port, one.protocol, one.backend.protocol, policy.unwrap_or_default())
    };
    listeners.iter().map(word).collect::<Vec<_>>().join(", ")
}

fn impacts(outcome: &Outcome) -> String {
    let word = |change: &super::Change| {
        format!("{} {}", change.port.map_or("-".to_owned(), |port| port.to_string()), change.impact.word())
    };
    outcome.changes.iter().map(word).collect::<Vec<_>>().join(", ")
}

const TLS: [(&str, &str); 3] = [("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "http")];
const NLB: (&str, &str) = ("type", "nlb");
const LBC: [(&str, &str); 2] = [("type", "external"), ("nlb-target-type", "instance")];
const TLS_1_2: (&str, &str) = ("ssl-negotiation-policy", "ELBSecurityPolicy-TLS-1-2-2017-01");

#[test]
fn targets_follow_node_ports_even_where_the_sync_stops() {
    let annotations = [LBC[0], LBC[1], ("ssl-ports", "https")];
    let old = live(web(&annotations), LBC_HOST);
    let made = first(ControllerKind::Lbc, &old);
    let mut new = old.clone();
    new.spec.ports[1].name = "renamed".into();
    new.spec.ports[1].node_port = 0;
    let before =
        Before { maker: ControllerKind::Lbc, service: &old, listeners: &made.after, scheme: made.scheme };
    let defaults = Defaults::default();
    let wanted = Wanted { service: &new, defaults: &defaults, region: None };
    let outcome = sync(ControllerKind::Lbc, Some(before), wanted);
    assert!(outcome.stops());
    let ports: Vec<_> = outcome.after.iter().map(|listener| listener.backend.port).collect();
    assert_eq!(ports, [Some(30080), None]);
}

#[test]
fn reserved_tags_stop_what_creates_something() {
    let tag = ("additional-resource-tags", "aws:x=1");
    let of = |more: &[(&str, &str)]| then(LBC_HOST, &LBC, &[&LBC[..], &[tag], more].concat()).stops();
    assert!(!of(&[]), "nothing is created");
    assert!(of(&[("backend-protocol", "ssl"), ("ssl-cert", ARN)]), "the target groups are replaced");
    assert!(of(&[("healthcheck-interval", "20")]));
    assert!(of(&[("scheme", "internet-facing")]));
    let annotations = [&LBC[..], &[tag]].concat();
    assert!(first(ControllerKind::Lbc, &live(web(&annotations), LBC_HOST)).stops());
}

#[test]
fn a_new_classic_load_balancer() {
    let outcome = first(ControllerKind::Classic, &web(&TLS));
    assert_eq!(words(&outcome.after), "80 HTTP→HTTP, 443 HTTPS→HTTP 2016-08");
    assert_eq!(impacts(&outcome), "80 None, 443 None");
    let wrong = first(ControllerKind::Classic, &web(&[("ssl-cert", "x")]));
    // The refusal of a certificate is about the first port that has it.
    assert_eq!((words(&wrong.after).as_str(), impacts(&wrong).as_str()), ("", "80 SyncStops"));
}

#[test]
fn a_half_built_classic_load_balancer_has_listeners_but_no_nodes() {
    for wrong in [
        ("connection-idle-timeout", "7200"),
        ("healthcheck-interval", "3"),
        ("healthcheck-port", "https"),
        ("ssl-negotiation-policy", "x"),
    ] {
        let annotations: Vec<_> = TLS.into_iter().chain([wrong]).collect();
        let outcome = first(ControllerKind::Classic, &web(&annotations));
        assert_eq!(words(&outcome.after), "80 HTTP→HTTP, 443 HTTPS→HTTP 2016-08", "{wrong:?}");
        assert!(outcome.stops(), "{wrong:?}");
    }
}

#[test]
fn another_certificate_makes_a_classic_listener_anew() {
    let outcome = then(CLASSIC_HOST, &[TLS[0], TLS[1], TLS_1_2], &[("ssl-cert", OTHER_ARN), TLS[1]]);
    assert_eq!(words(&outcome.after), "80 TCP→TCP, 443 SSL→TCP 2016-08", "the policy does not survive");
    assert_eq!(impacts(&outcome), "443 ListenerRecreated");
    assert!(outcome.changes[0].way.is_some());
    let kept = then(CLASSIC_HOST, &[TLS[0], TLS[1], TLS_1_2], &[TLS[0], TLS[1]]);
    assert_eq!(words(&kept.after), "80 TCP→TCP, 443 SSL→TCP TLS-1-2-2017-01", "removed, the policy stays");
    assert_eq!(impacts(&kept), "");
}

#[test]
fn a_wrong_certificate_closes_a_classic_port() {
    let outcome = then(
        CLASSIC_HOST,
        &TLS,
        &[("ssl-cert", "arn:aws:acm:eu-west-1:123456789012:certificate/x"), TLS[1], TLS[2]],
    );
    assert_eq!(words(&outcome.after), "80 HTTP→HTTP");
    assert_eq!(impacts(&outcome), "443 SyncStops");
}

#[test]
fn the_case_of_an_arn_is_no_change_on_a_classic_load_balancer() {
    let upper = ARN.replace("acm", "ACM");
    let outcome = then(CLASSIC_HOST, &TLS, &[("ssl-cert", &upper), TLS[1], TLS[2]]);
    assert_eq!(outcome.after[1].certificates, [ARN]);
    assert_eq!(impacts(&outcome), "");
}

#[test]
fn a_wrong_policy_stops_after_the_listeners() {
    let outcome =
        then(CLASSIC_HOST, &TLS, &[("ssl-cert", OTHER_ARN), TLS[1], TLS[2], ("ssl-negotiation-policy", "x")]);
    assert_eq!(words(&outcome.after), "80 HTTP→HTTP, 443 HTTPS→HTTP 2016-08");
    assert_eq!(impacts(&outcome), "443 ListenerRecreated, - SyncStops");
}

#[test]
fn internal_on_a_live_classic_load_balancer_swaps_subnets() {
    let outcome = then(CLASSIC_HOST, &[], &[("internal", "true")]);
    assert_eq!(impacts(&outcome), "- ConnectionsCut");
    assert_eq!(outcome.scheme.map(|scheme| scheme.word()), Some("internet-facing"));
}

#[test]
fn tls_on_a_live_port_of_the_cloud_providers_network_load_balancer_is_stuck() {
    let outcome = then(NETWORK_HOST, &[NLB], &[NLB, TLS[0], TLS[1]]);
    assert_eq!(words(&outcome.after), "80 TCP→TCP, 443 TCP→TCP");
    assert_eq!(impacts(&outcome), "443 SyncStops");
    assert!(outcome.changes[0].reason.contains("DuplicateListener"));
    let back = then(NETWORK_HOST, &[NLB, TLS[0], TLS[1]], &[NLB]);
    assert_eq!(words(&back.after), "80 TCP→TCP, 443 TLS→TCP 2016-08");
    assert_eq!(impacts(&back), "443 SyncStops");
}

#[test]
fn a_network_load_balancer_is_changed_port_by_port_until_one_fails() {
    // 80 comes first and is stuck, so that the backend of 443 stays.
    let outcome = then(NETWORK_HOST, &[NLB, TLS[0], TLS[1]], &[NLB, TLS[0], ("backend-protocol", "ssl")]);
    assert_eq!(words(&outcome.after), "80 TCP→TCP, 443 TLS→TCP 2016-08");
    let in_place = then(
        NETWORK_HOST,
        &[NLB, TLS[0], TLS[1]],
        &[NLB, ("ssl-cert", OTHER_ARN), TLS[1], ("backend-protocol", "ssl"), TLS_1_2],
    );
    assert_eq!(words(&in_place.after), "80 TCP→TCP, 443 TLS→TLS TLS-1-2-2017-01");
    assert_eq!(impacts(&in_place), "443 Brief, 443 Brief, 443 ConnectionsCut");
    let health = then(NETWORK_HOST, &[NLB], &[NLB, ("healthcheck-interval", "60")]);
    assert_eq!(impacts(&health), "80 ConnectionsCut, 443 ConnectionsCut");
}

#[test]
fn the_load_balancer_controller_changes_in_place() {
    let [external, instance] = LBC;
    let outcome = then(LBC_HOST, &LBC, &[external, instance, TLS[0], TLS[1], TLS_1_2]);
    assert_eq!(words(&outcome.after), "80 TCP→TCP, 443 TLS→TCP TLS-1-2-2017-01");
    assert_eq!(impacts(&outcome), "443 ConnectionsCut");
    let reset =
        then(LBC_HOST, &[external, instance, TLS[0], TLS[1], TLS_1_2], &[external, instance, TLS[0], TLS[1]]);
    assert_eq!(words(&reset.after), "80 TCP→TCP, 443 TLS→TCP 2016-08", "removed, the default comes back");
    assert_eq!(impacts(&reset), "443 Brief");
    let star = then(LBC_HOST, &LBC, &[external, instance, TLS[0], ("ssl-ports", "*")]);
    assert_eq!(
        (words(&star.after).as_str(), impacts(&star).as_str()),
        ("80 TCP→TCP, 443 TCP→TCP", "- SyncStops")
    );
}

#[test]
fn an_alpn_policy_that_is_removed_stays() {
    let [external, instance] = LBC;
    let tls = [external, instance, TLS[0], TLS[1]];
    let with: Vec<_> = tls.into_iter().chain([("alpn-policy", "HTTP2Preferred")]).collect();
    let outcome = then(LBC_HOST, &with, &tls);
    assert_eq!(outcome.after[1].alpn.as_deref(), Some("HTTP2Preferred"));
    let none: Vec<_> = tls.into_iter().chain([("alpn-policy", "None")]).collect();
    assert_eq!(then(LBC_HOST, &with, &none).after[1].alpn, None);
}

#[test]
fn another_scheme_replaces_the_load_balancer() {
    let [external, instance] = LBC;
    let outcome = then(LBC_HOST, &LBC, &[external, instance, ("scheme", "internet-facing")]);
    assert_eq!(impacts(&outcome), "- LoadBalancerReplaced");
    assert_eq!(outcome.scheme.map(|scheme| scheme.word()), Some("internet-facing"));
}

#[test]
fn another_type_is_refused_or_leaves_the_first_load_balancer_behind() {
    assert_eq!(impacts(&then(CLASSIC_HOST, &[], &[NLB])), "- SyncStops");
    assert_eq!(impacts(&then(NETWORK_HOST, &[NLB], &[])), "- SyncStops");
    let second = then(CLASSIC_HOST, &TLS, &[LBC[0], LBC[1]]);
    assert_eq!(
        (words(&second.after).as_str(), impacts(&second).as_str()),
        ("80 TCP→TCP, 443 TCP→TCP", "- HostnameChanges")
    );
    let nobody = then(CLASSIC_HOST, &[], &[("type", "external")]);
    assert_eq!((words(&nobody.after).as_str(), impacts(&nobody).as_str()), ("", "- SyncStops"));
    let back = then(LBC_HOST, &LBC, &[NLB]);
    assert_eq!(impacts(&back), "- LoadBalancerReplaced");
}

#[test]
fn impacts_rise() {
    let rising = [
        Impact::None,
        Impact::Brief,
        Impact::ConnectionsCut,
        Impact::ListenerRecreated,
        Impact::LoadBalancerReplaced,
        Impact::HostnameChanges,
        Impact::SyncStops,
    ];
    assert!(rising.is_sorted());
}
