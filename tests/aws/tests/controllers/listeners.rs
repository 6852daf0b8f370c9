//! What listeners the controllers make of annotations: every row of the tables that the rules are held against.

use crate::support::{KINDS, Kind, Service};
use aws::{CERTIFICATES, IAM_CERTIFICATE};

const DEFAULT_POLICY: &str = "ELBSecurityPolicy-2016-08";

/// Makes a Service of a kind with a certificate, if any, TLS on 443 only, and a backend protocol, if any.
fn listeners(kind: Kind, certificate: bool, backend: Option<&str>) -> Vec<String> {
    let mut annotations = vec![("ssl-ports", "443")];
    annotations.extend(certificate.then_some(("ssl-cert", CERTIFICATES[0])));
    annotations.extend(backend.map(|protocol| ("backend-protocol", protocol)));
    Service::create(kind, &annotations).synced().listeners()
}

#[test]
fn a_classic_load_balancer_speaks_what_the_backend_protocol_says() {
    let table = [
        (false, None, "80 TCP→TCP:A", "443 TCP→TCP:B"),
        (false, Some("tcp"), "80 TCP→TCP:A", "443 TCP→TCP:B"),
        (false, Some("ssl"), "80 TCP→TCP:A", "443 TCP→TCP:B"),
        (false, Some("https"), "80 TCP→TCP:A", "443 TCP→TCP:B"),
        (false, Some("junk"), "80 TCP→TCP:A", "443 TCP→TCP:B"),
        (false, Some("http"), "80 HTTP→HTTP:A", "443 HTTP→HTTP:B"),
        (true, None, "80 TCP→TCP:A", "443 SSL→TCP:B"),
        (true, Some("tcp"), "80 TCP→TCP:A", "443 SSL→TCP:B"),
        (true, Some("ssl"), "80 TCP→TCP:A", "443 SSL→SSL:B"),
        (true, Some("http"), "80 HTTP→HTTP:A", "443 HTTPS→HTTP:B"),
        (true, Some("https"), "80 TCP→TCP:A", "443 HTTPS→HTTPS:B"),
    ];
    for (certificate, backend, first, second) in table {
        assert_eq!(
            listeners(Kind::Classic, certificate, backend),
            [first, second],
            "{certificate} {backend:?}"
        );
    }
}

#[test]
fn a_network_load_balancer_speaks_tls_to_pods_only_where_the_backend_protocol_is_ssl() {
    for kind in [Kind::InTree, Kind::LoadBalancerController] {
        for backend in
            [None, Some("tcp"), Some("http"), Some("https"), Some("tls"), Some("SSL"), Some("junk")]
        {
            let plain = ["80 TCP→TCP:A", "443 TCP→TCP:B"];
            assert_eq!(listeners(kind, false, backend), plain, "{kind:?} {backend:?}");
            let tls = ["80 TCP→TCP:A", "443 TLS→TCP:B"];
            assert_eq!(listeners(kind, true, backend), tls, "{kind:?} {backend:?}");
        }
        assert_eq!(listeners(kind, false, Some("ssl")), ["80 TCP→TCP:A", "443 TCP→TCP:B"], "{kind:?}");
        assert_eq!(listeners(kind, true, Some("ssl")), ["80 TCP→TCP:A", "443 TLS→TLS:B"], "{kind:?}");
    }
}

#[test]
fn the_list_of_tls_ports_is_read_in_its_own_way_by_each_controller() {
    let table = [
        ("443", "443", "443"),
        ("https", "443", "443"),
        ("80,443", "80 443", "80 443"),
        ("443,80", "80 443", "80 443"),
        // Blanks are trimmed by one of them only.
        ("443, 80", "443", "80 443"),
        ("443,", "443", "443"),
        (",443", "443", "443"),
        ("443,443", "443", "443"),
        ("", "80 443", "80 443"),
        (" ", "", "80 443"),
    ];
    for (value, cloud, balancer) in table {
        for kind in KINDS {
            let service = Service::create(kind, &[("ssl-cert", CERTIFICATES[0]), ("ssl-ports", value)]);
            service.synced();
            let listeners = service.load_balancer().listeners;
            let secure = listeners.iter().filter(|listener| !listener.certificates.is_empty());
            let secure: Vec<_> = secure.map(|listener| listener.port.to_string()).collect();
            let expected = if kind == Kind::LoadBalancerController { balancer } else { cloud };
            assert_eq!(secure.join(" "), expected, "{kind:?} {value:?}");
        }
    }
    // Only aws-cloud-controller-manager takes these; the other's refusals are in `refusals`.
    for (value, ports) in
        [("*", "80 443"), ("+443", "443"), ("HTTPS", ""), ("443;80", ""), ("nodejs-port", "")]
    {
        for kind in [Kind::Classic, Kind::InTree] {
            let service = Service::create(kind, &[("ssl-cert", CERTIFICATES[0]), ("ssl-ports", value)]);
            service.synced();
            let listeners = service.load_balancer().listeners;
            let secure = listeners.iter().filter(|listener| !listener.certificates.is_empty());
            let secure: Vec<_> = secure.map(|listener| listener.port.to_string()).collect();
            assert_eq!(secure.join(" "), ports, "{kind:?} {value:?}");
        }
    }
}

#[test]
fn tls_listeners_have_the_default_policy_unless_told_another_one() {
    for kind in KINDS {
        let service = Service::create(kind, &[("ssl-cert", IAM_CERTIFICATE), ("ssl-ports", "443")]);
        let listeners = service.synced().load_balancer().listeners;
        assert_eq!(listeners[0].policy, None, "{kind:?}");
        assert_eq!(listeners[1].policy.as_deref(), Some(DEFAULT_POLICY), "{kind:?}");
        assert_eq!(listeners[1].certificates, [IAM_CERTIFICATE], "{kind:?}");
        let policy = "ELBSecurityPolicy-TLS-1-2-2017-01";
        let annotations = [("ssl-cert", IAM_CERTIFICATE), ("ssl-negotiation-policy", policy)];
        let listeners = Service::create(kind, &annotations).synced().load_balancer().listeners;
        assert!(
            listeners.iter().all(|listener| listener.policy.as_deref() == Some(policy)),
            "{kind:?} {listeners:?}"
        );
    }
}

#[test]
fn aws_load_balancer_controller_takes_several_certificates_and_alpn() {
    let certificates = format!("{}, {}", CERTIFICATES[1], CERTIFICATES[0]);
    let annotations =
        [("ssl-cert", certificates.as_str()), ("ssl-ports", "443"), ("alpn-policy", "HTTP2Preferred")];
    let service = Service::create(Kind::LoadBalancerController, &annotations);
    let listeners = service.synced().load_balancer().listeners;
    assert_eq!(listeners[1].certificates, [CERTIFICATES[1], CERTIFICATES[0]]);
    assert_eq!(listeners[1].alpn.as_deref(), Some("HTTP2Preferred"));
    assert_eq!(listeners[0].alpn, None);
}

#[test]
fn one_port_as_tcp_and_udp_has_the_listener_of_the_first_unless_they_are_merged() {
    for (first, second) in [("TCP", "UDP"), ("UDP", "TCP")] {
        let both = |service: &mut serde_json::Value| {
            service["spec"]["ports"] = serde_json::json!([
                {"name": "one", "protocol": first, "port": 53, "targetPort": 53},
                {"name": "two", "protocol": second, "port": 53, "targetPort": 53},
            ]);
        };
        let apart = Service::create_with(Kind::LoadBalancerController, &[], both);
        assert_eq!(apart.synced().listeners(), [format!("53 {first}→{first}:A")]);
        let merged = [("enable-tcp-udp-listener", "true")];
        let merged = Service::create_with(Kind::LoadBalancerController, &merged, both);
        assert_eq!(merged.synced().listeners(), ["53 TCP_UDP→TCP_UDP:A"]);
    }
}
