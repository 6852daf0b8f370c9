//! ELB-ARN: one ARN.

use shared::output::Severity;

use super::{facts::Facts, report::Report};
use crate::{
    certificates::{Arn, partition_of},
    keys,
};

/// Checks the name of a certificate.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>, text: &str) {
    let mut add = |rule, message: String, fix: &str| report.add(rule, keys::SSL_CERT, message, fix);
    let Some(arn) = Arn::parse(text) else {
        add(
            "ELB-ARN-001",
            format!("{text:?} is not an ARN"),
            "write it as arn:PARTITION:acm:REGION:ACCOUNT:certificate/ID",
        );
        return;
    };
    if !matches!(arn.service, "acm" | "iam") {
        add(
            "ELB-ARN-002",
            format!("{text} is of {}, not of ACM or IAM", arn.service),
            "issue or import the certificate in ACM",
        );
        return;
    }
    if !arn.can_be_certificate() {
        add(
            "ELB-ARN-003",
            format!("{text} names {}, not a certificate", arn.resource),
            "name certificate/ID of ACM or server-certificate/NAME of IAM",
        );
    }
    if (arn.service == "acm") == arn.region.is_empty() {
        let (message, fix) = match arn.service {
            "acm" => (format!("{text} has no region"), "add the region of the certificate"),
            _ => (format!("{text} has a region, but IAM has none"), "leave the fourth field empty"),
        };
        add("ELB-ARN-012", message, fix);
    }
    account(report, &arn, text);
    if arn.service == "iam" {
        let front = arn.resource.contains("/cloudfront/");
        let message = if front {
            format!("{text} is a certificate of IAM for CloudFront")
        } else {
            format!("{text} is a certificate of IAM, which nobody renews")
        };
        report.add("ELB-ARN-010", keys::SSL_CERT, message, "import it into ACM, or issue one there");
    } else if arn.can_be_certificate() && !is_uuid(arn.resource.trim_start_matches("certificate/")) {
        report.add(
            "ELB-ARN-007",
            keys::SSL_CERT,
            format!("the ID of {text} is not a UUID"),
            "copy the ARN from ACM",
        );
    }
    region(facts, report, &arn, text);
    others(facts, report, &arn, text);
}

fn account(report: &mut Report<'_>, arn: &Arn<'_>, text: &str) {
    let digits = arn.account.len() == 12 && arn.account.bytes().all(|byte| byte.is_ascii_digit());
    let fix = "write the number of the account that has the certificate";
    let same = arn.account.bytes().all(|byte| Some(byte) == arn.account.bytes().next());
    if !digits || arn.account == "000000000000" {
        report.add(
            "ELB-ARN-006",
            keys::SSL_CERT,
            format!("{:?} in {text} is not an account number", arn.account),
            fix,
        );
    } else if same {
        report.add_as(
            "ELB-ARN-006",
            Severity::Warning,
            keys::SSL_CERT,
            format!("{} in {text} looks like a placeholder", arn.account),
            fix,
        );
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(hex)
}

fn region(facts: &Facts<'_>, report: &mut Report<'_>, arn: &Arn<'_>, text: &str) {
    let partition = partition_of(arn.region);
    if let Some(partition) = partition.filter(|partition| *partition != arn.partition) {
        report.add(
            "ELB-ARN-004",
            keys::SSL_CERT,
            format!("{text} is of partition {}, but {} is in {partition}", arn.partition, arn.region),
            format!("write arn:{partition}:…"),
        );
        return;
    }
    let Some((region, evidence)) = &facts.region else { return };
    if let Some(own) = partition_of(region).filter(|own| *own != arn.partition) {
        report.add(
            "ELB-ARN-004",
            keys::SSL_CERT,
            format!("{text} is of partition {}, but the cluster is in {own}", arn.partition),
            format!("name a certificate of {own}"),
        );
        report.because(evidence.clone());
        return;
    }
    if arn.service == "acm" && !arn.region.is_empty() && arn.region != region {
        let habit = if arn.region == "us-east-1" { "; us-east-1 is for CloudFront" } else { "" };
        report.add(
            "ELB-ARN-005",
            keys::SSL_CERT,
            format!("{text} is in {}, the load balancer in {region}{habit}", arn.region),
            format!("issue or import the certificate in {region}"),
        );
        report.because(evidence.clone());
    }
}

fn others(facts: &Facts<'_>, report: &mut Report<'_>, arn: &Arn<'_>, text: &str) {
    if let Some((account, count)) = facts.cluster.more_usual_account(arn.account) {
        report.add(
            "ELB-ARN-011",
            keys::SSL_CERT,
            format!("{text} is of account {}, those of other Services are of {account}", arn.account),
            "check that the load balancer is made in that account",
        );
        report.because(format!("{count} certificates of account {account}"));
    }
}
