//! ELB-ARN: the list of certificates.

use shared::output::Severity;

use super::{arn, facts::Facts, report::Report};
use crate::{keys, values::string_list};

/// AWS gives a Network Load Balancer so many certificates by default.
const MOST_CERTIFICATES: usize = 25;

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let value = facts.text(keys::SSL_CERT);
    let arns = string_list(value);
    let mut seen: Vec<&str> = Vec::new();
    for text in &arns {
        if seen.contains(text) {
            if facts.kind().is_lbc() {
                report.add("ELB-ARN-009", keys::SSL_CERT, format!("{text} is listed twice"), "list it once");
            }
            continue;
        }
        seen.push(text);
        arn::check(facts, report, text);
    }
    if arns.len() > 1 && facts.kind().is_in_tree() {
        report.add(
            "ELB-ARN-008",
            keys::SSL_CERT,
            format!("{} certificates are named, but {} takes one", arns.len(), facts.kind().title()),
            "name one, or let the AWS Load Balancer Controller make the load balancer",
        );
    }
    if seen.len() > MOST_CERTIFICATES && facts.kind().is_lbc() {
        report.add_as(
            "ELB-ARN-009",
            Severity::Error,
            keys::SSL_CERT,
            format!(
                "{} certificates are named, at most {MOST_CERTIFICATES} are allowed by default",
                seen.len()
            ),
            "name fewer, or ask AWS for a higher quota",
        );
    }
}
