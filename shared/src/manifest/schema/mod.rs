//! The fields of objects and their types, as a server publishes them (OpenAPI), and what its decoder says of an object that
//! does not follow them.

mod built_in;
mod decode;
mod openapi;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

pub use built_in::{BUILT_IN_GROUP_VERSIONS, built_in, is_gone, is_subresource, successor};

/// The structs of kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The struct of each `apiVersion` and kind.
    kinds: BTreeMap<(String, String), String>,
    /// The structs by name, such as `apps.v1.DeploymentSpec`.
    structs: BTreeMap<String, Struct>,
}

/// The fields of a struct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Struct {
    fields: BTreeMap<String, Type>,
    /// Whether fields that are not listed are kept, as in some custom resources.
    open: bool,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Type {
    String,
    Bytes,
    Boolean,
    Int32,
    Int64,
    Number,
    Quantity,
    IntOrString,
    /// Anything, such as the schema of a custom resource.
    Any,
    Struct(String),
    Array(Box<Type>),
    Map(Box<Type>),
}

impl Schema {
    /// Returns whether the kind is known.
    pub fn knows(&self, api_version: &str, kind: &str) -> bool {
        self.kinds.contains_key(&(api_version.to_owned(), kind.to_owned()))
    }

    /// Adds what another schema has.
    pub fn extend(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
        self.structs.extend(other.structs);
    }
}
