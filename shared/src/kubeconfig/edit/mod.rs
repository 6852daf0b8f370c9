//! Changing kubeconfig files without changing anything else in them.
//!
//! The way of data: [`Sources::read`] (the files and what they say about contexts) → [`plan()`] (which files change, and
//! to which bytes) → [`Plan::execute`] in [`super::write`] (on disk, safely).
//!
//! An edit replaces, inserts or removes the bytes of one scalar, one pair or one list entry; every other byte of the
//! file stays, comments, order, quoting, anchors, later documents and line ends included. Files in canonical block
//! style are read by `scan`, which steps aside for the full parser wherever it is not sure. What an edit made is
//! read again before it is written anywhere: only the target may mean something else.
//!
//! # Where this is not what kubectl does, on purpose
//!
//! - Nothing but the target changes: comments, unknown fields, the order of lists, JSON, anchors and documents after
//!   the first stay, where kubectl writes the file anew without them.
//! - `kubectl config set-context --current` makes an empty context where the current one does not exist; here that is
//!   an error.
//! - Deleting the current context clears `current-context` in every file that names it, unless another file still has
//!   a context of that name; kubectl leaves it dangling.
//! - Deleting several contexts is all or nothing; kubectl takes one at a time.
//! - `kubectl config delete-cluster` and `delete-user` delete what contexts still use, and of several entries of one
//!   name only that of the first file; here the one is refused, and all of the others go.
//! - Renaming the current context changes `current-context` in the file that sets it; kubectl sets it in the first file
//!   and leaves the old name where it was. Renaming a context to its own name changes nothing; kubectl refuses it.
//! - Certificates and keys that are no base64 don't stand in the way of an edit; kubectl refuses all files for them.
//! - One file named twice or through a link is one file: kubectl waits for itself over a second spelling of a path, and
//!   sees an entry deleted in one copy come back from the other.
//! - A file that is named by flag and is not there is an error, as for all of kubectl but `kubectl config`, which takes it
//!   for an empty one.
//! - Missing folders of other files of the list are not made, and only the files that change are locked.

mod blocker;
mod change;
mod check;
mod decoded;
mod file_text;
mod locations;
mod outline;
mod pin;
mod plan;
mod preview;
mod reading;
mod scalar_text;
mod scan;
mod sources;
mod splice;
mod targets;
#[cfg(test)]
mod tests;
mod undecodable;
mod unsupported;
mod unused;

pub(super) use change::FileChange;
pub use pin::ContextPin;
pub use plan::{Plan, plan};
pub use preview::FilePreview;
pub(super) use preview::previews;
pub use sources::{ContextEntry, Sources};
pub(super) use splice::Splice;
pub use unused::Unused;

use super::{RawEntries, RawEntry};

/// One change to what the kubeconfig files say, in the terms of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Changes nothing. Refused, and everything else with it, where a context is not what it was when the user was asked
    /// about it, or a cluster was; checked again at the moment of writing.
    Require(ContextPin),
    /// Makes a context the current one, as `kubectl config use-context`. It has to exist.
    SetCurrentContext(String),
    /// Leaves no current context, as `kubectl config unset current-context`: clears it in the first file that sets it.
    UnsetCurrentContext,
    /// Sets the namespace of a context, as `kubectl config set-context CONTEXT --namespace=NAMESPACE`. An empty
    /// namespace is as good as none.
    SetNamespace {
        /// The context, which has to exist.
        context: String,
        /// The new namespace.
        namespace: String,
    },
    /// Removes the namespace of a context: the key goes, and `default` is in effect.
    UnsetNamespace {
        /// The context, which has to exist.
        context: String,
    },
    /// Gives a context another name, as `kubectl config rename-context`, and `current-context` with it where it names
    /// the context.
    RenameContext {
        /// The name it has.
        from: String,
        /// The name it gets; no other context may have it.
        to: String,
    },
    /// Gives a context the name of another, which goes, in every file that has one of that name. `current-context`
    /// goes with the context that is renamed, and stays where it names the one that goes: it then means the renamed one.
    ReplaceContext {
        /// The context, which has to exist.
        from: String,
        /// The name it gets. A context of that name need not exist.
        to: String,
    },
    /// Deletes contexts, all or none, and clears `current-context` where it names one of them. Clusters and users
    /// stay.
    DeleteContexts(Vec<String>),
    /// Deletes clusters and users from every file that has them. Refused, with
    /// [`crate::cli::ExitStatus::Guarded`], where an entry of a context in any file names one of them.
    DeleteUnused(Unused),
    /// Adds clusters, users and contexts to the first file that exists. Refused, and everything else with it, with
    /// [`crate::cli::ExitStatus::Guarded`], where a file has an entry of one of these names already.
    AddEntries(RawEntries),
    /// Replaces what a user says in the file that counts. The user has to exist.
    ReplaceUser(RawEntry),
}
