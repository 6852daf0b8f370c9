//! Where rules put what they find.

use shared::output::{Finding, FindingSource, Severity};

use super::{catalog, facts::Facts};
use crate::keys;

/// The findings of one Service.
pub struct Report<'a> {
    facts: &'a Facts<'a>,
    /// What was found so far.
    pub findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    /// Creates an empty report.
    pub fn new(facts: &'a Facts<'a>) -> Self {
        Self { facts, findings: Vec::new() }
    }

    /// Adds a finding of the rule's own severity. `key` is a full key, a path such as `spec.ports`, or empty.
    pub fn add(&mut self, rule: &'static str, key: &str, message: impl Into<String>, fix: impl Into<String>) {
        let severity = catalog::find(rule).map_or(Severity::Warning, |rule| rule.severity);
        self.add_as(rule, severity, key, message, fix);
    }

    /// Adds a finding of another severity.
    pub fn add_as(
        &mut self,
        rule: &'static str,
        severity: Severity,
        key: &str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) {
        let metadata = &self.facts.service.metadata;
        let source = self.facts.case.source.as_ref().map(|source| {
            let line = source.lines.get(key).copied().unwrap_or(source.line);
            FindingSource {
                file: source.file.clone(),
                document: source.document,
                line: (line != 0).then_some(line),
            }
        });
        let (message, short) = (message.into(), keys::short_name(key));
        // A table shows no key.
        let message = match keys::is_ours(key) && !message.contains(short) {
            true => format!("{short}: {message}"),
            false => message,
        };
        self.findings.push(Finding {
            rule,
            severity,
            namespace: Some(metadata.namespace.clone()),
            kind: "Service",
            name: metadata.name.clone(),
            key: key.to_owned(),
            message,
            fix: fix.into(),
            evidence: None,
            source,
        });
    }

    /// Adds what shows the last finding.
    pub fn because(&mut self, evidence: impl Into<String>) {
        if let Some(finding) = self.findings.last_mut() {
            finding.evidence = Some(evidence.into());
        }
    }

    /// Returns whether an error about a key is there already.
    pub fn has_error(&self, key: &str) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error && finding.key == key)
    }
}
