//! What follows from what is seen.

use shared::output::Severity;

use super::{
    item::{Item, Problem, Verdict},
    probe::{Seen, Tls},
    targets::{Expected, Target},
};
use crate::{
    certificates::Arn,
    connections::{Answer, ChainProblem, DialFailure, HandshakeFailure, has_name},
};

/// What the judgment depends on beside the target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standards {
    /// Days before the end from which a certificate is warned of.
    pub warn_days: i64,
    /// Names that resolve, but to none of the load balancer's addresses.
    pub elsewhere: Vec<String>,
}

/// Returns the item of a target.
pub fn judge(target: &Target, seen: Seen, standards: &Standards) -> Item {
    let mut problems = Problems::default();
    let mut verdict = Verdict::Ok;
    if let Some(failure) = &seen.dial {
        verdict = dial_failure(&target.expected, failure, &mut problems);
    }
    match (&seen.tls, target.expected.is_tls) {
        (Some(Err(failure)), _) => {
            if *failure == HandshakeFailure::TimedOut {
                verdict = Verdict::TimedOut;
            }
            handshake_failure(&target.expected, failure, &mut problems);
        }
        (Some(Ok(tls)), true) => certificate(target, tls, standards, &mut problems),
        (Some(Ok(_)), false) => problems.error(
            "UnexpectedTls",
            "the port answers with TLS, but the annotations make it plaintext".to_owned(),
        ),
        (None, _) => {}
    }
    if let Some(answer) = &seen.answer {
        self::answer(target, answer, &mut problems);
    }
    if let Some(versions) = &seen.versions {
        let accepted: Vec<&str> = versions.iter().map(|version| version.word()).collect();
        self::versions(&target.expected, &accepted, &mut problems);
    }
    if let Some(name) = target.server_name.as_ref().filter(|name| standards.elsewhere.contains(*name)) {
        problems
            .error("DnsElsewhere", format!("{name} resolves to addresses that are not the load balancer's"));
    }
    if verdict == Verdict::Ok && problems.0.iter().any(|problem| problem.severity == Severity::Error) {
        verdict = Verdict::Mismatch;
    }
    let tls = seen.tls.and_then(Result::ok);
    let is_plain = !target.expected.is_tls && tls.is_none();
    Item {
        address: target.address.to_string(),
        port: target.expected.port,
        server_name: target.server_name.clone(),
        verdict,
        versions: if is_plain && seen.dial.is_none() { Some(Vec::new()) } else { seen.versions },
        alpn: tls.as_ref().and_then(|tls| tls.alpn.clone()),
        certificate: tls.and_then(|tls| tls.certificate),
        problems: problems.0,
    }
}

#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, code: &'static str, severity: Severity, message: String) {
        self.0.push(Problem { code, severity, message });
    }

    fn error(&mut self, code: &'static str, message: String) {
        self.add(code, Severity::Error, message);
    }

    fn warning(&mut self, code: &'static str, message: String) {
        self.add(code, Severity::Warning, message);
    }
}

fn dial_failure(expected: &Expected, failure: &DialFailure, problems: &mut Problems) -> Verdict {
    let internal = if expected.is_internal {
        ": the load balancer is internal, and has to be asked from its VPC"
    } else {
        ""
    };
    match failure {
        DialFailure::Refused => {
            problems.error("Refused", "the connection is refused: nobody listens on the port".to_owned());
            Verdict::Mismatch
        }
        DialFailure::Unreachable => {
            problems.warning("Unreachable", format!("there is no route from here{internal}"));
            Verdict::Unreachable
        }
        DialFailure::TimedOut => {
            problems.warning("TimedOut", format!("nobody answers in time{internal}"));
            Verdict::TimedOut
        }
        DialFailure::Failed(reason) => {
            problems.error("Failed", format!("the connection fails: {reason}"));
            Verdict::Mismatch
        }
    }
}

fn handshake_failure(expected: &Expected, failure: &HandshakeFailure, problems: &mut Problems) {
    let (code, message) = match failure {
        HandshakeFailure::NotTls => (
            "NoTls",
            "the port answers in plaintext, but the annotations make it TLS".to_owned(),
        ),
        HandshakeFailure::NoCommonVersion => (
            "NoCommonVersion",
            "the server takes neither TLS 1.2 nor 1.3, or none of their ciphers; --probe-versions tells what it takes"
                .to_owned(),
        ),
        HandshakeFailure::Alert(alert) => ("HandshakeFailed", format!("the server ends the handshake: {alert}")),
        HandshakeFailure::Broken(reason) => ("HandshakeFailed", format!("the handshake fails: {reason}")),
        HandshakeFailure::Closed | HandshakeFailure::Reset => {
            let word = if *failure == HandshakeFailure::Reset { "resets" } else { "closes" };
            let hint = if expected.is_network {
                "; Network Load Balancers do so with RSA keys above 3072 bits, and where no target is healthy"
            } else {
                "; Classic Load Balancers do so where no instance is in service"
            };
            let code = if *failure == HandshakeFailure::Reset { "Reset" } else { "Closed" };
            (code, format!("the server {word} the connection during the handshake{hint}"))
        }
        HandshakeFailure::TimedOut => {
            problems.warning("TimedOut", "the handshake does not end in time".to_owned());
            return;
        }
    };
    problems.error(code, message);
}

fn certificate(target: &Target, tls: &Tls, standards: &Standards, problems: &mut Problems) {
    let Some(own) = &tls.certificate else {
        problems.error("NoCertificate", "the server shows no certificate that can be read".to_owned());
        return;
    };
    if own.days_left < 0 {
        problems.error("Expired", format!("the certificate ended on {}", own.not_after));
    } else if own.not_before.as_second() > shared::cli::clock::now() {
        problems.error("NotValidYet", format!("the certificate begins on {}", own.not_before));
    } else if own.days_left < standards.warn_days {
        problems.warning(
            "ExpiresSoon",
            format!("the certificate ends in {} days{}", own.days_left, renewal(target)),
        );
    }
    if let Some(name) = &target.server_name
        && !has_name(&own.names, name)
    {
        problems
            .error("WrongName", format!("the certificate is for {}, not for {name}", own.names.join(", ")));
    }
    match &tls.chain {
        None => {}
        Some(ChainProblem::SelfSigned) => {
            problems.error("SelfSigned", "the certificate signed itself, and is not trusted".to_owned());
        }
        Some(ChainProblem::Incomplete) => problems.error(
            "ChainIncomplete",
            format!("the server sends no certificate of {}, which signed its own: clients can't tell whether to trust it", own.issuer),
        ),
        Some(ChainProblem::UnknownAuthority) => {
            problems.error("UnknownAuthority", "nobody at the end of the certificate's chain is trusted".to_owned());
        }
        Some(ChainProblem::Other(reason)) => problems.error("Untrusted", format!("the chain is refused: {reason}")),
    }
}

/// Returns who renews a certificate, by the ARN in the annotation.
fn renewal(target: &Target) -> &'static str {
    let arn = target
        .expected
        .certificates
        .first()
        .and_then(|arn| Arn::parse(arn).map(|arn| arn.service.to_owned()));
    match arn.as_deref() {
        Some("acm") => "; ACM renews what it issued, but not what was imported",
        Some("iam") => "; nobody renews certificates of IAM",
        _ => "",
    }
}

fn answer(target: &Target, answer: &Answer, problems: &mut Problems) {
    let expected = &target.expected;
    match answer {
        Answer::Http { status: 400, .. } if expected.sends_proxy_protocol => problems.warning(
            "ProxyProtocol",
            "the backend answers 400: pods that do not expect the PROXY protocol do so".to_owned(),
        ),
        Answer::Http { status: status @ (301 | 302 | 303 | 307 | 308), location: Some(location) } => {
            redirect(target, *status, location, problems);
        }
        Answer::Http { status, .. } if !expected.is_tls => {
            problems.add("Plaintext", Severity::Info, format!("the port answers {status} without TLS"));
        }
        Answer::Http { .. } | Answer::Other | Answer::Tls => {}
        // TLS was found where plaintext was expected: that is told already.
        Answer::Closed | Answer::Silent if problems.0.iter().any(|one| one.code == "UnexpectedTls") => {}
        Answer::Closed => {
            let proxy = match expected.sends_proxy_protocol {
                true => "; pods that do not expect the PROXY protocol may do so",
                false => "; pods that expect the PROXY protocol do so without it",
            };
            problems.warning("BackendSilent", format!("the connection is closed without an answer{proxy}"));
        }
        Answer::Silent => problems.warning(
            "BackendSilent",
            "nothing comes back within three seconds: no healthy target, or not HTTP".to_owned(),
        ),
    }
}

/// Only the application redirects; none is followed.
fn redirect(target: &Target, status: u16, location: &str, problems: &mut Problems) {
    let rest = location.get(.."https://".len()).filter(|scheme| scheme.eq_ignore_ascii_case("https://"));
    let authority =
        rest.map(|scheme| location[scheme.len()..].split(['/', '?', '#']).next().unwrap_or_default());
    let host = target.server_name.clone().unwrap_or_else(|| target.address.ip().to_string());
    let same_host = authority.is_some_and(|authority| {
        let bare = authority.strip_suffix(":443").unwrap_or(authority);
        bare.eq_ignore_ascii_case(&host)
    });
    let is_root = authority
        .is_some_and(|authority| matches!(&location["https://".len() + authority.len()..], "" | "/"));
    match (target.expected.is_tls, authority.is_some()) {
        (true, true) if same_host && is_root => problems.error(
            "RedirectLoop",
            format!("the application redirects {location} to itself ({status}): it does not see that the client speaks TLS (X-Forwarded-Proto)"),
        ),
        (false, true) => problems.add("RedirectsToHttps", Severity::Info, format!("the application redirects to {location} ({status})")),
        (false, false) => problems.add("Plaintext", Severity::Info, format!("the port answers {status} without TLS, and redirects to {location}")),
        (true, _) => {}
    }
}

fn versions(expected: &Expected, accepted: &[&str], problems: &mut Problems) {
    let Some(of_policy) = expected.versions else { return };
    if accepted == of_policy {
        return;
    }
    let list = |versions: &[&str]| match versions {
        [] => "none".to_owned(),
        versions => versions.join(", "),
    };
    let policy = expected.policy.as_deref().unwrap_or_default();
    problems.error(
        "VersionsDiffer",
        format!("the server accepts TLS {}, the policy {policy} {}", list(accepted), list(of_policy)),
    );
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
