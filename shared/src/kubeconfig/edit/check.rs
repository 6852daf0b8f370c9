//! After an edit: does the file say what it said, but for the target?

use serde_json::{Map, Value as Json, json};

use super::{
    change::{Change, List},
    outline::{Outline, OutlineContext},
};
use crate::kubeconfig::RawEntry;

impl Outline {
    /// What this outline has to become by `change`.
    pub fn after(&self, change: &Change) -> Self {
        let mut expected = self.clone();
        expected.make(change);
        expected
    }

    /// Makes `change`.
    pub fn make(&mut self, change: &Change) {
        match change {
            Change::Current(name) => self.current = (!name.is_empty()).then(|| name.clone()),
            Change::Namespace { context, namespace } => {
                let named = |entry: &&mut OutlineContext| entry.name == *context;
                if let Some(entry) = self.contexts.iter_mut().find(named) {
                    entry.namespace = namespace.clone().filter(|namespace| !namespace.is_empty());
                }
            }
            Change::Rename { from, to } => {
                if let Some(entry) = self.contexts.iter_mut().find(|entry| entry.name == *from) {
                    entry.name = to.clone();
                }
            }
            Change::Delete { list, names } => {
                let stays = |name: &String| !names.contains(name);
                match list {
                    List::Contexts => self.contexts.retain(|entry| stays(&entry.name)),
                    List::Clusters => self.clusters.retain(stays),
                    List::Users => self.users.retain(stays),
                }
            }
            Change::Add(entries) => {
                let names = |entries: &[RawEntry]| -> Vec<String> {
                    entries.iter().map(|entry| entry.name.clone()).collect()
                };
                self.clusters.extend(names(&entries.clusters));
                self.users.extend(names(&entries.users));
                let own = |entry: &RawEntry, field| entry.text(field).map(ToOwned::to_owned);
                self.contexts.extend(entries.contexts.iter().map(|entry| OutlineContext {
                    name: entry.name.clone(),
                    cluster: own(entry, "cluster"),
                    user: own(entry, "user"),
                    namespace: own(entry, "namespace"),
                }));
            }
        }
    }
}

/// What a whole document has to become by `change`, in the form of [`normalised`].
pub(super) fn expected_document(document: Json, change: &Change) -> Json {
    let mut document = match document {
        // The minimal kubeconfig.
        Json::Null => json!({"apiVersion": "v1", "kind": "Config"}),
        document => document,
    };
    match change {
        Change::Current(name) => document["current-context"] = json!(name),
        Change::Namespace { context, namespace } => {
            if let Some(entry) = contexts(&mut document).find(|entry| name_of(entry) == context) {
                if entry["context"].is_null() {
                    entry["context"] = json!({});
                }
                entry["context"]["namespace"] = json!(namespace);
            }
        }
        Change::Rename { from, to } => {
            if let Some(entry) = contexts(&mut document).find(|entry| name_of(entry) == from) {
                entry["name"] = json!(to);
            }
        }
        Change::Delete { list, names } => {
            if let Some(list) = document[list.key()].as_array_mut() {
                list.retain(|entry| !names.iter().any(|name| name == name_of(entry)));
            }
        }
        Change::Add(entries) => {
            for (list, entries) in List::of_entries(entries) {
                let new = entries.iter().map(|entry| entry.to_json(list.entry()));
                match &mut document[list.key()] {
                    Json::Array(items) => items.extend(new),
                    missing => *missing = Json::Array(new.collect()),
                }
            }
        }
    }
    normalised(document)
}

/// A document in which nothing, null and empty look the same where kubectl takes them for the same.
pub(super) fn normalised(mut document: Json) -> Json {
    for entry in contexts(&mut document) {
        if let Some(fields) = entry["context"].as_object_mut() {
            drop_empty(fields, "namespace");
        }
        if let Some(fields) = entry.as_object_mut() {
            drop_empty(fields, "context");
        }
    }
    if let Some(fields) = document.as_object_mut() {
        for list in [List::Contexts, List::Clusters, List::Users] {
            drop_empty(fields, list.key());
        }
        drop_empty(fields, "current-context");
    }
    document
}

fn drop_empty(fields: &mut Map<String, Json>, key: &str) {
    let empty = match fields.get(key) {
        Some(Json::Null) => true,
        Some(Json::String(text)) => text.is_empty(),
        Some(Json::Array(items)) => items.is_empty(),
        Some(Json::Object(fields)) => fields.is_empty(),
        _ => false,
    };
    if empty {
        fields.remove(key);
    }
}

fn contexts(document: &mut Json) -> impl Iterator<Item = &mut Json> {
    let list = document.get_mut("contexts").and_then(Json::as_array_mut);
    list.into_iter().flatten().filter(|entry| entry.is_object())
}

fn name_of(entry: &Json) -> &str {
    entry["name"].as_str().unwrap_or_default()
}
