//! The JSON and YAML document of `check`. Keys are added, never renamed.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    admission::{RefusedBy, version::Version},
    client::incomplete::Skipped,
    workload::Pods,
};

use super::{
    advice::Remedy,
    row::{Row, Verdict},
};
use crate::{api_version::API_VERSION, shortage};

/// The document of `check`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport<'a> {
    api_version: &'static str,
    kind: &'static str,
    objects: Vec<Item<'a>>,
    /// The commands that admit everything, to be run together.
    admit_everything: Vec<&'a str>,
    skipped: &'a [Skipped],
    unchecked: &'a [String],
    kubernetes: String,
}

impl<'a> CheckReport<'a> {
    /// Creates the document of these rows, in their order.
    pub fn new(
        (rows, remedies): (&'a [Row], &'a [Remedy]),
        version: Version,
        skipped: &'a [Skipped],
        unchecked: &'a [String],
    ) -> Self {
        Self {
            api_version: API_VERSION,
            kind: "CheckReport",
            objects: rows.iter().map(|row| Item::new(row, remedies)).collect(),
            admit_everything: remedies.iter().map(Remedy::command).collect(),
            skipped,
            unchecked,
            kubernetes: version.to_string(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct Source<'a> {
    file: &'a str,
    document: usize,
}

#[derive(Serialize, JsonSchema)]
struct Item<'a> {
    source: Source<'a>,
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
    verdict: Verdict,
    messages: Vec<&'a str>,
    by: Vec<&'a RefusedBy>,
    pods: Option<Pods>,
    shortages: Vec<String>,
    fix: Vec<&'a str>,
    doubt: Option<&'a str>,
    warnings: &'a [String],
}

impl<'a> Item<'a> {
    fn new(row: &'a Row, remedies: &'a [Remedy]) -> Self {
        Self {
            source: Source { file: &row.file, document: row.document },
            kind: &row.kind,
            namespace: &row.namespace,
            name: &row.name,
            verdict: row.verdict,
            messages: row.messages(),
            by: row.by(),
            pods: row.pods,
            shortages: shortage::lines(&row.shortages),
            fix: remedies.iter().filter(|remedy| remedy.concerns(row)).map(Remedy::command).collect(),
            doubt: row.doubt.as_deref(),
            warnings: &row.warnings,
        }
    }
}
