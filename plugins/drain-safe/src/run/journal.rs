//! The record of a run: every request and answer, a line each.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use shared::state::{Journal, Store};

/// The plugin's name in the state folder.
const PLUGIN: &str = "drain-safe";

/// A pod as the journal names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JournalPod {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
}

/// One line, without what the record adds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// What happened: Start, Plan, Cordon, Save, Evict, Create, Scale, Gone, Ready, Uncordon, End.
    pub event: &'static str,
    /// The node.
    pub node: Option<String>,
    /// The pod.
    pub pod: Option<JournalPod>,
    /// The verb of the request, `create`.
    pub verb: Option<&'static str>,
    /// The path of the request.
    pub path: Option<String>,
    /// The HTTP status of the answer.
    pub code: Option<u16>,
    /// The reason of the answer, in a word.
    pub reason: Option<String>,
    /// The answer's sentence.
    pub message: Option<String>,
    /// How long the answer took, in milliseconds.
    pub ms: Option<u64>,
}

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    run: &'a str,
    seq: u64,
    #[serde(flatten)]
    entry: &'a Entry,
}

/// The record of one run. Where it can't be written the run goes on, and says so once.
#[derive(Debug)]
pub struct Record {
    journal: Option<Journal>,
    run: String,
    seq: u64,
    failure: Option<String>,
}

impl Record {
    /// Opens the record of a run in the user's state folder.
    pub fn open(run: &str) -> Self {
        let store = Store::of_plugin(PLUGIN);
        let opened = match store.folder() {
            Some(folder) => Journal::open(folder, run, "journal.jsonl")
                .map_err(|error| format!("{}: {error}", folder.join(run).display())),
            None => Err("neither XDG_STATE_HOME nor HOME is set to an absolute path".to_owned()),
        };
        let (journal, failure) = match opened {
            Ok(journal) => (Some(journal), None),
            Err(why) => (None, Some(why)),
        };
        Self { journal, run: run.to_owned(), seq: 0, failure }
    }

    /// Returns the file.
    pub fn path(&self) -> Option<&Path> {
        self.journal.as_ref().map(Journal::path)
    }

    /// Returns why it can't be written, once.
    pub fn take_failure(&mut self) -> Option<String> {
        self.failure.take()
    }

    /// Adds a line.
    pub fn add(&mut self, entry: &Entry) {
        self.seq += 1;
        let Some(journal) = &mut self.journal else { return };
        let at = Timestamp::now().to_string();
        if let Err(error) = journal.append(&Line { at, run: &self.run, seq: self.seq, entry }) {
            self.failure = Some(format!("{}: {error}", journal.path().display()));
            self.journal = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_every_key() {
        let entry = Entry { event: "Evict", code: Some(429), ..Entry::default() };
        let line = Line { at: "2026-11-29T20:45:00Z".into(), run: "r-1", seq: 3, entry: &entry };
        let value = serde_json::to_value(&line).unwrap();
        let keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut expected =
            ["at", "run", "seq", "event", "node", "pod", "verb", "path", "code", "reason", "message", "ms"];
        expected.sort_unstable();
        let mut keys = keys;
        keys.sort_unstable();
        assert_eq!(keys, expected);
        assert_eq!((value["event"].as_str(), value["pod"].is_null()), (Some("Evict"), true));
    }
}
