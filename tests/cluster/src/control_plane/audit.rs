//! The audit log of the API server: what was really asked of it.

use crate::error::{Context, Result};
use serde_json::Value;
use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Logs who asked for what, without bodies, once a request is answered. A watch is logged when it starts too.
pub(super) const POLICY: &str = r#"apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
"#;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// `get`, `list`, `watch`, `create`, …
    pub verb: String,
    /// Path and query.
    pub uri: String,
    /// Who asked.
    pub user: String,
    /// Who is acted as, if the request impersonates.
    pub impersonated: Option<String>,
    /// The User-Agent header.
    pub agent: String,
    /// `ResponseComplete`, or `ResponseStarted` of a watch.
    pub stage: String,
    /// The HTTP status.
    pub status: u64,
}

/// The log of one API server.
#[derive(Debug, Clone)]
pub struct AuditLog {
    path: PathBuf,
}

impl AuditLog {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The file, one JSON event a line.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The end of the log now, to be given to [`AuditLog::since`].
    pub fn position(&self) -> Result<u64> {
        match fs::metadata(&self.path) {
            Ok(metadata) => Ok(metadata.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error).context(|| format!("cannot read {}", self.path.display())),
        }
    }

    /// All entries after a position, of every user: choose by [`AuditEntry::user`] or `agent`, since the
    /// controllers never rest. The server writes an entry before it ends its answer.
    pub fn since(&self, position: u64) -> Result<Vec<AuditEntry>> {
        let mut bytes = Vec::new();
        let mut read = || {
            let mut file = fs::File::open(&self.path)?;
            file.seek(SeekFrom::Start(position))?;
            file.read_to_end(&mut bytes)
        };
        read().context(|| format!("cannot read {}", self.path.display()))?;
        // The last line may be half written.
        let lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
        Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).map(|event| entry(&event)).collect())
    }
}

fn entry(event: &Value) -> AuditEntry {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    AuditEntry {
        verb: text(&event["verb"]),
        uri: text(&event["requestURI"]),
        user: text(&event["user"]["username"]),
        impersonated: event["impersonatedUser"]["username"].as_str().map(str::to_owned),
        agent: text(&event["userAgent"]),
        stage: text(&event["stage"]),
        status: event["responseStatus"]["code"].as_u64().unwrap_or_default(),
    }
}
