//! Findings as JUnit XML: one test case for each object that was checked.

use std::collections::HashMap;

use super::{Finding, Severity};
use crate::output::sanitize;

/// An object that was checked, whether anything was found or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JunitSubject {
    /// Its namespace; empty where it has none.
    pub namespace: String,
    /// Its kind.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Its file, where it was read from one.
    pub file: Option<String>,
}

/// Returns the report. Findings that `fails` says are failures, all others are only told.
pub fn junit(
    suite: &str,
    subjects: &[JunitSubject],
    findings: &[Finding],
    fails: impl Fn(Severity) -> bool,
) -> String {
    let mut by_subject: HashMap<(&str, &str, &str, Option<&str>), Vec<&Finding>> = HashMap::new();
    for finding in findings {
        let namespace = finding.namespace.as_deref().unwrap_or_default();
        let file = finding.source.as_ref().map(|source| source.file.as_str());
        by_subject.entry((namespace, finding.kind, &finding.name, file)).or_default().push(finding);
    }
    let of = |subject: &JunitSubject| {
        let key = (subject.namespace.as_str(), subject.kind, subject.name.as_str(), subject.file.as_deref());
        by_subject.get(&key).cloned().unwrap_or_default()
    };
    let failed = |subject: &&JunitSubject| of(subject).iter().any(|finding| fails(finding.severity));
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.push_str(&format!(
        "<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n",
        escaped(suite),
        subjects.len(),
        subjects.iter().filter(failed).count(),
    ));
    for subject in subjects {
        let place = match subject.namespace.as_str() {
            "" => subject.kind.to_owned(),
            namespace => format!("{namespace}.{}", subject.kind),
        };
        let file =
            subject.file.as_ref().map(|file| format!(" file=\"{}\"", escaped(file))).unwrap_or_default();
        text.push_str(&format!(
            "  <testcase classname=\"{}\" name=\"{}\"{file}",
            escaped(&place),
            escaped(&subject.name)
        ));
        let found = of(subject);
        if found.is_empty() {
            text.push_str("/>\n");
            continue;
        }
        text.push_str(">\n");
        for finding in found.iter().filter(|finding| fails(finding.severity)) {
            text.push_str(&format!(
                "    <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                finding.rule,
                escaped(&finding.message),
                escaped(&lines(finding))
            ));
        }
        let told: Vec<_> =
            found.iter().filter(|finding| !fails(finding.severity)).map(|one| lines(one)).collect();
        if !told.is_empty() {
            text.push_str(&format!("    <system-out>{}</system-out>\n", escaped(&told.join("\n"))));
        }
        text.push_str("  </testcase>\n");
    }
    text.push_str("</testsuite>\n");
    text
}

fn lines(finding: &Finding) -> String {
    let line = finding.source.as_ref().and_then(|source| source.line).map(|line| format!(" (line {line})"));
    let (word, _) = finding.severity.word();
    format!("{} {word}: {}{}\nfix: {}", finding.rule, finding.message, line.unwrap_or_default(), finding.fix)
}

fn escaped(text: &str) -> String {
    sanitize(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_what_the_threshold_says() {
        let finding = |rule, severity| Finding {
            rule,
            severity,
            namespace: Some("shop".into()),
            kind: "Service",
            name: "web".into(),
            key: String::new(),
            message: "a < b".into(),
            fix: "do \"it\"".into(),
            evidence: None,
            source: None,
        };
        let subject = |name: &str| JunitSubject {
            namespace: "shop".into(),
            kind: "Service",
            name: name.into(),
            file: None,
        };
        let found = [finding("R-1", Severity::Error), finding("R-2", Severity::Info)];
        let text = junit("x check", &[subject("web"), subject("other")], &found, |severity| {
            severity == Severity::Error
        });
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <testsuite name=\"x check\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n\
            \x20 <testcase classname=\"shop.Service\" name=\"web\">\n\
            \x20   <failure type=\"R-1\" message=\"a &lt; b\">R-1 error: a &lt; b\nfix: do &quot;it&quot;</failure>\n\
            \x20   <system-out>R-2 info: a &lt; b\nfix: do &quot;it&quot;</system-out>\n\
            \x20 </testcase>\n\
            \x20 <testcase classname=\"shop.Service\" name=\"other\"/>\n\
            </testsuite>\n";
        assert_eq!(text, expected);
    }
}
