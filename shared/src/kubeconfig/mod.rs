//! Reading kubeconfig files as client-go does, and changing them without losing anything.
//!
//! The way of data: [`Environment`] → [`kubeconfig_files`] (which files) → [`load()`] (read, parse, merge) →
//! [`Kubeconfig::select`] (one context's cluster, user and namespace). [`crate::yaml`] keeps byte spans.
//! To change something: [`edit::Sources`] (read) → [`edit::plan`] (which bytes of which file) →
//! [`edit::Plan::execute`] (write, see [`mod@write`]).

mod decode;
pub mod edit;
mod environment;
mod file_bytes;
mod file_paths;
mod load;
mod merge;
mod model;
mod parsed_file;
mod raw_entries;
mod select;
mod stream;
#[cfg(test)]
mod tests;
pub mod write;

pub use environment::Environment;
pub use file_paths::{KubeconfigFiles, kubeconfig_files};
pub use load::{LoadOptions, load};
pub use model::{
    AuthProvider, Cluster, Context, CurrentContext, ExecConfig, ExecVariable, Extension, FileState,
    Kubeconfig, LocalPath, NamedCluster, NamedContext, NamedUser, Preferences, Problem, SourceFile, User,
};
pub use raw_entries::{RawEntries, RawEntry};
pub use select::{NamespaceSource, Selection, nearest_names};
