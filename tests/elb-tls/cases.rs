//! Pitfalls that users have met, case by case: a Service, a command, what is written or which rule refuses it.

use ::support::TestEnv;
use serde_json::{Map, Value, json};

use crate::{
    support::{ARN, without_cluster},
    textbook::{full, textbook},
};

const OTHER: &str = "arn:aws:acm:us-east-1:123456789012:certificate/87654321-1234-1234-1234-123456789012";

/// What a case starts from, by short keys, and whether the class is that of the AWS Load Balancer Controller.
#[derive(Clone, Copy)]
struct Start<'a> {
    annotations: &'a [(&'a str, &'a str)],
    is_lbc: bool,
}

const CLASSIC: Start<'static> = Start { annotations: &[], is_lbc: false };
const NLB: Start<'static> = Start { annotations: &[("type", "nlb")], is_lbc: false };
const LBC: Start<'static> = Start { annotations: &[], is_lbc: true };

fn manifest(start: Start<'_>) -> Value {
    let mut service = textbook("shop");
    let annotations: Map<String, Value> =
        start.annotations.iter().map(|(key, value)| (full(key), json!(value))).collect();
    service["metadata"]["annotations"] = annotations.into();
    if start.is_lbc {
        service["spec"]["loadBalancerClass"] = "service.k8s.aws/nlb".into();
    }
    service
}

fn annotate(env: &TestEnv, start: Start<'_>, words: &[&str]) -> ::support::Output {
    env.file("x.json", manifest(start).to_string());
    let all = [&["elb-tls", "annotate", "-f", "x.json", "--local", "-o", "json"], words].concat();
    env.run("kubectl", all)
}

/// Returns the annotations that a command adds to those of the start, by short key.
fn written(start: Start<'_>, words: &[&str]) -> Value {
    let region = [words, &["--region", "us-east-1"]].concat();
    let service = annotate(&without_cluster(), start, &region).exits(0).json();
    let all = service["metadata"]["annotations"].as_object().cloned().unwrap_or_default();
    let short = all.into_iter().map(|(key, value)| {
        let short = key.trim_start_matches(&full("")).to_owned();
        (short, value)
    });
    let added = short.filter(|(key, _)| !start.annotations.iter().any(|(known, _)| known == key));
    Value::Object(added.collect())
}

#[test]
fn what_is_written_depends_on_flags_and_controller() {
    let policy = "ELBSecurityPolicy-TLS-1-2-2017-01";
    let cases: [(Start<'_>, &[&str], Value); 15] = [
        (CLASSIC, &["--cert", ARN, "--ports", "https"], json!({"ssl-cert": ARN, "ssl-ports": "https"})),
        // The cloud provider trims nothing, so that blanks are not written, and ports stand in the Service's order.
        (CLASSIC, &["--cert", ARN, "--ports", "443, 80"], json!({"ssl-cert": ARN, "ssl-ports": "80,443"})),
        (CLASSIC, &["--cert", ARN, "--ports", "all"], json!({"ssl-cert": ARN, "ssl-ports": "*"})),
        (LBC, &["--cert", ARN, "--ports", "all"], json!({"ssl-cert": ARN})),
        (LBC, &["--cert", &format!("{ARN}, {OTHER}")], json!({"ssl-cert": format!("{ARN},{OTHER}")})),
        (
            CLASSIC,
            &["--policy", "elbsecuritypolicy-tls-1-2-2017-01", "--cert", ARN],
            json!({"ssl-cert": ARN, "ssl-negotiation-policy": policy}),
        ),
        (
            CLASSIC,
            &["--preset", "modern", "--cert", ARN],
            json!({"ssl-cert": ARN, "ssl-negotiation-policy": policy}),
        ),
        (
            LBC,
            &["--preset", "modern", "--cert", ARN],
            json!({"ssl-cert": ARN, "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"}),
        ),
        (
            CLASSIC,
            &["--cert", "arn:aws:iam::123456789012:server-certificate/prod/web"],
            json!({"ssl-cert": "arn:aws:iam::123456789012:server-certificate/prod/web"}),
        ),
        (CLASSIC, &["--tags", "a=b=c"], json!({"additional-resource-tags": "a=b=c"})),
        (CLASSIC, &["--tags", " a=b , c = d "], json!({"additional-resource-tags": "a=b,c=d"})),
        (
            CLASSIC,
            &["--draining", "60s"],
            json!({"connection-draining-enabled": "true", "connection-draining-timeout": "60"}),
        ),
        (NLB, &["--backend", "ssl", "--cert", ARN], json!({"backend-protocol": "ssl", "ssl-cert": ARN})),
        (CLASSIC, &["--proxy-protocol"], json!({"proxy-protocol": "*"})),
        (
            LBC,
            &["--alpn", "http2preferred", "--cert", ARN],
            json!({"alpn-policy": "HTTP2Preferred", "ssl-cert": ARN}),
        ),
    ];
    for (start, words, expected) in cases {
        assert_eq!(written(start, words), expected, "{words:?}");
    }
}

#[test]
fn what_can_not_work_is_refused_by_the_rule_that_says_why() {
    let elsewhere = ARN.replace("us-east-1", "eu-west-1");
    let authority = ARN.replace(":acm:", ":acm-pca:").replace("certificate/", "certificate-authority/");
    let both = format!("{ARN},{OTHER}");
    let many = (0..51).map(|index| format!("k{index}=v")).collect::<Vec<_>>().join(",");
    let external = Start { annotations: &[("type", "external")], is_lbc: false };
    let cases: [(Start<'_>, &[&str], &str); 22] = [
        (
            CLASSIC,
            &["--cert", ARN, "--ports", "8443"],
            "ELB-PRT-001: ssl-ports: no port 8443; ports: 80/http, 443/https",
        ),
        (CLASSIC, &["--cert", &elsewhere], "ELB-ARN-005: "),
        (CLASSIC, &["--cert", ARN, "--region", "cn-north-1"], "ELB-ARN-004: "),
        (CLASSIC, &["--cert", &authority], "ELB-ARN-002: "),
        (CLASSIC, &["--cert", &both], "ELB-ARN-008: "),
        (NLB, &["--cert", &both], "ELB-ARN-008: "),
        (NLB, &["--cert", ARN, "--backend", "https"], "ELB-BEP-002: "),
        (CLASSIC, &["--cert", ARN, "--policy", "ELBSecurityPolicy-TLS13-1-2-2021-06"], "ELB-POL-001: "),
        (LBC, &["--cert", ARN, "--set", "ssl-ports=*"], "ELB-PRT-002: "),
        (CLASSIC, &["--ports", "443"], "ELB-PRT-006: "),
        (CLASSIC, &["--idle-timeout", "7200"], "ELB-TMO-001: "),
        (CLASSIC, &["--draining", "7200"], "ELB-TMO-001: "),
        (CLASSIC, &["--tags", "aws:x=1"], "ELB-TAG-001: "),
        (CLASSIC, &["--tags", &many], "ELB-TAG-001: "),
        (CLASSIC, &["--tags", "kubernetes.io/service-name=x"], "ELB-TAG-002: "),
        (CLASSIC, &["--set", "proxy-protocol=true"], "ELB-PXY-001: "),
        (CLASSIC, &["--set", "scheme=internal"], "ELB-EXP-001: "),
        (CLASSIC, &["--set", "connection-draining-enabled=yes"], "ELB-BOO-001: "),
        (CLASSIC, &["--cert", ARN, "--set", "ssl-ports=443, 80"], "ELB-PRT-003: "),
        (CLASSIC, &["--set", &format!("ssl-cert={ARN}\n")], "ELB-KEY-003: "),
        (CLASSIC, &["--set", &format!("ssl-cert=\"{ARN}\"")], "ELB-KEY-003: "),
        (external, &["--set", "nlb-target-type=IP"], "ELB-CTL-001: "),
    ];
    for (start, words, refusal) in cases {
        let region: &[&str] = if words.contains(&"--region") { &[] } else { &["--region", "us-east-1"] };
        let output = annotate(&without_cluster(), start, &[words, region].concat()).exits(3);
        let error = output.stderr.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
        let start = format!("error: service/helloworld was not changed: {refusal}");
        assert!(error.starts_with(&start) && output.stdout.is_empty(), "{words:?}: {output}");
        // What is refused can be written all the same.
        let rule = &refusal["".len()..][.."ELB-PRT-000".len()];
        assert!(output.stderr.ends_with(&format!("or write even so with --ignore {rule}\n")), "{output}");
    }
}

#[test]
fn what_has_no_effect_is_written_with_a_warning() {
    let cases: [(Start<'_>, &[&str], &str); 6] = [
        (NLB, &["--cert", ARN, "--backend", "http"], "ELB-BEP-002"),
        (NLB, &["--draining", "60"], "ELB-CTL-006"),
        (LBC, &["--idle-timeout", "60"], "ELB-CTL-006"),
        (CLASSIC, &["--cert", ARN], "ELB-PRT-005"),
        (CLASSIC, &["--tags", "a=b=c"], "ELB-TAG-003"),
        (NLB, &["--proxy-protocol"], "ELB-PXY-002"),
    ];
    for (start, words, rule) in cases {
        let all = [words, &["--region", "us-east-1"]].concat();
        let output = annotate(&without_cluster(), start, &all).exits(0);
        let row = output.stderr.lines().find(|line| line.contains(rule)).unwrap_or_default();
        assert!(row.starts_with("warning"), "{words:?}: {output}");
    }
}
