//! Changes of live Services: what they do to listeners, and what else stops where one is refused.

use crate::support::{Kind, Service, bed, wait_until};
use aws::CERTIFICATES;
use serde_json::json;

const MISSING: &str = "arn:aws:acm:us-east-1:123456789012:certificate/99999999-9999-4999-8999-999999999999";

fn secure(kind: Kind) -> Service {
    let service = Service::create(kind, &[("ssl-cert", CERTIFICATES[0]), ("ssl-ports", "443")]);
    service.synced();
    service
}

#[test]
fn a_certificate_that_does_not_exist_closes_the_port_of_a_classic_load_balancer() {
    let mut service = secure(Kind::Classic);
    let refused = service.annotate(&[("ssl-cert", Some(MISSING))]).failed();
    assert!(refused.message.contains("CertificateNotFound"), "{}", refused.message);
    let calls = service.calls();
    let deleted = calls.iter().position(|call| call == "DeleteLoadBalancerListeners 200").unwrap();
    assert_eq!(calls[deleted + 1], "CreateLoadBalancerListeners 400 CertificateNotFound", "{calls:?}");
    assert_eq!(service.listeners(), ["80 TCP→TCP:A"]);
    // A certificate that exists brings it back.
    service.annotate(&[("ssl-cert", Some(CERTIFICATES[1]))]).synced();
    assert_eq!(service.listeners(), ["80 TCP→TCP:A", "443 SSL→TCP:B"]);
}

#[test]
fn a_good_rotation_makes_the_listener_of_a_classic_load_balancer_anew() {
    let mut service = secure(Kind::Classic);
    service.annotate(&[("ssl-cert", Some(CERTIFICATES[1]))]).synced();
    let calls = service.calls();
    assert!(calls.contains(&"DeleteLoadBalancerListeners 200".into()), "{calls:?}");
    assert_eq!(service.load_balancer().listeners[1].certificates, [CERTIFICATES[1]]);
    for kind in [Kind::InTree, Kind::LoadBalancerController] {
        let mut service = secure(kind);
        service.annotate(&[("ssl-cert", Some(CERTIFICATES[1]))]).synced();
        let calls = service.calls();
        assert!(calls.contains(&"ModifyListener 200".into()), "{calls:?}");
        assert!(!calls.iter().any(|call| call.starts_with("DeleteListener")), "{calls:?}");
        assert_eq!(service.load_balancer().listeners[1].certificates, [CERTIFICATES[1]]);
    }
}

#[test]
fn tls_comes_and_goes_in_place_but_on_a_network_load_balancer_in_tree() {
    for kind in [Kind::Classic, Kind::LoadBalancerController] {
        let mut service = secure(kind);
        service.annotate(&[("ssl-cert", None)]).synced();
        assert_eq!(service.listeners(), ["80 TCP→TCP:A", "443 TCP→TCP:B"], "{kind:?}");
        service.annotate(&[("ssl-cert", Some(CERTIFICATES[0]))]).synced();
        let tls = if kind == Kind::Classic { "443 SSL→TCP:B" } else { "443 TLS→TCP:B" };
        assert_eq!(service.listeners(), ["80 TCP→TCP:A", tls], "{kind:?}");
    }
    let mut service = secure(Kind::InTree);
    let before = service.load_balancer().listeners;
    let refused = service.annotate(&[("ssl-cert", None)]).failed();
    assert!(refused.message.contains("DuplicateListener"), "{}", refused.message);
    let calls = service.calls();
    let refusal = "CreateListener 400 DuplicateListener".to_owned();
    assert!(calls.contains(&refusal), "{calls:?}");
    assert_eq!(service.load_balancer().listeners, before);
    service.annotate(&[("ssl-cert", Some(CERTIFICATES[0]))]).synced();
    assert_eq!(service.load_balancer().listeners, before);
}

#[test]
fn on_a_network_load_balancer_in_tree_tls_comes_in_two_steps() {
    let mut service = Service::create(Kind::InTree, &[]);
    service.synced();
    let port = service.read()["spec"]["ports"].clone();
    service.patch(&json!({"spec": {"ports": [port[0]]}})).synced();
    assert_eq!(service.listeners(), ["80 TCP→TCP:A"]);
    let annotations = json!({
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": CERTIFICATES[0],
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
    });
    let both = json!({"metadata": {"annotations": annotations}, "spec": {"ports": port}});
    service.patch(&both).synced();
    assert_eq!(service.listeners(), ["80 TCP→TCP:A", "443 TLS→TCP:B"]);
}

#[test]
fn a_policy_that_is_removed_stays_until_the_listener_is_made_anew() {
    let policy = "ELBSecurityPolicy-TLS-1-2-2017-01";
    let in_force = |service: &Service| service.load_balancer().listeners[1].policy.clone().unwrap();
    for kind in [Kind::Classic, Kind::InTree, Kind::LoadBalancerController] {
        let mut service = secure(kind);
        service.annotate(&[("ssl-negotiation-policy", Some(policy))]).synced();
        assert_eq!(in_force(&service), policy, "{kind:?}");
        service.annotate(&[("ssl-negotiation-policy", None)]).synced();
        let kept = if kind == Kind::LoadBalancerController { "ELBSecurityPolicy-2016-08" } else { policy };
        assert_eq!(in_force(&service), kept, "{kind:?}");
        service.annotate(&[("ssl-cert", Some(CERTIFICATES[1]))]).synced();
        let kept = if kind == Kind::InTree { policy } else { "ELBSecurityPolicy-2016-08" };
        assert_eq!(in_force(&service), kept, "{kind:?}");
    }
}

#[test]
fn internal_on_a_live_classic_load_balancer_swaps_its_subnets_and_leaves_its_scheme() {
    let mut service = Service::create(Kind::Classic, &[]);
    let before = service.synced().load_balancer();
    service.annotate(&[("internal", Some("true"))]).synced();
    let after = service.load_balancer();
    assert_eq!((before.scheme.as_str(), after.scheme.as_str()), ("internet-facing", "internet-facing"));
    assert!(before.subnets.is_disjoint(&after.subnets), "{before:?} {after:?}");
    assert_eq!(before.dns_name, after.dns_name);
    service.annotate(&[("internal", None)]).synced();
    assert_eq!(service.load_balancer().subnets, before.subnets);
    // Nothing happens to the other one of this controller.
    let mut service = Service::create(Kind::InTree, &[]);
    let before = service.synced().load_balancer();
    service.annotate(&[("internal", Some("true"))]).synced();
    assert_eq!(service.load_balancer(), before);
}

#[test]
fn another_scheme_replaces_the_load_balancer_of_aws_load_balancer_controller() {
    let mut service = Service::create(Kind::LoadBalancerController, &[]);
    let before = service.synced().load_balancer();
    service.annotate(&[("scheme", Some("internet-facing"))]).synced();
    let after = service.load_balancer();
    assert_ne!(before.dns_name, after.dns_name);
    assert_eq!(service.hostname(), Some(after.dns_name));
    assert_eq!(before.listeners, after.listeners, "target groups survive");
}

#[test]
fn ssl_to_pods_replaces_the_target_group_and_leaves_the_listener() {
    for kind in [Kind::InTree, Kind::LoadBalancerController] {
        let mut service = secure(kind);
        service.annotate(&[("backend-protocol", Some("ssl"))]).synced();
        assert_eq!(service.listeners(), ["80 TCP→TCP:A", "443 TLS→TLS:B"], "{kind:?}");
        let calls = service.calls();
        assert!(!calls.iter().any(|call| call.starts_with("DeleteListener")), "{kind:?} {calls:?}");
    }
    let mut service = secure(Kind::Classic);
    service.annotate(&[("backend-protocol", Some("http"))]).synced();
    assert_eq!(service.listeners(), ["80 HTTP→HTTP:A", "443 HTTPS→HTTP:B"], "plaintext ports too");
    service.annotate(&[("backend-protocol", Some("ssl"))]).synced();
    assert_eq!(service.listeners(), ["80 TCP→TCP:A", "443 SSL→SSL:B"]);
}

#[test]
fn tags_are_added_once_on_network_load_balancers_in_tree_and_never_removed_but_by_the_other_controller() {
    let tags = |service: &Service| {
        let tags = service.load_balancer().tags;
        ["one", "two"].into_iter().filter(|key| tags.contains_key(*key)).collect::<Vec<_>>()
    };
    let table = [
        (Kind::Classic, ["one", "two"].to_vec()),
        (Kind::InTree, ["one"].to_vec()),
        (Kind::LoadBalancerController, ["two"].to_vec()),
    ];
    for (kind, expected) in table {
        let mut service = Service::create(kind, &[("additional-resource-tags", "one=1")]);
        service.synced();
        service.annotate(&[("additional-resource-tags", Some("two=2"))]).synced();
        assert_eq!(tags(&service), expected, "{kind:?}");
    }
    let odd = Service::create(Kind::Classic, &[("additional-resource-tags", "a=b=c,K, x = y ,z=")]);
    let tags = odd.synced().load_balancer().tags;
    let value = |key: &str| tags.get(key).map(String::as_str);
    assert_eq!(
        (value("a"), value("K"), value("x "), value("z")),
        (Some("b"), Some(""), Some(" y"), Some(""))
    );
}

/// A wrong policy keeps a classic load balancer from learning of a new node; a network load balancer of
/// aws-load-balancer-controller learns of it.
#[test]
fn a_wrong_policy_keeps_new_nodes_from_a_classic_load_balancer() {
    let wrong = "ELBSecurityPolicy-TLS13-1-2-2021-06-TYPO";
    let mut classic = secure(Kind::Classic);
    let refused = classic.annotate(&[("ssl-negotiation-policy", Some(wrong))]).failed();
    assert!(refused.message.contains("Invalid Reference Security Policy"), "{}", refused.message);
    let mut balancer = secure(Kind::LoadBalancerController);
    let refused = balancer.annotate(&[("ssl-negotiation-policy", Some(wrong))]).failed();
    assert!(refused.message.contains("SSLPolicyNotFound"), "{}", refused.message);

    let fresh =
        Service::create(Kind::Classic, &[("ssl-cert", CERTIFICATES[0]), ("ssl-negotiation-policy", wrong)]);
    fresh.failed();
    let made = fresh.load_balancer();
    assert_eq!((made.listeners.len(), made.instances.len(), fresh.hostname()), (2, 0, None));

    let registered = |service: &Service| service.load_balancer().instances.len();
    assert_eq!((registered(&classic), registered(&balancer)), (2, 2));
    bed().add_node(2).unwrap();
    let other = Service::create(Kind::Classic, &[]);
    other.synced();
    wait_until(|| registered(&balancer) == 3);
    assert_eq!((registered(&other), registered(&classic)), (3, 2));
    classic.annotate(&[("ssl-negotiation-policy", None)]).synced();
    assert_eq!(registered(&classic), 3);
}
