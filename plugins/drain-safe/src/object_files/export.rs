//! What was written, as a document or a table.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Result,
    cli::{ExitStatus, OutputFlags},
    client::incomplete::Skipped,
    output::{Column, Envelope, Format, FormatSet, Printer, Table},
};

use crate::api_version::API_VERSION;

/// The content of an `Export`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Export {
    /// Where the files are.
    pub folder: PathBuf,
    /// The objects.
    pub items: Vec<Item>,
    /// The snapshot of etcd, where one was taken.
    pub snapshot: Option<PathBuf>,
    /// More about the snapshot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etcd: Option<Snapshot>,
    /// The kinds that could not be read.
    pub skipped: Vec<Skipped>,
    /// The commands that check and restore the snapshot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<String>,
}

/// One object that was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Item {
    /// Its kind.
    pub kind: String,
    /// Its namespace; empty for objects of the cluster.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its file within the folder.
    pub file: PathBuf,
}

/// A snapshot of etcd that is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The endpoint it was taken from.
    pub endpoint: String,
    /// The version of etcd.
    pub version: String,
    /// etcd's id of the cluster.
    pub cluster_id: String,
    /// The revision of the store shortly before the snapshot.
    pub revision: i64,
    /// The size of the file.
    pub bytes: u64,
    /// The checksum of the database that etcd has sent, and that was verified.
    pub sha256: String,
}

impl Export {
    /// Shows what was written, and returns how the command ends.
    ///
    /// # Errors
    /// Output that can't be written.
    pub fn show<F: FormatSet>(&self, output: &OutputFlags<F>, printer: &mut Printer) -> Result<ExitStatus> {
        for skipped in &self.skipped {
            printer.warning(skipped.sentence());
        }
        match output.format {
            Format::Table => {
                let mut table = Table::new(["KIND", "NAMESPACE", "NAME", "FILE"].map(Column::new));
                for item in &self.items {
                    let file = item.file.display().to_string();
                    table.push(
                        [item.kind.clone(), item.namespace.clone(), item.name.clone(), file].map(Into::into),
                    );
                }
                printer.table(&table, output.table_options())?;
            }
            format => printer.document(format, &Envelope::new(API_VERSION, "Export", self))?,
        }
        Ok(if self.skipped.is_empty() { ExitStatus::Success } else { ExitStatus::Incomplete })
    }
}
