//! `check -o junit`: one test case for each object.

use shared::output::sanitize;

use super::{
    advice::Remedy,
    row::{Row, Verdict},
};
use crate::shortage;

/// Returns the JUnit report.
pub fn render(rows: &[Row], remedies: &[Remedy]) -> String {
    let count = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.push_str(&format!(
        "<testsuite name=\"kubectl quota check\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
        rows.len(),
        count(Verdict::Refused),
        count(Verdict::Unknown),
    ));
    for row in rows {
        let place = if row.namespace.is_empty() {
            row.kind.clone()
        } else {
            format!("{}.{}", row.namespace, row.kind)
        };
        let case = format!(
            "  <testcase classname=\"{}\" name=\"{}\" file=\"{}\"",
            escaped(&place),
            escaped(&row.name),
            escaped(&row.file)
        );
        text.push_str(&case);
        match row.verdict {
            Verdict::Admitted => text.push_str("/>\n"),
            Verdict::Refused => {
                let message = row.messages().join("\n");
                let mut body = row.messages().into_iter().map(str::to_owned).collect::<Vec<_>>();
                body.extend(shortage::lines(&row.shortages));
                let remedies = remedies.iter().filter(|remedy| remedy.concerns(row));
                body.extend(remedies.map(|remedy| remedy.command().to_owned()));
                text.push_str(&format!(
                    ">\n    <failure message=\"{}\">{}</failure>\n  </testcase>\n",
                    escaped(message.lines().next().unwrap_or_default()),
                    escaped(&body.join("\n"))
                ));
            }
            Verdict::Unknown => text.push_str(&format!(
                ">\n    <skipped message=\"{}\"/>\n  </testcase>\n",
                escaped(row.doubt.as_deref().unwrap_or("unknown"))
            )),
        }
    }
    text.push_str("</testsuite>\n");
    text
}

fn escaped(text: &str) -> String {
    sanitize(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
