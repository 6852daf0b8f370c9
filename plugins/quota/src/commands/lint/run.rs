//! `kubectl quota lint` from flags to exit status.

use std::collections::BTreeSet;

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::{
        Finding, Format, Printer, Prose, Severity,
        findings::{self, JunitSubject, SarifRule},
        json as to_json,
    },
};

use super::{
    args::{LintArgs, LintCommand},
    collect,
    facts::Facts,
    limit_ranges, quotas, workloads,
};
use crate::{
    document::list,
    lint_rules::{self, RULES, Rule},
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: &LintArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    if let Some(LintCommand::Explain(explain)) = &args.command {
        return explain_rules(explain.rule.as_deref(), printer);
    }
    let ignored = ignored(&args.ignore)?;
    let facts = match &args.dump.from {
        Some(path) => {
            let namespace = connection.namespace.as_deref().filter(|_| !args.all_namespaces);
            collect::from_dump(path, namespace)?
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let _progress = printer.progress("reading quotas, LimitRanges and workloads");
            collect::from_cluster(&client, args.all_namespaces).await
        })?,
    };
    facts.remarks.iter().for_each(|remark| printer.warning(remark));
    for skipped in &facts.skipped {
        printer.warning(skipped.sentence());
    }
    let mut found = [quotas::check(&facts), limit_ranges::check(&facts), workloads::check(&facts)].concat();
    let all = found.len();
    found.retain(|finding| !ignored.contains(finding.rule));
    let left_out = all - found.len();
    found.sort_by(|a, b| place(a).cmp(&place(b)));
    let fails = |severity: Severity| args.fail_on.fails(severity);
    match args.output.format {
        Format::Table | Format::Wide => findings::show(&found, args.output.table_options(), printer)?,
        Format::Sarif => printer.data(&to_json(&sarif(&found))?)?,
        Format::Junit => {
            printer.data(&findings::junit("kubectl quota lint", &subjects(&facts, &found), &found, fails))?;
        }
        format => printer.document(format, &list("Findings", &found, &facts.skipped))?,
    }
    if left_out > 0 {
        printer.note(format!("{left_out} finding{} left out", if left_out == 1 { "" } else { "s" }));
    } else if found.is_empty() {
        printer.remark(nothing(&facts));
    }
    Ok(match (found.iter().any(|finding| fails(finding.severity)), facts.skipped.is_empty()) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    })
}

/// The most severe first, then by place.
fn place(finding: &Finding) -> (Severity, &Option<String>, &str, &str, &str, &str) {
    let Finding { severity, namespace, kind, name, key, rule, .. } = finding;
    (*severity, namespace, kind, name, key, rule)
}

/// Checks the names of rules that are to be left out.
fn ignored(names: &[String]) -> Result<BTreeSet<&'static str>> {
    let find = |name: &String| {
        lint_rules::find(name).map(|rule| rule.id).ok_or_else(|| {
            Error::usage(format!("no rule `{name}`"))
                .with_hint("`kubectl quota lint explain` lists the rules")
        })
    };
    names.iter().map(find).collect()
}

fn nothing(facts: &Facts) -> String {
    let count: usize =
        facts.namespaces.values().map(|rules| rules.quotas.len() + rules.limit_ranges.len()).sum();
    let place =
        facts.namespace.as_ref().map_or(String::new(), |namespace| format!(" in namespace {namespace}"));
    format!("no findings in {count} quota{} and LimitRanges{place}", if count == 1 { "" } else { "s" })
}

fn explain_rules(name: Option<&str>, printer: &mut Printer) -> Result<ExitStatus> {
    let rules: Vec<&Rule> = match name {
        None => RULES.to_vec(),
        Some(name) => vec![lint_rules::find(name).ok_or_else(|| {
            Error::usage(format!("no rule `{name}`"))
                .with_hint("`kubectl quota lint explain` lists the rules")
        })?],
    };
    let severity = |severity: Severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    for rule in rules {
        let Rule { id, title, explanation, .. } = rule;
        let mut prose = Prose::default();
        prose.sentence(0, &format!("{id} ({}): {title}", severity(rule.severity)));
        prose.sentence(2, explanation);
        printer.prose(&prose)?;
    }
    Ok(ExitStatus::Success)
}

fn sarif(found: &[Finding]) -> serde_json::Value {
    let rules = RULES.iter().map(|rule| SarifRule {
        id: rule.id,
        title: rule.title,
        explanation: rule.explanation,
        severity: rule.severity,
    });
    findings::sarif("kubectl-quota", env!("CARGO_PKG_VERSION"), &rules.collect::<Vec<_>>(), found)
}

/// Returns everything that was checked, and what else findings are about.
fn subjects(facts: &Facts, found: &[Finding]) -> Vec<JunitSubject> {
    let subject = |namespace: &str, kind: &'static str, name: &str| JunitSubject {
        namespace: namespace.to_owned(),
        kind,
        name: name.to_owned(),
        file: None,
    };
    let mut subjects: BTreeSet<JunitSubject> = found
        .iter()
        .map(|one| subject(one.namespace.as_deref().unwrap_or_default(), one.kind, &one.name))
        .collect();
    for (namespace, rules) in &facts.namespaces {
        subjects.extend(rules.quotas.iter().map(|quota| subject(namespace, "ResourceQuota", &quota.name)));
        subjects.extend(rules.limit_ranges.iter().map(|range| subject(namespace, "LimitRange", &range.name)));
    }
    subjects.into_iter().collect()
}
