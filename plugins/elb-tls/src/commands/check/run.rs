//! `kubectl elb-tls check` from flags to exit status.

use std::mem;

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{
        Finding, Format, Printer, Severity,
        findings::{self, JunitSubject, SarifRule},
        json as to_json,
    },
};

use super::{args::CheckArgs, json};
use crate::{
    inputs::{Collected, Options, collect_judged},
    key_changes::KeyFlags,
    rules::{self, Ignored, catalog},
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: CheckArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let ignored = Ignored::of_flags(&args.ignore, args.allow_plaintext)?;
    let options = Options::resolve(args.services, KeyFlags::default(), connection.namespace.clone())?;
    let (collected, judged) = collect_judged(&options, connection, printer, rules::check)?;
    let (mut found, mut left_out) = (Vec::new(), 0);
    for (case, all) in collected.cases.iter().zip(judged) {
        let count = all.len();
        let kept: Vec<Finding> =
            all.into_iter().filter(|finding| !ignored.is_ignored(case, finding.rule)).collect();
        left_out += count - kept.len();
        found.extend(kept);
    }
    let fails = |severity: Severity| args.fail_on.fails(severity);
    match args.output.format {
        Format::Table => findings::show(&found, args.output.table_options(), printer)?,
        Format::Sarif => printer.data(&to_json(&sarif(&found))?)?,
        Format::Junit => {
            printer.data(&findings::junit("kubectl elb-tls check", &subjects(&collected), &found, fails))?;
        }
        format => printer.document(format, &json::document(&found, &collected.cluster.skipped))?,
    }
    talk(&collected, &found, left_out, printer);
    let status = match (found.iter().any(|finding| fails(finding.severity)), collected.cluster.incomplete) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    };
    // The process ends here: giving thousands of Services back piece by piece takes longer than judging some.
    mem::forget(collected);
    mem::forget(found);
    Ok(status)
}

/// Says what the findings do not: what could not be read, what was left out, that there is nothing.
fn talk(collected: &Collected, found: &[Finding], left_out: usize, printer: &mut Printer) {
    collected.cluster.skipped.iter().for_each(|one| printer.warning(one.sentence()));
    if collected.cluster.has_foreign_nodes {
        printer.warning("no node is a machine of AWS: the rules are those of AWS load balancers");
    }
    if left_out > 0 {
        printer.note(format!("{left_out} finding{} left out", if left_out == 1 { "" } else { "s" }));
    }
    let count = collected.cases.len();
    if count == 0 {
        let place = collected
            .namespace
            .as_ref()
            .map_or(String::new(), |namespace| format!(" in namespace {namespace}"));
        printer.note(format!("no Service with a load balancer{place}"));
    } else if found.is_empty() {
        printer.note(format!("no findings in {count} Service{}", if count == 1 { "" } else { "s" }));
    }
}

fn sarif(found: &[Finding]) -> serde_json::Value {
    let rules: Vec<SarifRule> = catalog::RULES
        .iter()
        .map(|rule| SarifRule {
            id: rule.id,
            title: rule.title,
            explanation: rule.explanation,
            severity: rule.severity,
        })
        .collect();
    findings::sarif("kubectl-elb-tls", env!("CARGO_PKG_VERSION"), &rules, found)
}

fn subjects(collected: &Collected) -> Vec<JunitSubject> {
    let subjects = collected.cases.iter().map(|case| JunitSubject {
        namespace: case.wanted.metadata.namespace.clone(),
        kind: "Service",
        name: case.wanted.metadata.name.clone(),
        file: case.source.as_ref().map(|source| source.file.clone()),
    });
    subjects.collect()
}
