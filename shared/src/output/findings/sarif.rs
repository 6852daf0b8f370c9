//! Findings as SARIF 2.1.0, which code scanners read
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use serde_json::{Value, json};

use super::{Finding, Severity};
use crate::model::path_segment;

/// A rule, as the report lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SarifRule {
    /// Its name.
    pub id: &'static str,
    /// What it finds.
    pub title: &'static str,
    /// Why that matters.
    pub explanation: &'static str,
    /// How severe it is, as a rule.
    pub severity: Severity,
}

/// Returns the report of a tool.
pub fn sarif(tool: &str, version: &str, rules: &[SarifRule], findings: &[Finding]) -> Value {
    let listed = rules.iter().map(|rule| {
        json!({
            "id": rule.id,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.explanation},
            "defaultConfiguration": {"level": level(rule.severity)},
        })
    });
    let results = findings.iter().map(|finding| {
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": {"text": format!("{}. Fix: {}", finding.message, finding.fix)},
            "locations": [location(finding)],
        });
        if let Some(index) = rules.iter().position(|rule| rule.id == finding.rule) {
            result["ruleIndex"] = index.into();
        }
        result
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": tool, "version": version, "rules": listed.collect::<Vec<_>>()}},
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Returns where it is: in a file, where the object was read from one, and in the cluster by name.
fn location(finding: &Finding) -> Value {
    let parts = [finding.namespace.as_deref(), Some(finding.kind), Some(finding.name.as_str())];
    let name = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
    let mut location = json!({"logicalLocations": [{"fullyQualifiedName": name, "kind": "resource"}]});
    if let Some(source) = &finding.source {
        // A URI: every part of the path is encoded.
        let uri = source.file.split('/').map(path_segment).collect::<Vec<_>>().join("/");
        location["physicalLocation"] = json!({"artifactLocation": {"uri": uri}});
        if let Some(line) = source.line {
            location["physicalLocation"]["region"] = json!({"startLine": line});
        }
    }
    location
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::FindingSource;

    #[test]
    fn results_name_rule_level_and_place() {
        let rule = SarifRule { id: "R-1", title: "t", explanation: "e", severity: Severity::Warning };
        let finding = Finding {
            rule: "R-1",
            severity: Severity::Info,
            namespace: Some("shop".into()),
            kind: "Service",
            name: "web".into(),
            key: "k".into(),
            message: "m".into(),
            fix: "f".into(),
            evidence: None,
            source: Some(FindingSource { file: "a b/x.yaml".into(), document: 1, line: Some(3) }),
        };
        let report = sarif("kubectl-x", "1.0.0", &[rule], &[finding]);
        assert_eq!(
            report["runs"][0]["results"][0],
            json!({
                "ruleId": "R-1",
                "ruleIndex": 0,
                "level": "note",
                "message": {"text": "m. Fix: f"},
                "locations": [{
                    "logicalLocations": [{"fullyQualifiedName": "shop/Service/web", "kind": "resource"}],
                    "physicalLocation": {"artifactLocation": {"uri": "a%20b/x.yaml"}, "region": {"startLine": 3}},
                }],
            })
        );
    }
}
