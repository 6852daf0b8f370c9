//! Findings: what a command that checks something reports, in one shape for all plugins.

mod junit;
mod sarif;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Cell, Column, Envelope, Items, Printer, Prose, Style, Table, TableOptions, fits};
use crate::Result;

pub use junit::{JunitSubject, junit};
pub use sarif::{SarifRule, sarif};

/// The severity of a finding, the most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something does not work.
    Error,
    /// Something will stop working, or is dangerous.
    Warning,
    /// Something worth knowing.
    Info,
}

/// One finding. Serialized it is an item of a `Findings` document: keys are added to, never renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The namespace of the object, if it has one.
    pub namespace: Option<String>,
    /// The kind of the object, or `File`.
    pub kind: &'static str,
    /// The name of the object, or the path of a file.
    pub name: String,
    /// The part of the object that is meant: a key, or a file and line. It may be empty.
    #[serde(serialize_with = "null_if_empty")]
    #[schemars(with = "Option<String>")]
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub fix: String,
    /// What shows it, where that is not the object itself.
    pub evidence: Option<String>,
    /// Where the object is written.
    pub source: Option<FindingSource>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingSource {
    /// The file, as the user named it.
    pub file: String,
    /// Which document of the file, from 1.
    pub document: usize,
    /// The line in the file, from 1; `None` where it is not known.
    pub line: Option<usize>,
}

fn null_if_empty<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    (!text.is_empty()).then_some(text).serialize(serializer)
}

impl Severity {
    pub(super) fn word(self) -> (&'static str, Style) {
        match self {
            Self::Error => ("error", Style::Critical),
            Self::Warning => ("warning", Style::Warning),
            Self::Info => ("info", Style::Muted),
        }
    }
}

impl Finding {
    /// Returns the object as kubectl names one; a file by its path.
    fn object(&self) -> String {
        match self.kind {
            "File" => self.name.clone(),
            kind => format!("{}/{}", kind.to_lowercase(), self.name),
        }
    }

    /// Returns the object and where it is.
    fn place(&self) -> String {
        let mut place = self.object();
        if let Some(namespace) = &self.namespace {
            place.push_str(&format!(" in namespace {namespace}"));
        }
        // The key of a file is its path again.
        if self.kind != "File" && !self.key.is_empty() {
            let between = if self.namespace.is_some() { ": " } else { " in " };
            place.push_str(&format!("{between}{}", self.key));
        }
        place
    }
}

/// Returns the document of these findings, in their order.
pub fn document<'a>(api_version: &'static str, findings: &'a [Finding]) -> Envelope<Items<&'a Finding>> {
    Envelope::new(api_version, "Findings", Items::new(findings))
}

/// Prints the findings: as a table, or one below the other on a terminal that is too narrow for it.
///
/// # Errors
/// Standard output can't be written.
pub fn show(findings: &[Finding], options: TableOptions, printer: &mut Printer) -> Result<()> {
    let table = table(findings);
    match printer.width() {
        Some(width) if !options.wide && !fits(&table, options, width) => {
            let text = paragraphs(findings, width, printer);
            printer.data(&text)
        }
        _ => printer.table(&table, options),
    }
}

/// Returns the findings as a table; namespaces are a column where any finding has one.
pub fn table(findings: &[Finding]) -> Table {
    let namespaced = findings.iter().any(|finding| finding.namespace.is_some());
    let namespace = namespaced.then_some("NAMESPACE");
    let columns = ["SEVERITY"].into_iter().chain(namespace).chain(["OBJECT", "RULE", "MESSAGE", "FIX"]);
    let mut table = Table::new(columns.map(Column::new));
    for finding in findings {
        let (word, style) = finding.severity.word();
        let namespace = namespaced.then(|| Cell::from(finding.namespace.clone().unwrap_or_default()));
        let rest = [
            finding.object().into(),
            finding.rule.into(),
            finding.message.clone().into(),
            finding.fix.clone().into(),
        ];
        table.push([Cell::styled(word, style)].into_iter().chain(namespace).chain(rest));
    }
    table
}

/// Returns the findings one below the other, for a terminal that is too narrow for the table.
fn paragraphs(findings: &[Finding], width: usize, printer: &Printer) -> String {
    let paragraph = |finding: &Finding| {
        let (word, style) = finding.severity.word();
        let mut prose = Prose::default();
        prose.sentence(0, &format!("{word}: {}", finding.message));
        prose.sentence(2, &format!("{} ({})", finding.place(), finding.rule));
        if finding.fix.starts_with("kubectl ") {
            prose.sentence(2, "fix:");
            prose.command(4, &finding.fix);
        } else {
            prose.sentence(2, &format!("fix: {}", finding.fix));
        }
        let text = prose.render(Some(width), false);
        format!("{}{}", printer.styled(style, word), text.strip_prefix(word).unwrap_or_default())
    };
    findings.iter().map(paragraph).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Appearance;

    fn finding(namespace: Option<&str>, kind: &'static str, key: &str) -> Finding {
        Finding {
            rule: "unused",
            severity: Severity::Info,
            namespace: namespace.map(Into::into),
            kind,
            name: "x".into(),
            key: key.into(),
            message: "it is unused".into(),
            fix: "delete it".into(),
            evidence: None,
            source: None,
        }
    }

    #[test]
    fn namespaces_are_a_column_where_there_are_any() {
        let columns = |findings: &[Finding]| {
            let text = table(findings).render(TableOptions::default(), false);
            text.lines()
                .map(|line| line.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
        };
        let (file, quota) = (finding(None, "File", "x"), finding(Some("shop"), "ResourceQuota", "pods"));
        assert_eq!(columns(&[file]), ["SEVERITY OBJECT RULE", "info x unused"]);
        assert_eq!(columns(&[quota]), ["SEVERITY NAMESPACE OBJECT", "info shop resourcequota/x"]);
    }

    #[test]
    fn a_paragraph_says_where_the_object_is() {
        let (printer, _) = Printer::captured(Appearance::default());
        let text = |finding| paragraphs(&[finding], 80, &printer);
        let expected = |place: &str| format!("info: it is unused\n  {place} (unused)\n  fix: delete it\n");
        assert_eq!(text(finding(None, "File", "x")), expected("x"));
        assert_eq!(text(finding(None, "Context", "/k:7")), expected("context/x in /k:7"));
        assert_eq!(
            text(finding(Some("shop"), "ResourceQuota", "pods")),
            expected("resourcequota/x in namespace shop: pods")
        );
        assert_eq!(
            text(finding(Some("shop"), "ResourceQuota", "")),
            expected("resourcequota/x in namespace shop")
        );
    }

    #[test]
    fn the_document_has_the_keys_of_the_suite() {
        let found = [finding(None, "File", "x")];
        assert_eq!(
            serde_json::to_value(document("kubectl-ns-switch/v1", &found)).unwrap(),
            serde_json::json!({
                "apiVersion": "kubectl-ns-switch/v1",
                "kind": "Findings",
                "items": [{
                    "rule": "unused", "severity": "info", "namespace": null, "kind": "File", "name": "x",
                    "key": "x", "message": "it is unused", "fix": "delete it", "evidence": null, "source": null,
                }],
            })
        );
    }
}
