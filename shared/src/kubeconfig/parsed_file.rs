//! One kubeconfig file on its own, before merging.

use super::{
    Extension, Preferences, Problem,
    model::{Cluster, Context, User},
};
use crate::yaml::Encoding;

/// What one file says.
#[derive(Clone, Debug)]
pub(super) struct ParsedFile {
    pub contexts: Vec<ParsedEntry<Context>>,
    pub clusters: Vec<ParsedEntry<Cluster>>,
    pub users: Vec<ParsedEntry<User>>,
    pub current_context: Option<String>,
    pub preferences: Preferences,
    pub extensions: Vec<Extension>,
    pub encoding: Encoding,
    pub has_more_documents: bool,
    pub current_contexts: usize,
}

/// An entry of one of the three lists.
#[derive(Clone, Debug)]
pub(super) struct ParsedEntry<T> {
    pub name: String,
    pub entry: T,
    pub line: usize,
    /// Fields left out because they could not be decoded.
    pub problems: Vec<Problem>,
}
