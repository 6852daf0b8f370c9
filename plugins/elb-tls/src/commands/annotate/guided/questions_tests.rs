//! What answers become.

use shared::{
    model::Service,
    prompt::{Answer, ScriptedPrompter},
};

use super::*;
use crate::samples::{ARN, CLASSIC_HOST, LBC_HOST, OTHER_ARN, live, web};

fn case(service: Service, hostname: &str) -> ServiceCase {
    ServiceCase::unchanged(live(service, hostname))
}

fn ask(case: &ServiceCase, answers: &[Answer]) -> (Result<KeyFlags>, Vec<String>) {
    let mut prompter = ScriptedPrompter::new(answers.iter().cloned());
    let flags = changes(&mut prompter, case, &Cluster::default(), &Ignored::default());
    assert_eq!(prompter.unused(), 0, "{:?}", prompter.asked());
    (flags, prompter.asked().to_vec())
}

fn line(text: &str) -> Answer {
    Answer::Input(text.to_owned())
}

fn item(text: &str) -> Answer {
    Answer::Item(text.to_owned())
}

const DEFAULT: &str = "ELBSecurityPolicy-2016-08 (in force; old clients; the default where none is named)";

#[test]
fn the_textbook_case_of_a_classic_load_balancer() {
    let answers = [
        line(ARN),
        line("443"),
        item("http (HTTP, with X-Forwarded headers)"),
        item(DEFAULT),
        line("60"),
        line("60"),
        Answer::Confirm(false),
        line("environment=dev,app=helloworld"),
    ];
    let (flags, asked) = ask(&case(web(&[]), CLASSIC_HOST), &answers);
    let expected = KeyFlags {
        cert: vec![ARN.into()],
        ports: vec!["443".into()],
        backend: Some(BackendProtocol::Http),
        draining: Some("60".into()),
        tags: Some("environment=dev,app=helloworld".into()),
        ..KeyFlags::default()
    };
    assert_eq!(flags.unwrap(), expected);
    assert_eq!(asked[0], "Certificate (ARN of ACM or IAM; empty for plaintext)");
    assert_eq!(asked[1], "TLS ports (of 80/http, 443/https; all for all)");
}

#[test]
fn what_is_in_force_and_kept_changes_nothing() {
    let annotations = [
        ("ssl-cert", ARN),
        ("alpn-policy", "HTTP2Preferred"),
        ("proxy-protocol", "*"),
        ("additional-resource-tags", "a=b"),
        ("type", "external"),
        ("nlb-target-type", "instance"),
    ];
    let answers = [
        line(ARN),
        line("all"),
        item("tcp (in force; bytes)"),
        item(DEFAULT),
        item("HTTP2Preferred (in force; HTTP/2 before HTTP/1.1)"),
        Answer::Confirm(true),
        line("a=b"),
    ];
    let (flags, _) = ask(&case(web(&annotations), LBC_HOST), &answers);
    assert_eq!(flags.unwrap(), KeyFlags::default());
}

#[test]
fn another_policy_is_found_among_all() {
    let annotations = [("ssl-cert", ARN), ("type", "external"), ("nlb-target-type", "instance")];
    let policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
    let answers = [
        line(ARN),
        line("all"),
        item("tcp (in force; bytes)"),
        item("another one"),
        item(&format!("{policy} (clients of TLS 1.2 and 1.3)")),
        item("None (in force; no ALPN)"),
        Answer::Confirm(false),
        line(""),
    ];
    let (flags, _) = ask(&case(web(&annotations), LBC_HOST), &answers);
    assert_eq!(flags.unwrap(), KeyFlags { policy: Some(policy.into()), ..KeyFlags::default() });
}

#[test]
fn answers_that_rules_refuse_are_refused_at_once() {
    let case = case(web(&[]), CLASSIC_HOST);
    for (answers, rule) in [
        (vec![line("web")], "ELB-ARN-001"),
        (vec![line(&format!("{ARN},{OTHER_ARN}"))], "ELB-ARN-008"),
        (vec![line(&ARN.replace("us-east-1", "eu-west-1"))], "ELB-ARN-005"),
        (vec![line(ARN), line("8443")], "ELB-PRT-001"),
        (vec![line(""), item("tcp (in force; bytes)"), line("0")], "ELB-TMO-001"),
        (vec![line(""), item("tcp (in force; bytes)"), line("soon")], "--draining soon: not a number"),
    ] {
        let error = ask(&case, &answers).0.unwrap_err().to_string();
        assert!(error.contains(rule), "{error}");
    }
}

#[test]
fn an_emptied_line_removes_the_annotation() {
    let case = case(web(&[("additional-resource-tags", "a=b")]), CLASSIC_HOST);
    let answers =
        [line(""), item("tcp (in force; bytes)"), line("off"), line("60"), Answer::Confirm(false), line("")];
    let expected = KeyFlags { unset: vec!["additional-resource-tags".into()], ..KeyFlags::default() };
    assert_eq!(ask(&case, &answers).0.unwrap(), expected);
}
