//! The last changes of a Service's annotations, for `rollback`.

use std::{collections::BTreeMap, io};

use serde::{Deserialize, Serialize};
use shared::{
    cli::clock,
    client::Client,
    model::{Resource as _, Service},
    state::Store,
};

use crate::planning::{AnnotationChange, Recorded};

/// So many changes of a Service are kept.
const KEPT: usize = 20;

/// The kind of the records in the store.
const KIND: &str = "changes";

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, counted up for each Service.
    pub number: u64,
    /// When it was made, in seconds since 1970.
    pub time: i64,
    /// Whether the server confirmed it. A kill may have come before that, or before the change.
    pub written: bool,
    /// Each annotation before and after.
    pub changes: Vec<AnnotationChange>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Entries {
    entries: Vec<Entry>,
}

/// The changes of one Service, by cluster and uid.
#[derive(Debug)]
pub struct Journal {
    store: Store,
    key: (String, String),
    /// The changes, oldest first.
    pub entries: Vec<Entry>,
}

impl Journal {
    /// Reads the changes of a Service. Changes that were never made, since the command was killed before, are left out.
    pub fn open(client: &Client, live: &Service) -> Self {
        let store = Store::of_plugin("elb-tls");
        let key = (client.server().to_owned(), live.metadata().uid.clone());
        let Entries { entries } = store.recall(KIND, &key).unwrap_or_default();
        Self { store, key, entries: settled(entries, &live.annotations) }
    }

    /// Returns the changes that were made, oldest first, as plans take them.
    pub fn recorded(&self) -> Vec<Recorded> {
        let recorded =
            self.entries.iter().map(|entry| Recorded { time: entry.time, changes: entry.changes.clone() });
        recorded.collect()
    }

    /// Records changes that are about to be made.
    ///
    /// # Errors
    /// The state folder can't be written.
    pub fn begin(&mut self, changes: &[AnnotationChange]) -> io::Result<()> {
        let number = self.entries.last().map_or(1, |entry| entry.number + 1);
        self.entries.push(Entry { number, time: clock::now(), written: false, changes: changes.to_vec() });
        let surplus = self.entries.len().saturating_sub(KEPT);
        self.entries.drain(..surplus);
        self.save()
    }

    /// Records that the changes were made.
    ///
    /// # Errors
    /// The state folder can't be written.
    pub fn confirm(&mut self) -> io::Result<()> {
        if let Some(entry) = self.entries.last_mut() {
            entry.written = true;
        }
        self.save()
    }

    /// Forgets changes that were refused.
    ///
    /// # Errors
    /// The state folder can't be written.
    pub fn withdraw(&mut self) -> io::Result<()> {
        self.entries.pop();
        self.save()
    }

    fn save(&self) -> io::Result<()> {
        self.store.remember(KIND, &self.key, &Entries { entries: self.entries.clone() })
    }
}

/// Leaves the newest changes out that nobody confirmed and that did not happen: every key is as it was before.
fn settled(mut entries: Vec<Entry>, now: &BTreeMap<String, String>) -> Vec<Entry> {
    while entries.last().is_some_and(|entry| {
        !entry.written && entry.changes.iter().all(|change| now.get(&change.key) == change.before.as_ref())
    }) {
        entries.pop();
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_a_kill_prevented_is_forgotten_and_one_that_was_made_is_not() {
        let change = AnnotationChange { key: "a".into(), before: None, after: Some("1".into()) };
        let entry = |written| Entry { number: 1, time: 0, written, changes: vec![change.clone()] };
        let now =
            |value: Option<&str>| value.map(|value| ("a".to_owned(), value.to_owned())).into_iter().collect();
        assert_eq!(settled(vec![entry(false)], &now(None)), []);
        assert_eq!(settled(vec![entry(false)], &now(Some("1"))).len(), 1);
        assert_eq!(settled(vec![entry(true)], &now(None)).len(), 1);
    }
}
