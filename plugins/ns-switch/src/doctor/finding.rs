//! One thing that is wrong.

use serde::Serialize;
use shared::output::{Cell, Column, Style, Table};

use crate::args::API_VERSION;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something does not work.
    Error,
    /// Something will not, or may hurt.
    Warning,
    /// Good to know.
    Info,
}

/// A finding; the shape is that of all commands of the suite that find things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Kubeconfig files know no namespace of objects.
    pub namespace: Option<String>,
    /// `File`, `Context`, `Cluster` or `User`.
    pub kind: &'static str,
    /// The name, of a file its path.
    pub name: String,
    /// Which file, and the line where one is known.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub fix: String,
}

/// The document of `doctor`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Findings<'a> {
    api_version: &'static str,
    kind: &'static str,
    items: &'a [Finding],
}

impl<'a> Findings<'a> {
    /// The document of these findings.
    pub fn new(items: &'a [Finding]) -> Self {
        Self { api_version: API_VERSION, kind: "Findings", items }
    }
}

/// The findings as a table.
pub fn table(findings: &[Finding]) -> Table {
    let mut table = Table::new(["SEVERITY", "OBJECT", "RULE", "MESSAGE", "FIX"].map(Column::new));
    for finding in findings {
        let (word, style) = match finding.severity {
            Severity::Error => ("error", Style::Critical),
            Severity::Warning => ("warning", Style::Warning),
            Severity::Info => ("info", Style::Muted),
        };
        table.push([
            Cell::styled(word, style),
            format!("{}/{}", finding.kind.to_lowercase(), finding.name).into(),
            finding.rule.into(),
            finding.message.clone().into(),
            finding.fix.clone().into(),
        ]);
    }
    table
}
