use serde_json::json;

use super::*;
use crate::samples::{ARN, of_ports, web};

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
fn only_ssl_changes_the_backend() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("ssl-cert", ARN)], "80 TLS→TCP, 443 TLS→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "443")], "80 TCP→TCP, 443 TLS→TCP"),
        (&[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "ssl")], "80 TCP→TCP, 443 TLS→TLS"),
        (&[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "SSL")], "80 TCP→TCP, 443 TLS→TCP"),
        (
            &[("ssl-cert", ARN), ("ssl-ports", "443"), ("backend-protocol", "https")],
            "80 TCP→TCP, 443 TLS→TCP",
        ),
        (&[("backend-protocol", "ssl")], "80 TCP→TCP, 443 TCP→TCP"),
        (&[("proxy-protocol", "junk"), ("connection-idle-timeout", "junk")], "80 TCP→TCP, 443 TCP→TCP"),
    ];
    for (annotations, expected) in cases {
        assert_eq!(built(&web(annotations)), *expected, "{annotations:?}");
    }
}

#[test]
fn udp_never_speaks_tls() {
    let service = of_ports(json!([{"port": 53, "protocol": "UDP", "nodePort": 1}]), &[("ssl-cert", ARN)]);
    assert_eq!(built(&service), "53 UDP→UDP");
}

#[test]
fn what_is_refused_before_the_first_call() {
    let attributes = "error validating target group attributes: ";
    let cases = [
        (web(&[("security-groups", "sg-1")]), "BYO security group annotation \"service.beta.kubernetes.io/aws-load-balancer-security-groups\" is not supported by NLB".to_owned()),
        (web(&[("extra-security-groups", "")]), "BYO extra security group annotation \"service.beta.kubernetes.io/aws-load-balancer-extra-security-groups\" is not supported by NLB".to_owned()),
        (web(&[("target-group-attributes", "x=1")]), format!("{attributes}the attribute \"x\" is not supported by the controller or is invalid")),
        (web(&[("target-group-attributes", "preserve_client_ip.enabled=True")]), format!("{attributes}invalid attribute value for \"preserve_client_ip.enabled\": True")),
        (web(&[("target-group-attributes", "proxy_protocol_v2.enabled")]), format!("{attributes}attribute value is empty for \"proxy_protocol_v2.enabled\"")),
        (web(&[("healthcheck-protocol", "ssl")]), "Unsupported health check protocol SSL".to_owned()),
        (web(&[("healthcheck-port", "https")]), "Invalid health check port 'https'".to_owned()),
        (web(&[("healthcheck-timeout", "")]), "failed to parse annotation service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout=".to_owned()),
        (of_ports(json!([{"port": 1, "protocol": "SCTP"}]), &[]), "Protocol SCTP not supported by LoadBalancer".to_owned()),
    ];
    for (service, message) in cases {
        assert_eq!(built(&service), message);
    }
}
