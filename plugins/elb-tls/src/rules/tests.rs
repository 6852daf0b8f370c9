//! Each rule where it holds and where it does not.

mod examples;

use serde_json::json;
use shared::model::Service;

use self::examples::*;
use super::{catalog::RULES, check};
use crate::{
    controllers::LBC_CLASS,
    keys,
    samples::{ARN, CLASSIC_HOST, OTHER_ARN, web},
};

/// Rule, what is expected, and an example.
fn examples() -> Vec<(&'static str, &'static str, Example)> {
    let tags = |list: &str| classic(&[("additional-resource-tags", list)]);
    let lbc_tags = |list: &str| lbc(&[("additional-resource-tags", list)]);
    let local = |service: &mut Service| service.spec.external_traffic_policy = "Local".into();
    let applied = |value: &str| {
        let text = json!({"metadata": {"annotations": {keys::SSL_CERT: value}}}).to_string();
        live_classic(&[CERT, PORTS], &[CERT, PORTS])
            .metadata("annotations", json!({"kubectl.kubernetes.io/last-applied-configuration": text}))
    };
    vec![
        ("ELB-CTL-001", "E", classic(&[("type", "external")])),
        ("ELB-CTL-001", "E", classic(&[("type", "external"), ("nlb-target-type", "IP")])),
        ("ELB-CTL-001", "", lbc(&[])),
        ("ELB-CTL-002", "E", classic(&[("type", "NLB")])),
        ("ELB-CTL-002", "", nlb(&[])),
        ("ELB-CTL-003", "E", live_classic(&[], &[("type", "nlb")])),
        ("ELB-CTL-003", "E", there(CLASSIC_HOST, web(&[]), lbc(&[]).case.wanted.as_ref().clone())),
        ("ELB-CTL-003", "", live_nlb(&[], &[])),
        ("ELB-CTL-004", "W", with_class(LBC_CLASS, &[("type", "nlb")])),
        ("ELB-CTL-004", "", with_class(LBC_CLASS, &[("type", "external")])),
        ("ELB-CTL-005", "W", classic(&[("attributes", "a=b")])),
        ("ELB-CTL-005", "W", nlb(&[("alpn-policy", "None")])),
        ("ELB-CTL-005", "", lbc(&[("attributes", "a=b")])),
        ("ELB-CTL-006", "W", nlb(&[("connection-idle-timeout", "60")])),
        ("ELB-CTL-006", "W", lbc(&[("connection-draining-enabled", "true")])),
        ("ELB-CTL-006", "W", lbc(&[("extra-security-groups", "sg-1")])),
        ("ELB-CTL-006", "", classic(&[("connection-idle-timeout", "60")])),
        ("ELB-CTL-007", "W", webhook(false)),
        ("ELB-CTL-007", "", webhook(true)),
        ("ELB-CTL-008", "E", classic(&[CERT]).spec(|service| service.spec.service_type = "ClusterIP".into())),
        ("ELB-CTL-008", "", classic(&[CERT])),
        ("ELB-KEY-001", "W", classic(&[("ssl-certs", ARN)])),
        ("ELB-KEY-001", "", classic(&[CERT])),
        ("ELB-KEY-002", "W", raw("alb.ingress.kubernetes.io/scheme")),
        ("ELB-KEY-002", "W", raw("service.kubernetes.io/aws-load-balancer-ssl-cert")),
        ("ELB-KEY-002", "", raw("example.com/x")),
        ("ELB-KEY-003", "W", classic(&[("backend-protocol", " http")])),
        ("ELB-KEY-003", "E", arn(&format!("{ARN} "))),
        ("ELB-KEY-003", "E", arn(&format!("\"{ARN}\""))),
        ("ELB-KEY-003", "W", lbc(&[("ssl-cert", &format!("{ARN}\n")), PORTS])),
        ("ELB-KEY-003", "", arn(ARN)),
        ("ELB-KEY-004", "E", not_text(keys::CROSS_ZONE)),
        ("ELB-KEY-004", "", classic(&[("cross-zone-load-balancing-enabled", "true")])),
        ("ELB-KEY-005", "E", classic(&[("additional-resource-tags", &"x".repeat(262_144))])),
        ("ELB-KEY-005", "", classic(&[("additional-resource-tags", "a=b")])),
        ("ELB-ARN-001", "E", arn("my-certificate")),
        ("ELB-ARN-001", "", arn(ARN)),
        ("ELB-ARN-002", "E", arn("arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/x")),
        ("ELB-ARN-002", "", arn(ARN)),
        ("ELB-ARN-003", "E", arn("arn:aws:acm:us-east-1:123456789012:certificates/x")),
        ("ELB-ARN-003", "", arn("arn:aws:iam::123456789012:server-certificate/prod/web")),
        ("ELB-ARN-004", "E", arn("arn:aws:acm:cn-north-1:123456789012:certificate/x")),
        ("ELB-ARN-004", "E", arn(ARN).region("cn-north-1")),
        ("ELB-ARN-004", "", arn(ARN).region("us-east-1")),
        ("ELB-ARN-005", "E", arn(ARN).region("eu-west-1")),
        ("ELB-ARN-005", "", arn("arn:aws:iam::123456789012:server-certificate/web").region("eu-west-1")),
        ("ELB-ARN-005", "", arn(ARN)),
        ("ELB-ARN-006", "E", arn("arn:aws:acm:us-east-1:12345:certificate/x")),
        ("ELB-ARN-006", "E", arn("arn:aws:acm:us-east-1:000000000000:certificate/x")),
        ("ELB-ARN-006", "W", arn("arn:aws:acm:us-east-1:111111111111:certificate/x")),
        ("ELB-ARN-006", "", arn(ARN)),
        ("ELB-ARN-007", "W", arn("arn:aws:acm:us-east-1:123456789012:certificate/x")),
        ("ELB-ARN-007", "", arn(ARN)),
        ("ELB-ARN-008", "E", arn(&format!("{ARN},{OTHER_ARN}"))),
        ("ELB-ARN-008", "", lbc(&[("ssl-cert", &format!("{ARN},{OTHER_ARN}")), PORTS])),
        ("ELB-ARN-009", "W", lbc(&[("ssl-cert", &format!("{ARN},{ARN}")), PORTS])),
        ("ELB-ARN-009", "E", lbc(&[("ssl-cert", &many_arns(26)), PORTS])),
        ("ELB-ARN-009", "", lbc(&[("ssl-cert", &many_arns(25)), PORTS])),
        ("ELB-ARN-010", "W", arn("arn:aws:iam::123456789012:server-certificate/prod/web")),
        ("ELB-ARN-010", "", arn(ARN)),
        ("ELB-ARN-011", "I", accounts(2)),
        ("ELB-ARN-011", "", accounts(1)),
        ("ELB-ARN-012", "E", arn("arn:aws:acm::123456789012:certificate/x")),
        ("ELB-ARN-012", "E", arn("arn:aws:iam:us-east-1:123456789012:server-certificate/x")),
        ("ELB-ARN-012", "", arn("arn:aws:iam::123456789012:server-certificate/x")),
        ("ELB-PRT-001", "E", classic(&[CERT, ("ssl-ports", "8443")])),
        ("ELB-PRT-001", "E", lbc(&[CERT, ("ssl-ports", "+443")])),
        ("ELB-PRT-001", "E", nlb(&[CERT, ("ssl-ports", "HTTPS")])),
        ("ELB-PRT-001", "", classic(&[CERT, ("ssl-ports", "https,+80")])),
        ("ELB-PRT-002", "E", lbc(&[CERT, ("ssl-ports", "*")])),
        ("ELB-PRT-002", "", classic(&[CERT, ("ssl-ports", "*")])),
        ("ELB-PRT-003", "E", classic(&[CERT, ("ssl-ports", "443, 80")])),
        ("ELB-PRT-003", "", lbc(&[CERT, ("ssl-ports", "443, 80")])),
        ("ELB-PRT-004", "W", classic(&[CERT, ("ssl-ports", "nodejs-port")])),
        ("ELB-PRT-004", "W", classic(&[CERT, ("ssl-ports", "30443")])),
        ("ELB-PRT-004", "", classic(&[CERT, PORTS])),
        ("ELB-PRT-005", "W", classic(&[CERT])),
        ("ELB-PRT-005", "", classic(&[CERT, PORTS])),
        ("ELB-PRT-006", "E", classic(&[PORTS])),
        ("ELB-PRT-006", "EE", lbc(&[("ssl-negotiation-policy", GOOD_POLICY), ("alpn-policy", "None")])),
        ("ELB-PRT-006", "", classic(&[CERT, PORTS])),
        ("ELB-PRT-007", "W", classic(&[CERT, ("ssl-ports", "1")])),
        ("ELB-PRT-007", "", classic(&[CERT, PORTS])),
        ("ELB-PRT-008", "W", classic(&[CERT, ("ssl-ports", "80")])),
        ("ELB-PRT-008", "", classic(&[CERT, PORTS])),
        ("ELB-PRT-009", "I", classic(&[CERT, PORTS])),
        ("ELB-PRT-009", "", classic(&[])),
        ("ELB-PRT-010", "W", udp(&[CERT, ("ssl-ports", "dns,tls")], "TCP")),
        ("ELB-PRT-010", "", udp(&[CERT, ("ssl-ports", "tls")], "TCP")),
        ("ELB-PRT-011", "WW", classic(&[CERT, ("ssl-ports", "443,,443")])),
        ("ELB-PRT-011", "W", classic(&[CERT, ("ssl-ports", "443,70000")])),
        ("ELB-PRT-011", "", classic(&[CERT, PORTS])),
        ("ELB-PRT-012", "W", target(json!("https"), &[CERT])),
        ("ELB-PRT-012", "W", target(json!(8443), &[CERT, ("type", "nlb")])),
        ("ELB-PRT-012", "", target(json!(8443), &[CERT, ("backend-protocol", "https")])),
        ("ELB-PRT-013", "E", twice(&[])),
        ("ELB-PRT-013", "", twice(&[("enable-tcp-udp-listener", "true")])),
        ("ELB-BEP-001", "E", classic(&[CERT, PORTS, ("backend-protocol", "HTTP")])),
        ("ELB-BEP-001", "", classic(&[CERT, PORTS, ("backend-protocol", "http")])),
        ("ELB-BEP-002", "W", nlb(&[("backend-protocol", "http")])),
        ("ELB-BEP-002", "E", lbc(&[("backend-protocol", "https")])),
        ("ELB-BEP-002", "E", nlb(&[("backend-protocol", "SSL")])),
        ("ELB-BEP-002", "", nlb(&[("backend-protocol", "ssl")])),
        ("ELB-BEP-003", "W", classic(&[CERT, PORTS, ("backend-protocol", "tcp")])),
        ("ELB-BEP-003", "", classic(&[CERT, PORTS, ("backend-protocol", "http")])),
        (
            "ELB-POL-001",
            "E",
            classic(&[CERT, ("ssl-negotiation-policy", "ELBSecurityPolicy-TLS13-1-2-2021-06")]),
        ),
        ("ELB-POL-001", "", classic(&[CERT, ("ssl-negotiation-policy", GOOD_POLICY)])),
        ("ELB-POL-002", "E", lbc(&[CERT, ("ssl-negotiation-policy", "ELBSEcurityPolicy-2016-08")])),
        ("ELB-POL-002", "W", nlb(&[CERT, ("ssl-negotiation-policy", "ELBSecurityPolicy-TLS14-2030-01")])),
        ("ELB-POL-002", "E", lbc(&[CERT, ("ssl-negotiation-policy", "")])),
        ("ELB-POL-002", "", nlb(&[CERT, ("ssl-negotiation-policy", "ELBSecurityPolicy-TLS13-1-2-2021-06")])),
        ("ELB-POL-003", "W", classic(&[CERT, ("ssl-negotiation-policy", OLD_POLICY)])),
        ("ELB-POL-003", "", classic(&[CERT, ("ssl-negotiation-policy", GOOD_POLICY)])),
        ("ELB-POL-004", "W", classic(&[CERT, PORTS])),
        ("ELB-POL-004", "", classic(&[CERT, PORTS, ("ssl-negotiation-policy", GOOD_POLICY)])),
        ("ELB-POL-004", "", classic(&[])),
        ("ELB-POL-005", "E", classic(&[CERT, ("ssl-negotiation-policy", "")])),
        ("ELB-POL-005", "", nlb(&[CERT, ("ssl-negotiation-policy", "")])),
        ("ELB-POL-006", "I", live_classic(&[CERT, ("ssl-negotiation-policy", GOOD_POLICY)], &[CERT])),
        ("ELB-POL-006", "", live_lbc(&[CERT, ("ssl-negotiation-policy", GOOD_POLICY)], &[CERT])),
        ("ELB-PXY-001", "E", classic(&[("proxy-protocol", "true")])),
        ("ELB-PXY-001", "E", lbc(&[("proxy-protocol", "")])),
        ("ELB-PXY-001", "", classic(&[("proxy-protocol", "*")])),
        ("ELB-PXY-002", "W", nlb(&[("proxy-protocol", "*")])),
        ("ELB-PXY-002", "", lbc(&[("proxy-protocol", "*")])),
        ("ELB-PXY-003", "W", classic(&[("proxy-protocol", "*"), ("backend-protocol", "http")])),
        ("ELB-PXY-003", "", classic(&[("proxy-protocol", "*"), ("backend-protocol", "tcp")])),
        ("ELB-PXY-004", "W", lbc(&[("proxy-protocol", "*"), ("healthcheck-protocol", "http")])),
        ("ELB-PXY-004", "W", lbc(&[("proxy-protocol", "*")]).spec(local)),
        ("ELB-PXY-004", "", lbc(&[("proxy-protocol", "*")])),
        ("ELB-TMO-001", "E", classic(&[("connection-idle-timeout", "7200")])),
        (
            "ELB-TMO-001",
            "E",
            classic(&[("connection-draining-enabled", "true"), ("connection-draining-timeout", "1m")]),
        ),
        ("ELB-TMO-001", "", classic(&[("connection-idle-timeout", "4000")])),
        ("ELB-TMO-002", "W", classic(&[("connection-draining-timeout", "60")])),
        (
            "ELB-TMO-002",
            "",
            classic(&[("connection-draining-enabled", "true"), ("connection-draining-timeout", "60")]),
        ),
        ("ELB-BOO-001", "E", classic(&[("cross-zone-load-balancing-enabled", "yes")])),
        ("ELB-BOO-001", "E", lbc(&[("internal", "0.0.0.0/0")])),
        (
            "ELB-BOO-001",
            "",
            classic(&[("cross-zone-load-balancing-enabled", "T"), ("internal", "0.0.0.0/0")]),
        ),
        ("ELB-BOO-002", "W", classic(&[("internal", "False")])),
        ("ELB-BOO-002", "", classic(&[("internal", "false")])),
        ("ELB-HC-001", "E", classic(&[("healthcheck-interval", "3")])),
        ("ELB-HC-001", "E", classic(&[("healthcheck-timeout", "10")])),
        ("ELB-HC-001", "E", nlb(&[("healthcheck-protocol", "ssl")])),
        ("ELB-HC-001", "E", nlb(&[("healthcheck-port", "0")])),
        ("ELB-HC-001", "", lbc(&[("healthcheck-timeout", "10"), ("healthcheck-port", "https")])),
        ("ELB-HC-002", "W", classic(&[("healthcheck-port", "443")])),
        ("ELB-HC-002", "", classic(&[("healthcheck-port", "30443")])),
        ("ELB-HC-003", "W", lbc(&[("healthcheck-protocol", "tcp")]).spec(local)),
        ("ELB-HC-003", "", lbc(&[("healthcheck-protocol", "tcp")])),
        ("ELB-TAG-001", "E", tags("aws:x=1")),
        ("ELB-TAG-001", "E", tags("k=a\"b")),
        ("ELB-TAG-001", "E", tags(&many_tags(51))),
        ("ELB-TAG-001", "E", tags(&format!("{}=v", "k".repeat(128)))),
        ("ELB-TAG-001", "", tags("environment=dev,app=helloworld")),
        ("ELB-TAG-002", "E", tags("kubernetes.io/service-name=x")),
        ("ELB-TAG-002", "", tags("service=x")),
        ("ELB-TAG-003", "W", tags("a=b=c")),
        ("ELB-TAG-003", "E", lbc_tags("K")),
        ("ELB-TAG-003", "E", lbc_tags("a=b,")),
        ("ELB-TAG-003", "", lbc_tags("a=b=c")),
        ("ELB-TAG-004", "W", live_nlb(&[], &[("additional-resource-tags", "a=b")])),
        ("ELB-TAG-004", "", live_classic(&[], &[("additional-resource-tags", "a=b")])),
        ("ELB-EXP-001", "E", classic(&[("scheme", "internal")])),
        ("ELB-EXP-001", "", classic(&[("scheme", "internal"), ("internal", "true")])),
        ("ELB-EXP-002", "W", classic(&[])),
        ("ELB-EXP-002", "", classic(&[CERT, PORTS])),
        ("ELB-EXP-002", "", lbc(&[])),
        ("ELB-EXP-002", "", classic(&[("load-balancer-source-ranges", "10.0.0.0/8")])),
        ("ELB-EXP-003", "E", lbc(&[("scheme", "public")])),
        ("ELB-EXP-003", "", lbc(&[("scheme", "internet-facing")])),
        ("ELB-IMP-001", "E", live_nlb(&[], &[CERT, PORTS])),
        ("ELB-IMP-001", "", live_nlb(&[CERT, PORTS], &[("ssl-cert", OTHER_ARN), PORTS])),
        ("ELB-IMP-002", "W", live_classic(&[CERT, PORTS], &[("ssl-cert", OTHER_ARN), PORTS])),
        (
            "ELB-IMP-002",
            "",
            live_classic(&[CERT, PORTS], &[CERT, PORTS, ("ssl-negotiation-policy", GOOD_POLICY)]),
        ),
        ("ELB-IMP-003", "E", live_lbc(&[], &[("scheme", "internet-facing")])),
        ("ELB-IMP-003", "", live_lbc(&[], &[("scheme", "internal")])),
        ("ELB-IMP-004", "E", live_classic(&[], &[("internal", "true")])),
        ("ELB-IMP-004", "", live_nlb(&[], &[("internal", "true")])),
        ("ELB-IMP-005", "E", live_classic(&[CERT, PORTS], &[])),
        ("ELB-IMP-005", "W", live_lbc(&[CERT], &[CERT, PORTS])),
        ("ELB-IMP-005", "", live_classic(&[], &[CERT, PORTS])),
        ("ELB-SVC-001", "E", classic(&[]).spec(|service| service.spec.session_affinity = "ClientIP".into())),
        ("ELB-SVC-001", "E", nlb(&[("extra-security-groups", "sg-1")])),
        ("ELB-SVC-001", "E", classic(&[("load-balancer-source-ranges", "10.0.0.1")])),
        ("ELB-SVC-001", "", classic(&[])),
        (
            "ELB-SYN-001",
            "E",
            live_classic(&[], &[])
                .event("EnsuredLoadBalancer", "Normal")
                .event("SyncLoadBalancerFailed", "Warning"),
        ),
        (
            "ELB-SYN-001",
            "",
            live_classic(&[], &[])
                .event("SyncLoadBalancerFailed", "Warning")
                .event("EnsuredLoadBalancer", "Normal"),
        ),
        (
            "ELB-GIT-001",
            "W",
            live_classic(&[], &[])
                .metadata("annotations", json!({"argocd.argoproj.io/tracking-id": "shop:/Service:shop/web"})),
        ),
        (
            "ELB-GIT-001",
            "W",
            live_classic(&[], &[]).metadata("labels", json!({"kustomize.toolkit.fluxcd.io/name": "apps"})),
        ),
        (
            "ELB-GIT-001",
            "W",
            live_classic(&[], &[]).metadata("ownerReferences", json!([{"kind": "Gateway", "name": "g"}])),
        ),
        (
            "ELB-GIT-001",
            "",
            live_classic(&[], &[]).metadata("labels", json!({"app.kubernetes.io/managed-by": "Helm"})),
        ),
        ("ELB-GIT-002", "W", applied(OTHER_ARN)),
        ("ELB-GIT-002", "", applied(ARN)),
        ("ELB-ALP-001", "E", lbc(&[CERT, PORTS, ("alpn-policy", "h2")])),
        ("ELB-ALP-001", "", lbc(&[CERT, PORTS, ("alpn-policy", "HTTP2Only")])),
        ("ELB-TGA-001", "E", classic(&[("target-group-attributes", "preserve_client_ip.enabled=true")])),
        ("ELB-TGA-001", "E", nlb(&[("target-group-attributes", "stickiness.enabled=true")])),
        ("ELB-TGA-001", "", nlb(&[("target-group-attributes", "preserve_client_ip.enabled=true")])),
        (
            "ELB-LSN-001",
            "W",
            lbc(&[CERT, PORTS, ("listener-attributes.TCP-443", "tcp.idle_timeout.seconds=60")]),
        ),
        ("ELB-LSN-001", "W", lbc(&[CERT, PORTS, ("listener-attributes.TLS-443", "a=b")])),
        (
            "ELB-LSN-001",
            "",
            lbc(&[CERT, PORTS, ("listener-attributes.TCP-80", "tcp.idle_timeout.seconds=60")]),
        ),
        ("ELB-NAM-001", "E", lbc(&[("name", &"x".repeat(33))])),
        ("ELB-NAM-001", "", lbc(&[("name", "web")])),
    ]
}

#[test]
fn each_rule_finds_what_it_is_for_and_nothing_else() {
    let wrong: Vec<String> = examples()
        .iter()
        .filter(|(rule, expected, example)| example.found(rule) != *expected)
        .map(|(rule, expected, example)| {
            format!(
                "{rule}: expected {expected:?}, found {:?}: {:?}",
                example.found(rule),
                example.case.wanted.annotations
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_an_example_that_has_it_and_one_that_has_not() {
    let examples = examples();
    for rule in RULES {
        let of: Vec<_> =
            examples.iter().filter(|(id, _, _)| *id == rule.id).map(|(_, expected, _)| *expected).collect();
        assert!(of.iter().any(|expected| !expected.is_empty()), "{} has an example", rule.id);
        assert!(of.contains(&""), "{} has a counterexample", rule.id);
    }
    assert!(examples.iter().all(|(id, _, _)| RULES.iter().any(|rule| rule.id == *id)));
}

#[test]
fn the_textbook_service_has_an_info_and_a_warning() {
    let textbook = classic(&[
        CERT,
        PORTS,
        ("backend-protocol", "http"),
        ("connection-draining-enabled", "true"),
        ("connection-draining-timeout", "60"),
        ("additional-resource-tags", "environment=dev,app=helloworld"),
    ]);
    let found: Vec<&str> =
        check(&textbook.case, &textbook.cluster).iter().map(|finding| finding.rule).collect();
    assert_eq!(found, ["ELB-PRT-009", "ELB-POL-004"]);
}
