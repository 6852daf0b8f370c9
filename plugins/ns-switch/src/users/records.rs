//! What was issued from this computer: the cluster forgets its requests after an hour.

use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::{
    regular_file::read_text,
    state::{Journal, Store},
};

use super::UserAccess;

const FOLDER: &str = "users";
const FILE: &str = "issued.jsonl";

/// One issue of credentials, without the credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// When.
    pub at: Timestamp,
    /// The server.
    pub server: String,
    /// Who got them, as on the command line.
    pub name: String,
    /// The groups in a certificate.
    pub groups: Vec<String>,
    /// `certificate` or `serviceAccountToken`.
    pub kind: String,
    /// The signing request, for certificates.
    pub request: Option<String>,
    /// When they expire.
    pub expires: Option<Timestamp>,
    /// The kubeconfig file they are in.
    pub file: Option<String>,
    /// The context that uses them.
    pub context: Option<String>,
}

/// The records of all clusters.
#[derive(Clone, Debug)]
pub struct Records(Store);

impl Records {
    /// Returns the records in the user's state folder.
    pub fn of_user() -> Self {
        Self(Store::of_plugin("ns-switch"))
    }

    /// Adds a record.
    ///
    /// # Errors
    /// It can't be written; a reason to warn, not to fail.
    pub fn add(&self, server: &str, access: &UserAccess, now: Timestamp) -> io::Result<()> {
        let Some(folder) = self.0.folder() else {
            return Err(io::Error::other("neither XDG_STATE_HOME nor HOME is set to an absolute path"));
        };
        let access = access.clone();
        let record = Record {
            at: now,
            server: server.to_owned(),
            name: access.name,
            groups: access.groups,
            kind: access.credential.to_owned(),
            request: access.request,
            expires: access.expires,
            file: access.file,
            context: access.context,
        };
        Journal::open(folder, FOLDER, FILE)?.append(&record)
    }

    /// Returns the records of a server. Lines that can't be read are passed over.
    pub fn of_server(&self, server: &str) -> Vec<Record> {
        let file = self.0.folder().map(|folder| folder.join(FOLDER).join(FILE));
        let text = file.and_then(|file| read_text(&file).ok()).unwrap_or_default();
        let records = text.lines().filter_map(|line| serde_json::from_str::<Record>(line).ok());
        records.filter(|record| record.server == server).collect()
    }
}
