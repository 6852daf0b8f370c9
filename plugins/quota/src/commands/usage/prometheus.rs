//! `-o prom`: the text exposition format, with the names of kube-state-metrics.

use std::fmt::Write;

use shared::{
    admission::quota_facts::{Amounts, QuotaFacts},
    output::sanitize_line,
    quantity::Quantity,
};

/// Returns `kube_resourcequota` for each resource in the status of each quota, as kube-state-metrics exposes it
/// (`docs/metrics/policy/resourcequota-metrics.md` there): `type="hard"` and `type="used"`, cores, bytes and counts.
pub fn render(quotas: &[QuotaFacts]) -> String {
    let mut text = String::from(
        "# HELP kube_resourcequota [STABLE] Information about resource quota.\n# TYPE kube_resourcequota gauge\n",
    );
    for quota in quotas {
        for (amounts, kind) in [(&quota.status_hard, "hard"), (&quota.used, "used")] {
            samples(&mut text, quota, amounts, kind);
        }
    }
    text
}

fn samples(text: &mut String, quota: &QuotaFacts, amounts: &Amounts, kind: &str) {
    for (resource, amount) in amounts {
        // Writing to a String can't fail.
        let _ = writeln!(
            text,
            r#"kube_resourcequota{{namespace="{}",resourcequota="{}",resource="{}",type="{kind}"}} {}"#,
            label(&quota.namespace),
            label(&quota.name),
            label(resource),
            value(amount),
        );
    }
}

/// Returns the exact decimal; Prometheus parses it as a float.
fn value(amount: &Quantity) -> String {
    amount.exact_decimal()
}

/// Escapes a label value as the text format requires: backslash, double quote and line feed. Names in a dump may
/// contain control characters, which must not reach a terminal.
fn label(text: &str) -> String {
    sanitize_line(text).replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n")
}
