//! A release is installed by the real krew, through the real kubectl.
//!
//! | file | what |
//! |---|---|
//! | `install.rs` | from an archive and from an index; upgraded, completed and uninstalled |
//! | `manifests.rs` | manifests, as krew's index checks them |
//! | `manual_pages.rs` | a page for every command, as man shows it |
//! | `releases.rs` | releases made by the tool under test, and a server for them |
//! | `workflow.rs` | the scripts of the workflow that releases a tag |
//! | `programs.rs` | krew, and the plugins |
#![allow(clippy::unwrap_used)]

mod install;
mod manifests;
mod manual_pages;
mod programs;
mod releases;
mod workflow;
