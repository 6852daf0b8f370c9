//! Why a Service is not written: whose it is, who owns its annotations, what is wrong with the change.

use std::collections::BTreeSet;

use shared::{
    Error,
    cli::ExitStatus,
    output::{Finding, Printer, Severity, TableOptions, findings},
};

use crate::{
    planning::{AnnotationChange, Cluster, ServiceCase},
    rules::{self, Ignored, owner},
    writes::{AnnotationWrite, WriteFlags, conflicts, refuse_conflicts},
};

/// The rule about Services that belong to another tool.
const OWNER_RULE: &str = "ELB-GIT-001";

/// Shows what is wrong with a change. Returns why it is refused, if it is.
pub fn refusal(
    case: &ServiceCase,
    cluster: &Cluster,
    write: &AnnotationWrite,
    ignored: &Ignored,
    flags: &WriteFlags,
    printer: &mut Printer,
) -> Option<Error> {
    if case.live.is_some() && !flags.is_for_others() {
        if !ignored.is_ignored(case, OWNER_RULE)
            && let Some(error) = managed(write)
        {
            return Some(error);
        }
        let found = if flags.force_conflicts { Vec::new() } else { conflicts(write) };
        if !found.is_empty() {
            return Some(refuse_conflicts(write, &found, printer));
        }
    }
    let before = before(case, write);
    let (old, new) = (rules::check(&before, cluster), rules::check(case, cluster));
    let new = new.into_iter().filter(|one| one.rule != OWNER_RULE && !ignored.is_ignored(case, one.rule));
    let new: Vec<Finding> = new.collect();
    if !new.is_empty() {
        printer.note(findings::table(&new).render(TableOptions::default(), false).trim_end());
    }
    let stopping = new.into_iter().find(|finding| stops(finding, &old, &write.changes))?;
    Some(
        Error::new(format!("{} was not changed: {}: {}", write.object(), stopping.rule, stopping.message))
            .with_status(ExitStatus::No)
            .with_hint(format!("{}; or write even so with --ignore {}", stopping.fix, stopping.rule)),
    )
}

/// Returns the refusal of a Service that a tool or an owner writes, before it is known what is to change.
pub fn refusal_of_owner(case: &ServiceCase, ignored: &Ignored, flags: &WriteFlags) -> Option<Error> {
    let live = case.live.clone().filter(|_| !flags.is_for_others())?;
    let write = AnnotationWrite { live, changes: Vec::new() };
    if ignored.is_ignored(case, OWNER_RULE) { None } else { managed(&write) }
}

/// Returns the refusal of a Service that a tool or an owner writes.
fn managed(write: &AnnotationWrite) -> Option<Error> {
    let (owner, place) = owner(&write.live)?;
    let changes = write.changes.iter().map(|change| match &change.after {
        Some(value) => format!("  {}: {}", change.key, serde_json::Value::from(value.as_str())),
        None => format!("  {}: (none)", change.key),
    });
    let changes: Vec<String> = changes.collect();
    let values = if changes.is_empty() { String::new() } else { format!(":\n{}", changes.join("\n")) };
    Some(
        Error::new(format!(
            "{} was not changed: it is managed by {owner}, which would write its own annotations back",
            write.object()
        ))
        .with_status(ExitStatus::Guarded)
        .with_hint(format!("change {place}{values}\nor write even so with --ignore {OWNER_RULE}")),
    )
}

/// Returns the Service without the change.
fn before(case: &ServiceCase, write: &AnnotationWrite) -> ServiceCase {
    let mut before = case.clone();
    before.wanted_mut().annotations.clone_from(&write.live.annotations);
    before
}

/// Returns whether a finding refuses a change: an error on an annotation that is written, or one that was not there before.
fn stops(finding: &Finding, old: &[Finding], changes: &[AnnotationChange]) -> bool {
    let written: BTreeSet<&str> =
        changes.iter().filter(|change| change.after.is_some()).map(|change| change.key.as_str()).collect();
    finding.severity == Severity::Error
        && (written.contains(finding.key.as_str())
            || !old.iter().any(|one| {
                one.severity == Severity::Error && (one.rule, &one.key) == (finding.rule, &finding.key)
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(key: &str, severity: Severity) -> Finding {
        Finding {
            rule: "ELB-ARN-001",
            severity,
            namespace: None,
            kind: "Service",
            name: "web".into(),
            key: key.into(),
            message: String::new(),
            fix: String::new(),
            evidence: None,
            source: None,
        }
    }

    #[test]
    fn errors_stop_a_change_that_writes_or_causes_them() {
        let error = |key: &str| finding(key, Severity::Error);
        let change = AnnotationChange { key: "a".into(), before: None, after: Some("1".into()) };
        assert!(stops(&error("a"), &[error("a")], std::slice::from_ref(&change)), "it is written");
        assert!(stops(&error("b"), &[], std::slice::from_ref(&change)), "it is new");
        assert!(!stops(&error("b"), &[error("b")], std::slice::from_ref(&change)), "it was there");
        assert!(stops(&error("b"), &[finding("b", Severity::Warning)], &[]), "it was a warning");
        assert!(!stops(&finding("a", Severity::Warning), &[], &[change]));
    }
}
