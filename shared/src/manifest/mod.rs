//! Manifests: objects to be created or changed, with the place they were read from.

pub mod apply;
pub mod changed;
pub mod json;
pub mod kinds;
pub mod namespace;
mod read;
pub mod schema;

use serde_json::Value;

use crate::{dump::DumpObject, model::kind::Kind};

pub use read::{of_dump, read};

/// An object of the manifests.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Its file.
    pub file: String,
    /// Which document of the file, from 1.
    pub document: usize,
    /// Its kind.
    pub kind: Kind,
    /// Its namespace; empty for kinds without one.
    pub namespace: String,
    /// Its name; `web-*` where the server generates it.
    pub name: String,
    /// The object.
    pub value: Value,
    /// The fields that the server drops.
    pub dropped: Vec<&'static str>,
}

/// The key that identifies an object in a cluster.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Group and kind.
    pub kind: (String, String),
    /// The namespace; empty for kinds without one.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl Manifest {
    /// Returns a manifest that is in no file.
    pub fn new(kind: Kind, namespace: &str, name: &str, value: Value) -> Self {
        Self {
            file: String::new(),
            document: 0,
            kind,
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            value,
            dropped: Vec::new(),
        }
    }

    /// Returns the manifest of an object that is in no file. `namespace` is for objects that set none.
    pub fn from_object(object: Value, kind: Kind, namespace: &str) -> Self {
        let text = |field: &str| object["metadata"][field].as_str().filter(|text| !text.is_empty());
        let name = match (text("name"), text("generateName")) {
            (Some(name), _) => name.to_owned(),
            (None, Some(start)) => format!("{start}*"),
            (None, None) => String::new(),
        };
        let namespace = if kind.namespaced { text("namespace").unwrap_or(namespace) } else { "" }.to_owned();
        Self::new(kind, &namespace, &name, object)
    }

    /// Returns the manifest of an object in a file. `namespace` is for objects that set none.
    pub fn from_file(object: DumpObject, kind: Kind, namespace: &str) -> Self {
        let DumpObject { file, document, object } = object;
        Self { file, document, ..Self::from_object(object, kind, namespace) }
    }

    /// Returns its key, unless the server generates its name.
    pub fn key(&self) -> Option<Key> {
        (!self.name.ends_with('*')).then(|| Key::new(&self.kind, &self.namespace, &self.name))
    }
}

impl Key {
    /// Returns the key of this kind and name.
    pub fn new(kind: &Kind, namespace: &str, name: &str) -> Self {
        Self {
            kind: (kind.group.clone(), kind.kind.clone()),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        }
    }
}
