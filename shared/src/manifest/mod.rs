//! Manifests: objects that are to be, and where they stand.

pub mod apply;
pub mod changed;
pub mod json;
pub mod kinds;

use serde_json::Value;

use crate::{
    Error, Result,
    model::{Dump, DumpObject, kind::Kind},
};

/// One object of the manifests.
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
    /// Its name, `web-*` where the server makes it up.
    pub name: String,
    /// The object.
    pub value: Value,
    /// Fields of it that the server drops.
    pub dropped: Vec<&'static str>,
}

/// What names an object in a cluster.
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
    /// One that stands in no file.
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

    /// One that stands in no file, by what the object says of itself. `namespace` is for objects that name none.
    pub fn of(object: Value, kind: Kind, namespace: &str) -> Self {
        let text = |field: &str| object["metadata"][field].as_str().filter(|text| !text.is_empty());
        let name = match (text("name"), text("generateName")) {
            (Some(name), _) => name.to_owned(),
            (None, Some(start)) => format!("{start}*"),
            (None, None) => String::new(),
        };
        let namespace = if kind.namespaced { text("namespace").unwrap_or(namespace) } else { "" }.to_owned();
        Self::new(kind, &namespace, &name, object)
    }

    /// What names it, unless the server makes its name up.
    pub fn key(&self) -> Option<Key> {
        (!self.name.ends_with('*')).then(|| Key::new(&self.kind, &self.namespace, &self.name))
    }
}

impl Key {
    /// The object of this kind and name.
    pub fn new(kind: &Kind, namespace: &str, name: &str) -> Self {
        Self {
            kind: (kind.group.clone(), kind.kind.clone()),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        }
    }
}

/// All objects of the files, in their order.
///
/// # Errors
/// What can't be read, and documents that are no objects, with file and document.
pub fn read(filenames: &[std::path::PathBuf]) -> Result<Vec<DumpObject>> {
    let mut objects = Vec::new();
    for filename in filenames {
        objects.extend(Dump::read(filename)?.objects()?);
    }
    for one in &objects {
        for field in ["apiVersion", "kind"] {
            if one.object[field].as_str().is_none_or(str::is_empty) {
                let place = format!("{}, document {}", one.file, one.document);
                return Err(Error::new(format!("{place}: {field} is missing")));
            }
        }
    }
    Ok(objects)
}

/// A manifest of an object whose kind is known. `namespace` is for objects that name none.
pub fn manifest(object: DumpObject, kind: Kind, namespace: &str) -> Manifest {
    let DumpObject { file, document, object } = object;
    Manifest { file, document, ..Manifest::of(object, kind, namespace) }
}
