//! The namespaces of a cluster: which exist, which one is current, and how they are listed.

mod current;
pub mod existence;
mod formats;
pub mod json;
mod known;
mod list;
mod quota_pressure;
mod show;
mod table;

pub use current::current_namespace;
pub use formats::NamespaceFormats;
pub use known::KnownNamespaces;
pub use list::{Namespaces, connect_and_list, list, list_with_quotas};
pub use show::show;
