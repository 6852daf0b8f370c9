use serde_json::json;

use super::*;
use crate::samples::{ARN, of_ports, web};

/// Returns `PORT PROTOCOL→BACKEND` of each listener, or the message of the refusal.
fn built(service: &Service) -> String {
    match listeners(service) {
        Ok(listeners) => {
            let words = |one: &Listener| format!("{} {}→{}", one.port, one.protocol, one.backend.protocol);
            listeners.iter().map(words).collect::<Vec<_>>().join(", ")
        }
        Err(refusal) => refusal.message,
    }
}

#[test]
fn listeners_by_certificate_ports_and_backend_protocol() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("backend-protocol", "http")], "80 HTTP→HTTP, 443 HTTP→HTTP"),
        (&[("backend-protocol", "https")], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("backend-protocol", "junk")], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("ssl-cert", ARN)], "80 SSL→TCP, 443 SSL→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "*")], "80 SSL→TCP, 443 SSL→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "443")], "80 TCP→TCP, 443 SSL→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "https")], "80 TCP→TCP, 443 SSL→TCP"),
        (
            &[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "http")],
            "80 HTTP→HTTP, 443 HTTPS→HTTP",
        ),
        (
            &[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "https")],
            "80 TCP→TCP, 443 HTTPS→HTTPS",
        ),
        (&[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "tcp")], "80 TCP→TCP, 443 SSL→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "ssl")], "80 TCP→TCP, 443 SSL→SSL"),
        (&[("ssl-cert", ARN), ("ssl-ports", "8443")], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "443, 80")], "80 TCP→TCP, 443 SSL→TCP"),
        (&[("ssl-cert", ""), ("ssl-ports", "443")], "80 TCP→TCP, 443 TCP→TCP"),
    ];
    for (annotations, expected) in cases {
        assert_eq!(built(&web(annotations)), *expected, "{annotations:?}");
    }
}

#[test]
fn the_name_of_a_port_is_compared_in_lower_case() {
    let ports = json!([{"name": "HTTPS", "port": 443, "nodePort": 1}]);
    let service = |list| of_ports(ports.clone(), &[("ssl-cert", ARN), ("ssl-ports", list)]);
    assert_eq!(built(&service("https")), "443 SSL→TCP");
    assert_eq!(built(&service("HTTPS")), "443 TCP→TCP");
}

#[test]
fn a_wrong_backend_protocol_stops_only_where_there_is_tls() {
    let message = format!(
        "Invalid backend protocol HTTP for {ARN} in service.beta.kubernetes.io/aws-load-balancer-backend-protocol"
    );
    assert_eq!(
        built(&web(&[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "HTTP")])),
        message
    );
    let nowhere = web(&[("ssl-cert", ARN), ("ssl-ports", "1"), ("backend-protocol", "HTTP")]);
    assert_eq!(built(&nowhere), "80 TCP→TCP, 443 TCP→TCP");
}

#[test]
fn what_is_refused_before_the_first_call() {
    let with_spec = |field: &str, value: serde_json::Value| {
        let spec = json!({"type": "LoadBalancer", "ports": [{"port": 80, "nodePort": 1}], field: value});
        serde_json::from_value::<Service>(json!({"metadata": {"name": "x"}, "spec": spec})).unwrap()
    };
    let cases = [
        (with_spec("sessionAffinity", json!("ClientIP")), "unsupported load balancer affinity: ClientIP"),
        (with_spec("ports", json!([])), "requested load balancer with no ports"),
        (
            with_spec("ports", json!([{"port": 1, "protocol": "UDP"}])),
            "Protocol UDP not supported by LoadBalancer",
        ),
        (
            with_spec("ports", json!([{"port": 1}, {"port": 2, "protocol": "UDP"}])),
            "mixed protocol is not supported for LoadBalancer",
        ),
        (with_spec("loadBalancerIP", json!("10.0.0.1")), "LoadBalancerIP cannot be specified for AWS ELB"),
        (
            web(&[("target-group-attributes", "a=b")]),
            "target group attributes annotation is only supported for NLB",
        ),
        (
            web(&[("proxy-protocol", "true")]),
            "annotation \"service.beta.kubernetes.io/aws-load-balancer-proxy-protocol\"=\"true\" detected, but the only value supported currently is '*'",
        ),
        (
            web(&[("connection-idle-timeout", "abc")]),
            "error parsing service annotation: service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout=abc",
        ),
        (
            web(&[("connection-draining-enabled", "yes")]),
            "error parsing service annotation: service.beta.kubernetes.io/aws-load-balancer-connection-draining-enabled=yes",
        ),
        (
            web(&[("load-balancer-source-ranges", "10.0.0.1")]),
            "service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.1 is not valid. Expecting a comma-separated list of source IP ranges",
        ),
        (web(&[("subnets", " ,")]), "unable to resolve empty subnet slice"),
    ];
    for (service, message) in cases {
        assert_eq!(built(&service), message);
    }
}

#[test]
fn a_port_that_gets_no_node_port_is_left_out() {
    let mut service = of_ports(json!([{"port": 80}, {"port": 443, "nodePort": 1}]), &[]);
    assert_eq!(built(&service), "80 TCP→TCP, 443 TCP→TCP");
    service.spec.allocate_load_balancer_node_ports = Some(false);
    assert_eq!(built(&service), "443 TCP→TCP");
}
