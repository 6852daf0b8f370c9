//! One thing that is wrong.

use super::{Cell, Column, Envelope, Items, Printer, Style, Table, sanitize_line};
use serde::Serialize;

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

impl Severity {
    /// The word for it, and how it looks.
    fn word(self) -> (&'static str, Style) {
        match self {
            Self::Error => ("error", Style::Critical),
            Self::Warning => ("warning", Style::Warning),
            Self::Info => ("info", Style::Muted),
        }
    }
}

impl Finding {
    /// The object as kubectl names one; a file by its path.
    fn object(&self) -> String {
        match self.kind {
            "File" => self.name.clone(),
            kind => format!("{}/{}", kind.to_lowercase(), self.name),
        }
    }
}

/// Returns the document of these findings, in their order.
pub fn document<'a>(api_version: &'static str, findings: &'a [Finding]) -> Envelope<Items<&'a Finding>> {
    Envelope::new(api_version, "Findings", Items::new(findings))
}

/// The findings as a table.
pub fn table(findings: &[Finding]) -> Table {
    let mut table = Table::new(["SEVERITY", "OBJECT", "RULE", "MESSAGE", "FIX"].map(Column::new));
    for finding in findings {
        let (word, style) = finding.severity.word();
        table.push([
            Cell::styled(word, style),
            finding.object().into(),
            finding.rule.into(),
            finding.message.clone().into(),
            finding.fix.clone().into(),
        ]);
    }
    table
}

/// The findings one below the other, for a terminal the table is too wide for.
pub fn paragraphs(findings: &[Finding], printer: &Printer) -> String {
    let paragraph = |finding: &Finding| {
        let (word, style) = finding.severity.word();
        let object = match finding.kind {
            "File" => finding.object(),
            _ => format!("{} in {}", finding.object(), finding.key),
        };
        format!(
            "{}: {}\n  {} ({})\n  fix: {}\n",
            printer.styled(style, word),
            sanitize_line(&finding.message),
            sanitize_line(&object),
            finding.rule,
            sanitize_line(&finding.fix)
        )
    };
    findings.iter().map(paragraph).collect()
}
