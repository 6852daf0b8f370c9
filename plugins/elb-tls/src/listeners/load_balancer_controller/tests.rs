use serde_json::json;

use super::*;
use crate::samples::{ARN, OTHER_ARN, of_ports, web};

fn built(service: &Service) -> String {
    match listeners(service, &Defaults::default()) {
        Ok(listeners) => {
            let words = |one: &Listener| format!("{} {}→{}", one.port, one.protocol, one.backend.protocol);
            listeners.iter().map(words).collect::<Vec<_>>().join(", ")
        }
        Err(refusal) => refusal.message,
    }
}

#[test]
fn listeners_by_certificate_and_ports() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("ssl-cert", ARN)], "80 TLS→TCP, 443 TLS→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", " ")], "80 TLS→TCP, 443 TLS→TCP"),
        (&[("ssl-cert", " ")], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "443, 80")], "80 TLS→TCP, 443 TLS→TCP"),
        (
            &[("ssl-cert", ARN), ("ssl-ports", "https,"), ("backend-protocol", "ssl")],
            "80 TCP→TCP, 443 TLS→TLS",
        ),
        (&[("ssl-cert", ARN), ("ssl-ports", "*")], "Unused port in ssl-ports annotation [*]"),
        (&[("ssl-ports", "1,443,x")], "Unused port in ssl-ports annotation [1 x]"),
        (&[("ssl-cert", ARN), ("ssl-ports", "+443")], "Unused port in ssl-ports annotation [+443]"),
        (&[("connection-idle-timeout", "junk")], "80 TCP→TCP, 443 TCP→TCP"),
    ];
    for (annotations, expected) in cases {
        assert_eq!(built(&web(annotations)), *expected, "{annotations:?}");
    }
}

#[test]
fn a_port_as_tcp_and_udp_gets_one_listener() {
    let ports = json!([
        {"name": "a", "port": 53, "protocol": "UDP", "nodePort": 1},
        {"name": "b", "port": 53, "protocol": "TCP", "nodePort": 2},
    ]);
    assert_eq!(built(&of_ports(ports.clone(), &[])), "53 UDP→UDP");
    let merge = ("enable-tcp-udp-listener", "true");
    assert_eq!(built(&of_ports(ports.clone(), &[merge])), "53 TCP_UDP→TCP_UDP");
    assert_eq!(
        built(&of_ports(ports.clone(), &[merge, ("quic-enabled-ports", "53")])),
        "53 TCP_QUIC→TCP_QUIC"
    );
    assert_eq!(built(&of_ports(ports, &[("enable-tcp-udp-listener", "x")])), "53 UDP→UDP");
    let tcp = web(&[("ssl-cert", ARN), ("ssl-ports", "443"), ("quic-enabled-ports", "https")]);
    assert_eq!(built(&tcp), "Unsupported QUIC upgrade for protocol TLS");
}

#[test]
fn certificates_are_listed_once_and_the_backend_port_is_the_targets() {
    let list = format!("{ARN}, {OTHER_ARN},{ARN}");
    let service =
        web(&[("ssl-cert", &list), ("ssl-ports", "443"), ("nlb-target-type", "ip"), ("type", "nlb-ip")]);
    let listener = listeners(&service, &Defaults::default()).unwrap().pop().unwrap();
    assert_eq!(listener.certificates, [ARN, OTHER_ARN]);
    assert_eq!(listener.backend.port, None);
    assert_eq!(listener.policy.as_deref(), Some("ELBSecurityPolicy-2016-08"));
}

#[test]
fn what_is_refused_before_the_first_call() {
    let long = "x".repeat(33);
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("scheme", "public")], "unknown scheme: public"),
        (
            &[("internal", "no")],
            "failed to parse bool annotation, service.beta.kubernetes.io/aws-load-balancer-internal: no: strconv.ParseBool: parsing \"no\": invalid syntax",
        ),
        (&[("ip-address-type", "ipv6")], "unknown IPAddressType: ipv6"),
        (
            &[("additional-resource-tags", "K")],
            "failed to parse stringMap annotation, service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags: K",
        ),
        (&[("name", &long)], "load balancer name cannot be longer than 32 characters"),
        (&[("eip-allocations", "a")], "EIP allocations can only be set for internet facing load balancers"),
        (
            &[("scheme", "internet-facing"), ("eip-allocations", "a"), ("subnets", "b,c")],
            "count of EIP allocations (1) and subnets (2) must match",
        ),
        (
            &[("proxy-protocol", "true")],
            "invalid value true for Load Balancer proxy protocol v2 annotation, only value currently supported is *",
        ),
        (
            &[("proxy-protocol-per-target-group", "a")],
            "invalid port number in proxy-protocol-per-target-group: a",
        ),
        (&[("healthcheck-protocol", "ssl")], "unsupported health check protocol ssl"),
        (
            &[("ssl-cert", ARN), ("alpn-policy", "h2")],
            "invalid ALPN policy h2, policy must be one of [None, HTTP1Only, HTTP2Only, HTTP2Optional, HTTP2Preferred]",
        ),
        (
            &[("minimum-load-balancer-capacity", "Units=1")],
            "invalid key to set the capacity: Units, Expected key: CapacityUnits",
        ),
        (
            &[("listener-attributes.TCP-443", "x")],
            "failed to parse stringMap annotation, service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443: x",
        ),
    ];
    for (annotations, message) in cases {
        assert_eq!(built(&web(annotations)), *message);
    }
    let mut service = of_ports(json!([{"port": 80}]), &[]);
    service.spec.allocate_load_balancer_node_ports = Some(false);
    assert_eq!(built(&service), "unable to support instance target type with an unallocated NodePort");
    service.spec.service_type = "ClusterIP".into();
    assert_eq!(
        built(&service),
        "unsupported service type \"ClusterIP\" for load balancer target type \"instance\""
    );
}
