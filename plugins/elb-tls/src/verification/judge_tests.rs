//! What follows from what is seen.

use jiff::Timestamp;

use super::*;
use crate::connections::{Certificate, TlsVersion};

fn target(is_tls: bool, server_name: Option<&str>) -> Target {
    let expected = Expected {
        port: if is_tls { 443 } else { 80 },
        is_tls,
        versions: Some(&["1.2", "1.3"]),
        policy: Some("P".into()),
        certificates: vec![crate::samples::ARN.into()],
        is_network: true,
        is_internal: true,
        sends_proxy_protocol: false,
    };
    Target { expected, address: "192.0.2.1:443".parse().unwrap(), server_name: server_name.map(Into::into) }
}

fn certificate(days_left: i64, names: &[&str]) -> Certificate {
    let now = shared::cli::clock::now();
    let at = |days: i64| Timestamp::from_second(now + days * 24 * 60 * 60).unwrap();
    Certificate {
        subject: "CN=web".into(),
        issuer: "CN=authority".into(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        not_before: at(-400),
        not_after: at(days_left),
        days_left,
        key: "RSA 2048".into(),
    }
}

fn tls(certificate: Certificate, chain: Option<ChainProblem>) -> Seen {
    let tls = Tls { alpn: None, certificate: Some(certificate), chain };
    Seen { tls: Some(Ok(tls)), answer: Some(Answer::Http { status: 200, location: None }), ..Seen::default() }
}

/// Returns the verdict and the codes of problems.
fn found(target: &Target, seen: Seen) -> (Verdict, Vec<&'static str>) {
    let standards = Standards { warn_days: 30, elsewhere: vec!["old.example.com".into()] };
    let item = judge(target, seen, &standards);
    (item.verdict, item.problems.iter().map(|problem| problem.code).collect())
}

const NAMES: [&str; 2] = ["web.example.com", "old.example.com"];

#[test]
fn certificates_are_judged_by_time_name_and_chain() {
    let web = target(true, Some("web.example.com"));
    let of = |days, names: &[&str], chain| found(&web, tls(certificate(days, names), chain));
    assert_eq!(of(90, &NAMES, None), (Verdict::Ok, vec![]));
    assert_eq!(of(12, &NAMES, None), (Verdict::Ok, vec!["ExpiresSoon"]));
    assert_eq!(of(-1, &NAMES, None), (Verdict::Mismatch, vec!["Expired"]));
    assert_eq!(of(90, &["a.example.com"], None), (Verdict::Mismatch, vec!["WrongName"]));
    assert_eq!(of(90, &NAMES, Some(ChainProblem::Incomplete)), (Verdict::Mismatch, vec!["ChainIncomplete"]));
    let all = of(-1, &["a"], Some(ChainProblem::SelfSigned));
    assert_eq!(all, (Verdict::Mismatch, vec!["Expired", "WrongName", "SelfSigned"]));
    let without = found(&target(true, None), tls(certificate(90, &["a"]), None));
    assert_eq!(without, (Verdict::Ok, vec![]), "nobody asked for a name");
    let moved = found(&target(true, Some("old.example.com")), tls(certificate(90, &NAMES), None));
    assert_eq!(moved, (Verdict::Mismatch, vec!["DnsElsewhere"]));
}

#[test]
fn failures_are_told_apart() {
    let tls = |failure| found(&target(true, None), Seen { tls: Some(Err(failure)), ..Seen::default() });
    assert_eq!(tls(HandshakeFailure::NotTls), (Verdict::Mismatch, vec!["NoTls"]));
    assert_eq!(tls(HandshakeFailure::Reset), (Verdict::Mismatch, vec!["Reset"]));
    assert_eq!(tls(HandshakeFailure::TimedOut), (Verdict::TimedOut, vec!["TimedOut"]));
    let dial = |failure| found(&target(true, None), Seen { dial: Some(failure), ..Seen::default() });
    assert_eq!(dial(DialFailure::Refused), (Verdict::Mismatch, vec!["Refused"]));
    assert_eq!(dial(DialFailure::Unreachable), (Verdict::Unreachable, vec!["Unreachable"]));
    assert_eq!(dial(DialFailure::TimedOut), (Verdict::TimedOut, vec!["TimedOut"]));
}

#[test]
fn answers_tell_of_redirects_and_silence() {
    let redirect = |to: &str| Answer::Http { status: 301, location: Some(to.into()) };
    let secure = |answer| {
        let seen = Seen { answer: Some(answer), ..tls(certificate(90, &NAMES), None) };
        found(&target(true, Some("web.example.com")), seen)
    };
    assert_eq!(secure(redirect("https://web.example.com/")), (Verdict::Mismatch, vec!["RedirectLoop"]));
    assert_eq!(secure(redirect("HTTPS://WEB.example.com:443")), (Verdict::Mismatch, vec!["RedirectLoop"]));
    assert_eq!(secure(redirect("https://web.example.com/login")), (Verdict::Ok, vec![]));
    assert_eq!(secure(redirect("/é")), (Verdict::Ok, vec![]));
    assert_eq!(secure(Answer::Silent), (Verdict::Ok, vec!["BackendSilent"]));
    assert_eq!(secure(Answer::Closed), (Verdict::Ok, vec!["BackendSilent"]));
    let plain = |answer| found(&target(false, None), Seen { answer: Some(answer), ..Seen::default() });
    assert_eq!(plain(redirect("https://web.example.com/")), (Verdict::Ok, vec!["RedirectsToHttps"]));
    assert_eq!(plain(Answer::Http { status: 200, location: None }), (Verdict::Ok, vec!["Plaintext"]));
    let surprise = Seen { answer: Some(Answer::Tls), ..tls(certificate(90, &NAMES), None) };
    assert_eq!(found(&target(false, None), surprise), (Verdict::Mismatch, vec!["UnexpectedTls"]));
}

#[test]
fn versions_are_those_of_the_policy() {
    let of = |versions: &[TlsVersion]| {
        let seen = Seen { versions: Some(versions.to_vec()), ..tls(certificate(90, &NAMES), None) };
        found(&target(true, None), seen)
    };
    assert_eq!(of(&[TlsVersion::V12, TlsVersion::V13]), (Verdict::Ok, vec![]));
    assert_eq!(of(&[TlsVersion::V10, TlsVersion::V12]), (Verdict::Mismatch, vec!["VersionsDiffer"]));
    assert_eq!(of(&[]), (Verdict::Mismatch, vec!["VersionsDiffer"]));
}
